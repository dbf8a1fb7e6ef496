//! Local times: summer time, the date line, and the hours at which people fly.

use jiff::{ToSpan, civil::date};
use travel::{Segment, airport};

use super::{query, search};

fn segments(from: &str, to: &str, day: jiff::civil::Date) -> Vec<Segment> {
    let mut query = query(from, to, day);
    query.limit = 500;
    let offers = search(&query);
    offers
        .into_iter()
        .flat_map(|o| o.slices)
        .flat_map(|s| s.segments)
        .collect()
}

fn assert_local(segment: &Segment) {
    for (time, place) in [
        (segment.departing_at, &segment.origin),
        (segment.arriving_at, &segment.destination),
    ] {
        let zone = airport::by_code(place.iata).unwrap().zone();
        assert_eq!(time.offset, zone.to_offset(time.at), "{segment:?}");
    }
    let elapsed = segment
        .arriving_at
        .at
        .duration_since(segment.departing_at.at);
    assert_eq!(elapsed, segment.duration);
    assert!(elapsed.is_positive());
}

#[test]
fn offsets_are_those_of_the_day_when_clocks_change() {
    // Europe, the United States, Australia, both ways.
    for day in [
        date(2027, 3, 28),
        date(2027, 3, 27),
        date(2027, 10, 31),
        date(2027, 3, 14),
        date(2027, 11, 7),
        date(2027, 4, 4),
        date(2027, 10, 3),
    ] {
        for (from, to) in [
            ("PAR", "NYC"),
            ("NYC", "PAR"),
            ("SYD", "SIN"),
            ("LON", "DXB"),
            ("DXB", "SYD"),
        ] {
            let all = segments(from, to, day);
            assert!(!all.is_empty());
            all.iter().for_each(assert_local);
        }
    }
}

#[test]
fn a_flight_over_the_date_line_lands_before_it_left() {
    for (from, to) in [("AKL", "HNL"), ("NRT", "LAX"), ("SYD", "LAX")] {
        let found = (0..7).any(|day| {
            let mut query = query(from, to, date(2027, 2, 1) + day.days());
            query.search.filter.max_stops = Some(0);
            search(&query).iter().any(|offer| {
                let segment = &offer.slices[0].segments[0];
                assert_local(segment);
                segment.arriving_at.civil() < segment.departing_at.civil()
            })
        });
        assert!(found, "{from}-{to}");
    }
}

#[test]
fn a_flight_westwards_over_the_date_line_skips_a_day() {
    let skipped = segments("LAX", "SYD", date(2027, 2, 3))
        .iter()
        .any(|segment| {
            let (left, landed) = (segment.departing_at.civil(), segment.arriving_at.civil());
            segment.destination.iata.as_str() == "SYD"
                && (landed.date() - left.date()).get_days() == 2
        });
    assert!(skipped);
}

#[test]
fn short_flights_do_not_leave_in_the_night() {
    for (from, to) in [
        ("PAR", "NCE"),
        ("LON", "EDI"),
        ("NYC", "CHI"),
        ("TYO", "OSA"),
        ("SYD", "MEL"),
    ] {
        for segment in segments(from, to, date(2027, 6, 9)) {
            if segment.duration.as_mins() < 200 {
                assert!(segment.departing_at.civil().hour() >= 5, "{segment:?}");
            }
        }
    }
}
