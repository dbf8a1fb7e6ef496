//! The trip that a conversation has built up so far.

use serde::{Deserialize, Serialize};

use crate::slots::{AirlineMention, Ambiguity, DateSpan, Place, SlotName};
use travel::{Cabin, DayPart, Money, Party, Sort};

/// Accumulated slots. `None` = not said yet; defaults are applied, and stated, where it is searched.
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
    /// A name that was ambiguous and is being asked about.
    pub open_ambiguity: Option<Ambiguity>,
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
}
