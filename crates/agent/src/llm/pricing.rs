//! What a call costs.

use super::Usage;

/// US dollars per million tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// Prompt tokens that were neither read from nor written to a cache.
    pub input: f64,
    /// Prompt tokens read from the provider's cache.
    pub cached_input: f64,
    /// Prompt tokens written to the provider's cache.
    pub cache_write: f64,
    /// Completion tokens.
    pub output: f64,
}

impl Price {
    /// US dollars of a call.
    #[must_use]
    pub fn cost_usd(&self, usage: Usage) -> f64 {
        let fresh = usage
            .prompt
            .saturating_sub(usage.cached + usage.cache_written);
        let of = |tokens: u64, price: f64| tokens as f64 * price / 1e6;
        of(fresh, self.input)
            + of(usage.cached, self.cached_input)
            + of(usage.cache_written, self.cache_write)
            + of(usage.completion, self.output)
    }
}
