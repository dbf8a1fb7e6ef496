//! iCalendar (RFC 5545): a flight an event, nights by whole days, a stop of a day an event, each in
//! the zone of its place. The crate `icalendar` writes no rules of zones; this is all that is needed.

use std::collections::{BTreeMap, HashSet};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::{Export, content_line::ContentLines, time_zone};
use crate::{
    travel::{LocalTime, Segment, airport, format, offer::OfferPlace},
    trip::{PlannedDay, PlannedDays, PlannedStay, Standing, Stop, words},
};

/// When an event begins or ends.
#[derive(Clone, Debug)]
enum When {
    /// A day as a whole.
    Day(Date),
    /// By the clocks of a place.
    Local(String, DateTime, Timestamp),
    /// By no clock that is known.
    Utc(Timestamp),
}

/// An entry of the calendar.
struct Event {
    /// What tells it from the others of the trip, and is the same each time.
    key: String,
    from: When,
    to: When,
    summary: String,
    place: Option<String>,
    about: String,
    at: Option<(f64, f64)>,
}

/// Writes the calendar.
pub(super) fn write(export: &Export<'_>) -> String {
    let events = events(export);
    let mut lines = ContentLines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//Cap Horizon//Travel Agent//FR");
    lines.raw("CALSCALE", "GREGORIAN");
    lines.text("X-WR-CALNAME", &export.trip.title);
    zones(&mut lines, &events);
    let mut known = HashSet::new();
    for event in &events {
        let mut key = event.key.clone();
        while !known.insert(key.clone()) {
            key.push('x');
        }
        write_event(&mut lines, export, event, &key);
    }
    lines.raw("END", "VCALENDAR");
    lines.finish()
}

fn events(export: &Export<'_>) -> Vec<Event> {
    let planned = &export.trip.planned;
    let flight = planned.flight.iter();
    let segments = flight.flat_map(|flight| {
        let segments = flight.offer.slices.iter().flat_map(|slice| &slice.segments);
        segments.map(|segment| self::flight(export, segment, flight.standing))
    });
    let stays = planned.stays.iter().map(|stay| nights(export, stay));
    let stops = export.days().flat_map(|(place, day)| {
        let stops = day.stops.iter();
        stops.filter_map(move |stop| self::stop(export, place, day, stop))
    });
    segments.chain(stays).chain(stops).collect()
}

fn flight(export: &Export<'_>, segment: &Segment, standing: Standing) -> Event {
    let name = |place: &OfferPlace| format!("{} ({})", place.city, place.iata);
    let (from, to) = (name(&segment.origin), name(&segment.destination));
    let number = segment.flight_number.as_deref();
    let facts = [
        Some(&*segment.carrier.name),
        number,
        segment.aircraft.as_deref(),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    let duration = format::duration(segment.duration, export.locale);
    let airport = airport::by_code(segment.origin.iata);
    Event {
        key: format!(
            "flight-{}-{}-{}",
            segment.origin.iata,
            segment.destination.iata,
            segment.departing_at.at.as_second()
        ),
        from: at_airport(&segment.origin, segment.departing_at),
        to: at_airport(&segment.destination, segment.arriving_at),
        summary: format!("{} {from} → {to}", export.pick("Vol", "Flight")),
        place: airport.map(|airport| format!("{} ({})", airport.name, airport.iata)),
        about: format!(
            "{} · {duration}\n{}\n{}",
            facts.join(" · "),
            words::standing(standing, export.locale),
            words::indicative(export.locale)
        ),
        at: airport.map(|airport| (airport.latitude, airport.longitude)),
    }
}

fn at_airport(place: &OfferPlace, time: LocalTime) -> When {
    let zone = airport::by_code(place.iata).map(airport::Airport::zone);
    zone.map_or(When::Utc(time.at), |zone| in_zone(&zone, time.at))
}

/// A moment by the clocks of a zone.
fn in_zone(zone: &TimeZone, at: Timestamp) -> When {
    match zone.iana_name() {
        Some(name) => When::Local(name.to_owned(), zone.to_datetime(at), at),
        None => When::Utc(at),
    }
}

fn nights(export: &Export<'_>, stay: &PlannedStay) -> Event {
    let lodging = words::lodging(stay.lodging, export.locale);
    let price = words::about(stay.total, export.locale);
    Event {
        key: format!("stay-{}-{}", stay.city, stay.check_in),
        from: When::Day(stay.check_in),
        // The day after the last: it is the one of departure, as nights go.
        to: When::Day(stay.check_out),
        summary: format!("{}{} {lodging}", stay.name, export.pick("\u{a0}:", ":")),
        place: Some(match &stay.quarter {
            Some(quarter) => format!("{quarter}, {}", stay.name),
            None => stay.name.clone(),
        }),
        about: format!("{price}\n{}", words::indicative(export.locale)),
        at: None,
    }
}

fn stop(export: &Export<'_>, place: &PlannedDays, day: &PlannedDay, stop: &Stop) -> Option<Event> {
    let zone = time_zone::named(&place.time_zone)?;
    let when = |time: DateTime| Some(in_zone(&zone, zone.to_timestamp(time).ok()?));
    // What goes on after midnight ends on the day after.
    let last = match stop.to < stop.from {
        true => day.date.tomorrow().ok()?,
        false => day.date,
    };
    let note = stop.note.iter().cloned();
    let rain = day.rain.iter().map(|rain| {
        format!(
            "{} {rain}",
            export.pick("S’il pleut\u{a0}:", "If it rains:")
        )
    });
    Some(Event {
        key: format!(
            "stop-{}-{}-{}",
            place.city,
            day.date,
            stop.from.strftime("%H%M")
        ),
        from: when(day.date.to_datetime(stop.from))?,
        to: when(last.to_datetime(stop.to))?,
        summary: stop.name.clone(),
        place: Some(place.name.clone()),
        about: note.chain(rain).collect::<Vec<_>>().join("\n"),
        at: stop.at,
    })
}

/// The rules of every zone that is named.
fn zones(lines: &mut ContentLines, events: &[Event]) {
    let mut used: BTreeMap<&str, (Timestamp, Timestamp)> = BTreeMap::new();
    for when in events.iter().flat_map(|event| [&event.from, &event.to]) {
        if let When::Local(name, _, at) = when {
            let (first, last) = used.entry(name.as_str()).or_insert((*at, *at));
            (*first, *last) = ((*first).min(*at), (*last).max(*at));
        }
    }
    for (name, (first, last)) in used {
        if let Some(zone) = time_zone::named(name) {
            time_zone::write(lines, name, &zone, first, last);
        }
    }
}

fn write_event(lines: &mut ContentLines, export: &Export<'_>, event: &Event, key: &str) {
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", &format!("{key}@{}", export.conversation));
    lines.raw("DTSTAMP", &utc(export.changed));
    for (name, when) in [("DTSTART", &event.from), ("DTEND", &event.to)] {
        match when {
            When::Day(date) => lines.raw(
                &format!("{name};VALUE=DATE"),
                &date.strftime("%Y%m%d").to_string(),
            ),
            When::Local(zone, time, _) => {
                lines.raw(&format!("{name};TZID={zone}"), &time_zone::local(*time))
            }
            When::Utc(at) => lines.raw(name, &utc(*at)),
        }
    }
    lines.text("SUMMARY", &event.summary);
    if let Some(place) = &event.place {
        lines.text("LOCATION", place);
    }
    if let Some((lat, lon)) = event.at {
        lines.raw("GEO", &format!("{lat:.6};{lon:.6}"));
    }
    if !event.about.is_empty() {
        lines.text("DESCRIPTION", &event.about);
    }
    // Nothing is booked.
    lines.raw("STATUS", "TENTATIVE");
    let whole_day = matches!(event.from, When::Day(_));
    lines.raw("TRANSP", if whole_day { "TRANSPARENT" } else { "OPAQUE" });
    lines.raw("END", "VEVENT");
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
