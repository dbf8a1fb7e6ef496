//! Prints what each line of the input asks and says beyond flights: `cargo run --example read_questions -- fr`.
use std::io::{self, BufRead};

use jiff::Zoned;
use language::{Input, TripRequest, understand};
use travel::Locale;

fn main() {
    let french = std::env::args().nth(1).as_deref() == Some("fr");
    let locale = if french { Locale::Fr } else { Locale::En };
    let now: Zoned = "2026-11-29T12:00:00+01:00[Europe/Paris]"
        .parse()
        .unwrap_or_default();
    for text in io::stdin().lock().lines().map_while(Result::ok) {
        let trip = TripRequest::default();
        let said = understand(&Input {
            text: &text,
            previous: None,
            locale,
            month_first: false,
            now: &now,
            trip: &trip,
            asked: None,
        });
        println!(
            "{text}\n  {:?}\n  {:?}\n dest {:?} orig {:?} stay {:?} left {:?}",
            said.questions
                .iter()
                .map(|q| (
                    q.value.topic,
                    q.value.manner,
                    q.value.destination.as_ref().map(|p| &p.surface),
                    q.value.origin.as_ref().map(|p| &p.surface),
                    q.value.dates.as_ref().map(|d| &d.surface)
                ))
                .collect::<Vec<_>>(),
            said.details,
            said.destination.as_ref().map(|p| &p.surface),
            said.origin.as_ref().map(|p| &p.surface),
            said.stay_days,
            said.left_over
        );
    }
}
