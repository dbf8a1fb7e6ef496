//! The list of a visitor's trips, and a trip on paper.

use agent::trip::Summary;
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::{Frame, format, trip::TripView};
use crate::i18n::trip::TripTexts;

/// `GET /trips`.
#[derive(Template)]
#[template(path = "trips.html")]
pub struct TripsPage {
    /// Language and address.
    pub frame: Frame,
    /// Newest change first.
    pub trips: Vec<TripLine>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// A trip of the list.
pub struct TripLine {
    conversation: Uuid,
    title: String,
    /// The conversation's own title.
    said: String,
    changed: String,
    has_places: bool,
}

impl TripLine {
    /// A line of the list, its day by clocks of `zone`.
    #[must_use]
    pub fn new(
        conversation: Uuid,
        trip: &Summary,
        said: &str,
        changed: Timestamp,
        frame: &Frame,
        zone: &TimeZone,
    ) -> Self {
        let day = format::day_of_month(zone.to_datetime(changed).date(), frame.locale);
        let places = trip.planned.days.iter().flat_map(|place| &place.days);
        Self {
            conversation,
            title: trip.title.clone(),
            said: said.to_owned(),
            changed: TripTexts::of(frame.locale).changed.replace("{date}", &day),
            has_places: places
                .flat_map(|day| &day.stops)
                .any(|stop| stop.at.is_some()),
        }
    }
}

impl TripsPage {
    fn p(&self) -> &'static TripTexts {
        TripTexts::of(self.frame.locale)
    }
}

/// `GET /trips/{conversation}/print`: in the language of the conversation.
#[derive(Template)]
#[template(path = "trip_print.html")]
pub struct TripPrintPage {
    /// Language and address.
    pub frame: Frame,
    /// The trip.
    pub trip: TripView,
}

impl TripPrintPage {
    fn p(&self) -> &'static TripTexts {
        TripTexts::of(self.frame.locale)
    }
}
