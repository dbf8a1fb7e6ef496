//! The question which place a name stands for, as choices.

use super::Alternative;
use crate::{
    language::{Place, TripRequest},
    locale::Locale,
    planner::phrases,
};

/// Most choices that are quicker to press than to write.
const MOST: usize = 6;

/// What an ambiguous name of the trip may stand for, in the order in which it is asked.
#[must_use]
pub fn choices(trip: &TripRequest, locale: Locale) -> Vec<Alternative> {
    let Some(open) = &trip.open_ambiguity else {
        return Vec::new();
    };
    let labels: Vec<_> = open
        .options
        .iter()
        .map(|place| phrases::label(place, locale))
        .collect();
    let alternatives = open.options.iter().zip(&labels).map(|(place, label)| {
        let shared = labels.iter().filter(|other| *other == label).count() > 1;
        let label = match phrases::airport_name(place).filter(|_| shared) {
            Some(airport) => format!("{label} ({airport})"),
            None => label.clone(),
        };
        Alternative {
            message: message(place, &label),
            label,
        }
    });
    alternatives.take(MOST).collect()
}

/// The code comes first: the name alone would be as ambiguous as before.
fn message(place: &Place, label: &str) -> String {
    match place.codes.first() {
        Some(code) => format!("{code}, {label}"),
        None => label.to_owned(),
    }
}
