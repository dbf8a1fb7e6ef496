//! The facts of a text that may be true or invented.

use super::{
    airport_code, clock,
    clock::Clock,
    flight_number::{self, Flight},
    house,
    price::{self, Price},
    tokens::Line,
};
use crate::travel::Iata;

/// A price, flight number, time, duration or code, as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fact<'a> {
    /// As written.
    pub(super) text: &'a str,
    pub(super) value: Value,
}

/// What a fact says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Price(Price),
    Flight(Flight),
    Time(Clock),
    /// Minutes. Many are worked out from times, so they are known but never checked.
    Duration(u32),
    Code(Iata),
    /// The name of a house to sleep in; it is the text.
    House {
        /// It follows the word that says what it is: then it is no quarter, as in "Alfama hotels".
        beside: bool,
    },
}

/// The facts of a text, in order.
pub(super) fn collect(text: &str) -> Vec<Fact<'_>> {
    let mut facts = Vec::new();
    for line in text.lines() {
        collect_line(&Line::new(line), &mut facts);
    }
    facts
}

/// The same of one line.
pub(super) fn collect_line<'a>(line: &Line<'a>, facts: &mut Vec<Fact<'a>>) {
    let mut at = 0;
    while at < line.len() {
        let end = price::find(line, at, facts)
            .or_else(|| flight_number::find(line, at, facts))
            .or_else(|| clock::find(line, at, facts))
            .or_else(|| airport_code::find(line, at, facts))
            .or_else(|| house::find(line, at, facts));
        at = end.unwrap_or(at + 1).max(at + 1);
    }
}
