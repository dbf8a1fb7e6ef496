//! The understanding, from messages to trips.

mod bars;
mod contradictions;
mod corrections;
mod dates;
mod days;
mod kinds;
mod left_over;
mod legs;
mod money;
mod party;
mod places;
mod properties;
mod questions;
mod rest;
mod stays;
mod stops;
mod talks;
mod towns;
mod trips;
mod wishes;

use jiff::{Zoned, civil::Date};
use language::{Input, Pending, Reading, SlotName, TripRequest, understand};
use travel::locale::Locale;

/// Noon of Sunday 22 November 2026 in Paris.
fn now() -> Zoned {
    "2026-11-22T12:00:00+01:00[Europe/Paris]".parse().unwrap()
}

fn read_in(locale: Locale, text: &str, asked: Option<SlotName>, trip: &TripRequest) -> Reading {
    let asked = asked.map(Pending::slot);
    understand(&Input {
        text,
        previous: None,
        locale,
        month_first: false,
        now: &now(),
        trip,
        asked: asked.as_ref(),
    })
}

fn fr(text: &str) -> Reading {
    read_in(Locale::Fr, text, None, &TripRequest::default())
}

fn en(text: &str) -> Reading {
    read_in(Locale::En, text, None, &TripRequest::default())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
