//! What the fare includes and who sells it: bags, refunds, alliances, low-cost carriers, emissions,
//! flights through the night.

use crate::text::words;
use std::ops::Range;

use super::{Wishes, polarity};
use crate::{
    text::{lexicon::Meaning, numbers::cardinal},
    wish::{Feature, Polarity},
};
use travel::Alliance;
use travel::DayPart;

impl Wishes<'_, '_> {
    /// Reads what is wanted of the fare.
    pub(super) fn read_fares(&mut self) {
        for (meaning, alliance) in [
            (Meaning::WishStarAlliance, Alliance::StarAlliance),
            (Meaning::WishOneworld, Alliance::Oneworld),
            (Meaning::WishSkyteam, Alliance::Skyteam),
        ] {
            self.plain(meaning, &Feature::Alliance(alliance));
        }
        self.refundable();
        self.plain(Meaning::WishLowEmissions, &Feature::LowEmissions);
        self.low_cost();
        self.hand_luggage();
        self.bags();
    }

    /// A feature that is wanted wherever it is named.
    fn plain(&mut self, meaning: Meaning, feature: &Feature) {
        let mut earlier = None;
        for range in self.free(meaning) {
            let meant = polarity::of(self.tokens, &range, earlier);
            earlier = Some((range.end, meant.polarity));
            meant.mark(self.claims);
            self.claims.take(range.clone());
            self.keep(feature.clone(), meant.polarity, range);
        }
    }

    fn refundable(&mut self) {
        for range in self.free(Meaning::WishNotRefundable) {
            // "non-refundable is fine"
            self.claims.take(range.clone());
            self.keep(Feature::Refundable, Polarity::Indifferent, range);
        }
        self.plain(Meaning::WishRefundable, &Feature::Refundable);
    }

    /// "low-cost only" and "no low-cost" are about carriers; "a low-cost flight" is a cheap one.
    fn low_cost(&mut self) {
        for range in self.free(Meaning::WishLowCost) {
            let tokens = self.tokens;
            let meant = polarity::of(tokens, &range, None);
            let carriers = tokens.slice(range.clone()).split(' ').any(|word| {
                let mut beginnings = words::WISH_AIRLINE_BEGINNING.iter();
                beginnings.any(|beginning| word.starts_with(beginning))
            });
            let only = tokens.longest(range.end, words::WISH_ONLY);
            let required = meant.is_stressed();
            if meant.polarity == Polarity::Wanted && !carriers && only.is_none() && !required {
                continue;
            }
            meant.mark(self.claims);
            let end = range.end + only.unwrap_or(0);
            self.claims.take(range.start..end);
            self.keep(Feature::LowCost, meant.polarity, range.start..end);
        }
    }

    /// "hand luggage only": no checked bag.
    fn hand_luggage(&mut self) {
        for range in self.free(Meaning::WishHandLuggage) {
            let tokens = self.tokens;
            let only = tokens.longest(range.end, words::WISH_ONLY_OR_ALONE);
            let mut from = range.start;
            while tokens.is(from.wrapping_sub(1), words::WISH_OWNED_BAG) {
                from -= 1;
            }
            let just = tokens.means_before(from, Meaning::PolarityRequirement);
            if only.is_some() || just.is_some() {
                let start = just.map_or(range.start, |just| just.start);
                let range = start..range.end + only.unwrap_or(0);
                self.claims.take(range.clone());
                self.keep(Feature::CheckedBag, Polarity::Refused, range);
            }
        }
    }

    fn bags(&mut self) {
        for meaning in [Meaning::WishCheckedBag, Meaning::WishBag] {
            for range in self.free(meaning) {
                let Some((range, with)) = self.bag(&range, meaning) else {
                    continue;
                };
                let item = with.map_or(range.start, |with| with.start.min(range.start));
                let meant = polarity::of(self.tokens, &(range.start..range.end), None);
                let zero = (item..range.start)
                    .any(|at| cardinal(self.tokens, at).is_some_and(|(count, _)| count == 0));
                let polarity = if zero {
                    Polarity::Refused
                } else {
                    meant.polarity
                };
                meant.mark(self.claims);
                self.claims.mark(item..range.start);
                self.claims.take(range.clone());
                self.keep(Feature::CheckedBag, polarity, range);
            }
        }
    }

    /// A bag that is to be in the price, with what says so; a question or a lost bag is none.
    fn bag(
        &self,
        noun: &Range<usize>,
        meaning: Meaning,
    ) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let tokens = self.tokens;
        let hand = self
            .tokens
            .all(Meaning::WishHandLuggage)
            .any(|hand| hand.start <= noun.start && noun.end <= hand.end);
        let sentence =
            (0..noun.start).rfind(|at| tokens.ends_sentence(*at) || tokens.is(*at, &[","]));
        let from = sentence
            .map_or(0, |at| at + 1)
            .max(noun.start.saturating_sub(5));
        // "avec ou sans valise" does not ask where it is.
        let asks = |at: usize| {
            tokens.means(at, Meaning::WishAsking).is_some()
                && !tokens.preceded(at, words::WISH_WITH_FR)
        };
        let asks = (from..noun.start).any(asks)
            || (noun.end..noun.end + 4).any(|at| tokens.is(at, words::WISH_LOST));
        if hand || asks {
            return None;
        }
        let included = tokens.means(noun.end, Meaning::WishIncluded);
        let end = self.past_weight(noun.end + included.unwrap_or(0));
        // "avec une grosse valise", "with two bags": articles and numbers stand between.
        let mut at = noun.start;
        while at > 0 && at + 4 > noun.start {
            let with = tokens
                .means_before(at, Meaning::WishWith)
                .or_else(|| tokens.means_before(at, Meaning::PolarityNegation))
                .or_else(|| tokens.means_before(at, Meaning::PolarityIndifference));
            if with.is_some() {
                return Some((noun.start..end, with));
            }
            let between =
                tokens.is(at - 1, words::WISH_BAG_LEAD) || cardinal(tokens, at - 1).is_some();
            if !between {
                break;
            }
            at -= 1;
        }
        let strong = included.is_some() || meaning == Meaning::WishCheckedBag;
        strong.then_some((noun.start..end, None))
    }

    /// Past "de 23 kg", "of 20 kilos each", and "en soute" after it.
    fn past_weight(&self, end: usize) -> usize {
        let tokens = self.tokens;
        let small = usize::from(tokens.is(end, words::WISH_WEIGHT_OF));
        let unit = tokens.is(end + small + 1, words::WISH_WEIGHT);
        if tokens.number(end + small).is_none() || !unit {
            return end;
        }
        let mut end = end + small + 2;
        end += usize::from(tokens.is(end, words::WISH_EACH));
        end + tokens.longest(end, words::WISH_IN_THE_HOLD).unwrap_or(0)
    }

    /// Flights through the night; the part of the day where one is wanted.
    pub(super) fn read_overnight(&mut self) -> Option<DayPart> {
        let mut wanted = None;
        for range in self.free(Meaning::WishOvernight) {
            // "an overnight layover" is no flight.
            let stop = self.tokens.means(range.end, Meaning::WishStops).is_some();
            if stop {
                continue;
            }
            let meant = polarity::of(self.tokens, &range, None);
            if matches!(meant.polarity, Polarity::Wanted | Polarity::Preferred) {
                wanted = Some(DayPart::Night);
            }
            meant.mark(self.claims);
            self.claims.take(range.clone());
            self.keep(Feature::Overnight, meant.polarity, range);
        }
        wanted
    }
}
