//! What can be asked of a destination.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::language::Topic;

/// A side of what is known of a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Climate of the months of the stay.
    Climate,
    /// The best months.
    Season,
    /// Entry rules for a passport.
    Entry,
    /// The currency and its rate.
    Currency,
    /// Languages.
    Languages,
    /// Plugs, and whether an adapter is needed.
    Plugs,
    /// The side of the road.
    Driving,
    /// Emergency numbers.
    Emergency,
    /// The difference to the clocks at home.
    Time,
    /// Public holidays.
    Holidays,
    /// French school holidays.
    SchoolHolidays,
    /// How far the airports are from the centre.
    Airports,
}

impl Aspect {
    /// All of them, as a sheet has them.
    pub const ALL: [Self; 12] = [
        Self::Climate,
        Self::Season,
        Self::Entry,
        Self::Currency,
        Self::Languages,
        Self::Plugs,
        Self::Driving,
        Self::Emergency,
        Self::Time,
        Self::Holidays,
        Self::SchoolHolidays,
        Self::Airports,
    ];

    /// What a question is about; `None` = about all of them, or about none.
    pub(super) const fn of(topic: Topic) -> Option<Self> {
        Some(match topic {
            Topic::Weather => Self::Climate,
            Topic::WhenToGo => Self::Season,
            Topic::Visa => Self::Entry,
            Topic::Currency => Self::Currency,
            Topic::Language => Self::Languages,
            Topic::Plugs => Self::Plugs,
            Topic::Driving => Self::Driving,
            Topic::Emergency => Self::Emergency,
            Topic::TimeDifference => Self::Time,
            Topic::Holidays => Self::Holidays,
            Topic::SchoolHolidays => Self::SchoolHolidays,
            Topic::Distance => Self::Airports,
            _ => return None,
        })
    }
}
