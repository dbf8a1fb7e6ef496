//! When: the way out, the way back or the stay, and how exactly.

use jiff::civil::Date;

use super::chip_of;
use crate::{
    language::{DateSpan, TripRequest},
    locale::Locale,
    travel::format,
    understood::{Chip, ChipKind},
};

/// The way out.
pub(super) fn out(trip: &TripRequest, locale: Locale) -> Vec<Chip> {
    let Some(span) = &trip.depart_date else {
        return Vec::new();
    };
    let begin = locale.pick("Départ le ", "Leaving on ");
    let chip = chip_of(ChipKind::Date, days(span, locale)).changed_by(begin);
    let around = flexibility(span, begin, locale);
    std::iter::once(chip).chain(around).collect()
}

/// The way back, the length of the stay, or that there is no way back.
pub(super) fn back(trip: &TripRequest, locale: Locale) -> Vec<Chip> {
    let begin = locale.pick("Retour le ", "Returning on ");
    if trip.one_way == Some(true) {
        let label = locale.pick("aller simple", "one-way");
        return vec![chip_of(ChipKind::Date, label).changed_by(begin)];
    }
    let label = match (&trip.return_date, trip.stay_days) {
        (Some(span), _) => {
            let days = days(span, locale);
            format!("{} {days}", locale.pick("retour", "back"))
        }
        (None, Some(1)) => locale.pick("1 jour sur place", "1 day there").to_owned(),
        (None, Some(days)) => match locale {
            Locale::Fr => format!("{days} jours sur place"),
            Locale::En => format!("{days} days there"),
        },
        (None, None) => return Vec::new(),
    };
    let chip = chip_of(ChipKind::Date, label)
        .changed_by(begin)
        .removed_by(locale.pick("Plutôt un aller simple", "One-way, please"));
    let span = trip.return_date.as_ref();
    let around = span.and_then(|span| flexibility(span, begin, locale));
    std::iter::once(chip).chain(around).collect()
}

/// `± 2 jours`; the day said once more is that day alone.
fn flexibility(span: &DateSpan, begin: &str, locale: Locale) -> Option<Chip> {
    let label = match (span.flexible_days, locale) {
        (0, _) => return None,
        (1, Locale::Fr) => "± 1 jour".to_owned(),
        (1, Locale::En) => "± 1 day".to_owned(),
        (days, Locale::Fr) => format!("± {days} jours"),
        (days, Locale::En) => format!("± {days} days"),
    };
    let chip = chip_of(ChipKind::Date, label);
    if span.from != span.to || !span.or.is_empty() {
        return Some(chip.changed_by(begin));
    }
    let day = span.from;
    let (number, year, month) = (day.day(), day.year(), format::month(day, locale));
    let month = month.trim_end_matches(&year.to_string()).trim_end();
    Some(chip.removed_by(match (locale, number) {
        (Locale::Fr, 1) => format!("{begin}1er {month} {year}"),
        (Locale::Fr, _) => format!("{begin}{number} {month} {year}"),
        (Locale::En, _) => format!("{begin}{month} {number}, {year}"),
    }))
}

/// `mar. 12 janv.`, `mars 2027`, `4 – 6 mai`, and what else will do.
pub(super) fn days(span: &DateSpan, locale: Locale) -> String {
    let others = span.or.iter().map(|(from, to)| period(*from, *to, locale));
    let all: Vec<_> = std::iter::once(period(span.from, span.to, locale))
        .chain(others)
        .collect();
    all.join(locale.pick(" ou ", " or "))
}

fn period(from: Date, to: Date, locale: Locale) -> String {
    let day = |date: Date| format::short_date(date, locale);
    let first = from.first_of_month();
    if from == to {
        day(from)
    } else if from == first && to == first.last_of_month() {
        format::month(first, locale)
    } else {
        format!("{} – {}", day(from), day(to))
    }
}
