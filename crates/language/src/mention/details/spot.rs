//! The spot that something is to be near to: "around Central Park", "à côté de la Sagrada Família".

use std::ops::Range;

use crate::{
    Topic,
    mention::place::names_place,
    text::{
        lexicon::Meaning,
        tokens::{Gap, Tokens},
    },
};

/// Subjects that may be near to a spot.
const TOPICS: &[Topic] = &[
    Topic::Nearby,
    Topic::Hotel,
    Topic::Rental,
    Topic::Quarters,
    Topic::Food,
    Topic::Sights,
    Topic::Map,
    Topic::Package,
    Topic::Itinerary,
];

/// Most words of a preposition with its article.
pub(super) const LONGEST_LEAD: usize = 6;
/// Most words of a name.
const LONGEST: usize = 6;

/// The words of the spot that the subject is near to, without the preposition and its article; `None` where
/// they only name a town or a country, which is the place itself.
pub(crate) fn spot(tokens: &Tokens<'_>, topic: Topic) -> Option<Range<usize>> {
    if !TOPICS.contains(&topic) {
        return None;
    }
    let words = after_preposition(tokens)?;
    let is_place = names_place(tokens.slice(words.clone()));
    (!is_place).then_some(words)
}

fn after_preposition(tokens: &Tokens<'_>) -> Option<Range<usize>> {
    tokens.all(Meaning::TopicNearby).find_map(|lead| {
        let mut start = lead.end;
        while start < tokens.len() && is_small(tokens, start) {
            start += 1;
        }
        let capital = |at: usize| tokens.get(at).is_some_and(|token| token.capital);
        let named = capital(start);
        let mut end = start;
        while end < tokens.len() && end - start < LONGEST && !tokens.is_symbol(end) {
            // "St Mark's Square" is one name.
            let owned = tokens.gap(end) == Gap::Apostrophe;
            let ends = tokens.means(end, Meaning::DetailSpotEnd).is_some() && !owned;
            if ends && !(named && capital(end)) || tokens.number(end).is_some() {
                break;
            }
            // A name goes on over small words to a further capital: "Place de la République".
            let goes_on = (end..(end + 3).min(tokens.len()))
                .find(|at| !is_small(tokens, *at))
                .is_some_and(capital);
            if named && !capital(end) && !goes_on {
                break;
            }
            end += 1;
        }
        while end > start && is_small(tokens, end - 1) {
            end -= 1;
        }
        (end > start).then_some(start..end)
    })
}

/// Articles, and what joins the words of a name.
fn is_small(tokens: &Tokens<'_>, at: usize) -> bool {
    [Meaning::DetailArticle, Meaning::DetailOf]
        .iter()
        .any(|meaning| tokens.means(at, *meaning) == Some(1))
}
