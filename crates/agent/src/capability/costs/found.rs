//! What a whole trip is found to cost.

use guide::{
    Destination,
    costs::Bill,
    rates::Basis,
    stays::{Category, Stay},
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::bill::Nights;
use crate::{
    grounding::Ground,
    locale::Locale,
    tools::Data,
    travel::{Iata, Money, Offer, Party},
};

/// Which flight the bill has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fare {
    /// That of the trip.
    OfTrip,
    /// The cheapest of these days: none was chosen.
    Cheapest,
    /// None: nobody flies there then.
    NotFound,
    /// None: where the trip begins is not known.
    NoDeparture,
}

/// A change that would make the trip cheaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SavingKind {
    /// The cheapest flight in place of the chosen one.
    Flight,
    /// Simpler rooms, and meals with them.
    Category {
        /// Which.
        category: Category,
    },
    /// A flat in place of rooms.
    Flat,
    /// Fewer nights.
    Nights {
        /// How many are left.
        nights: u16,
        /// The new day of departure.
        check_out: Date,
    },
    /// Other days of the month.
    Dates {
        /// First.
        check_in: Date,
        /// Last.
        check_out: Date,
    },
}

impl SavingKind {
    /// Whether flights of other days come with it.
    #[must_use]
    pub const fn moves_days(self) -> bool {
        matches!(self, Self::Nights { .. } | Self::Dates { .. })
    }
}

/// What a change would save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Saving {
    /// The change.
    #[serde(flatten)]
    pub kind: SavingKind,
    /// What the trip then costs.
    pub total: Money,
    /// What it saves; always more than nothing.
    pub saves: Money,
}

/// What a trip costs.
#[derive(Clone, Debug, Serialize)]
pub struct CostFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// From which day to which.
    pub stay: Stay,
    /// Ways of a trip of several cities, the first and the one home counted; 1 = there and back.
    pub ways: usize,
    /// Who, as houses count them.
    pub party: Party,
    /// Which flight is counted.
    pub fare: Fare,
    /// That flight.
    #[serde(skip)]
    pub flight: Option<Offer>,
    /// The nights.
    pub nights: Vec<Nights>,
    /// The bill; `None` = no price of the nights is known.
    pub bill: Option<Bill>,
    /// What may be spent in all, in the currency of the bill.
    pub budget: Option<Money>,
    /// What is left of the budget; negative = what is missing.
    pub left: Option<Money>,
    /// What would make it cheaper, most first; empty = nothing was asked or found.
    pub savings: Vec<Saving>,
    /// What the amounts in the visitor's currency rest on.
    pub basis: Basis,
    /// Day of the rates.
    pub rates_of: Date,
}

impl CostFound {
    /// The cities where one sleeps, in order, by their names.
    #[must_use]
    pub fn cities(&self, locale: Locale) -> Vec<&'static str> {
        let mut cities = Vec::new();
        for nights in &self.nights {
            let name = nights.place.name(locale);
            if !cities.contains(&name) {
                cities.push(name);
            }
        }
        if cities.is_empty() {
            cities.push(self.destination.name(locale));
        }
        cities
    }

    /// Whether the budget does not suffice.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.left.is_some_and(|left| left.minor < 0)
    }
}

impl Data for CostFound {
    fn ground(&self, ground: &mut Ground) {
        if let Some(bill) = &self.bill {
            bill.lines
                .iter()
                .for_each(|line| ground.add_amount(line.total));
            ground.add_amount(bill.total);
            ground.add_amount(bill.per_person);
        }
        if let Some(left) = self.left {
            ground.add_amount(Money::new(left.minor.abs(), left.currency));
        }
        self.budget
            .iter()
            .for_each(|budget| ground.add_amount(*budget));
        for saving in &self.savings {
            ground.add_amount(saving.total);
            ground.add_amount(saving.saves);
        }
        self.flight.iter().for_each(|offer| ground.add_offer(offer));
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
