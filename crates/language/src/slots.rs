//! What one message says about a trip.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::wish::{Budget, Change, TimeWindow, Wish};
use travel::{Cabin, CarrierCode, Currency, DayPart, Iata, Money, Sort};

/// How wide a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A city with one airport, or a region with several.
    City,
    /// One airport, named as such.
    Airport,
    /// A city with a metropolitan code.
    Metro,
    /// A country.
    Country,
}

/// A place that the tables know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The words that named it, as typed.
    pub surface: String,
    /// How wide it is.
    pub kind: PlaceKind,
    /// Airports or metropolitan areas that it stands for, most prominent first; never empty.
    pub codes: Vec<Iata>,
    /// ISO 3166 alpha-2 country.
    pub country: String,
}

/// A day or a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateSpan {
    /// The words that named it, as typed.
    pub surface: String,
    /// First day.
    pub from: Date,
    /// Last day; equal to `from` when the day is exact.
    pub to: Date,
    /// Further days or spans that will do as well ("4 or 6 May").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<(Date, Date)>,
    /// So many days before or after will do as well ("± 2 days").
    #[serde(default, skip_serializing_if = "is_zero")]
    pub flexible_days: u8,
}

impl DateSpan {
    /// Days named by `surface`.
    #[must_use]
    pub fn new(surface: impl Into<String>, from: Date, to: Date) -> Self {
        Self {
            surface: surface.into(),
            from,
            to,
            or: Vec::new(),
            flexible_days: 0,
        }
    }
}

/// Whether there is nothing to write.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(days: &u8) -> bool {
    *days == 0
}

/// Passengers as far as the message counts them; `None` = not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyMention {
    /// Adults.
    pub adults: Option<u8>,
    /// One entry a child, with its age where it was said.
    pub children: Option<Vec<Option<u8>>>,
    /// Infants on a lap.
    pub infants: Option<u8>,
}

/// An airline, as typed and as known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AirlineMention {
    /// The words that named it.
    pub surface: String,
    /// Its designator.
    pub code: CarrierCode,
}

/// Which of the shown offers the message names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The nth, counted from 1.
    Nth(u8),
    /// The last one shown.
    Last,
    /// The cheapest.
    Cheapest,
    /// The fastest.
    Fastest,
    /// The recommended one.
    Best,
}

/// The parts of a trip that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotName {
    /// Where from.
    Origin,
    /// Where to.
    Destination,
    /// When out.
    DepartDate,
    /// When back.
    ReturnDate,
    /// Who.
    Passengers,
}

/// A name that stands for several places: to be asked, not guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguity {
    /// Which end of the trip.
    pub slot: SlotName,
    /// The words.
    pub surface: String,
    /// What it may be, most prominent first; two or more.
    pub options: Vec<Place>,
}

/// Something said that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Problem {
    /// The day is over; `surface` as typed.
    PastDate {
        /// The words.
        surface: String,
    },
    /// No such day (31 April).
    ImpossibleDate {
        /// The words.
        surface: String,
    },
    /// The way back would be before the way out.
    ReturnBeforeDeparture,
    /// Later than the schedule reaches (331 days).
    TooFar {
        /// The words.
        surface: String,
    },
    /// A place that no table knows.
    UnknownPlace {
        /// Which end of the trip.
        slot: SlotName,
        /// The words.
        surface: String,
    },
    /// Origin and destination are the same.
    SamePlace,
    /// More infants than adults, nobody, or more than nine seats.
    BadParty,
}

/// What one message says; everything absent was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slots {
    /// Where from.
    pub origin: Option<Place>,
    /// Where to.
    pub destination: Option<Place>,
    /// When out.
    pub depart_date: Option<DateSpan>,
    /// When back.
    pub return_date: Option<DateSpan>,
    /// Length of the stay in days ("for a week"), where no return date was said.
    pub stay_days: Option<u16>,
    /// `true`: one-way; `false`: return.
    pub one_way: Option<bool>,
    /// Who.
    pub passengers: Option<PartyMention>,
    /// Cabin.
    pub cabin: Option<Cabin>,
    /// At most this many stops.
    pub max_stops: Option<u8>,
    /// Part of the day of departure.
    pub departure: Option<DayPart>,
    /// Airline.
    pub airline: Option<AirlineMention>,
    /// Most that the whole trip may cost.
    pub budget: Option<Money>,
    /// What matters ("the cheapest", "the fastest").
    pub sort: Option<Sort>,
    /// Which shown offer is meant.
    pub choice: Option<Choice>,
    /// Names to be asked about.
    pub ambiguities: Vec<Ambiguity>,
    /// What cannot be.
    pub problems: Vec<Problem>,
    /// What is wanted, preferred or refused, in the order said. `cabin`, `max_stops`, `departure` and
    /// `airline` above are the wanted ones among them.
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// What it may cost, with its scope; `budget` above where it is an upper bound for all.
    #[serde(default)]
    pub money: Option<Budget>,
    /// The currency that prices are wanted in.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Hours of the way out.
    #[serde(default)]
    pub window: TimeWindow,
    /// Hours of the way back.
    #[serde(default)]
    pub return_window: TimeWindow,
    /// Changes to the trip that is there.
    #[serde(default)]
    pub changes: Vec<Change>,
}

impl Slots {
    /// Whether the message changes the trip: then it cannot also confirm a proposal.
    #[must_use]
    pub fn change_trip(&self) -> bool {
        let unchanged = Self {
            choice: self.choice,
            sort: self.sort,
            ..Self::default()
        };
        *self != unchanged
    }
}
