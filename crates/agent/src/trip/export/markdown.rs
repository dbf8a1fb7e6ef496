//! Markdown, in the language of the conversation.

use std::fmt::Write;

use super::Export;
use crate::{
    travel::{Money, Segment, format},
    trip::{NamedPlace, PlannedStay, Stop, WishedLeg, span, words},
};

/// Writes the trip.
pub(super) fn write(export: &Export<'_>) -> String {
    let mut text = format!("# {}\n", plain(&export.trip.title));
    wishes(&mut text, export);
    flights(&mut text, export);
    nights(&mut text, export);
    days(&mut text, export);
    cost(&mut text, export);
    section(&mut text, words::indicative(export.locale));
    text
}

/// What is wished, where no flight is found for it yet; and the budget.
fn wishes(text: &mut String, export: &Export<'_>) {
    let wished = &export.trip.wished;
    if export.trip.planned.flight.is_none() && !wished.legs.is_empty() {
        heading(text, export.pick("Souhaits", "Wishes"));
        for leg in &wished.legs {
            item(text, &wish(export, leg));
        }
    }
}

fn wish(export: &Export<'_>, leg: &WishedLeg) -> String {
    let name = |place: &Option<NamedPlace>| {
        place
            .as_ref()
            .map_or_else(|| "?".to_owned(), |place| plain(&place.name))
    };
    let days = leg
        .first
        .zip(leg.last)
        .map(|(first, last)| span(first, last, export.locale));
    let open = export.pick("date à choisir", "date to be chosen");
    let colon = export.pick("\u{a0}:", ":");
    let days = days.as_deref().unwrap_or(open);
    format!("{} → {}{colon} {days}", name(&leg.from), name(&leg.to))
}

fn flights(text: &mut String, export: &Export<'_>) {
    let Some(flight) = &export.trip.planned.flight else {
        return;
    };
    heading(text, export.pick("Vols", "Flights"));
    let segments = flight.offer.slices.iter().flat_map(|slice| &slice.segments);
    for segment in segments {
        item(text, &leg(export, segment));
    }
    let price = format::money(flight.offer.total, export.locale);
    section(
        text,
        &format!(
            "{price}, {}.",
            words::standing(flight.standing, export.locale)
        ),
    );
}

fn leg(export: &Export<'_>, segment: &Segment) -> String {
    let (from, to) = (segment.departing_at.civil(), segment.arriving_at.civil());
    let later = match from.date() == to.date() {
        true => String::new(),
        false => format!(" ({})", format::short_date(to.date(), export.locale)),
    };
    format!(
        "{}, {} {} ({}) → {} {} ({}){later}, {}",
        format::short_date(from.date(), export.locale),
        format::clock(from),
        plain(&segment.origin.city),
        segment.origin.iata,
        format::clock(to),
        plain(&segment.destination.city),
        segment.destination.iata,
        plain(&segment.carrier.name),
    )
}

fn nights(text: &mut String, export: &Export<'_>) {
    let stays = &export.trip.planned.stays;
    if !stays.is_empty() {
        heading(text, export.pick("Nuits", "Nights"));
    }
    for stay in stays {
        item(text, &nights_in(export, stay));
    }
}

fn nights_in(export: &Export<'_>, stay: &PlannedStay) -> String {
    let place = match &stay.quarter {
        Some(quarter) => format!("{} ({})", plain(&stay.name), plain(quarter)),
        None => plain(&stay.name),
    };
    let nights = words::nights(stay.nights(), export.locale);
    format!(
        "{place}, {}, {nights}, {}, {}",
        span(stay.check_in, stay.check_out, export.locale),
        words::lodging(stay.lodging, export.locale),
        words::about(stay.total, export.locale),
    )
}

fn days(text: &mut String, export: &Export<'_>) {
    for (place, day) in export.days() {
        heading(text, &plain(&export.heading(&place.name, day.date)));
        for stop in &day.stops {
            item(text, &hours(stop));
        }
        if let Some(rain) = &day.rain {
            section(
                text,
                &format!(
                    "{} {}",
                    export.pick("S’il pleut\u{a0}:", "If it rains:"),
                    plain(rain)
                ),
            );
        }
    }
}

fn hours(stop: &Stop) -> String {
    let note = stop.note.iter().map(|note| format!(" ({})", plain(note)));
    let name = plain(&stop.name);
    let hours = format!(
        "{}–{} {name}",
        stop.from.strftime("%H:%M"),
        stop.to.strftime("%H:%M")
    );
    std::iter::once(hours).chain(note).collect()
}

fn cost(text: &mut String, export: &Export<'_>) {
    let budget = export.trip.wished.budget;
    let total = export.trip.planned.total.as_ref();
    if total.is_none() && budget.is_none() {
        return;
    }
    heading(text, export.pick("Budget", "Budget"));
    let mut rows: Vec<(String, String)> = Vec::new();
    let lines = total
        .iter()
        .flat_map(|total| total.lines.iter().map(move |line| (total, line)));
    for (total, line) in lines {
        rows.push((
            plain(words::expense(&line.expense, export.locale)),
            words::cost(total, line.total, export.locale),
        ));
    }
    if let Some(total) = total {
        let so_far = export.pick("Total pour l’instant", "Total so far");
        let name = if total.complete { "Total" } else { so_far };
        let amount = |money: Money| words::cost(total, money, export.locale);
        rows.extend(
            total
                .amount
                .map(|sum| (format!("**{name}**"), format!("**{}**", amount(sum)))),
        );
        let each = export.pick("Par personne", "For each person");
        rows.extend(total.per_person.map(|sum| (each.to_owned(), amount(sum))));
    }
    let wished = export.pick("Budget souhaité", "Wished budget");
    rows.extend(budget.map(|budget| {
        (
            format!("{wished}{}", words::scope(budget.scope, export.locale)),
            words::said(budget.amount, export.locale),
        )
    }));
    let _ = writeln!(text, "\n| | |\n|---|---:|");
    for (name, amount) in rows {
        let _ = writeln!(text, "| {name} | {amount} |");
    }
}

fn heading(text: &mut String, words: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "\n## {words}\n");
}

fn item(text: &mut String, words: &str) {
    let _ = writeln!(text, "- {words}");
}

fn section(text: &mut String, words: &str) {
    let _ = writeln!(text, "\n{words}");
}

/// Text in which nothing is markup, on one line.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~' | '!' => {
                plain.push('\\');
                plain.push(c);
            }
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}
