//! What a traveller wishes.

use jiff::civil::Date;
use travel::{Iata, Money};

use super::Weather;
use crate::{Destination, kinds::Kind, region::Area};

/// "Not too far": a nonstop flight of at most so many minutes, some 2,000 km.
pub const NEAR_MINUTES: u16 = 180;

/// When one wants to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In a month, 1 = January.
    Month(i8),
    /// From one day to another.
    Days(Date, Date),
}

impl When {
    /// The month that most days lie in, the first of equals.
    #[must_use]
    pub fn month(self) -> i8 {
        let (from, to) = match self {
            Self::Month(month) => return month,
            Self::Days(from, to) => (from, to),
        };
        let in_first = i32::from(from.days_in_month()) - i32::from(from.day()) + 1;
        let nights = from.until(to).map_or(0, |span| span.get_days());
        // A stay reaches two months at most here; of a longer one the second is as good as any.
        if nights < in_first * 2 {
            from.month()
        } else {
            from.month() % 12 + 1
        }
    }

    /// Nights from the first day to the last, where the days were said.
    #[must_use]
    pub fn nights(self) -> Option<i32> {
        match self {
            Self::Month(_) => None,
            Self::Days(from, to) => from.until(to).ok().map(|span| span.get_days()),
        }
    }
}

/// What was asked. Weather, kinds, distance and budget are wishes that a suggestion may miss and
/// then says so; `only` and `except` are never broken.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Airport or city to start from.
    pub home: Option<Iata>,
    /// When.
    pub when: Option<When>,
    /// Nights there, where they were said: for a weekend far places fall back.
    pub nights: Option<u16>,
    /// The weather wished, each of it.
    pub weather: Vec<Weather>,
    /// What for: one of each list, such as `[[Beach], [Culture, City]]` for a beach, and culture or
    /// a city.
    pub kinds: Vec<Vec<Kind>>,
    /// "Not too far": [`NEAR_MINUTES`].
    pub near: bool,
    /// Longest nonstop flight, in minutes.
    pub max_minutes: Option<u16>,
    /// Greatest distance in a straight line, in kilometres.
    pub max_km: Option<u32>,
    /// What the flights may cost.
    pub budget: Option<Money>,
    /// Nowhere else than in one of these; empty = anywhere.
    pub only: Vec<Area>,
    /// In none of these.
    pub except: Vec<Area>,
}

impl Wishes {
    /// Whether a destination may be suggested at all.
    #[must_use]
    pub fn allows(&self, place: &Destination) -> bool {
        let within = self.only.is_empty() || self.only.iter().any(|area| area.contains(place));
        within && !self.except.iter().any(|area| area.contains(place))
    }

    /// The longest flight wished, in minutes.
    pub(super) fn longest(&self) -> Option<u16> {
        let near = self.near.then_some(NEAR_MINUTES);
        [near, self.max_minutes].into_iter().flatten().min()
    }

    /// Nights there, said or counted.
    pub(super) fn stays(&self) -> Option<i32> {
        let said = self.nights.map(i32::from);
        said.or_else(|| self.when.and_then(When::nights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_is_the_one_of_most_days() {
        let days = |from: &str, to: &str| When::Days(from.parse().unwrap(), to.parse().unwrap());
        assert_eq!(days("2027-02-03", "2027-02-10").month(), 2);
        assert_eq!(days("2027-01-30", "2027-02-10").month(), 2);
        assert_eq!(days("2027-12-20", "2028-01-02").month(), 12);
        assert_eq!(days("2027-12-30", "2028-01-06").month(), 1);
        assert_eq!(When::Month(7).month(), 7);
        assert_eq!(days("2027-02-03", "2027-02-10").nights(), Some(7));
    }
}
