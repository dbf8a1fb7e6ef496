//! What matters most: "the cheapest", "le plus rapide", "sorted by departure time".

use crate::text::words;
use std::ops::Range;

use super::Wishes;
use crate::text::lexicon::Meaning;
use travel::Sort;

impl Wishes<'_, '_> {
    /// Reads what matters most.
    pub(super) fn read_sort(&mut self) -> Option<Sort> {
        self.read_order().or_else(|| self.read_best())
    }

    /// "sorted by price", "classez par durée".
    fn read_order(&mut self) -> Option<Sort> {
        let (range, sort) = self.free(Meaning::WishSort).into_iter().find_map(|cue| {
            let article = usize::from(self.tokens.is(cue.end, words::PARTICLE_L_THE));
            let at = cue.end + article;
            let keys = [
                (Meaning::WishSortPrice, Sort::Price),
                (Meaning::WishSortDuration, Sort::Duration),
                (Meaning::WishSortEmissions, Sort::Emissions),
                (Meaning::WishSortDeparture, Sort::Departure),
            ];
            let named = keys
                .into_iter()
                .filter_map(|(key, sort)| Some((self.tokens.means(at, key)?, sort)));
            let (length, sort) = named.max_by_key(|(length, _)| *length)?;
            Some((cue.start..at + length, sort))
        })?;
        self.claims.take(range);
        Some(sort)
    }

    /// "the cheapest", "le plus tôt".
    fn read_best(&mut self) -> Option<Sort> {
        for (meaning, sort) in [
            (Meaning::WishCheapest, Sort::Price),
            (Meaning::WishFastest, Sort::Duration),
            (Meaning::WishEarliest, Sort::Departure),
            (Meaning::WishByDeparture, Sort::Departure),
        ] {
            let found = self
                .free(meaning)
                .into_iter()
                .find(|range| !self.is_denied(range));
            if let Some(range) = found {
                self.claims.mark(range);
                return Some(sort);
            }
        }
        None
    }

    /// "not the cheapest", "pas le moins cher"; "t'as pas moins cher ?" asks for it.
    fn is_denied(&self, range: &Range<usize>) -> bool {
        let tokens = self.tokens;
        let start = range.start;
        let article = start > 0 && tokens.is(start - 1, words::WISH_ARTICLE);
        let before = start - usize::from(article);
        let asks = !article && before > 0 && tokens.is(before - 1, words::WISH_NO_MORE);
        !asks
            && tokens
                .means_before(before, Meaning::PolarityNegation)
                .is_some()
    }
}
