//! Which words of a message have been used, and which are left over.

use std::ops::Range;

/// What has become of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// Nobody has used it.
    #[default]
    Left,
    /// It helped to understand another one: a preposition, a negation, a verb of going.
    Marked,
    /// It is part of what is named; other finders leave it alone.
    Taken,
}

/// One use a token.
#[derive(Clone)]
pub(crate) struct Ledger(Vec<Use>);

impl Ledger {
    pub(crate) fn new(tokens: usize) -> Self {
        Self(vec![Use::Left; tokens])
    }

    /// The range is part of what is named.
    pub(crate) fn take(&mut self, range: Range<usize>) {
        self.raise(range, Use::Taken);
    }

    /// The range helped to understand what is named; another finder may still take it.
    pub(crate) fn mark(&mut self, range: Range<usize>) {
        self.raise(range, Use::Marked);
    }

    /// Nobody has used the range after all.
    pub(crate) fn release(&mut self, range: Range<usize>) {
        for at in range {
            if let Some(token) = self.0.get_mut(at) {
                *token = Use::Left;
            }
        }
    }

    fn raise(&mut self, range: Range<usize>, to: Use) {
        for at in range {
            if let Some(token) = self.0.get_mut(at) {
                *token = (*token).max(to);
            }
        }
    }

    pub(crate) fn taken(&self, at: usize) -> bool {
        self.0.get(at) == Some(&Use::Taken)
    }

    pub(crate) fn any(&self, mut range: Range<usize>) -> bool {
        range.any(|at| self.taken(at))
    }

    /// Whether nobody has used the token.
    pub(crate) fn is_left(&self, at: usize) -> bool {
        self.0.get(at) == Some(&Use::Left)
    }
}
