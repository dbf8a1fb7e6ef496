//! The answer to "which San José?".

use super::{Setting, gazetteer::gazetteer, mentions::Mention, regions};
use crate::{
    slots::{Place, PlaceKind, SlotName, Slots},
    text::numbers::ordinal,
};
use travel::airport;

/// Fills the slot of the open ambiguity when the message picks one of its options; whether it did.
pub(crate) fn settle(setting: &Setting<'_>, found: &[Mention], slots: &mut Slots) -> bool {
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
        SlotName::Origin => slots.origin = place,
        _ => slots.destination = place,
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
    if let Some((region, _)) = (0..tokens.len()).find_map(|at| regions::read(tokens, at)) {
        let mut inside: Vec<&Place> = options
            .iter()
            .filter(|option| option.country == region.country)
            .collect();
        inside.sort_by(|a, b| away(a, region).total_cmp(&away(b, region)));
        // A region's middle is at most some ten degrees from its cities.
        return inside
            .into_iter()
            .next()
            .filter(|place| away(place, region) < 100.0);
    }
    let words = (0..tokens.len()).find_map(|at| ordinal(tokens, at));
    let (nth, _) = words?;
    options.get(usize::try_from(nth).ok()?.checked_sub(1)?)
}

fn only(options: &[Place], matches: impl Fn(&&Place) -> bool) -> Option<&Place> {
    let mut matching = options.iter().filter(matches);
    matching.next().filter(|_| matching.next().is_none())
}

/// Squared degrees between a place and the middle of a region.
fn away(place: &Place, region: &regions::Region) -> f64 {
    let airport = place
        .codes
        .first()
        .and_then(|code| airport::resolve(*code).into_iter().next());
    airport.map_or(f64::MAX, |airport| {
        let (north, east) = (
            airport.latitude - region.latitude,
            airport.longitude - region.longitude,
        );
        north * north + east * east
    })
}
