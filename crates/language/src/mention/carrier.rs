//! Airlines: "avec Air France", "on Delta", "sur easyJet", "BA".

use crate::text::words;
use std::{ops::Range, sync::LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::wish::polarity::{self, Earlier};
use crate::{
    ledger::Ledger,
    reading::{AirlineMention, Reading},
    text::{
        lexicon::{Meaning, PHRASES},
        tokens::{Gap, Tokens},
    },
    wish::{Feature, Polarity, Span, Wish},
};
use travel::{CarrierCode, carrier};

struct Name {
    code: CarrierCode,
    /// Says "airline" itself, or nothing else is called so.
    plain: bool,
}

/// Names in use that the table's do not yield.
const FURTHER: &str = include_str!("../../lexicon/airlines.tsv");

/// Names that are also ordinary words or places: they need a preposition or a capital.
static ORDINARY: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let ordinary = PHRASES
        .iter()
        .filter(|(_, meaning)| *meaning == Meaning::CarrierOrdinary);
    ordinary.map(|(name, _)| *name).collect()
});

static NAMES: LazyLock<FxHashMap<String, Name>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for carrier in carrier::all() {
        let name = Tokens::new(carrier.name);
        let full = name.slice(0..name.len()).to_owned();
        let mut add = |name: String, plain: bool| {
            let plain = plain && !ORDINARY.contains(name.as_str());
            names.entry(name).or_insert(Name {
                code: carrier.code,
                plain,
            });
        };
        let base = words::CARRIER_GENERIC
            .iter()
            .find_map(|word| full.strip_suffix(word)?.strip_suffix(' '));
        let base = base.unwrap_or(&full).to_owned();
        add(full.clone(), true);
        for word in words::CARRIER_SUFFIX {
            add(format!("{base} {word}"), true);
        }
        // "air" is left out of no name: "Korean Air" is not "Korean".
        if !full.ends_with(" air") {
            add(base.clone(), base.contains(' '));
        }
    }
    let further = FURTHER.lines().filter(|line| !line.starts_with('#'));
    for (name, code) in further.filter_map(|line| line.split_once('\t')) {
        if let Ok(code) = code.parse() {
            let plain = !ORDINARY.contains(name);
            names.insert(name.to_owned(), Name { code, plain });
        }
    }
    names
});

/// Reads the airlines; their tokens are taken, so that "Air France" names no country.
pub(crate) fn read(tokens: &Tokens<'_>, claims: &mut Ledger, reading: &mut Reading) {
    let mut earlier = None;
    let mut at = 0;
    while at < tokens.len() {
        match named(tokens, at, earlier).or_else(|| designator(tokens, at)) {
            Some((code, range)) if !claims.any(range.clone()) => {
                let meant = polarity::of(tokens, &range, earlier);
                meant.mark(claims);
                claims.take(range.clone());
                claims.mark(range.start..noun_after(tokens, range.end));
                earlier = Some((range.end, meant.polarity));
                at = range.end;
                let wanted = matches!(meant.polarity, Polarity::Wanted | Polarity::Preferred);
                if wanted && reading.airline.is_none() {
                    let surface = tokens.surface(range.clone()).to_owned();
                    reading.airline = Some(AirlineMention { surface, code });
                }
                reading.wishes.push(Wish {
                    feature: Feature::Airline(Some(code)),
                    polarity: meant.polarity,
                    at: Span::of(tokens, range),
                });
            }
            _ => at += 1,
        }
    }
}

/// Past "airlines" and "flights" after a name.
fn noun_after(tokens: &Tokens<'_>, end: usize) -> usize {
    end + tokens.means(end, Meaning::CarrierAirline).unwrap_or(0)
}

fn named(tokens: &Tokens<'_>, at: usize, earlier: Earlier) -> Option<(CarrierCode, Range<usize>)> {
    let longest = 5.min(tokens.len() - at);
    (1..=longest).rev().find_map(|length| {
        let range = at..at + length;
        let name = NAMES.get(tokens.slice(range.clone()))?;
        let before = |meaning| tokens.means_before(at, meaning).is_some();
        let airline = tokens.means(range.end, Meaning::CarrierAirline).is_some();
        let capital = tokens.get(at).is_some_and(|token| token.capital);
        // "the United States"
        let longer = (1..=2).any(|more| {
            let end = range.end + more;
            end <= tokens.len() && super::place::names_place(tokens.slice(at..end))
        });
        if longer && !airline {
            return None;
        }
        // A place of that name is meant unless the words say otherwise.
        let place = super::place::names_place(tokens.slice(range.clone()));
        let denied = before(Meaning::PolarityNegation)
            || before(Meaning::PolarityRequirement)
            || before(Meaning::PolarityPreference);
        let follows = tokens.means(range.end, Meaning::CarrierFollows).is_some();
        let ends = range.end >= tokens.len() || tokens.is_symbol(range.end) || follows;
        // "no Delta", "Ryanair or United"
        let listed = earlier.is_some_and(|(end, _)| {
            tokens.means(end, Meaning::PolarityJoining) == Some(at.saturating_sub(end))
                || end + 1 == at && tokens.is(end, &[",", "/", "&"])
        });
        let meant = if name.plain && !place {
            true
        } else if place {
            let apart = at > 1
                && tokens.is(at - 1, &[","])
                && (range.end >= tokens.len() || tokens.is_symbol(range.end))
                && !super::place::names_place(tokens.word(at - 2));
            let cued = before(Meaning::CarrierWith) && !tokens.is(at - 1, words::CARRIER_ON);
            let refused =
                before(Meaning::PolarityNegation) && ends && !is_known_place(name, tokens, at);
            capital && (apart && is_known_as_airline(name) || cued || listed || refused)
        } else {
            let opens = tokens.means(at, Meaning::CarrierNeverAlone).is_none()
                && (at == 0 || tokens.is_symbol(at - 1))
                && ends;
            let cued = before(Meaning::CarrierWith);
            let listed = listed || leads_to_another(tokens, range.end);
            let context = before(Meaning::CarrierContext) || denied || listed;
            (context && (capital || cued)) || (capital && airline) || (opens && tokens.len() > 1)
        };
        meant.then_some((name.code, range))
    })
}

/// "Corsair ou Air Caraïbes": whether an airline that is nothing else follows.
fn leads_to_another(tokens: &Tokens<'_>, end: usize) -> bool {
    let comma = tokens.is(end, &[",", "/", "&"]).then_some(1);
    let Some(joining) = tokens.means(end, Meaning::PolarityJoining).or(comma) else {
        return false;
    };
    let next = end + joining;
    (1..=4.min(tokens.len().saturating_sub(next))).any(|length| {
        let name = tokens.slice(next..next + length);
        NAMES
            .get(name)
            .is_some_and(|known| known.plain && !super::place::names_place(name))
    })
}

/// Whether one flies to the place of that name as well, so that "not Delta" may mean it.
fn is_known_place(name: &Name, tokens: &Tokens<'_>, at: usize) -> bool {
    let airline = ["NK", "DL", "F9", "B6"].contains(&name.code.as_str());
    !airline && super::place::names_place(tokens.word(at))
}

/// Whether nobody flies to the place of that name under it: "Emirates", "Etihad".
fn is_known_as_airline(name: &Name) -> bool {
    ["EK", "EY", "QR", "SQ"].contains(&name.code.as_str())
}

/// A designator in capitals after a preposition or a negation: "avec AF", "on U2", "no FR".
fn designator(tokens: &Tokens<'_>, at: usize) -> Option<(CarrierCode, Range<usize>)> {
    let cued = tokens.means_before(at, Meaning::CarrierWith).is_some()
        || tokens.preceded(at, words::CARRIER_CUE)
        || tokens.means_before(at, Meaning::PolarityNegation).is_some();
    if !cued {
        return None;
    }
    let token = tokens.get(at)?;
    let glued = tokens.gap(at + 1) == Gap::None && at + 1 < tokens.len();
    let end = if glued { at + 2 } else { at + 1 };
    let typed = tokens.surface(at..end);
    let shouted = token.upper
        || (glued
            && typed
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
    let code: CarrierCode = typed.parse().ok().filter(|_| shouted)?;
    carrier::by_code(code).map(|carrier| (carrier.code, at..end))
}
