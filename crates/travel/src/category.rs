//! Categories of rooms.

use serde::{Deserialize, Serialize};

use crate::Locale;

/// How good a room is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A simple house or a hostel's room: 0.35 of the ceiling.
    Budget,
    /// Three stars or so: 0.6 of it.
    #[default]
    Mid,
    /// Four stars or so: the ceiling.
    Comfort,
}

impl Category {
    /// Cheapest first.
    pub const ALL: [Self; 3] = [Self::Budget, Self::Mid, Self::Comfort];

    /// The name that people read.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Budget => locale.pick("économique", "budget"),
            Self::Mid => locale.pick("intermédiaire", "mid-range"),
            Self::Comfort => locale.pick("confort", "comfort"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_stored_trips_and_tool_calls_stay() {
        for (value, name) in [
            (Category::Budget, "budget"),
            (Category::Mid, "mid"),
            (Category::Comfort, "comfort"),
        ] {
            assert_eq!(serde_json::to_value(value).unwrap(), name);
            let read: Category = serde_json::from_value(name.into()).unwrap();
            assert_eq!(read, value);
        }
    }
}
