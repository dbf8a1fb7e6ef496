//! What the words around a place say about it: from there, to there, through there, or not there.

use super::gazetteer::is_ordinary;
use crate::text::words;
use crate::text::{
    lexicon::Meaning,
    tokens::{Gap, Tokens},
};

/// The part that a place plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    Origin,
    Destination,
    /// Towards it, unless the question was where from: "à", "in".
    Towards,
    /// A stop on the way.
    Via,
    /// Said to be wrong: "not Paris", "instead of Milan".
    Dropped,
    None,
}

/// How near to a place it is said what one does there.
const PURPOSE_WITHIN: usize = 6;

/// The cue before the token `at`, looking no further back than `bound`.
pub(crate) fn before(tokens: &Tokens<'_>, at: usize, bound: usize) -> Cue {
    let mut at = at;
    let mut noun = false;
    loop {
        if at <= bound {
            return Cue::None;
        }
        let word = tokens.word(at - 1);
        if words::PLACE_ARTICLE.contains(&word)
            || is_noun(tokens, at - 1)
            || words::PLACE_HESITATION.contains(&word)
        {
            noun = noun || is_noun(tokens, at - 1);
            at -= 1;
        } else if words::PLACE_OF_A_NOUN.contains(&word) && is_noun(tokens, at.wrapping_sub(2)) {
            at -= 1;
        } else {
            break;
        }
    }
    let cue = preposition(tokens, at);
    let negated = match cue {
        Cue::None => is_denied(tokens, at),
        _ => is_denied(tokens, at - 1) && !tokens.preceded(at - 1, words::PLACE_WHY_NOT),
    };
    if negated && !tokens.preceded(at, words::PLACE_WHY_NOT) {
        Cue::Dropped
    } else {
        cue
    }
}

/// Whether a noun stands there that a place is named after: "the city of".
fn is_noun(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.means(at, Meaning::PlaceNoun).is_some()
}

/// Whether a negation ends right before `at`.
fn is_denied(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.means_before(at, Meaning::PlaceNegation).is_some()
}

fn preposition(tokens: &Tokens<'_>, at: usize) -> Cue {
    let previous = at - 1;
    let word = tokens.word(previous);
    if tokens.preceded(at, words::PLACE_REFUSING) {
        return Cue::Dropped;
    }
    if tokens.preceded(at, words::PLACE_VIA) {
        return Cue::Via;
    }
    if tokens.preceded(at, words::PLACE_OUT_OF) {
        return Cue::Origin;
    }
    match word {
        word if words::PLACE_OF.contains(&word) => of(tokens, previous),
        word if words::PLACE_AT.contains(&word) => {
            let home = tokens
                .means(previous.wrapping_sub(1), Meaning::PlaceHome)
                .is_some()
                && !tokens.preceded(previous, words::PLACE_INTERESTED)
                || tokens.preceded(previous, words::PLACE_HOME_CUE);
            // "I'm in Singapore for work, flying out of Zurich" is there to stay, not to leave.
            if home && !is_a_stay(tokens, at) {
                Cue::Origin
            } else {
                Cue::Towards
            }
        }
        // "on habite Saint-Étienne"
        word if words::PLACE_LIVING.contains(&word) => Cue::Origin,
        word if words::PARTICLE_FOR.contains(&word) => Cue::Destination,
        word if words::PLACE_FROM_EN.contains(&word)
            && (tokens.is(previous.wrapping_sub(1), words::PLACE_RETURNING)) =>
        {
            Cue::None
        }
        _ if tokens.means(previous, Meaning::PlaceOrigin).is_some() => Cue::Origin,
        // "could you look into Cork to Faro"
        word if words::PLACE_INTO.contains(&word)
            && tokens
                .means_before(previous, Meaning::PlaceLookInto)
                .is_some() =>
        {
            Cue::None
        }
        _ if tokens.means(previous, Meaning::PlaceDestination).is_some() => Cue::Destination,
        word if words::PLACE_LABEL_LINK.contains(&word) => labelled(tokens, previous),
        _ => Cue::None,
    }
}

/// Whether what follows the place at `at` says what one does there, "for work", or from when to when.
fn is_a_stay(tokens: &Tokens<'_>, at: usize) -> bool {
    let near = at..(at + PURPOSE_WITHIN).min(tokens.len());
    let mut near = near.take_while(|at| !tokens.is_symbol(*at));
    near.any(|at| tokens.means(at, Meaning::PlacePurpose).is_some() || is_range(tokens, at))
}

/// "10-14", "10 to 14".
fn is_range(tokens: &Tokens<'_>, at: usize) -> bool {
    let number = |at: usize| tokens.number(at).is_some();
    let linked = tokens.means(at + 1, Meaning::DayRangeTo).is_some()
        || tokens.is(at + 1, words::QUESTION_UNTIL);
    number(at) && (linked && number(at + 2) || tokens.gap(at + 1) == Gap::Hyphen && number(at + 1))
}

/// "de" at `at`: from there, unless the word before makes it something else.
fn of(tokens: &Tokens<'_>, at: usize) -> Cue {
    match tokens.before(at, 1) {
        // The way back says where one has been.
        word if words::PLACE_COMING_BACK_FROM.contains(&word) => Cue::None,
        word if words::PLACE_WISHED_FOR.contains(&word) => Cue::Destination,
        word if words::PLACE_CONNECTION.contains(&word) => Cue::Via,
        _ => Cue::Origin,
    }
}

/// "departure city: Lyon", "my destination is Rome".
fn labelled(tokens: &Tokens<'_>, at: usize) -> Cue {
    for back in (at.saturating_sub(14)..at).rev() {
        if tokens.ends_sentence(back) {
            break;
        }
        // "Aller : Marseille-Dublin" heads a leg.
        let heads = back + 1 == at && tokens.is(back, words::TRIP_OUTBOUND);
        if let Some(cue) = label(tokens, back).filter(|_| !heads) {
            return cue;
        }
    }
    Cue::None
}

fn label(tokens: &Tokens<'_>, at: usize) -> Option<Cue> {
    match tokens.word(at) {
        word if words::PLACE_ORIGIN_LABEL.contains(&word) => Some(Cue::Origin),
        word if words::PLACE_DESTINATION_LABEL.contains(&word) => Some(Cue::Destination),
        _ => None,
    }
}

/// "Nairobi is the departure city", "Lyon comme point de départ".
pub(crate) fn after(tokens: &Tokens<'_>, end: usize) -> Cue {
    let Some(length) = tokens.longest(end, words::PLACE_LINK) else {
        return Cue::None;
    };
    for at in end + length..(end + length + 9).min(tokens.len()) {
        if tokens.is_symbol(at) {
            break;
        }
        if let Some(cue) = label(tokens, at) {
            return cue;
        }
    }
    Cue::None
}

/// "Bristol to Zzyxville": whether a link and a name that no table knows stand at a token.
pub(crate) fn leads_to_a_name(tokens: &Tokens<'_>, end: usize) -> bool {
    let name = end + 1;
    let arrow = tokens.is(end, words::PLACE_ARROW_VERS);
    arrow && tokens.means(name, Meaning::PlaceSomewhere).is_some()
        || arrow
            && tokens.is_word(name)
            && tokens.get(name).is_some_and(|token| token.capital)
            && tokens.word(name).len() >= 3
            && tokens.found_at(name).is_empty()
            && !is_ordinary(tokens.word(name))
}
