//! What people like to see.

use serde::{Deserialize, Serialize};

use crate::Locale;

/// What one likes to see, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// Museums and galleries.
    Museums,
    /// Monuments, castles, palaces, ruins.
    Monuments,
    /// Parks, gardens, nature.
    Parks,
    /// Churches, mosques, temples.
    Religious,
    /// Views from above.
    Views,
    /// Markets and shopping streets.
    Markets,
    /// Beaches.
    Beaches,
    /// What children like.
    Family,
}

impl Interest {
    /// What people call it.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        let (fr, en) = match self {
            Self::Museums => ("musées", "museums"),
            Self::Monuments => ("monuments", "monuments"),
            Self::Parks => ("parcs et nature", "parks and nature"),
            Self::Religious => ("lieux de culte", "churches, mosques and temples"),
            Self::Views => ("points de vue", "views"),
            Self::Markets => ("marchés et rues", "markets and streets"),
            Self::Beaches => ("plages", "beaches"),
            Self::Family => ("lieux pour enfants", "places that children like"),
        };
        locale.pick(fr, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_stored_trips_and_tool_calls_stay() {
        for (value, name) in [
            (Interest::Museums, "museums"),
            (Interest::Monuments, "monuments"),
            (Interest::Parks, "parks"),
            (Interest::Religious, "religious"),
            (Interest::Views, "views"),
            (Interest::Markets, "markets"),
            (Interest::Beaches, "beaches"),
            (Interest::Family, "family"),
        ] {
            assert_eq!(serde_json::to_value(value).unwrap(), name);
            let read: Interest = serde_json::from_value(name.into()).unwrap();
            assert_eq!(read, value);
        }
    }
}
