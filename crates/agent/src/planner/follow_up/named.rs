//! The offers that a question names.

use super::{
    super::{compare, view::View},
    Numbered, open_proposal,
};
use crate::language::Choice;

/// Words for a place in the list.
const ORDINALS: [(&str, usize); 24] = [
    ("first", 1),
    ("premier", 1),
    ("premiere", 1),
    ("1st", 1),
    ("1er", 1),
    ("1re", 1),
    ("1ere", 1),
    ("second", 2),
    ("seconde", 2),
    ("deuxieme", 2),
    ("2nd", 2),
    ("2e", 2),
    ("2eme", 2),
    ("third", 3),
    ("troisieme", 3),
    ("3rd", 3),
    ("3e", 3),
    ("3eme", 3),
    ("fourth", 4),
    ("quatrieme", 4),
    ("4th", 4),
    ("fifth", 5),
    ("cinquieme", 5),
    ("5th", 5),
];

/// The offers that the message names, in its order, each once.
pub(super) fn all<'a>(view: &View<'a>) -> Vec<Numbered<'a>> {
    let mut found: Vec<Numbered<'a>> = Vec::new();
    let tokens: Vec<_> = view.words.tokens().collect();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| tokens[at]);
        let Some(offer) = position(view, before, token) else {
            continue;
        };
        if found.iter().all(|other| other.number != offer.number) {
            found.push(offer);
        }
    }
    found
}

/// The offer that the question is about: the named one, the proposed one, or the recommended one.
pub(super) fn meant<'a>(view: &View<'a>) -> Option<Numbered<'a>> {
    if let Some(named) = all(view).first() {
        return Some(*named);
    }
    let offers = &view.context.offers;
    let proposed = open_proposal(view).and_then(|proposed| {
        let at = offers.iter().position(|offer| offer.id == proposed.id)?;
        nth(view, at + 1)
    });
    proposed.or_else(|| nth(view, 1))
}

/// The offer with this number on its card.
pub(super) fn nth<'a>(view: &View<'a>, number: usize) -> Option<Numbered<'a>> {
    let offer = view.context.offers.get(number.checked_sub(1)?)?;
    Some(Numbered { number, offer })
}

fn position<'a>(view: &View<'a>, before: &str, token: &str) -> Option<Numbered<'a>> {
    let by = |choice| {
        let at = compare::position(&view.context.offers, choice)?;
        nth(view, at + 1)
    };
    if let Some((_, number)) = ORDINALS.iter().find(|(word, _)| *word == token) {
        return nth(view, *number);
    }
    let numbered = "n|no|numero|number|offre|offer|option|vol|la|le|l|the|and|et|between|entre|vs|versus|de|\
                    compare|comparer|comparez";
    match token {
        "last" | "dernier" | "derniere" => by(Choice::Last),
        "cheapest" => by(Choice::Cheapest),
        "cher" | "chere" if before == "moins" => by(Choice::Cheapest),
        "fastest" | "quickest" => by(Choice::Fastest),
        "rapide" if before == "plus" => by(Choice::Fastest),
        "best" | "recommended" | "conseil" => by(Choice::Best),
        _ if token.len() <= 2 && numbered.split('|').any(|word| word == before) => {
            nth(view, token.parse().ok()?)
        }
        _ => None,
    }
}
