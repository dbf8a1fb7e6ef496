//! A trip to Tokyo, and the pages that show it.

use agent::{conversation::ConversationState, locale::Locale, trip::Summary};
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use crate::views::{
    Frame,
    trip::{TripPanel, TripView},
    trips::{TripLine, TripPrintPage, TripsPage},
};

/// A flight from Lyon, seven nights, two days, and what they cost.
pub(crate) fn trip() -> ConversationState {
    serde_json::from_str(include_str!(
        "../../../../agent/src/trip/samples/tokyo.json"
    ))
    .unwrap()
}

/// Its panel.
pub(crate) fn panel(locale: Locale) -> TripPanel {
    let trip = Summary::of(&trip(), locale);
    TripPanel::new(Some(Uuid::from_u128(1)), trip.as_ref(), locale)
}

/// The list of trips, full and empty, and the trip on paper.
pub(crate) fn trip_pages(locale: Locale) -> Vec<String> {
    let frame = Frame::new(locale, "/trips");
    let (id, trip) = (Uuid::from_u128(1), Summary::of(&trip(), locale).unwrap());
    let list = |trips: Vec<TripLine>| {
        let next_cursor = (!trips.is_empty()).then(|| "a b".to_owned());
        let page = TripsPage {
            frame: frame.clone(),
            trips,
            next_cursor,
        };
        page.render().unwrap()
    };
    let changed: Timestamp = "2026-11-22T10:05:00Z".parse().unwrap();
    let said = "Je veux voir Tokyo";
    let line = TripLine::new(id, &trip, said, changed, &frame, &TimeZone::UTC);
    let paper = TripPrintPage {
        frame: frame.clone(),
        trip: TripView::new(id, &trip, locale).on_paper(),
    };
    vec![list(vec![line]), list(Vec::new()), paper.render().unwrap()]
}
