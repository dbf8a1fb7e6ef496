//! Places: where a message names them, and which is the origin and which the destination.

mod ambiguity;
pub(crate) mod assign;
mod build;
mod codes;
mod context;
pub(crate) mod cues;
mod gazetteer;
pub(crate) mod mentions;
mod names;
mod qualify;
mod regions;
mod run_together;
mod search;
mod towns;
mod unknown;

pub(crate) use gazetteer::{gazetteer, is_ordinary};
pub use search::search;

use crate::{
    assemble::{
        alternatives, assumed,
        legs::{self, Named},
        onward, stays,
    },
    ledger::Ledger,
    mention::day::Days,
    reading::{Reading, SlotName},
    text::{lexicon::Meaning, tokens::Tokens},
    trip::TripRequest,
};
use cues::Cue;
use travel::{fold::key, locale::Locale};

/// What the reader of places needs to know.
pub(crate) struct Setting<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    /// The language of the message.
    pub(crate) locale: Locale,
    pub(crate) asked: Option<SlotName>,
    pub(crate) trip: &'a TripRequest,
}

/// Reads origin and destination, and further legs, into the reading.
pub(crate) fn read(
    setting: &Setting<'_>,
    days: &Days<'_>,
    claims: &mut Ledger,
    reading: &mut Reading,
) {
    let asked = matches!(
        setting.asked,
        Some(SlotName::Origin | SlotName::Destination)
    );
    let found = mentions::read(setting.tokens, setting.locale, claims, asked);
    if ambiguity::settle(setting, &found, reading) {
        return;
    }
    let ends = alternatives::ends(setting.tokens, &found);
    let named = Named {
        tokens: setting.tokens,
        ends: &ends,
        cues: &assign::cues(setting, &ends),
        days,
    };
    if legs::read(&named, reading) {
        stays::read(&named, claims, reading);
        reading.assumed = assumed::read(&named);
    } else {
        assign::assign(setting, &ends, reading);
    }
    onward::read(&named, setting.trip, reading);
    unknown::read(setting, claims, reading);
    release_unused(&named, claims, reading);
}

/// Gives back the words of places that are no part of the trips: they are told rather than passed over.
fn release_unused(named: &Named<'_>, claims: &mut Ledger, reading: &Reading) {
    let routes = reading.trips();
    let legs = routes.iter().flat_map(|route| &route.legs);
    let ends = legs.flat_map(|leg| [&leg.origin, &leg.destination]);
    let options = reading.ambiguities.iter().flat_map(|open| &open.options);
    let used: Vec<travel::Iata> = ends
        .flatten()
        .chain(options)
        .flat_map(|place| place.codes.iter().copied())
        .collect();
    for (end, cue) in named.ends.iter().zip(named.cues) {
        let place = end.place(named.tokens);
        let is_used = place.codes.iter().any(|code| used.contains(code));
        // Two names of one place, or the country of a city, are used with it.
        let inside = || {
            place.kind == crate::reading::PlaceKind::Country
                && routes.iter().flat_map(|route| &route.legs).any(|leg| {
                    let ends = [&leg.origin, &leg.destination];
                    ends.into_iter()
                        .flatten()
                        .any(|end| end.country == place.country)
                })
        };
        if *cue != Cue::Dropped && !is_used && !inside() {
            claims.release(end.mention.start..end.mention.until);
        }
    }
}

/// Builds the tables, so that the first message does not wait for them.
pub(crate) fn warm_up() {
    gazetteer();
}

/// Whether a folded name is a place's.
pub(crate) fn names_place(name: &str) -> bool {
    gazetteer().contains(name)
}

/// Whether a folded name is that of a place or of a town.
pub(crate) fn is_known_name(name: &str) -> bool {
    gazetteer().knows(name)
}

/// Whether a text is nothing but the name of a place, in French or English.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let name = key(text);
    names_place(&name) || towns::contains(&name)
}

/// Marks the words that say where from and where to.
pub(crate) fn mark_cues(tokens: &Tokens<'_>, ledger: &mut Ledger) {
    for meaning in [Meaning::PlaceOrigin, Meaning::PlaceDestination] {
        tokens.all(meaning).for_each(|range| ledger.mark(range));
    }
}

/// The airports and metropolitan areas of the place of that folded name; `all` of a country's well-known
/// ones, and not its gateways only.
pub(crate) fn airports_of(name: &str, locale: Locale, all: bool) -> Option<Vec<travel::Iata>> {
    let gazetteer = gazetteer::gazetteer();
    let best = *gazetteer.lookup(name, locale)?.first()?;
    let place = gazetteer.candidate(best);
    // One connects at an airport, and not in a town that is near to one.
    if place.kind == crate::reading::PlaceKind::Town {
        return None;
    }
    if place.kind != crate::reading::PlaceKind::Country || !all {
        return Some(place.codes.clone());
    }
    let mut codes: Vec<travel::Iata> = travel::airport::all()
        .iter()
        .filter(|airport| airport.country == place.country)
        .filter(|airport| airport.rank >= gazetteer::COMPARABLE_RANK)
        .map(|airport| airport.metro.unwrap_or(airport.iata))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    Some(codes)
}
