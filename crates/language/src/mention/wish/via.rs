//! Through a place, or never through it: "via Dubai", "surtout pas par Francfort", "en évitant Londres".

use crate::text::words;
use std::ops::Range;

use super::{Wishes, polarity};
use crate::{
    mention::place,
    text::{lexicon::Meaning, numbers::cardinal, tokens::Tokens},
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
            let thing = tokens.is(at, words::WISH_THROUGH)
                && tokens.longest(at + 1, words::WISH_PERIOD).is_some();
            return (!thing).then_some((at..at + length, false));
        }
        if let Some(length) = self.of_a_stop(at) {
            return Some((at..at + length, false));
        }
        // "par Francfort" alone may be anything; "pas par Francfort" is not.
        let length = tokens.means(at, Meaning::WishThrough)?;
        // "le 1er juin par Reykjavik", where nothing is put in another's place: "remplace Oslo par Riga".
        let replaced = tokens.all(Meaning::PlaceReplacing).next().is_some();
        if tokens.is(at, words::WISH_PAR) && !replaced {
            return Some((at..at + length, false));
        }
        let denied = tokens
            .means_before(at + length, Meaning::PolarityNegation)
            .or_else(|| tokens.means_before(at, Meaning::PolarityNegation))
            .is_some();
        denied.then_some((at..at + length, false))
    }

    /// "one stop, ideally in Doha": a preposition that belongs to the stop before it.
    fn of_a_stop(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        if !tokens.is(at, words::WISH_VIA_PREPOSITION) {
            return None;
        }
        let mut before = at;
        for meaning in [Meaning::PolarityPreference, Meaning::PolarityRequirement] {
            before = tokens
                .means_before(before, meaning)
                .map_or(before, |phrase| phrase.start);
            before -= usize::from(before > 0 && tokens.is(before - 1, &[","]));
        }
        let stop = tokens.means_before(before, Meaning::WishStops)?;
        // "taux de change au Maroc" counts no stops.
        let counted = (stop.start.saturating_sub(2)..stop.start)
            .any(|at| cardinal(tokens, at).is_some_and(|(count, _)| (1..=3).contains(&count)));
        counted.then_some(1)
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
            self.claims.mark(end..range.start);
            let meant = polarity::of(tokens, &range, None);
            // "transit par Abou Dabi exclu"; the words before belong to the cue.
            let meant_so = match meant.polarity {
                after @ (Polarity::Preferred | Polarity::Refused | Polarity::Indifferent)
                    if polarity == Polarity::Wanted && meant.is_qualified() =>
                {
                    after
                }
                // "via Zurich is fine"
                Polarity::Indifferent if polarity == Polarity::Wanted => Polarity::Indifferent,
                _ => polarity,
            };
            if meant_so == Polarity::Indifferent {
                let name = country(tokens, &range).unwrap_or_else(|| tokens.slice(range.clone()));
                codes = place::airports_of(name, locale, true).unwrap_or(codes);
                meant.mark(self.claims);
            }
            meant.mark_after(self.claims);
            if first {
                polarity::of(tokens, cue, None).mark(self.claims);
                self.claims.take(cue.clone());
            }
            self.claims.take(range.clone());
            end = range.end;
            self.keep(Feature::Via(codes), meant_so, range);
            first = false;
            let after = meant.end().max(end);
            if let Some(denied) = self.denied_after(after) {
                // With the words of "pas d'escale à Munich", which is no wish for no stop at all.
                self.claims.take(after..denied);
                (end, first, polarity) = (denied, true, Polarity::Refused);
            }
        }
        end
    }

    /// "…, mais pas à Francfort", "but not Frankfurt": where the place that is refused begins.
    fn denied_after(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let at = at + usize::from(tokens.is(at, &[","]));
        let contrast = tokens.means(at, Meaning::PolarityContrast)?;
        let negation = tokens.means(at + contrast, Meaning::PolarityNegation)?;
        let at = at + contrast + negation;
        Some(at + tokens.means(at, Meaning::WishVia).unwrap_or(0))
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
            // "via Dubai and then on to Perth", "via Dubai, Perth": the next one is another end, and so
            // it is in "not via Istanbul, London to Bangkok".
            let begins = joining.is_none() && self.is_route(at + comma);
            let list = polarity == Polarity::Refused && !begins || joining.is_some() && comma == 0;
            // "not via Dubai, via Doha": said again, it is a wish of its own.
            let anew = joining.is_none() && tokens.means(at + comma, Meaning::WishVia).is_some();
            if !list || anew || comma + joining.unwrap_or(0) == 0 {
                return None;
            }
            at += comma + joining.unwrap_or(0);
            at += tokens.means(at, Meaning::WishVia).unwrap_or(0);
        }
        at += tokens.longest(at, words::WISH_VIA_ARTICLE).unwrap_or(0);
        (1..=LONGEST_NAME).rev().find_map(|length| {
            let range = at..at + length;
            let name = country(tokens, &range).unwrap_or_else(|| tokens.slice(range.clone()));
            // "one stop at most" is not at Most.
            let word = range.len() == 1 && place::is_ordinary(tokens.word(range.start));
            let capital = tokens.get(range.start).is_some_and(|token| token.capital);
            if range.end > tokens.len()
                || self.claims.any(range.clone())
                || name.is_empty()
                || word && !capital
            {
                return None;
            }
            place::airports_of(name, locale, polarity == Polarity::Refused)
                .map(|codes| (range, codes))
        })
    }
}

impl Wishes<'_, '_> {
    /// Whether a place stands at `at` and another one is gone to from it: "London to", "Paris Bangkok".
    fn is_route(&self, at: usize) -> bool {
        let tokens = self.tokens;
        let end = (1..=3)
            .rev()
            .map(|length| at + length)
            .find(|end| *end <= tokens.len() && place::names_place(tokens.slice(at..*end)));
        end.is_some_and(|end| {
            let arrow = tokens.is(end, words::PLACE_ARROW_A);
            arrow || place::names_place(tokens.word(end))
        })
    }
}

/// "the US", "US": a pronoun unless an article or capitals say otherwise.
fn country(tokens: &Tokens<'_>, name: &Range<usize>) -> Option<&'static str> {
    let us = name.len() == 1 && tokens.is(name.start, words::WISH_US);
    let capitals = tokens.get(name.start).is_some_and(|token| token.upper);
    let article = name.start > 0 && tokens.is(name.start - 1, words::PARTICLE_THE_EN);
    (us && (capitals || article)).then_some("united states")
}
