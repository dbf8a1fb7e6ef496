//! The arguments of a search, as models and programs write them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::travel::{Alliance, Cabin, DayPart, Sort};

/// Arguments of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchFlightsArgs {
    /// Where from: IATA code of an airport or city; alternatives separated by commas.
    pub departure: String,
    /// Where to: IATA code of an airport or city; alternatives separated by commas.
    pub arrival: String,
    /// Day of departure, YYYY-MM-DD.
    pub date: Date,
    /// Day of return, YYYY-MM-DD; absent = one-way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_date: Option<Date>,
    /// Open jaw or several cities: the legs after the first, in order, at most 5; without
    /// return_date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<FurtherLeg>,
    /// Days around each day that are searched too, 0 to 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flexible_days: Option<u8>,
    /// Passengers of 12 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children of 2 to 11.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// Infants under 2, on a lap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub infants: Option<u8>,
    /// Cabin; economy where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cabin: Option<Cabin>,
    /// At most this many stops: 0, 1 or 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_stops: Option<u8>,
    /// Two-character designators of the airlines that must fly every segment, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub airline: Option<String>,
    /// Designators of airlines that must fly no segment, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_airlines: Option<String>,
    /// Alliance of every airline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alliance: Option<Alliance>,
    /// false = no low-cost airline, true = low-cost airlines only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_cost: Option<bool>,
    /// IATA codes, separated by commas: every direction stops at one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// IATA codes, separated by commas: no stop there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoid_via: Option<String>,
    /// Part of the day of departure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_time: Option<DayPart>,
    /// Earliest local departure of the first leg, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_after: Option<String>,
    /// Latest local departure of the first leg, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_before: Option<String>,
    /// Earliest local arrival of the first leg, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_after: Option<String>,
    /// Latest local arrival of the first leg, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_before: Option<String>,
    /// Times of the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_window: Option<TimesOfDay>,
    /// false = no flight over the night.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overnight: Option<bool>,
    /// true = fares with a checked bag for each seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_bag: Option<bool>,
    /// true = refundable fares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refundable: Option<bool>,
    /// Most that the whole party may pay, as a decimal number in `currency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_price: Option<String>,
    /// Most that any one passenger may pay, as a decimal number in `currency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_price_per_person: Option<String>,
    /// ISO 4217 currency of the prices; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Order; best where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Most offers to return, 1 to 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
    /// Offers that were shown already: more of the same search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<u16>,
}

/// A leg after the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FurtherLeg {
    /// Where from: IATA codes, as of the first leg.
    pub departure: String,
    /// Where to: IATA codes.
    pub arrival: String,
    /// Day of departure, YYYY-MM-DD.
    pub date: Date,
    /// Earliest local departure, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_after: Option<String>,
    /// Latest local departure, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_before: Option<String>,
    /// Earliest local arrival, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_after: Option<String>,
    /// Latest local arrival, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_before: Option<String>,
}

/// Between which local times a leg departs and arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimesOfDay {
    /// Earliest local departure, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_after: Option<String>,
    /// Latest local departure, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_before: Option<String>,
    /// Earliest local arrival, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_after: Option<String>,
    /// Latest local arrival, HH:MM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival_before: Option<String>,
}

impl SearchFlightsArgs {
    /// Times of the first leg.
    pub(super) fn times(&self) -> TimesOfDay {
        TimesOfDay {
            departure_after: self.departure_after.clone(),
            departure_before: self.departure_before.clone(),
            arrival_after: self.arrival_after.clone(),
            arrival_before: self.arrival_before.clone(),
        }
    }
}

impl FurtherLeg {
    /// Its times.
    pub(super) fn times(&self) -> TimesOfDay {
        TimesOfDay {
            departure_after: self.departure_after.clone(),
            departure_before: self.departure_before.clone(),
            arrival_after: self.arrival_after.clone(),
            arrival_before: self.arrival_before.clone(),
        }
    }
}
