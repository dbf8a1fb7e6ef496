//! What a message says of a stay, of its days and of those who travel, beyond the flights.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use travel::{Category, Interest, Pace};

/// One of the packages that were shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// As cheap as it gets.
    Thrifty,
    /// Price against comfort.
    Balanced,
    /// As comfortable as it gets.
    Comfort,
}

/// The passport that a question of entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passport {
    /// ISO 3166 alpha-2 of the country that issued it.
    Of(String),
    /// One was named that the lexicon does not know; as typed.
    Unknown(String),
}

/// What a destination is to be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At the sea.
    Beach,
    /// A town to walk in.
    City,
    /// Mountains.
    Mountain,
    /// History, art, monuments.
    Culture,
    /// Landscapes, hikes, animals.
    Nature,
    /// Bars and clubs.
    Nightlife,
    /// With children.
    Family,
    /// Where one eats well.
    Food,
}

/// Which weather is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warmth {
    /// Hot.
    Hot,
    /// Sun and warmth.
    Warm,
    /// Neither hot nor cold.
    Mild,
    /// Snow.
    Snow,
    /// No rain.
    Dry,
}

/// How far a destination may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Not far.
    Near,
    /// At most so many hours of flight.
    Hours(u8),
}

/// A day of the stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayRef {
    /// The nth, counted from 1.
    Nth(u8),
    /// That of the calendar.
    On(Date),
}

/// What is liked or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taste {
    /// A kind of destination.
    Kind(Kind),
    /// A kind of sight.
    Interest(Interest),
}

/// What is said beyond the flights; everything absent was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Comfort of the stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// The package that is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// How full the days are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Whose entry is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passport: Option<Passport>,
    /// What the destination is to be like, in the order said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Kind>,
    /// The weather that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmth: Option<Warmth>,
    /// How far it may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// The spot that something is to be near to, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
    /// The day of the stay that a message is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<DayRef>,
    /// Rooms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u8>,
    /// What is not wanted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Taste>,
    /// What one likes to see.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<Interest>,
}

impl Details {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is said anew in the place of what was said before.
    #[must_use]
    pub fn over(&self, older: &Self) -> Self {
        let mut refused = older.refused.clone();
        // What is wished for now is refused no longer, and the other way round.
        refused.retain(|taste| match taste {
            Taste::Kind(kind) => !self.kinds.contains(kind),
            Taste::Interest(interest) => !self.interests.contains(interest),
        });
        for taste in &self.refused {
            if !refused.contains(taste) {
                refused.push(*taste);
            }
        }
        let mut kinds = newer(&self.kinds, &older.kinds);
        kinds.retain(|kind| !refused.contains(&Taste::Kind(*kind)));
        let mut interests = newer(&self.interests, &older.interests);
        interests.retain(|interest| !refused.contains(&Taste::Interest(*interest)));
        Self {
            category: self.category.or(older.category),
            // Who has taken one takes it once.
            tier: self.tier,
            pace: self.pace.or(older.pace),
            passport: self.passport.clone().or_else(|| older.passport.clone()),
            kinds,
            warmth: self.warmth.or(older.warmth),
            reach: self.reach.or(older.reach),
            near: self.near.clone().or_else(|| older.near.clone()),
            day: self.day.or(older.day),
            rooms: self.rooms.or(older.rooms),
            refused,
            interests,
        }
    }
}

/// The newer list, unless it says nothing.
fn newer<T: Copy>(said: &[T], older: &[T]) -> Vec<T> {
    match said {
        [] => older.to_vec(),
        said => said.to_vec(),
    }
}
