//! The trip that a conversation has built up so far.

use serde::{Deserialize, Serialize};

use crate::reading::{AirlineMention, Ambiguity, DateSpan, Details, Place, SlotName};
use crate::topic::Topic;
use crate::wish::{Budget, TimeWindow, Wish};
use travel::{Cabin, DayPart, Money, Party, Sort};

/// Most legs of one trip.
pub const MOST_LEGS: usize = 6;

/// One leg of a trip beyond the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Where from; `None` = where the trip begins.
    pub origin: Option<Place>,
    /// Where to; `None` = where the trip begins.
    pub destination: Option<Place>,
    /// When.
    pub date: Option<DateSpan>,
    /// Hours.
    #[serde(default)]
    pub window: TimeWindow,
    /// Nights spent where it begins, where its day follows from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nights: Option<u16>,
}

/// Another trip of the same message, which has nothing to do with the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Its legs, in order; at least one.
    pub legs: Vec<Leg>,
    /// When back, for a plain return.
    pub return_date: Option<DateSpan>,
    /// Who, where others travel than on the first trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Party>,
}

/// What a bare number may correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Who travels.
    Party,
    /// What it may cost.
    Money,
    /// How long the stay is.
    Stay,
}

/// Accumulated reading. `None` = not said yet; defaults are applied, and stated, where it is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripRequest {
    /// Where from.
    pub origin: Option<Place>,
    /// Where to.
    pub destination: Option<Place>,
    /// When out: a day, or a span within which any day will do.
    pub depart_date: Option<DateSpan>,
    /// When back.
    pub return_date: Option<DateSpan>,
    /// Days of stay, where no return date was said.
    pub stay_days: Option<u16>,
    /// `true`: one-way; `false`: return.
    pub one_way: Option<bool>,
    /// Who; `None` = one adult is assumed.
    pub party: Option<Party>,
    /// Cabin; `None` = economy is assumed.
    pub cabin: Option<Cabin>,
    /// At most this many stops.
    pub max_stops: Option<u8>,
    /// Part of the day of departure.
    pub departure: Option<DayPart>,
    /// Airline.
    pub airline: Option<AirlineMention>,
    /// Most that the whole trip may cost.
    pub budget: Option<Money>,
    /// What matters.
    pub sort: Option<Sort>,
    /// The legs after the first, in order, of an open jaw or a trip with several stops; empty for a
    /// one-way and for a plain return.
    #[serde(default)]
    pub onward: Vec<Leg>,
    /// Hours of the way out.
    #[serde(default)]
    pub window: TimeWindow,
    /// Hours of the way back.
    #[serde(default)]
    pub return_window: TimeWindow,
    /// What is wanted, preferred or refused beyond the fields above; one a feature, the newest.
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// The budget with its scope.
    #[serde(default)]
    pub money: Option<Budget>,
    /// A name that was ambiguous and is being asked about.
    pub open_ambiguity: Option<Ambiguity>,
    /// A further trip that the agent has asked about: an answer to that question goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Route>,
    /// What the last message that changed the trip was about, where it was about one thing: a bare
    /// "no, three" corrects that.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// What was said beyond the flights.
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    pub details: Details,
    /// What the last question was about: "and in October?" goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_topic: Option<Topic>,
    /// The place that the last question named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Place>,
}

impl TripRequest {
    /// The first thing that a search still needs, in the order in which it is asked.
    #[must_use]
    pub fn missing(&self) -> Option<SlotName> {
        if self.destination.is_none() {
            Some(SlotName::Destination)
        } else if self.origin.is_none() {
            Some(SlotName::Origin)
        } else if self.depart_date.is_none() {
            Some(SlotName::DepartDate)
        } else {
            None
        }
    }

    /// The legs after the first whose day is neither said nor follows from a stay, in order.
    pub fn undated(&self) -> impl Iterator<Item = &Leg> {
        let undated = |leg: &&Leg| leg.date.is_none() && leg.nights.is_none();
        self.onward.iter().filter(undated)
    }

    /// Another trip with the same wishes; of the same travellers, unless it has its own.
    #[must_use]
    pub fn along(&self, route: &Route) -> Self {
        let mut legs = route.legs.iter().cloned();
        let first = legs.next().unwrap_or_default();
        Self {
            origin: first.origin,
            destination: first.destination,
            depart_date: first.date,
            window: first.window,
            onward: legs.collect(),
            return_date: route.return_date.clone(),
            stay_days: None,
            one_way: match route.return_date {
                Some(_) => Some(false),
                None => self.one_way.filter(|one_way| *one_way),
            },
            return_window: TimeWindow::default(),
            open_ambiguity: None,
            waiting: None,
            party: route.party.clone().or_else(|| self.party.clone()),
            ..self.clone()
        }
    }
}
