//! Families of dates, by kind; today is Sunday 29 November 2026.

mod alternatives;
mod changes;
mod forms;
mod holidays;
mod hours;
mod phrases;
mod returns;

use jiff::Zoned;
use language::{DateSpan, Input, Pending, Reading, SlotName, TripRequest, understand};
use travel::locale::Locale;

/// Noon of Sunday 29 November 2026 in Paris.
fn now() -> Zoned {
    "2026-11-29T12:00:00+01:00[Europe/Paris]".parse().unwrap()
}

fn read(locale: Locale, text: &str, asked: Option<SlotName>, trip: &TripRequest) -> Reading {
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
    read(Locale::Fr, text, None, &TripRequest::default())
}

fn en(text: &str) -> Reading {
    read(Locale::En, text, None, &TripRequest::default())
}

/// A day, a window, alternatives and flexibility: `2027-05-04 or 2027-05-06 ±2`.
fn show(span: Option<&DateSpan>) -> String {
    let Some(span) = span else {
        return String::new();
    };
    let one = |(from, to): (jiff::civil::Date, jiff::civil::Date)| {
        if from == to {
            from.to_string()
        } else {
            format!("{from}..{to}")
        }
    };
    let mut all: Vec<_> = vec![one((span.from, span.to))];
    all.extend(span.or.iter().map(|span| one(*span)));
    let flexible = match span.flexible_days {
        0 => String::new(),
        days => format!(" ±{days}"),
    };
    all.join(" or ") + &flexible
}

/// The way out and, after ` > `, the way back.
pub(super) fn dates(reading: &Reading) -> String {
    let (out, back) = (
        show(reading.depart_date.as_ref()),
        show(reading.return_date.as_ref()),
    );
    match &*back {
        "" => out,
        back => format!("{out} > {back}"),
    }
}

/// Each text gives these dates; all that do not are told at once.
fn check(read: fn(&str) -> Reading, table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|(text, expected)| {
            let reading = read(text);
            let got = dates(&reading);
            (got != *expected)
                .then(|| format!("{text}: {expected} expected, {got} {:?}", reading.problems))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
