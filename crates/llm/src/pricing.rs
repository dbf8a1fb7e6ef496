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

#[cfg(test)]
mod tests {
    use super::*;

    const PRICE: Price = Price {
        input: 3.0,
        cached_input: 0.3,
        cache_write: 3.75,
        output: 15.0,
    };

    fn cost(prompt: u64, cached: u64, cache_written: u64, completion: u64) -> f64 {
        PRICE.cost_usd(Usage {
            prompt,
            completion,
            cached,
            cache_written,
            reasoning: 0,
        })
    }

    #[test]
    fn each_token_has_the_price_of_its_kind() {
        let close = |cost: f64, expected: f64| {
            assert!((cost - expected).abs() < 1e-12, "{cost} is not {expected}");
        };
        close(cost(0, 0, 0, 0), 0.0);
        close(cost(1_000_000, 0, 0, 0), 3.0);
        close(cost(0, 0, 0, 1_000_000), 15.0);
        close(cost(10_000, 10_000, 0, 0), 0.003);
        close(cost(10_000, 0, 10_000, 0), 0.037_5);
        // 2,000 fresh, 7,000 read, 1,000 written, 500 completed.
        close(
            cost(10_000, 7_000, 1_000, 500),
            0.006 + 0.002_1 + 0.003_75 + 0.007_5,
        );
    }

    #[test]
    fn a_cache_that_claims_more_than_the_prompt_costs_no_less_than_it_says() {
        assert_eq!(cost(5, 10, 0, 0), cost(10, 10, 0, 0));
    }
}
