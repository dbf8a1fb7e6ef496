//! Nights in a place.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::travel::{Category, Iata, Money};

/// What one sleeps in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lodging {
    /// A hotel of the simple kind.
    Budget,
    /// A hotel of the usual kind.
    Mid,
    /// A comfortable hotel.
    Comfort,
    /// A flat or house.
    Rental,
}

impl Lodging {
    /// The category of rooms; `None` = it is a flat.
    #[must_use]
    pub const fn category(self) -> Option<Category> {
        match self {
            Self::Budget => Some(Category::Budget),
            Self::Mid => Some(Category::Mid),
            Self::Comfort => Some(Category::Comfort),
            Self::Rental => None,
        }
    }
}

impl From<Category> for Lodging {
    fn from(category: Category) -> Self {
        match category {
            Category::Budget => Self::Budget,
            Category::Mid => Self::Mid,
            Category::Comfort => Self::Comfort,
        }
    }
}

/// Nights in a place, at an indicative price: no house is booked or even named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedStay {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Its name in the language of the conversation.
    pub name: String,
    /// First night.
    pub check_in: Date,
    /// Day of departure.
    pub check_out: Date,
    /// What one sleeps in.
    pub lodging: Lodging,
    /// Rooms; 1 for a flat.
    pub rooms: u8,
    /// All rooms, all nights.
    pub total: Money,
    /// The quarter that was chosen, and its middle, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<String>,
}

impl PlannedStay {
    /// Nights.
    #[must_use]
    pub fn nights(&self) -> i64 {
        let span = self.check_in.until(self.check_out);
        span.map_or(0, |span| i64::from(span.get_days()))
    }

    /// Whether both cannot be: the same city, or nights that are shared.
    #[must_use]
    pub fn clashes(&self, other: &Self) -> bool {
        self.city == other.city
            || (self.check_in < other.check_out && other.check_in < self.check_out)
    }
}
