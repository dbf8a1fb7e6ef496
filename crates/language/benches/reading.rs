//! How long the reading of one message takes: 200 microseconds at most for 200 characters.
//!
//! The time is that on the processor, so that what else the machine does counts for nothing.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Zoned;
use language::{Input, TripRequest, understand, warm_up};
use travel::locale::Locale;

/// Sunday, 29 November 2026.
const NOW: &str = "2026-11-29T12:00:00+01:00[Europe/Paris]";

/// Messages of about 200 characters, by kind.
const MESSAGES: [(&str, Locale, &str); 10] = [
    (
        "return fr",
        Locale::Fr,
        "Bonjour, nous sommes deux adultes et un enfant de 6 ans et nous cherchons un vol de Lyon à New \
         York du 12 au 20 janvier 2027, direct si possible, avec un bagage en soute et moins de 1 800 \
         euros pour tous, merci",
    ),
    (
        "return en",
        Locale::En,
        "Hello, we are two adults and one child aged 6 and we are looking for a flight from London to New \
         York from 12 to 20 January 2027, nonstop if possible, with a checked bag and under 1,800 pounds \
         in total, thanks",
    ),
    (
        "legs fr",
        Locale::Fr,
        "Paris Rome le 3 mars, puis Rome Athènes le 8 mars, ensuite Athènes Lisbonne le 14 mars et enfin \
         Lisbonne Paris le 20 mars, deux adultes, en classe affaires, départ le matin et pas plus d'une \
         escale par vol",
    ),
    (
        "legs en",
        Locale::En,
        "Paris to Rome on 3 March, then Rome to Athens on 8 March, then Athens to Lisbon on 14 March and \
         finally back to Paris on 20 March, two adults, business class, leaving in the morning with one \
         stop at most",
    ),
    (
        "refusals fr",
        Locale::Fr,
        "Marseille Dublin le 5 mai, retour le 12 mai, surtout pas avec Ryanair ni easyJet, pas de \
         correspondance à Francfort ou à Zurich, pas de vol de nuit, et si possible avec une compagnie de \
         Star Alliance svp",
    ),
    (
        "refusals en",
        Locale::En,
        "Manchester to Dublin on 5 May, back on 12 May, definitely not with Ryanair or easyJet, no \
         connection in Frankfurt or Zurich, no red-eye flights, and if possible with a Star Alliance \
         airline, thank you",
    ),
    (
        "town fr",
        Locale::Fr,
        "Nous habitons à Versailles et nous aimerions partir à Chamonix ou à Lausanne pendant le premier \
         week-end de février, à plus ou moins deux jours, mais il nous faut être rentrés le dimanche \
         avant 20 heures",
    ),
    (
        "town en",
        Locale::En,
        "We live in Oxford and would like to go to Kyoto or to Naples, Italy, for the first weekend of \
         February, give or take two days, but we have to be home again on Sunday evening and not later \
         than 8 pm please",
    ),
    (
        "chatter fr",
        Locale::Fr,
        "Mon chien déteste la pluie, ma voisine répare des horloges anciennes dans son garage, et mon \
         collègue prétend que le brouillard gâche toujours les photos ; bref, une idée originale pour \
         fêter nos vingt ans ?",
    ),
    (
        "chatter en",
        Locale::En,
        "My dog hates the rain, my neighbour mends old clocks in her garage, and a colleague of mine keeps \
         saying that fog always spoils photographs; anyway, any original idea for our twentieth wedding \
         anniversary?",
    ),
];

/// Time that this process has spent on a processor, where the system tells.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// How long so many rounds take.
fn timed(rounds: u64, mut round: impl FnMut()) -> Duration {
    let (before, clock) = (on_processor(), Instant::now());
    (0..rounds).for_each(|_| round());
    let spent = on_processor().zip(before).map(|(now, then)| now - then);
    spent
        .filter(|spent| !spent.is_zero())
        .unwrap_or_else(|| clock.elapsed())
}

fn reading(criterion: &mut Criterion) {
    let Ok(now) = NOW.parse::<Zoned>() else {
        return;
    };
    warm_up();
    let trip = TripRequest::default();
    let mut group = criterion.benchmark_group("reading");
    for (name, locale, text) in MESSAGES {
        group.bench_function(name, |b| {
            b.iter_custom(|rounds| {
                timed(rounds, || {
                    black_box(understand(&Input {
                        text: black_box(text),
                        previous: None,
                        locale,
                        month_first: false,
                        now: &now,
                        trip: &trip,
                        asked: None,
                    }));
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
