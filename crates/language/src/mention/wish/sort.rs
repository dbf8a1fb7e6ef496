//! What matters most: "the cheapest", "le plus rapide".

use super::Wishes;
use crate::text::lexicon::Meaning;
use travel::Sort;

impl Wishes<'_, '_> {
    /// Reads what matters most.
    pub(super) fn read_sort(&mut self) -> Option<Sort> {
        for (meaning, sort) in [
            (Meaning::WishCheapest, Sort::Price),
            (Meaning::WishFastest, Sort::Duration),
            (Meaning::WishByDeparture, Sort::Departure),
        ] {
            // "pas le moins cher" refuses it; "t'as pas moins cher ?" asks for it.
            let denied = |at: usize| {
                let article = self
                    .tokens
                    .is(at.checked_sub(1)?, &["le", "la", "the", "les"]);
                let before = at - usize::from(article);
                let negation = self.tokens.means_before(before, Meaning::PolarityNegation);
                let french = article || !self.tokens.is(before.wrapping_sub(1), &["pas", "plus"]);
                negation.filter(|_| french)
            };
            let found = self
                .free(meaning)
                .into_iter()
                .find(|range| denied(range.start).is_none());
            if let Some(range) = found {
                self.claims.mark(range);
                return Some(sort);
            }
        }
        None
    }
}
