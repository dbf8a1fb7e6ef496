//! Which tokens are already understood: what one reader used, the next ones leave alone.

use std::ops::Range;

/// One flag a token.
pub(super) struct Claims(Vec<bool>);

impl Claims {
    pub(super) fn new(tokens: usize) -> Self {
        Self(vec![false; tokens])
    }

    pub(super) fn take(&mut self, range: Range<usize>) {
        for at in range {
            if let Some(flag) = self.0.get_mut(at) {
                *flag = true;
            }
        }
    }

    pub(super) fn taken(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }

    pub(super) fn any(&self, mut range: Range<usize>) -> bool {
        range.any(|at| self.taken(at))
    }
}
