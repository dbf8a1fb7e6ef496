//! GPX 1.1: the places of days as waypoints, and a route through those of each day.

use std::fmt::Write;

use super::Export;
use crate::{
    travel::format,
    trip::{PlannedDay, PlannedDays, Stop},
};

/// Writes one day, counted from 1, or all of them.
pub(super) fn write(export: &Export<'_>, wanted: Option<usize>) -> Option<String> {
    let days = export.days().enumerate();
    let days: Vec<_> = days
        .filter(|(at, (_, day))| {
            wanted.is_none_or(|wanted| at + 1 == wanted) && places(day).next().is_some()
        })
        .map(|(_, day)| day)
        .collect();
    if days.is_empty() {
        return None;
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx version=\"1.1\" creator=\"Cap Horizon\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
    );
    let title = escaped(&export.trip.title);
    let time = export.changed.strftime("%Y-%m-%dT%H:%M:%SZ");
    line(
        &mut xml,
        &format!("<metadata><name>{title}</name><time>{time}</time></metadata>"),
    );
    for (place, day) in &days {
        for (stop, at) in places(day) {
            point(&mut xml, "wpt", at, stop, Some((export, place, day)));
        }
    }
    for (place, day) in &days {
        let name = escaped(&export.heading(&place.name, day.date));
        line(&mut xml, &format!("<rte><name>{name}</name>"));
        for (stop, at) in places(day) {
            point(&mut xml, "rtept", at, stop, None);
        }
        line(&mut xml, "</rte>");
    }
    xml.push_str("</gpx>\n");
    Some(xml)
}

/// The stops that have a place on Earth.
fn places(day: &PlannedDay) -> impl Iterator<Item = (&Stop, (f64, f64))> {
    day.stops.iter().filter_map(|stop| Some((stop, stop.at?)))
}

fn point(
    xml: &mut String,
    element: &str,
    (lat, lon): (f64, f64),
    stop: &Stop,
    when: Option<(&Export<'_>, &PlannedDays, &PlannedDay)>,
) {
    let name = escaped(&stop.name);
    let about = when.map(|(export, _, day)| {
        let date = format::short_date(day.date, export.locale);
        let hours = format!(
            "{date}, {}–{}",
            stop.from.strftime("%H:%M"),
            stop.to.strftime("%H:%M")
        );
        let note = stop.note.iter().map(|note| format!(" · {note}"));
        let about: String = std::iter::once(hours).chain(note).collect();
        format!("<desc>{}</desc>", escaped(&about))
    });
    let about = about.unwrap_or_default();
    line(
        xml,
        &format!(
            "<{element} lat=\"{lat:.6}\" lon=\"{lon:.6}\"><name>{name}</name>{about}</{element}>"
        ),
    );
}

fn line(xml: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(xml, "{text}");
}

/// Text without what XML would read as markup or does not hold at all.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
