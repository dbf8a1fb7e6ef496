//! What matters of a message to its trips, in the order said.

use super::legs::Named;
use crate::text::words;
use crate::{
    ledger::Ledger,
    text::{lexicon::Meaning, numbers::cardinal, tokens::Tokens},
};

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

/// Whether the word takes something back; "no Ryanair" does not.
pub(crate) fn corrects(tokens: &Tokens<'_>, at: usize) -> bool {
    let alone = at + 1 >= tokens.len() || tokens.is_symbol(at + 1);
    tokens.is(at, words::TRIP_CORRECTION) && (alone || !tokens.is(at, words::PARTICLE_NO))
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
            said.filter(|at| !within(*at) && !is_ticket(tokens, *at) && !is_revisit(tokens, *at))
                .map(|at| (at, item)),
        );
    }
    items.extend(enumerators(tokens).map(|at| (at, Item::Also)));
    items.sort_by_key(|(at, _)| *at);
    items
}

/// The numbers of a list: "1) Nantes > Nice … 2) Nantes > Lyon".
fn enumerators(tokens: &Tokens<'_>) -> impl Iterator<Item = usize> {
    (0..tokens.len()).filter(|at| {
        let small = tokens
            .number(*at)
            .is_some_and(|number| (1..=6).contains(&number));
        let mut before = at.saturating_sub(6)..*at;
        let bracketed = before.any(|at| tokens.is(at, &["("]));
        small && !bracketed && tokens.is(*at + 1, &[")"])
    })
}

/// Marks what counts trips, and the numbers of a list: "two separate bookings", "trois vols :".
pub(crate) fn mark_counts(tokens: &Tokens<'_>, ledger: &mut Ledger) {
    enumerators(tokens).for_each(|at| ledger.mark(at..at + 1));
    for noun in tokens.all(Meaning::ItineraryJourneys) {
        let mut start = noun.start;
        while let Some(words) = tokens
            .means_before(start, Meaning::ItineraryApart)
            .or_else(|| tokens.means_before(start, Meaning::WishOneWay))
        {
            start = words.start;
        }
        let mut end = noun.end;
        while let Some(length) = tokens.means(end, Meaning::ItineraryApart) {
            end += length;
        }
        let counted = (start.saturating_sub(2)..start).find(|at| {
            let count = cardinal(tokens, *at);
            count.is_some_and(|(count, length)| (1..=9).contains(&count) && at + length == start)
        });
        ledger.mark(counted.unwrap_or(start)..end);
    }
}

/// Whether the words at `at` say that one goes once more to where one has been, which is no way home: "y
/// retourner", "go back there".
pub(crate) fn is_revisit(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens
        .all(Meaning::ItineraryRevisit)
        .any(|words| words.contains(&at))
}

/// Whether "retour" or "return" there names a kind of ticket, or is said not to be wanted.
fn is_ticket(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.preceded(at, words::TRIP_NEGATION)
        || tokens.is(at, words::TRIP_RETURN_FR) && tokens.preceded(at, words::TRIP_OUTBOUND_AND)
        || tokens.is(at, words::TRIP_RETURN_EN) && tokens.is(at + 1, words::TRIP_FLIGHT_NOUN)
}
