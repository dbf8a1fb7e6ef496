//! Tokens of all requests of a turn: attempts add, the root span tells.

use std::sync::{Mutex, PoisonError};

use crate::llm::Usage;

/// The sum; `None` until a request has told its tokens.
#[derive(Debug, Default)]
pub(crate) struct TokenSum(Mutex<Option<Usage>>);

impl TokenSum {
    /// Adds those of one request.
    pub(crate) fn add(&self, usage: Usage) {
        let mut sum = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *sum.get_or_insert_default() += usage;
    }

    /// The sum so far.
    pub(crate) fn get(&self) -> Option<Usage> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
