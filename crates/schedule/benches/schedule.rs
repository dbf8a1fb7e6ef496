//! The offline schedule: deriving the network, searches and a calendar.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a bench fails loudly and reports to its terminal"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use travel::{CalendarQuery, Currency, Filter, FlightQuery, FlightSearch, Leg, Locale};

fn query(from: &str, to: &str) -> FlightQuery {
    let out = Leg::new(
        vec![from.parse().unwrap()],
        vec![to.parse().unwrap()],
        date(2027, 1, 12),
    );
    let back = out.back(date(2027, 1, 20));
    FlightQuery {
        search: FlightSearch {
            filter: Filter {
                max_stops: Some(1),
                ..Filter::default()
            },
            ..FlightSearch::new(vec![out, back], Currency::eur())
        },
        limit: 10,
        skip: 0,
        locale: Locale::Fr,
        now: "2026-11-22T10:00:00Z".parse().unwrap(),
    }
}

fn schedule(c: &mut Criterion) {
    let mut group = c.benchmark_group("schedule");
    let start = std::time::Instant::now();
    schedule::warm_up();
    eprintln!("the network was derived in {:?}", start.elapsed());
    for (from, to) in [
        ("LYS", "NYC"),
        ("NCE", "LON"),
        ("PAR", "TYO"),
        ("LON", "NYC"),
    ] {
        let query = query(from, to);
        group.bench_function(format!("one stop, return, {from}-{to}"), |b| {
            b.iter(|| schedule::search(black_box(&query)));
        });
    }
    for (from, to) in [
        ("LYS", "NYC"),
        ("PAR", "TYO"),
        ("JFK", "LHR"),
        ("NYC", "LAX"),
    ] {
        let mut single = query(from, to);
        single.search.legs.truncate(1);
        assert!(schedule::quick(&single).unwrap().is_some());
        group.bench_function(format!("quick, {from}-{to}"), |b| {
            b.iter(|| schedule::quick(black_box(&single)));
        });
    }
    let mut far = query("BES", "KTN");
    far.search.filter.max_stops = None;
    group.bench_function("two stops, return, BES-KTN", |b| {
        b.iter(|| schedule::search(black_box(&far)));
    });
    for (from, to, stay_days) in [("LYS", "NYC", Some(8)), ("PAR", "NCE", None)] {
        let query = query(from, to);
        let month = CalendarQuery {
            origins: query.search.legs[0].origins.clone(),
            destinations: query.search.legs[0].destinations.clone(),
            month: date(2027, 1, 1),
            stay_days,
            party: query.search.party,
            cabin: query.search.cabin,
            filter: Filter::default(),
            currency: query.search.currency,
            now: query.now,
        };
        group.bench_function(format!("calendar, {from}-{to}, stay {stay_days:?}"), |b| {
            b.iter(|| schedule::calendar(black_box(&month)));
        });
    }
    group.finish();
}

criterion_group!(benches, schedule);
criterion_main!(benches);
