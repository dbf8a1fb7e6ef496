//! A trip as files that other programs read. Pure: the same trip, the same bytes.

mod calendar;
mod content_line;
mod gpx;
mod map;
mod markdown;
#[cfg(test)]
mod tests;
mod time_zone;

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{PlannedDay, PlannedDays, Summary};
use crate::locale::Locale;

/// A trip, and what its files say of themselves.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The trip.
    pub trip: &'a Summary,
    /// Its conversation: identities of the calendar's events hold it, and so stay the same.
    pub conversation: Uuid,
    /// When the conversation last changed: the time stamp of everything in the files.
    pub changed: Timestamp,
    /// Language of the conversation.
    pub locale: Locale,
}

impl Export<'_> {
    /// An iCalendar file (RFC 5545): flights, nights, and the stops of days.
    #[must_use]
    pub fn calendar(&self) -> String {
        calendar::write(self)
    }

    /// A GPX 1.1 file of one day, counted from 1, or of all of them: the places as waypoints and a
    /// route through them. `None` where there is no such day, or no place in any.
    #[must_use]
    pub fn gpx(&self, day: Option<usize>) -> Option<String> {
        gpx::write(self, day)
    }

    /// An SVG file: the way between the cities, or the scheme of a day, counted from 1. `None` where
    /// there is nothing to draw.
    #[must_use]
    pub fn map(&self, day: Option<usize>) -> Option<String> {
        map::write(self, day)
    }

    /// A Markdown file.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(self)
    }

    /// A name for a file, of ASCII alone: `trip-lisbonne-2027-03-03`.
    #[must_use]
    pub fn file_name(&self) -> String {
        let place = self.trip.title.split(['·', ',']).next().unwrap_or_default();
        let folded = travel::fold::fold(place);
        let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
        let words = words.filter(|word| !word.is_empty()).take(4);
        let mut name = String::from("trip");
        for word in words
            .map(str::to_owned)
            .chain(self.trip.from.map(|day| day.to_string()))
        {
            name.push('-');
            name.push_str(&word);
        }
        name
    }

    /// Every planned day with its place, in order.
    fn days(&self) -> impl Iterator<Item = (&PlannedDays, &PlannedDay)> {
        let places = self.trip.planned.days.iter();
        places.flat_map(|place| place.days.iter().map(move |day| (place, day)))
    }

    /// `fr` or `en`, whichever the conversation is in.
    fn pick<'t>(&self, fr: &'t str, en: &'t str) -> &'t str {
        match self.locale {
            Locale::Fr => fr,
            Locale::En => en,
        }
    }

    /// `Tokyo, jeu. 4 mars`.
    fn heading(&self, place: &str, date: Date) -> String {
        format!(
            "{place}, {}",
            crate::travel::format::short_date(date, self.locale)
        )
    }
}
