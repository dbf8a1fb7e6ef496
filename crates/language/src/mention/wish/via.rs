//! Through a place, or never through it: "via Dubai", "surtout pas par Francfort", "en évitant Londres".

use std::ops::Range;

use super::{Wishes, polarity};
use crate::{
    mention::place,
    text::{lexicon::Meaning, tokens::Tokens},
    wish::{Feature, Polarity},
};
use travel::locale::Locale;

/// Most tokens of a place's name.
const LONGEST_NAME: usize = 5;

impl Wishes<'_, '_> {
    /// Reads the places to go through and to go around; their words are taken.
    pub(super) fn read_via(&mut self, locale: Locale) {
        let mut at = 0;
        while at < self.tokens.len() {
            match self.cue(at) {
                Some((cue, refused)) => at = self.places(&cue, refused, locale).max(cue.start + 1),
                None => at += 1,
            }
        }
    }

    /// Words at `at` that make the place after them one to go through, or around.
    fn cue(&self, at: usize) -> Option<(Range<usize>, bool)> {
        let tokens = self.tokens;
        if self.claims.taken(at) {
            return None;
        }
        if let Some(length) = tokens.means(at, Meaning::WishAround) {
            let through = tokens.means(at + length, Meaning::WishVia).unwrap_or(0);
            return Some((at..at + length + through, true));
        }
        if let Some(length) = tokens.means(at, Meaning::WishVia) {
            let thing = tokens.is(at, &["through"])
                && tokens
                    .longest(at + 1, &["the night", "the weekend"])
                    .is_some();
            return (!thing).then_some((at..at + length, false));
        }
        // "par Francfort" alone may be anything; "pas par Francfort" is not.
        let length = tokens.means(at, Meaning::WishThrough)?;
        let denied = tokens
            .means_before(at + length, Meaning::PolarityNegation)
            .or_else(|| tokens.means_before(at, Meaning::PolarityNegation))
            .is_some();
        denied.then_some((at..at + length, false))
    }

    /// Reads the places after a cue; where they end.
    fn places(&mut self, cue: &Range<usize>, around: bool, locale: Locale) -> usize {
        let tokens = self.tokens;
        let mut polarity = match polarity::of(tokens, cue, None).polarity {
            _ if around => Polarity::Refused,
            polarity => polarity,
        };
        // "pas par": the negation is part of a phrase of its own.
        if tokens
            .means_before(cue.end, Meaning::PolarityNegation)
            .is_some()
            && !around
        {
            polarity = Polarity::Refused;
        }
        let mut end = cue.end;
        let mut first = true;
        while let Some((range, mut codes)) = self.place(end, first, locale, polarity) {
            let meant = polarity::of(tokens, &range, None);
            let meant_so = match meant.polarity {
                Polarity::Preferred if polarity == Polarity::Wanted => Polarity::Preferred,
                // "via Zurich is fine"
                Polarity::Indifferent if polarity == Polarity::Wanted => Polarity::Indifferent,
                _ => polarity,
            };
            if meant_so == Polarity::Indifferent {
                let name = country(tokens, &range).unwrap_or_else(|| tokens.slice(range.clone()));
                codes = place::airports_of(name, locale, true).unwrap_or(codes);
                meant.mark(self.claims);
            }
            if first {
                polarity::of(tokens, cue, None).mark(self.claims);
                self.claims.take(cue.clone());
            }
            self.claims.mark(end..range.start);
            self.claims.take(range.clone());
            end = range.end;
            self.keep(Feature::Via(codes), meant_so, range);
            first = false;
        }
        end
    }

    /// The place at `at`, past an article; after the first one, past what joins them.
    fn place(
        &self,
        at: usize,
        first: bool,
        locale: Locale,
        polarity: Polarity,
    ) -> Option<(Range<usize>, Vec<travel::Iata>)> {
        let tokens = self.tokens;
        let mut at = at;
        if !first {
            let comma = usize::from(tokens.is(at, &[",", "/", "&"]));
            let joining = tokens.means(at + comma, Meaning::PolarityJoining);
            // "via Dubai and then on to Perth", "via Dubai, Perth": the next one is another end.
            let list = polarity == Polarity::Refused || joining.is_some() && comma == 0;
            if !list || comma + joining.unwrap_or(0) == 0 {
                return None;
            }
            at += comma + joining.unwrap_or(0);
            at += tokens.means(at, Meaning::WishVia).unwrap_or(0);
        }
        at += tokens
            .longest(
                at,
                &[
                    "the",
                    "l",
                    "la",
                    "le",
                    "les",
                    "en",
                    "aux",
                    "au",
                    "a",
                    "in",
                    "par",
                    "l aeroport de",
                ],
            )
            .unwrap_or(0);
        (1..=LONGEST_NAME).rev().find_map(|length| {
            let range = at..at + length;
            let name = country(tokens, &range).unwrap_or_else(|| tokens.slice(range.clone()));
            if range.end > tokens.len() || self.claims.any(range.clone()) || name.is_empty() {
                return None;
            }
            place::airports_of(name, locale, polarity == Polarity::Refused)
                .map(|codes| (range, codes))
        })
    }
}

/// "the US", "US": a pronoun unless an article or capitals say otherwise.
fn country(tokens: &Tokens<'_>, name: &Range<usize>) -> Option<&'static str> {
    let us = name.len() == 1 && tokens.is(name.start, &["us"]);
    let capitals = tokens.get(name.start).is_some_and(|token| token.upper);
    let article = name.start > 0 && tokens.is(name.start - 1, &["the"]);
    (us && (capitals || article)).then_some("united states")
}
