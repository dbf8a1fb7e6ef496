//! Where from and where to, leg by leg.

use super::{chip_of, dates::days};
use crate::{
    language::{Place, TripRequest},
    locale::Locale,
    planner::phrases,
    understood::{Chip, ChipKind},
};

/// The first leg; of a trip of several it can be left out.
pub(super) fn first(trip: &TripRequest, locale: Locale) -> Option<Chip> {
    let origin = trip.origin.as_ref().map(|at| phrases::place(at, locale));
    let destination = trip.destination.as_ref();
    let destination = destination.map(|at| phrases::place(at, locale));
    let (label, change) = match (&origin, &destination) {
        (None, None) => return None,
        (Some(from), Some(to)) => (
            format!("{from} → {to}"),
            match locale {
                Locale::Fr => format!("Plutôt de {from} à {to}"),
                Locale::En => format!("Rather from {from} to {to}"),
            },
        ),
        (Some(from), None) => (
            format!("{from} → …"),
            locale
                .pick("Plutôt au départ de ", "Rather from ")
                .to_owned(),
        ),
        (None, Some(to)) => (
            format!("… → {to}"),
            locale.pick("Plutôt vers ", "Rather to ").to_owned(),
        ),
    };
    let chip = chip_of(ChipKind::Route, label).changed_by(change);
    Some(match trip.onward.as_slice() {
        [] => chip,
        _ => chip.removed_by(without(1, locale)),
    })
}

/// The legs after the first, each with its day.
pub(super) fn further(trip: &TripRequest, locale: Locale) -> impl Iterator<Item = Chip> {
    trip.onward.iter().zip(2..).map(move |(leg, nth)| {
        let end = |place: &Option<Place>| {
            let place = place.as_ref().or(trip.origin.as_ref());
            place.map_or_else(|| "…".to_owned(), |place| phrases::place(place, locale))
        };
        let date = leg.date.as_ref();
        let date = date.map_or_else(String::new, |date| format!(", {}", days(date, locale)));
        let label = format!("{} → {}{date}", end(&leg.origin), end(&leg.destination));
        chip_of(ChipKind::Route, label).removed_by(without(nth, locale))
    })
}

fn without(nth: usize, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!("Sans l’étape {nth}"),
        Locale::En => format!("Without leg {nth}"),
    }
}
