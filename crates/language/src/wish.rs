//! What a traveller wants of the flights, prefers or refuses, and what they may cost.

use std::ops::Range;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use travel::{Alliance, Cabin, CarrierCode, DayPart, Iata, Money};

use crate::{reading::PartyMention, text::tokens::Tokens};

/// Bytes of the message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// Where a range of tokens was typed.
    pub(crate) fn of(tokens: &Tokens<'_>, range: Range<usize>) -> Self {
        let bytes = tokens.bytes(range);
        Self {
            start: bytes.start,
            end: bytes.end,
        }
    }
}

/// How a wish is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It must be so.
    Wanted,
    /// It would be better so.
    Preferred,
    /// It must not be so.
    Refused,
    /// It does not matter any more: an earlier wish about that kind of thing is dropped, whatever value
    /// the feature carries here.
    Indifferent,
}

/// What a wish is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// A cabin.
    Cabin(Cabin),
    /// At most so many stops; refused: not with so many or more.
    Stops(u8),
    /// A connection in one of these airports or metropolitan areas.
    Via(Vec<Iata>),
    /// An airline; `None` = airlines at all ("any airline").
    Airline(Option<CarrierCode>),
    /// An alliance.
    Alliance(Alliance),
    /// A low-cost carrier.
    LowCost,
    /// A checked bag in the price.
    CheckedBag,
    /// Money back on cancellation.
    Refundable,
    /// Little CO2.
    LowEmissions,
    /// A flight through the night.
    Overnight,
    /// A part of the day in which the way out departs.
    Departure(DayPart),
    /// A part of the day in which the way out arrives.
    Arrival(DayPart),
    /// A part of the day in which the way back departs.
    ReturnDeparture(DayPart),
    /// A part of the day in which the way back arrives.
    ReturnArrival(DayPart),
    /// A budget, dropped.
    Budget,
}

/// A wish and where it stands in the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// What it is about.
    pub feature: Feature,
    /// How it is meant.
    pub polarity: Polarity,
    /// Where it was said.
    pub at: Span,
}

/// Whom an amount is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole party and the whole trip.
    #[default]
    All,
    /// Each traveller.
    Each,
    /// A night.
    Night,
}

/// How an amount bounds the price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// No more than that.
    #[default]
    AtMost,
    /// About that.
    About,
}

/// What the trip may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Amount.
    pub amount: Money,
    /// Whom it is for.
    pub scope: Scope,
    /// How it bounds.
    pub bound: Bound,
    /// Where it was said.
    pub at: Span,
}

/// Hours, by local clocks, between which a leg departs and arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeWindow {
    /// Departs then or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_after: Option<Time>,
    /// Departs then or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_before: Option<Time>,
    /// Arrives then or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_after: Option<Time>,
    /// Arrives then or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_before: Option<Time>,
}

impl TimeWindow {
    /// Its own hours, and those of `older` where it has none.
    #[must_use]
    pub fn over(self, older: Self) -> Self {
        if self == Self::default() { older } else { self }
    }
}

/// Which way a change of dates moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The way out alone.
    Out,
    /// The way back alone.
    Back,
    /// Neither was named: all days of the trip move, and the stay keeps its length.
    Both,
}

/// A change to the trip that is there; it changes that and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Other days: so many days later, negative = earlier.
    Shift {
        /// Which way.
        way: Way,
        /// Days.
        days: i32,
    },
    /// The same day of another month: so many months later.
    ShiftMonths {
        /// Which way.
        way: Way,
        /// Months.
        months: i32,
    },
    /// A longer stay by so many nights, negative = shorter.
    Stay {
        /// Nights.
        nights: i32,
    },
    /// From there to here.
    Swap,
    /// A trip of several legs without that one, counted from 1.
    DropLeg(u8),
    /// A trip of several legs without the stop where that leg ends, counted from 1.
    DropStop(u8),
    /// No way back any more.
    DropReturn,
    /// More travellers.
    Add(PartyMention),
    /// Fewer travellers; `adults: Some(1)` alone also takes "one of us". An empty list of children means
    /// all of them ("without the kids"), and so does `u8::MAX` for infants.
    Remove(PartyMention),
}
