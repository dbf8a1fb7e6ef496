//! Cabins: "en classe affaires", "not business", "premium economy if possible".

use crate::text::words;
use std::ops::Range;

use super::{Wishes, polarity};
use crate::{
    text::lexicon::Meaning,
    wish::{Feature, Polarity},
};
use travel::Cabin;

impl Wishes<'_, '_> {
    /// Reads the cabins; the one that is wanted.
    pub(super) fn read_cabins(&mut self) -> Option<Cabin> {
        let mut found: Vec<(Range<usize>, Cabin)> = [
            (Meaning::WishPremiumEconomy, Cabin::PremiumEconomy),
            (Meaning::WishBusiness, Cabin::Business),
            (Meaning::WishFirst, Cabin::First),
            (Meaning::WishEconomy, Cabin::Economy),
        ]
        .into_iter()
        .flat_map(|(meaning, cabin)| {
            let free = self.free(meaning).into_iter();
            free.map(move |range| (range, cabin)).collect::<Vec<_>>()
        })
        .collect();
        // The longest phrase: "premium economy" is no economy.
        let ranges: Vec<_> = found.iter().map(|(range, _)| range.clone()).collect();
        found.retain(|(range, _)| {
            !ranges.iter().any(|other| {
                let longer = other.len() > range.len()
                    || other.len() == range.len() && other.start > range.start;
                longer && other.start < range.end && range.start < other.end
            })
        });
        found.retain(|(range, cabin)| self.is_cabin(range, *cabin));
        found.sort_by_key(|(range, _)| range.start);
        let (mut earlier, mut wanted) = (None, None);
        for (range, cabin) in found {
            let meant = polarity::of(self.tokens, &range, earlier);
            // "business out, economy back": one cabin is searched, and the other is told.
            let other = wanted.is_some_and(|wanted| wanted != cabin);
            if other && meant.polarity == Polarity::Wanted && self.is_of_a_way(&range) {
                continue;
            }
            meant.mark(self.claims);
            earlier = Some((range.end, meant.polarity));
            if matches!(meant.polarity, Polarity::Wanted | Polarity::Preferred) {
                wanted = wanted.or(Some(cabin));
            }
            self.claims.take(range.clone());
            self.keep(Feature::Cabin(cabin), meant.polarity, range);
        }
        wanted
    }

    /// Whether the cabin is said to be that of the way back.
    fn is_of_a_way(&self, range: &Range<usize>) -> bool {
        let back = |at| {
            self.tokens.means(at, Meaning::TimeWayBackAfter).is_some()
                || self.tokens.means(at, Meaning::TimeWayBack).is_some()
        };
        back(range.end)
    }

    /// "business trip", "la première semaine" and "the first one" are no cabins.
    fn is_cabin(&self, range: &Range<usize>, cabin: Cabin) -> bool {
        let tokens = self.tokens;
        // "Business class one-way" is.
        let way = tokens.longest(range.end, words::WISH_ONE_OF).is_some();
        let other = tokens
            .longest(range.end, words::WISH_OTHER_COMFORT)
            .is_some()
            && !way
            || tokens.preceded(range.start, words::WISH_COMFORT_LEAD)
            || cabin == Cabin::First
                && tokens.is(range.start, words::WISH_LA)
                && !tokens.preceded(range.start, words::WISH_IN_CABIN)
                && range.end < tokens.len();
        !other
    }
}
