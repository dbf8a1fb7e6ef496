//! Properties of readings, on messages that are made up.

mod changes;
mod left_over;
mod phrasing;
mod refusals;
mod rendering;

use jiff::{ToSpan, Zoned, civil::Date};
use language::{Feature, Input, Polarity, Reading, TripRequest, understand};
use proptest::prelude::ProptestConfig;
use travel::Locale;

/// A message is read many times a case: fewer cases than usual, so that a run stays short. More were
/// tried once: 1500 of each.
fn config() -> ProptestConfig {
    ProptestConfig::with_cases(96)
}

/// Noon of Sunday 29 November 2026 in Paris.
fn now() -> Zoned {
    "2026-11-29T12:00:00+01:00[Europe/Paris]".parse().unwrap()
}

/// So many days after today.
fn in_days(days: u16) -> Date {
    now().date().saturating_add(i64::from(days).days())
}

fn read(locale: Locale, text: &str, trip: &TripRequest) -> Reading {
    understand(&Input {
        text,
        previous: None,
        locale,
        month_first: false,
        now: &now(),
        trip,
        asked: None,
    })
}

fn read_alone(locale: Locale, text: &str) -> Reading {
    read(locale, text, &TripRequest::default())
}

fn wishes(reading: &Reading) -> Vec<(Feature, Polarity)> {
    let wishes = reading.wishes.iter();
    wishes
        .map(|wish| (wish.feature.clone(), wish.polarity))
        .collect()
}

const LOCALES: [Locale; 2] = [Locale::Fr, Locale::En];
