//! A trip, part by part.

mod dates;
mod hours;
mod money;
mod party;
mod route;
mod wishes;

use super::{Chip, ChipKind};
use crate::{language::TripRequest, locale::Locale};

/// What is known of a trip, in the order in which people say it; what is only assumed is no part.
#[must_use]
pub fn chips(trip: &TripRequest, locale: Locale) -> Vec<Chip> {
    let mut chips = Vec::new();
    chips.extend(route::first(trip, locale));
    chips.extend(dates::out(trip, locale));
    chips.extend(dates::back(trip, locale));
    chips.extend(route::further(trip, locale));
    chips.extend(trip.party.as_ref().map(|who| party::chip(who, locale)));
    chips.extend(wishes::fields(trip, locale));
    chips.extend(hours::of(trip, locale));
    chips.extend(money::chip(trip, locale));
    chips.extend(wishes::others(trip, locale));
    chips
}

fn chip_of(kind: ChipKind, label: impl Into<String>) -> Chip {
    Chip {
        kind,
        label: label.into(),
        remove: None,
        change: None,
    }
}

impl Chip {
    fn removed_by(self, message: impl Into<String>) -> Self {
        let remove = Some(message.into());
        Self { remove, ..self }
    }

    fn changed_by(self, text: impl Into<String>) -> Self {
        let change = Some(text.into());
        Self { change, ..self }
    }
}
