//! Places: where a message names them, and which is the origin and which the destination.

mod ambiguity;
mod assign;
mod build;
mod cues;
mod gazetteer;
mod mentions;
mod qualify;
mod regions;
mod search;
mod unknown;
mod words;

pub use search::search;

use crate::{
    ledger::Ledger,
    slots::{SlotName, Slots},
    text::fold::key,
    text::tokens::Tokens,
    trip::TripRequest,
};
use travel::locale::Locale;

/// What the reader of places needs to know.
pub(crate) struct Setting<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    /// The language of the message.
    pub(crate) locale: Locale,
    pub(crate) asked: Option<SlotName>,
    pub(crate) trip: &'a TripRequest,
}

/// Reads origin and destination into the slots.
pub(crate) fn read(setting: &Setting<'_>, claims: &mut Ledger, slots: &mut Slots) {
    let asked = matches!(
        setting.asked,
        Some(SlotName::Origin | SlotName::Destination)
    );
    let found = mentions::read(setting.tokens, setting.locale, claims, asked);
    if ambiguity::settle(setting, &found, slots) {
        return;
    }
    assign::assign(setting, &found, slots);
    unknown::read(setting, claims, slots);
}

/// Builds the tables, so that the first message does not wait for them.
pub(crate) fn warm_up() {
    gazetteer::gazetteer();
}

/// Whether a folded name is a place's.
pub(crate) fn names_place(name: &str) -> bool {
    gazetteer::gazetteer().contains(name)
}

/// Whether a text is nothing but the name of a place, in French or English.
#[must_use]
pub fn is_name(text: &str) -> bool {
    names_place(&key(text))
}

/// The airports and metropolitan areas of the place of that folded name; `all` of a country's well-known
/// ones, and not its gateways only.
pub(crate) fn airports_of(name: &str, locale: Locale, all: bool) -> Option<Vec<travel::Iata>> {
    let gazetteer = gazetteer::gazetteer();
    let best = *gazetteer.lookup(name, locale)?.first()?;
    let place = gazetteer.candidate(best);
    if place.kind != crate::slots::PlaceKind::Country || !all {
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
