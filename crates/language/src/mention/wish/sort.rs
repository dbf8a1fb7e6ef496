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
        ] {
            let denied = |at| {
                let negation = self.tokens.means_before(at, Meaning::PolarityNegation);
                negation.or_else(|| {
                    let article = self
                        .tokens
                        .is(at.checked_sub(1)?, &["le", "la", "the", "les"]);
                    let at = at - usize::from(article);
                    self.tokens.means_before(at, Meaning::PolarityNegation)
                })
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
