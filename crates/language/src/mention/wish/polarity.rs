//! How a wish is meant, from the words around it.
//!
//! A negation reaches over its clause and over coordinated items ("no Ryanair, easyJet or Wizz"); a
//! contrast ends it ("pas Ryanair mais easyJet").

use crate::text::words;
use std::ops::Range;

use crate::{
    ledger::Ledger,
    text::{lexicon::Meaning, tokens::Tokens},
    wish::Polarity,
};

/// Most words between a negation and what it denies.
const REACH: usize = 10;

/// How an item is meant, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meant {
    pub(crate) polarity: Polarity,
    /// From the first word that says so to the item.
    before: Range<usize>,
    /// The words after the item that say so.
    after: Range<usize>,
}

impl Meant {
    /// Whether words before the item say how it is meant.
    pub(crate) fn is_stressed(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether words after the item say how it is meant.
    pub(crate) fn is_qualified(&self) -> bool {
        !self.after.is_empty()
    }

    /// Past the words that say how it is meant.
    pub(crate) const fn end(&self) -> usize {
        self.after.end
    }

    /// The item with the words around it that say how it is meant.
    pub(crate) fn words(&self, item: &Range<usize>) -> Range<usize> {
        self.before.start.min(item.start)..self.after.end.max(item.end)
    }

    /// Marks the words after the item that said how it is meant.
    pub(crate) fn mark_after(&self, claims: &mut Ledger) {
        claims.mark(self.after.clone());
    }

    /// Marks the words that said how the item is meant.
    pub(crate) fn mark(&self, claims: &mut Ledger) {
        claims.mark(self.before.clone());
        claims.mark(self.after.clone());
    }
}

/// An item of the same kind that was read before, and how it was meant.
pub(crate) type Earlier = Option<(usize, Polarity)>;

/// How the item is meant; `earlier`: where the item of that kind before it ends.
pub(crate) fn of(tokens: &Tokens<'_>, item: &Range<usize>, earlier: Earlier) -> Meant {
    let (before, from) = before(tokens, item, earlier);
    let (after, to) = after(tokens, item.end);
    let polarity = match (before, after) {
        (_, Some(Polarity::Refused)) | (Some(Polarity::Refused), Some(Polarity::Preferred)) => {
            // "Air France, not Ryanair if possible" is no preference of Ryanair.
            Polarity::Refused
        }
        (_, Some(after)) => after,
        (Some(before), None) => before,
        (None, None) => Polarity::Wanted,
    };
    Meant {
        polarity,
        before: from..item.start,
        after: item.end..to,
    }
}

/// What the words before say, and where they begin.
fn before(tokens: &Tokens<'_>, item: &Range<usize>, earlier: Earlier) -> (Option<Polarity>, usize) {
    let start = item.start;
    let mut at = start;
    let mut joined = false;
    let mut with = false;
    while at > 0 && start - at < REACH {
        if let Some((end, polarity)) = earlier
            && end == at
        {
            return if joined {
                (Some(polarity), at)
            } else {
                (None, start)
            };
        }
        let Some((meaning, words)) = ending(tokens, at) else {
            return (None, start);
        };
        match meaning {
            // "no, economy after all" answers, and refuses nothing.
            Meaning::PolarityNegation
                if tokens.is(words.start, words::PARTICLE_NO) && tokens.is(words.end, &[","]) =>
            {
                return (None, start);
            }
            Meaning::PolarityNegation if is_of_no_stop(tokens, words.start, item) => {
                return (None, start);
            }
            Meaning::PolarityNegation => return (Some(Polarity::Refused), words.start),
            Meaning::PolarityPreference => return (Some(Polarity::Preferred), words.start),
            Meaning::PolarityIndifference => return (Some(Polarity::Indifferent), words.start),
            Meaning::PolarityRequirement => return (Some(Polarity::Wanted), words.start),
            Meaning::PolarityContrast => return (None, start),
            Meaning::PolarityJoining => joined = true,
            // "sans escale avec Corsair", "no stops with Corsair": the negation is of the stops.
            _ if with && tokens.means(words.start, Meaning::WishStopsNoun).is_some() => {
                return (None, start);
            }
            // "no Ryanair, with Wizz": said again, it is an item of its own, and not refused.
            _ if tokens.is(words.start, &[","])
                && tokens.means(words.end, Meaning::PolarityAnew).is_some() =>
            {
                return (None, start);
            }
            // Fillers, and a comma.
            _ => joined |= tokens.is_symbol(words.start),
        }
        with |= tokens.is(words.start, words::PARTICLE_WITH);
        at = words.start;
    }
    (None, start)
}

/// Whether the negation at `at` is that of "sans escale, billet remboursable": the comma ends it, unless
/// the item is one of a list ("no stops, red-eyes or Ryanair").
fn is_of_no_stop(tokens: &Tokens<'_>, at: usize, item: &Range<usize>) -> bool {
    let ends = |length| at + length < item.start && tokens.is(at + length, &[","]);
    tokens.means(at, Meaning::WishDirect).is_some_and(ends)
        && !tokens.is(item.end, words::PARTICLE_OR)
}

/// The longest phrase of this grammar that ends right before `at`; a comma, a slash or an ampersand is
/// one as well.
fn ending(tokens: &Tokens<'_>, at: usize) -> Option<(Meaning, Range<usize>)> {
    const KNOWN: [Meaning; 7] = [
        Meaning::PolarityNegation,
        Meaning::PolarityPreference,
        Meaning::PolarityIndifference,
        Meaning::PolarityRequirement,
        Meaning::PolarityContrast,
        Meaning::PolarityJoining,
        Meaning::PolarityFiller,
    ];
    if tokens.is(at - 1, &[",", "/", "&", "+", "("]) {
        return Some((Meaning::PolarityFiller, at - 1..at));
    }
    (at.saturating_sub(6)..at).find_map(|from| {
        let found = tokens.found_at(from).iter();
        let here = found.filter(|found| found.at + found.length == at);
        let mut meanings = here.map(|found| found.meaning);
        // Of one phrase's meanings the first of the list counts.
        let of_grammar: Vec<_> = meanings.by_ref().filter(|m| KNOWN.contains(m)).collect();
        let first = KNOWN.iter().find(|known| of_grammar.contains(known))?;
        Some((*first, from..at))
    })
}

/// What the words after say, and where they end.
fn after(tokens: &Tokens<'_>, end: usize) -> (Option<Polarity>, usize) {
    let from = end + usize::from(tokens.is(end, &[",", "("]));
    let said = [
        (Meaning::PolarityAfterNegation, Polarity::Refused),
        (Meaning::PolarityAfterPreference, Polarity::Preferred),
        (Meaning::PolarityAfterIndifference, Polarity::Indifferent),
    ];
    let longest = said
        .into_iter()
        .filter_map(|(meaning, polarity)| Some((tokens.means(from, meaning)?, polarity)))
        .max_by_key(|(length, _)| *length);
    match longest {
        // "Air France, pas Ryanair": the comma begins another item.
        Some((length, polarity)) if from == end || polarity == Polarity::Preferred => {
            (Some(polarity), from + length)
        }
        _ => (None, end),
    }
}

/// Whether the noun at `noun` is said not to matter: "peu importe la compagnie", "any airline",
/// "stops are fine".
pub(crate) fn indifferent(tokens: &Tokens<'_>, noun: &Range<usize>) -> Option<Range<usize>> {
    let mut at = noun.start;
    for _ in 0..4 {
        if at == 0 {
            break;
        }
        let any = tokens.means_before(at, Meaning::PolarityAny);
        if let Some(words) = any.or_else(|| tokens.means_before(at, Meaning::PolarityIndifference))
        {
            return Some(words.start..noun.end);
        }
        match ending(tokens, at) {
            Some((Meaning::PolarityFiller, words)) if !tokens.is_symbol(words.start) => {
                at = words.start;
            }
            _ => break,
        }
    }
    let (polarity, end) = after(tokens, noun.end);
    (polarity == Some(Polarity::Indifferent)).then_some(noun.start..end)
}
