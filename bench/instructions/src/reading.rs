//! Intent and reading of messages as people write them.

use std::hint::black_box;

use jiff::Zoned;
use language::{
    Input, TripRequest,
    intent::{Context, detect},
    understand,
};
use travel::locale::Locale;

/// Sunday, 29 November 2026.
const NOW: &str = "2026-11-29T12:00:00+01:00[Europe/Paris]";
const MESSAGES: [(Locale, &str); 10] = [
    (
        Locale::Fr,
        "Bonjour, nous sommes deux adultes et un enfant de 6 ans et nous cherchons un vol de Lyon à New \
        York du 12 au 20 janvier 2027, direct si possible, avec un bagage en soute",
    ),
    (
        Locale::En,
        "We are two adults and one child aged 6 and we are looking for a flight from London to New York \
        from 12 to 20 January 2027, nonstop if possible, under 1,800 pounds in total",
    ),
    (
        Locale::Fr,
        "Paris Rome le 3 mars, puis Rome Athènes le 8 mars et enfin Athènes Paris le 14 mars",
    ),
    (
        Locale::En,
        "Surprise me with somewhere warm for a week in February, not more than 500 euros",
    ),
    (Locale::Fr, "et plutôt le 14, sans escale ?"),
    (Locale::En, "the second one please"),
    (
        Locale::Fr,
        "Qu'est-ce qu'il faut comme visa pour le Japon, et quand fleurissent les cerisiers ?",
    ),
    (
        Locale::En,
        "I'd like a hotle in Lisbonn for three nigths from Friday",
    ),
    (
        Locale::Fr,
        "Nous habitons à Versailles et nous aimerions partir à Chamonix ou à Lausanne pendant le premier \
        week-end de février, à plus ou moins deux jours",
    ),
    (
        Locale::En,
        "My dog hates the rain, and my neighbour mends old clocks in her garage",
    ),
];

pub(crate) fn run(rounds: usize) -> anyhow::Result<()> {
    let now: Zoned = NOW.parse()?;
    let trip = TripRequest::default();
    language::warm_up();
    for _ in 0..rounds {
        for (locale, text) in MESSAGES {
            black_box(detect(black_box(text), Context::default()));
            black_box(understand(&Input {
                text: black_box(text),
                previous: None,
                locale,
                month_first: false,
                now: &now,
                trip: &trip,
                asked: None,
            }));
        }
    }
    Ok(())
}
