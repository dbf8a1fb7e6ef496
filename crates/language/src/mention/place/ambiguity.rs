//! The answer to "which San José?".

use super::{
    Setting,
    gazetteer::gazetteer,
    mentions::Mention,
    regions::{self, Region},
    towns::layout::kilometres,
};
use crate::{
    reading::{Place, PlaceKind, Reading, SlotName},
    text::numbers::ordinal,
};
use travel::airport;

/// No city is farther from the middle of its region.
const FARTHEST_KM: f64 = 1_100.0;

/// Fills the slot of the open ambiguity when the message picks one of its options; whether it did.
pub(crate) fn settle(setting: &Setting<'_>, found: &[Mention], reading: &mut Reading) -> bool {
    let Some(open) = &setting.trip.open_ambiguity else {
        return false;
    };
    let Some(option) = picked(setting, found, &open.options) else {
        return false;
    };
    let place = Some(Place {
        surface: open.surface.clone(),
        ..option.clone()
    });
    match open.slot {
        SlotName::Origin => reading.origin = place,
        _ => reading.destination = place,
    }
    true
}

fn picked<'a>(setting: &Setting<'_>, found: &[Mention], options: &'a [Place]) -> Option<&'a Place> {
    let places = gazetteer();
    for mention in found {
        let said = places.candidate(mention.options[0]);
        let one = only(options, |option| match said.kind {
            PlaceKind::Country => option.country == said.country,
            _ => said.codes.iter().any(|code| option.codes.contains(code)),
        });
        if one.is_some() {
            return one;
        }
    }
    let tokens = setting.tokens;
    let mut regions = (0..tokens.len()).flat_map(|at| regions::read(tokens, at));
    let inside = regions.find_map(|(region, _)| {
        let inside = options
            .iter()
            .filter(|option| option.country == region.country());
        let nearest = inside.min_by(|a, b| away(a, region).total_cmp(&away(b, region)))?;
        // A region's middle is at most some ten degrees from its cities.
        (away(nearest, region) < FARTHEST_KM).then_some(nearest)
    });
    if inside.is_some() {
        return inside;
    }
    let words = (0..tokens.len()).find_map(|at| ordinal(tokens, at));
    let (nth, _) = words?;
    options.get(usize::try_from(nth).ok()?.checked_sub(1)?)
}

fn only(options: &[Place], matches: impl Fn(&&Place) -> bool) -> Option<&Place> {
    let mut matching = options.iter().filter(matches);
    matching.next().filter(|_| matching.next().is_none())
}

/// Kilometres between a place and the middle of a region.
fn away(place: &Place, region: Region) -> f64 {
    let airport = place
        .codes
        .first()
        .and_then(|code| airport::resolve(*code).into_iter().next());
    airport.map_or(f64::MAX, |airport| {
        kilometres(region.middle(), (airport.latitude, airport.longitude))
    })
}
