//! What matters of a message to its trips, in the order said.

use super::legs::Named;
use crate::text::{lexicon::Meaning, tokens::Tokens};

/// Something on the way through the message.
#[derive(Clone, Copy)]
pub(crate) enum Item {
    End(usize),
    Day(usize),
    /// "then"
    Then,
    /// "also"
    Also,
    /// "back", "home"
    Back,
}

/// Words that take something back: such a message is read with more care than this.
const CORRECTIONS: &[&str] = &[
    "non",
    "no",
    "pardon",
    "sorry",
    "plutot",
    "actually",
    "finalement",
    "oops",
    "correction",
    "mean",
    "wait",
    "attends",
    "instead",
    "rather",
];

/// Whether the word takes something back; "no Ryanair" does not.
pub(crate) fn corrects(tokens: &Tokens<'_>, at: usize) -> bool {
    let alone = at + 1 >= tokens.len() || tokens.is_symbol(at + 1);
    tokens.is(at, CORRECTIONS) && (alone || !tokens.is(at, &["no", "non"]))
}

/// Everything that matters, by its first token.
pub(crate) fn items(named: &Named<'_>) -> Vec<(usize, Item)> {
    let tokens = named.tokens;
    let mut items: Vec<(usize, Item)> = Vec::new();
    items.extend(
        (0..)
            .zip(named.ends)
            .map(|(n, end)| (end.mention.start, Item::End(n))),
    );
    items.extend(
        (0..)
            .zip(&named.days.found)
            .map(|(n, day)| (day.start, Item::Day(n))),
    );
    let within = |at: usize| {
        let ends = named.ends.iter();
        ends.clone()
            .any(|end| (end.mention.start..end.mention.until).contains(&at))
            || named
                .days
                .found
                .iter()
                .any(|day| (day.start..day.end).contains(&at))
    };
    for (meaning, item) in [
        (Meaning::ItineraryThen, Item::Then),
        (Meaning::ItineraryAlso, Item::Also),
        (Meaning::ItineraryBack, Item::Back),
    ] {
        let said = tokens.all(meaning).map(|range| range.start);
        items.extend(
            said.filter(|at| !within(*at) && !is_ticket(tokens, *at))
                .map(|at| (at, item)),
        );
    }
    items.sort_by_key(|(at, _)| *at);
    items
}

/// Whether "retour" or "return" there names a kind of ticket, or is said not to be wanted.
fn is_ticket(tokens: &Tokens<'_>, at: usize) -> bool {
    let negations = ["sans", "pas de", "no", "without", "without a"];
    tokens.preceded(at, &negations)
        || tokens.is(at, &["retour"]) && tokens.preceded(at, &["aller", "aller et"])
        || tokens.is(at, &["return"]) && tokens.is(at + 1, &["flight", "flights", "ticket", "trip"])
}
