//! What would fit a budget that no package fits.

use jiff::civil::Date;
use serde::Serialize;
use travel::{Iata, Money, Party};

use super::{Flight, Tier, packages, people};
use crate::{
    Destination,
    costs::{Bill, Expense, Line, on_the_spot},
    rates,
    stays::{self, Stay},
};

/// Other flights that were looked up, cheapest for the whole party.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alternatives<'a> {
    /// Other days of departure for a stay of as many nights.
    pub dates: &'a [(Date, Money)],
    /// Other airports of departure on the same days.
    pub airports: &'a [(Iata, Money)],
}

/// A change with which the thriftiest trip fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Relaxation {
    /// Other dates.
    Dates {
        /// First day.
        depart: Date,
        /// What the trip then costs.
        total: Money,
    },
    /// Another airport of departure.
    Airport {
        /// Its code.
        code: Iata,
        /// What the trip then costs.
        total: Money,
    },
    /// Fewer nights: the most that fit.
    Nights {
        /// Nights.
        nights: u16,
        /// What the trip then costs.
        total: Money,
    },
    /// A flat in place of rooms.
    Flat {
        /// What the trip then costs.
        total: Money,
    },
}

impl Relaxation {
    /// What the trip then costs.
    #[must_use]
    pub const fn total(&self) -> Money {
        match self {
            Self::Dates { total, .. }
            | Self::Airport { total, .. }
            | Self::Nights { total, .. }
            | Self::Flat { total } => *total,
        }
    }
}

/// What would bring the thriftiest trip within a budget, one change at a time; of dates and airports
/// the cheapest.
#[must_use]
pub fn relaxations(
    place: &Destination,
    stay: Stay,
    party: &Party,
    rooms: Option<u8>,
    flights: &[Flight],
    others: Alternatives<'_>,
    budget: Money,
) -> Vec<Relaxation> {
    let currency = budget.currency;
    let Some(thriftiest) = packages(place, stay, party, rooms, flights, currency)
        .into_iter()
        .find(|package| package.tier == Tier::Thrifty)
    else {
        return Vec::new();
    };
    let style = thriftiest.style;
    let fare = thriftiest.bill.line(Expense::Flights);
    let nights = u16::try_from(stay.nights().count()).unwrap_or_default();
    let with = |fare: Money, stay: Stay| {
        let mut lines = vec![Line {
            expense: Expense::Flights,
            total: rates::convert(fare, currency).0,
        }];
        lines.extend(on_the_spot(place, stay, party, rooms, style, currency)?);
        Some(Bill::of(lines, people(party), currency).total)
    };
    let dates = others.dates.iter().filter_map(|(depart, fare)| {
        let total = with(*fare, Stay::of(*depart, nights)?)?;
        Some(Relaxation::Dates {
            depart: *depart,
            total,
        })
    });
    let airports = others.airports.iter().filter_map(|(code, fare)| {
        let total = with(*fare, stay)?;
        Some(Relaxation::Airport { code: *code, total })
    });
    let shorter = (1..nights).rev().find_map(|nights| {
        let total = with(fare?, Stay::of(stay.check_in, nights)?)?;
        (total.minor <= budget.minor).then_some(Relaxation::Nights { nights, total })
    });
    let flat = || {
        let flat = stays::rental(place, stay, party, currency)?;
        let rooms = thriftiest.bill.line(Expense::Stay)?;
        let total = thriftiest.bill.total.minor - rooms.minor + flat.total.minor;
        let total = Money::new(total, currency);
        Some(Relaxation::Flat { total })
    };
    let cheapest = |all: &mut dyn Iterator<Item = Relaxation>| {
        all.filter(|change| change.total().minor <= budget.minor)
            .min_by_key(|change| change.total().minor)
    };
    let mut found = Vec::new();
    found.extend(cheapest(&mut dates.into_iter()));
    found.extend(cheapest(&mut airports.into_iter()));
    found.extend(shorter);
    found.extend(cheapest(&mut flat().into_iter()));
    found
}
