//! Names that several places share, in a trip of several legs: the most prominent is taken, and said.

use super::legs::Named;
use crate::{
    mention::place::gazetteer,
    reading::{Ambiguity, SlotName},
};

/// The names of the message that several places of like prominence share.
pub(crate) fn read(named: &Named<'_>) -> Vec<Ambiguity> {
    let places = gazetteer();
    let mut assumed: Vec<Ambiguity> = Vec::new();
    for end in named.ends.iter().filter(|end| end.is_one()) {
        let mention = &end.mention;
        let close = places.comparable(&mention.options);
        let [_, _, ..] = close else {
            continue;
        };
        let surface = named.tokens.surface(mention.start..mention.end);
        if assumed.iter().any(|known| known.surface == surface) {
            continue;
        }
        let options = close.iter().map(|id| places.candidate(*id).place(surface));
        assumed.push(Ambiguity {
            slot: SlotName::Destination,
            surface: surface.to_owned(),
            options: options.collect(),
        });
    }
    assumed
}
