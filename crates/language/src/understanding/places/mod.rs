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

use super::{
    claims::Claims,
    fold::key,
    slots::{SlotName, Slots},
    tokens::Tokens,
    trip::TripRequest,
};
use travel::locale::Locale;

/// What the reader of places needs to know.
pub(super) struct Setting<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    /// The language of the message.
    pub(super) locale: Locale,
    pub(super) asked: Option<SlotName>,
    pub(super) trip: &'a TripRequest,
}

/// Reads origin and destination into the slots.
pub(super) fn read(setting: &Setting<'_>, claims: &mut Claims, slots: &mut Slots) {
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
pub(super) fn warm_up() {
    gazetteer::gazetteer();
}

/// Whether a folded name is a place's.
pub(super) fn names_place(name: &str) -> bool {
    gazetteer::gazetteer().contains(name)
}

/// Whether a text is nothing but the name of a place, in French or English.
#[must_use]
pub fn is_name(text: &str) -> bool {
    names_place(&key(text))
}
