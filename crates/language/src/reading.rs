//! What one message says about a trip.

mod details;

pub use details::{DayRef, Details, Kind, Passport, Reach, Taste, Tier, Warmth};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    intent::are_consent,
    question::{Manner, Question, Said},
    trip::{Leg, Route},
    wish::{Budget, Change, Feature, Polarity, Span, TimeWindow, Wish},
};
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
    /// A region, a state, a group of islands: its airports are candidates.
    Region,
    /// A town without airline service: the airports are those that people there use.
    Town,
}

/// A town without an airport of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Town {
    /// Its name as the table writes it.
    pub name: String,
    /// English name of the region, state or province; empty where the table has none.
    pub region: String,
    /// About how many kilometres by road to each of the place's airports (straight line × 1.3).
    pub km: Vec<u16>,
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
    /// The town that the airports are near to, where the place is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub town: Option<Town>,
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
    /// The weekday said is not that of the day said.
    WeekdayMismatch {
        /// The words.
        surface: String,
        /// The day, as the calendar has it.
        date: Date,
    },
    /// The way back would be before the way out.
    ReturnBeforeDeparture,
    /// A leg would be flown before the one that it follows.
    LegsOutOfOrder,
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
    /// A way back and one way, said together.
    OneWayWithReturn,
    /// So many in all, but others were counted one by one.
    PartyMismatch {
        /// In all, as said.
        total: u8,
        /// As named.
        named: u8,
    },
}

/// What one message says; everything absent was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
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
    /// The legs after the first, of a trip with more than out and back.
    #[serde(default)]
    pub onward: Vec<Leg>,
    /// `onward` goes on from the trip that is there: "then Rome to Athens on 8 March".
    #[serde(default)]
    pub extends: bool,
    /// Days of the legs that have none, in answer to the question for them.
    #[serde(default)]
    pub leg_days: Vec<LegDay>,
    /// Names of legs that several places share: the first of the options was taken.
    #[serde(default)]
    pub assumed: Vec<Ambiguity>,
    /// Further trips, independent of this one.
    #[serde(default)]
    pub also: Vec<Route>,
    /// What it asks besides, in order.
    #[serde(default)]
    pub questions: Vec<Said<Question>>,
    /// What it says beyond the flights.
    #[serde(default)]
    pub details: Details,
    /// Words that carry meaning and were used by nothing, in order.
    #[serde(default)]
    pub left_over: Vec<LeftOver>,
}

/// When a leg after the first is flown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegDay {
    /// On that day.
    On(DateSpan),
    /// So many nights after the leg before.
    After(u16),
}

/// Words that nothing has used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOver {
    /// As typed.
    pub text: String,
    /// Where they stand.
    pub at: Span,
}

impl Reading {
    /// Whether the message changes the trip: then it cannot also confirm a proposal.
    #[must_use]
    pub fn change_trip(&self) -> bool {
        let unchanged = Self {
            choice: self.choice,
            sort: self.sort,
            left_over: self.left_over.clone(),
            questions: self.questions.clone(),
            details: self.details.clone(),
            ..Self::default()
        };
        *self != unchanged
    }

    /// Every trip of the message with all of its legs, the first one first; none where it names
    /// neither place nor day. The second leg of a plain return is the way back.
    #[must_use]
    pub fn trips(&self) -> Vec<Route> {
        let first = Leg {
            origin: self.origin.clone(),
            destination: self.destination.clone(),
            date: self.depart_date.clone(),
            window: self.window,
            nights: None,
        };
        let mut legs = vec![first];
        legs.extend(self.onward.iter().cloned());
        let first = Route {
            legs,
            return_date: self.return_date.clone(),
            party: None,
        };
        let said = self.origin.is_some()
            || self.destination.is_some()
            || self.depart_date.is_some()
            || self.return_date.is_some();
        let first = said.then_some(first);
        first.into_iter().chain(self.also.iter().cloned()).collect()
    }

    /// Everything that it brings up besides, asked or only named, in order.
    pub fn brought_up(&self) -> impl Iterator<Item = &Question> + Clone {
        self.questions.iter().map(|said| &said.value)
    }

    /// What is asked, whatever else the message wants.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.brought_up()
            .filter(|question| question.manner == Manner::Asked)
    }

    /// Whether the message may be a yes: it changes and asks nothing, and every word that nothing has used is
    /// one with which people agree.
    #[must_use]
    pub fn may_be_yes(&self) -> bool {
        !self.change_trip()
            && self.details.is_empty()
            && self.asked().next().is_none()
            && self.left_over.iter().all(|left| are_consent(&left.text))
    }

    /// Leaves out what a question about offers names of a fare ("is it refundable?", "the cheapest with
    /// a bag"): it is asked of the offers that are there, and not wished of others. What is dropped
    /// ("forget the bag") stays dropped.
    pub fn ask_of_offers(&mut self) {
        self.wishes.retain(|wish| {
            let dropped = wish.polarity == Polarity::Indifferent;
            dropped
                || !matches!(
                    wish.feature,
                    Feature::CheckedBag | Feature::Refundable | Feature::LowEmissions
                )
        });
    }
}
