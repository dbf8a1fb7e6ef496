//! How much goes into a day.

use jiff::civil::{Time, time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use travel::Locale;

/// How fast the visitor wants to go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// Few sights, late mornings.
    Relaxed,
    /// The usual.
    #[default]
    Normal,
    /// As much as goes in.
    Full,
}

/// The bounds of a day: rules of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Nobody leaves the stay before.
    pub start: Time,
    /// Back at the stay by then.
    pub end: Time,
    /// At most so many sights.
    pub sights: usize,
    /// At most so many minutes of visits and ways; meals and rests do not count.
    pub minutes: u16,
    /// So many more on a day with an outing ([`OUTING_WAY`]).
    pub outing: u16,
}

/// A sight further than so many minutes from the stay is an outing.
pub const OUTING_WAY: u16 = 45;

impl Pace {
    /// All of them, slowest first.
    pub const ALL: [Self; 3] = [Self::Relaxed, Self::Normal, Self::Full];

    /// The bounds of a day at this pace; with children days are shorter and end earlier.
    #[must_use]
    pub const fn limits(self, children: bool) -> Limits {
        let (start, end, sights, minutes) = match self {
            Self::Relaxed => (time(10, 0, 0, 0), time(21, 30, 0, 0), 3, 330),
            Self::Normal => (time(9, 30, 0, 0), time(22, 0, 0, 0), 5, 480),
            Self::Full => (time(9, 0, 0, 0), time(22, 30, 0, 0), 7, 600),
        };
        let limits = Limits {
            start,
            end,
            sights,
            minutes,
            outing: 120,
        };
        if !children {
            return limits;
        }
        Limits {
            end: time(20, 30, 0, 0),
            sights: sights - 1,
            minutes: minutes - 60,
            ..limits
        }
    }

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
