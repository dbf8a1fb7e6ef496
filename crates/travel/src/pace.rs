//! How much goes into a day.

use serde::{Deserialize, Serialize};

use crate::Locale;

/// How fast the visitor wants to go.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Few sights, late mornings.
    Relaxed,
    /// The usual.
    #[default]
    Normal,
    /// As much as goes in.
    Full,
}

impl Pace {
    /// All of them, slowest first.
    pub const ALL: [Self; 3] = [Self::Relaxed, Self::Normal, Self::Full];

    /// What people call it.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Relaxed => locale.pick("tranquille", "relaxed"),
            Self::Normal => locale.pick("normal", "normal"),
            Self::Full => locale.pick("soutenu", "full"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_stored_trips_and_tool_calls_stay() {
        for (value, name) in [
            (Pace::Relaxed, "relaxed"),
            (Pace::Normal, "normal"),
            (Pace::Full, "full"),
        ] {
            assert_eq!(serde_json::to_value(value).unwrap(), name);
            let read: Pace = serde_json::from_value(name.into()).unwrap();
            assert_eq!(read, value);
        }
    }
}
