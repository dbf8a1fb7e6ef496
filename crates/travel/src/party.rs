//! Who travels.

use serde::{Deserialize, Serialize};

/// The travelling party. Children are 2 to 11 years old, infants under 2 (on a lap).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Party {
    /// Passengers of 12 and more.
    pub adults: u8,
    /// One entry a child: its age in years, where it was said.
    #[serde(default)]
    pub children: Vec<Option<u8>>,
    /// Infants on a lap; at most one an adult.
    #[serde(default)]
    pub infants: u8,
}

impl Default for Party {
    fn default() -> Self {
        Self {
            adults: 1,
            children: Vec::new(),
            infants: 0,
        }
    }
}

impl Party {
    /// Most seats of one search and one booking, the usual limit of airlines.
    pub const MAX_SEATS: usize = 9;

    /// The age in years that is taken for a child of whom nobody said it.
    pub const ASSUMED_AGE: u8 = 8;

    /// Passengers who need a seat.
    #[must_use]
    pub fn seats(&self) -> usize {
        usize::from(self.adults) + self.children.len()
    }

    /// Everyone, infants included.
    #[must_use]
    pub fn size(&self) -> usize {
        self.seats() + usize::from(self.infants)
    }
}
