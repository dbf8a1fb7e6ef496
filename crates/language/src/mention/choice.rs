//! Which of the shown offers is meant: "le deuxième", "number 3", "the cheapest one".

use crate::{
    ledger::Ledger,
    reading::{Choice, Reading},
    text::numbers::{cardinal, ordinal},
    text::tokens::Tokens,
};
use travel::Sort;

/// Verbs that want an offer, or another one than those shown.
const WANTING: &[&str] = &["have", "want", "veux", "prefere", "prefer", "preferer"];

const NUMBERED: &[&str] = &[
    "numero",
    "number",
    "option",
    "n °",
    "no",
    "n",
    "offre",
    "offer",
    "choix",
    "choice",
    "#",
    "vol numero",
    "flight number",
    "proposition",
];

/// Verbs that take an offer; who wants one may want another one than those shown.
const TAKING: &[&str] = &[
    "prends",
    "prend",
    "prenons",
    "prendre",
    "prendrai",
    "prendrais",
    "choisis",
    "choisir",
    "reserve",
    "reserver",
    "reservez",
    "take",
    "pick",
    "choose",
    "book",
    "select",
    "go with",
    "garde",
    "gardons",
    "keep",
    "vais pour",
];

/// Words after which an ordinal alone points at an offer.
const POINTERS: &[&str] = &[
    "dans", "avec", "sur", "in", "with", "on", "about", "of", "de", "than", "que", "sans",
    "without", "does", "is",
];

/// Nouns that follow an ordinal which chooses an offer.
const OFFERS: &[&str] = &[
    "one",
    "option",
    "offre",
    "offer",
    "vol",
    "flight",
    "choix",
    "choice",
    "proposition",
    "solution",
    "resultat",
    "result",
];

/// Reads a choice by position before dates are read: "the 2nd one" is no day.
pub(crate) fn read(tokens: &Tokens<'_>, claims: &mut Ledger, reading: &mut Reading) {
    for at in 0..tokens.len() {
        if let Some((choice, end)) = position(tokens, at) {
            reading.choice = Some(choice);
            claims.take(at..end);
            return;
        }
    }
}

fn position(tokens: &Tokens<'_>, at: usize) -> Option<(Choice, usize)> {
    if let Some(length) = tokens.longest(at, NUMBERED)
        && let Some((nth, spans)) = cardinal(tokens, at + length)
    {
        let apart = !tokens.is(at, &["no", "n"]) || tokens.number(at + length).is_some();
        let nth = u8::try_from(nth)
            .ok()
            .filter(|nth| (1..=20).contains(nth))?;
        let end = at + length + spans;
        // "no 2 stops" and "option 2 adultes" count something.
        return (apart && ends(tokens, end)).then_some((Choice::Nth(nth), end));
    }
    let article = tokens.is(at, &["le", "la", "the"]);
    let from = at + usize::from(article);
    let verb = (at.saturating_sub(5)..at).any(|at| {
        let taken = tokens.longest(at, TAKING);
        taken.or_else(|| tokens.longest(at, WANTING)).is_some()
    });
    if tokens.is(from, &["dernier", "derniere", "last"]) && article {
        let noun = tokens.longest(from + 1, OFFERS);
        let end = from + 1 + noun.unwrap_or(0);
        return (noun.is_some() || ends(tokens, end)).then_some((Choice::Last, end));
    }
    let (nth, end, plain) = match ordinal(tokens, from) {
        Some((nth, length)) => (nth, from + length, false),
        None if article && verb => {
            let (nth, length) = cardinal(tokens, from)?;
            (nth, from + length, true)
        }
        None => return None,
    };
    let nth = u8::try_from(nth)
        .ok()
        .filter(|nth| (1..=20).contains(nth))?;
    // "the second Friday of May" is a day.
    if is_day_of_month(tokens, end) {
        return None;
    }
    let noun = tokens.longest(end, OFFERS);
    // "the 2nd" may be a day: only words, or a noun, choose.
    let word = tokens.number(from).is_none();
    // "la valise est comprise dans la première ?", "what about the second?"
    let pointed = tokens.is(at.wrapping_sub(1), POINTERS);
    let chosen = noun.is_some()
        || (word && article && pointed && ends(tokens, end))
        || (plain && verb && ends(tokens, end) && nth <= 9)
        || (word && article && ends(tokens, end) && (verb || at <= 3));
    chosen.then_some((Choice::Nth(nth), end + noun.unwrap_or(0)))
}

/// Whether the phrase ends here: nothing is counted or dated by it.
fn ends(tokens: &Tokens<'_>, end: usize) -> bool {
    end >= tokens.len()
        || tokens.is_symbol(end)
        || tokens.is(
            end,
            &[
                "please",
                "svp",
                "stp",
                "merci",
                "thanks",
                "me",
                "alors",
                "then",
                "works",
                "is",
                "est",
                "looks",
                "sounds",
                "seems",
                "s",
                "va",
                "d",
                "avec",
                "with",
                "parait",
                "a",
                "semble",
                "plutot",
                "finalement",
                "instead",
                "rather",
                "actually",
            ],
        )
}

/// Reads a choice by quality after everything else is read: "je prends le moins cher".
pub(crate) fn by_quality(tokens: &Tokens<'_>, reading: &mut Reading) {
    let places = reading.origin.is_some() || reading.destination.is_some();
    if reading.choice.is_some() || places || reading.depart_date.is_some() {
        return;
    }
    let verb = (0..tokens.len()).any(|at| tokens.longest(at, TAKING).is_some());
    let pronoun = tokens
        .find(&[
            "cheapest one",
            "fastest one",
            "quickest one",
            "best one",
            "celui",
            "celle",
            "cheaper one",
            "shortest one",
            "the one",
        ])
        .is_some();
    let alone = tokens.len() <= 4 && tokens.is(0, &["le", "la", "the"]);
    if !(verb || pronoun || alone) {
        return;
    }
    let definite = tokens.find(&[
        "le moins",
        "la moins",
        "the cheapest",
        "le plus",
        "la plus",
        "the fastest",
        "the quickest",
        "the shortest",
        "the cheaper",
        "the least",
        "meilleur",
        "the best",
    ]);
    reading.choice = match (reading.sort, definite) {
        (Some(Sort::Price), Some(_)) => Some(Choice::Cheapest),
        (Some(Sort::Duration), Some(_)) => Some(Choice::Fastest),
        (None | Some(Sort::Best), _)
            if tokens
                .find(&[
                    "the best one",
                    "le meilleur",
                    "la meilleure",
                    "the recommended one",
                    "celui que tu recommandes",
                    "celui que vous recommandez",
                    "the one you recommend",
                ])
                .is_some() =>
        {
            Some(Choice::Best)
        }
        _ => None,
    };
}

/// Whether a weekday, or a day and its month, follows an ordinal.
fn is_day_of_month(tokens: &Tokens<'_>, at: usize) -> bool {
    let weekday = super::day::names::weekday(tokens.word(at))
        .is_some_and(|(_, strength)| strength == super::day::names::Strength::Sure);
    weekday && tokens.is(at + 1, &["of", "in", "de", "d", "du", "en"])
}
