//! Destinations for wishes: "somewhere warm in February under 500 euros", "a beach, not too far".
//!
//! `wishes` holds what was asked, `weather` and `judge` hold a candidate against it, `reason` names
//! what speaks for it and what it misses, and `rank` puts the candidates in order. Pure: the prices
//! of flights are handed in, and the same input gives the same output on every machine.

mod judge;
mod rank;
mod reason;
mod weather;
mod wishes;

use serde::Serialize;
use travel::{Iata, Money};

pub use rank::suggest;
pub use reason::{Miss, Reason};
pub use weather::Weather;
pub use wishes::{NEAR_MINUTES, When, Wishes};

use crate::{Source, climate, distance, kinds};

/// Where suggestions come from: the order is a rule of ours.
pub const SOURCE: Source = Source {
    id: "suggestions",
    name: (
        "classement du projet selon climat, distance, type et prix",
        "ranking of the project by climate, distance, kind and price",
    ),
    as_of: "2026-11",
    licence: "MIT OR Apache-2.0",
    derived: true,
};

/// The tables that suggestions rest on.
pub const SOURCES: [Source; 4] = [SOURCE, climate::SOURCE, kinds::SOURCE, distance::FLYING];

/// A destination that may be suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its code.
    pub destination: Iata,
    /// What the caller found flights for; for the same travellers as the budget.
    pub price: Option<Money>,
}

/// A destination with what speaks for it and what was traded off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// Its code.
    pub destination: Iata,
    /// ISO 3166 alpha-2 code of its country.
    pub country: &'static str,
    /// The month whose climate was looked at, 1 = January: the one that was asked for, else the
    /// best for the weather wished.
    pub month: Option<i8>,
    /// What speaks for it; every wish that it meets is here.
    pub reasons: Vec<Reason>,
    /// The wishes that it misses, or of which nothing is known; empty = it meets them all.
    pub misses: Vec<Miss>,
}

impl Suggestion {
    /// Whether it meets every wish.
    #[must_use]
    pub const fn meets_all(&self) -> bool {
        self.misses.is_empty()
    }
}

/// Every destination, without prices: for a first round, whose best are then priced.
#[must_use]
pub fn candidates() -> Vec<Candidate> {
    let all = crate::destination::all().iter();
    all.map(|place| Candidate {
        destination: place.code,
        price: None,
    })
    .collect()
}
