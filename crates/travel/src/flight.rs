//! What a flight search asks, and the fare calendar that it may answer.

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Cabin, Currency, Filter, FlightSearch, Iata, Money, Offer, Party};
use crate::locale::Locale;

/// Schedules reach this many days ahead, as those of airlines do.
pub const HORIZON_DAYS: i32 = 331;

/// The last day that can be searched.
#[must_use]
pub fn horizon(today: Date) -> Date {
    today.saturating_add(HORIZON_DAYS.days())
}

/// A flight search, put to a source at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlightQuery {
    /// What is searched.
    pub search: FlightSearch,
    /// Most offers to return.
    pub limit: usize,
    /// Offers that were shown before: the answer goes on after them.
    pub skip: usize,
    /// Language of city names in the offers.
    pub locale: Locale,
    /// The moment of asking: advance purchase and expiry count from here.
    pub now: Timestamp,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The offers that were asked for, in the order of the query. The cheapest and the fastest of
    /// all are among the first of them, as far as the limit goes.
    pub offers: Vec<Offer>,
    /// Offers in all, those skipped and those beyond the limit included.
    pub in_all: usize,
}

/// A search for the cheapest fare of each day of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarQuery {
    /// Where from.
    pub origins: Vec<Iata>,
    /// Where to.
    pub destinations: Vec<Iata>,
    /// Any day of the month that is asked for.
    pub month: Date,
    /// Days between departure and return; `None` = one-way.
    pub stay_days: Option<u16>,
    /// Who travels.
    pub party: Party,
    /// Cabin.
    pub cabin: Cabin,
    /// What every fare satisfies.
    pub filter: Filter,
    /// Currency of the prices.
    pub currency: Currency,
    /// The moment of asking.
    pub now: Timestamp,
}

/// Order of offers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Price against duration and stops, weighed.
    #[default]
    Best,
    /// Cheapest first.
    Price,
    /// Shortest total travel time first.
    Duration,
    /// Least CO2 first.
    Emissions,
    /// Earliest departure of the first leg first.
    Departure,
}

/// Part of the day, by local clocks: morning 05-12, afternoon 12-18, evening 18-24, night 00-05.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// 05:00 to 11:59.
    Morning,
    /// 12:00 to 17:59.
    Afternoon,
    /// 18:00 to 23:59.
    Evening,
    /// 00:00 to 04:59.
    Night,
}

impl DayPart {
    /// The part of the day of an hour from 0 to 23.
    #[must_use]
    pub const fn of_hour(hour: i8) -> Self {
        match hour {
            5..=11 => Self::Morning,
            12..=17 => Self::Afternoon,
            18..=23 => Self::Evening,
            _ => Self::Night,
        }
    }
}

/// Cheapest fare of each day of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FareCalendar {
    /// Where from, as asked.
    pub origin: Iata,
    /// Where to, as asked.
    pub destination: Iata,
    /// Days between departure and return; `None` = one-way fares.
    pub stay_days: Option<u16>,
    /// Where the fares come from.
    pub source: String,
    /// The fares are computed, not quoted.
    pub illustrative: bool,
    /// Days with a flight, in order; days in the past are left out.
    pub days: Vec<FareDay>,
}

/// One day of a fare calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FareDay {
    /// Day of departure.
    pub date: Date,
    /// Total for the whole party.
    pub price: Money,
}
