//! Packages that were found.

use guide::{
    Destination,
    package::{Package, Relaxation},
    rates::Basis,
    stays::Stay,
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::{
    grounding::Ground,
    tools::Data,
    travel::{Iata, Money, Offer, Party},
};

/// Packages of a trip.
#[derive(Clone, Debug, Serialize)]
pub struct PackagesFound {
    /// Where the trip begins; alternatives of one place.
    pub departure: Vec<Iata>,
    /// Metropolitan or airport code of the city.
    pub arrival: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// From which day to which.
    pub stay: Stay,
    /// The days are the cheapest of the month that was asked for.
    pub days_chosen: bool,
    /// Who, as houses count them.
    pub party: Party,
    /// Rooms.
    pub rooms: u8,
    /// By tier, cheapest first; empty = no flight or no price of nights is known.
    pub packages: Vec<Package>,
    /// The flight of each package.
    pub flights: Vec<Offer>,
    /// Position of the package that is recommended; `None` = none is within the budget.
    pub taken: Option<usize>,
    /// The visitor took that package.
    pub is_choice: bool,
    /// The trip goes on with the flights that it had: a package is an offer until it is taken.
    pub keeps_flights: bool,
    /// What may be spent in all.
    pub budget: Option<Money>,
    /// What would fit the budget, where no package does.
    pub relaxations: Vec<Relaxation>,
    /// What the amounts in the visitor's currency rest on.
    pub basis: Basis,
    /// Day of the rates.
    pub rates_of: Date,
}

impl PackagesFound {
    /// The package that is recommended, with its flight.
    #[must_use]
    pub fn best(&self) -> Option<(&Package, &Offer)> {
        let at = self.taken?;
        self.packages.get(at).zip(self.flights.get(at))
    }

    /// What the cheapest package misses the budget by; `None` = it does not.
    #[must_use]
    pub fn misses_by(&self) -> Option<Money> {
        let budget = self.budget?;
        let totals = self.packages.iter().map(|package| package.bill.total.minor);
        let over = totals.min()? - budget.minor;
        (over > 0).then(|| Money::new(over, budget.currency))
    }
}

impl Data for PackagesFound {
    fn ground(&self, ground: &mut Ground) {
        for package in &self.packages {
            let bill = &package.bill;
            bill.lines
                .iter()
                .for_each(|line| ground.add_amount(line.total));
            ground.add_amount(bill.total);
            ground.add_amount(bill.per_person);
            ground.add_amount(package.dearer_by);
            if let Some(budget) = self.budget {
                let left = (budget.minor - bill.total.minor).abs();
                ground.add_amount(Money::new(left, budget.currency));
            }
        }
        self.flights
            .iter()
            .for_each(|offer| ground.add_offer(offer));
        self.budget
            .iter()
            .for_each(|budget| ground.add_amount(*budget));
        self.relaxations
            .iter()
            .for_each(|change| ground.add_amount(change.total()));
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
