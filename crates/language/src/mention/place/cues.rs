//! What the words around a place say about it: from there, to there, through there, or not there.

use super::gazetteer::is_ordinary;
use crate::text::{lexicon::Meaning, tokens::Tokens};

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

const ARTICLES: &[&str] = &[
    "l", "la", "le", "les", "the", "my", "mon", "ma", "notre", "our",
];

/// The cue before the token `at`, looking no further back than `bound`.
pub(crate) fn before(tokens: &Tokens<'_>, at: usize, bound: usize) -> Cue {
    let mut at = at;
    let mut noun = false;
    loop {
        if at <= bound {
            return Cue::None;
        }
        let word = tokens.word(at - 1);
        if ARTICLES.contains(&word)
            || is_noun(tokens, at - 1)
            || matches!(word, "\"" | "(" | "uh" | "euh")
        {
            noun = noun || is_noun(tokens, at - 1);
            at -= 1;
        } else if matches!(word, "de" | "d" | "of" | "du" | "des")
            && is_noun(tokens, at.wrapping_sub(2))
        {
            at -= 1;
        } else {
            break;
        }
    }
    let cue = preposition(tokens, at);
    let negated = match cue {
        Cue::None => is_denied(tokens, at),
        _ => is_denied(tokens, at - 1) && !tokens.preceded(at - 1, &["pourquoi pas", "why not"]),
    };
    if negated && !tokens.preceded(at, &["pourquoi pas", "why not"]) {
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
    if tokens.preceded(
        at,
        &[
            "instead of",
            "rather than",
            "au lieu de",
            "au lieu d",
            "plutot que",
            "plutot qu",
            "a la place de",
            "a la place d",
            "other than",
            "autre que",
            "anything but",
            "instead of from",
            "au lieu du",
            "than",
            "instead of to",
            "et non",
            "and not",
            "plus de",
            "not from",
            "not to",
        ],
    ) {
        return Cue::Dropped;
    }
    if tokens.preceded(
        at,
        &[
            "via",
            "through",
            "par",
            "stop in",
            "stop at",
            "stopover in",
            "layover in",
            "connection in",
            "connecting in",
            "escale a",
            "escale au",
            "correspondance a",
            "transit a",
            "transit in",
            "changing in",
            "change in",
            "escale de",
            "stopping in",
            "stop over in",
            "transitant a",
            "transiting",
            "over",
        ],
    ) {
        return Cue::Via;
    }
    if tokens.preceded(
        at,
        &[
            "out of",
            "out from",
            "away from",
            "ex",
            "a partir de",
            "a partir d",
            "au depart de",
            "au depart d",
            "au depart du",
            "flight from",
        ],
    ) {
        return Cue::Origin;
    }
    match word {
        "de" | "d" | "du" | "des" => of(tokens, previous),
        "a" | "au" | "aux" | "in" | "en" | "at" | "on" | "dans" | "sur" | "chez" | "near"
        | "around" => {
            let home = tokens
                .means(previous.wrapping_sub(1), Meaning::PlaceHome)
                .is_some()
                && !tokens.preceded(previous, &["interested"])
                || tokens.preceded(
                    previous,
                    &["depart", "departure", "home", "aeroport de depart"],
                );
            // "I'm in Singapore for work, flying out of Zurich" is there to stay, not to leave.
            if home && !is_a_stay(tokens, at) {
                Cue::Origin
            } else {
                Cue::Towards
            }
        }
        // "on habite Saint-Étienne"
        "habite" | "habitons" | "habitant" | "quittons" => Cue::Origin,
        "for" | "pour" => Cue::Destination,
        "from" if tokens.is(previous.wrapping_sub(1), &["back", "return", "returning"]) => {
            Cue::None
        }
        _ if tokens.means(previous, Meaning::PlaceOrigin).is_some() => Cue::Origin,
        // "could you look into Cork to Faro"
        "into"
            if tokens
                .means_before(previous, Meaning::PlaceLookInto)
                .is_some() =>
        {
            Cue::None
        }
        _ if tokens.means(previous, Meaning::PlaceDestination).is_some() => Cue::Destination,
        ":" | "is" | "est" | "be" | "sera" | "serait" | "=" => labelled(tokens, previous),
        _ => Cue::None,
    }
}

/// Whether what follows the place at `at` says what one does there: "for work".
fn is_a_stay(tokens: &Tokens<'_>, at: usize) -> bool {
    let near = at..(at + PURPOSE_WITHIN).min(tokens.len());
    let mut near = near.take_while(|at| !tokens.is_symbol(*at));
    near.any(|at| tokens.means(at, Meaning::PlacePurpose).is_some())
}

/// "de" at `at`: from there, unless the word before makes it something else.
fn of(tokens: &Tokens<'_>, at: usize) -> Cue {
    match tokens.before(at, 1) {
        // The way back says where one has been.
        "reviens" | "revient" | "revenir" | "revenons" | "rentre" | "rentrer" | "rentrons"
        | "retour" => Cue::None,
        "direction" | "destination" | "envie" | "reve" | "visite" | "vacances" | "sejour"
        | "tour" | "cote" | "decouverte" => Cue::Destination,
        "correspondance" | "transit" => Cue::Via,
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
        let heads = back + 1 == at && tokens.is(back, &["aller"]);
        if let Some(cue) = label(tokens, back).filter(|_| !heads) {
            return cue;
        }
    }
    Cue::None
}

fn label(tokens: &Tokens<'_>, at: usize) -> Option<Cue> {
    match tokens.word(at) {
        "departure" | "departing" | "depart" | "leaving" | "leave" | "origin" | "origine"
        | "from" | "start" | "starting" | "partir" | "pars" | "partons" | "home" => {
            Some(Cue::Origin)
        }
        "destination" | "arrival" | "arrivee" | "arrive" | "arriving" | "going" | "go"
        | "visit" | "to" | "aller" | "travel" | "land" => Some(Cue::Destination),
        _ => None,
    }
}

/// "Nairobi is the departure city", "Lyon comme point de départ".
pub(crate) fn after(tokens: &Tokens<'_>, end: usize) -> Cue {
    let link = [
        "is", "est", "as", "comme", "sera", "serait", "would be", "will be", "would", "c est",
        "is where", "being",
    ];
    let Some(length) = tokens.longest(end, &link) else {
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
    let arrow = tokens.is(end, &["to", "vers", "→", ">"]);
    arrow && tokens.means(name, Meaning::PlaceSomewhere).is_some()
        || arrow
            && tokens.is_word(name)
            && tokens.get(name).is_some_and(|token| token.capital)
            && tokens.word(name).len() >= 3
            && tokens.found_at(name).is_empty()
            && !is_ordinary(tokens.word(name))
}
