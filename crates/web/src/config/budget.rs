//! Budgets for model calls.

use agent::budget::Budget;
use clap::{Args, ValueEnum};

/// Budgets of a UTC day; none by default.
#[derive(Clone, Debug, Args)]
pub struct BudgetConfig {
    /// Most that each visitor's model calls may cost in a UTC day, in US dollars
    #[arg(long, env = "BUDGET_USD_PER_VISITOR_DAY", value_parser = dollars, global = true)]
    pub budget_usd_per_visitor_day: Option<f64>,

    /// Most that all model calls may cost in a UTC day, in US dollars
    #[arg(long, env = "BUDGET_USD_PER_DAY", value_parser = dollars, global = true)]
    pub budget_usd_per_day: Option<f64>,

    /// What becomes of new turns when a budget is used up
    #[arg(
        long,
        env = "BUDGET_EXHAUSTED",
        default_value = "builtin",
        global = true
    )]
    pub budget_exhausted: WhenExhausted,
}

/// What becomes of new turns when a budget is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhenExhausted {
    /// The built-in model answers, at no cost
    Builtin,
    /// They are refused until midnight UTC
    Refuse,
}

impl BudgetConfig {
    /// The limits.
    #[must_use]
    pub const fn limits(&self) -> Budget {
        Budget {
            per_visitor_day: self.budget_usd_per_visitor_day,
            per_day: self.budget_usd_per_day,
        }
    }
}

fn dollars(text: &str) -> Result<f64, String> {
    let dollars: Option<f64> = text.parse().ok();
    dollars
        .filter(|dollars| dollars.is_finite() && *dollars > 0.0)
        .ok_or_else(|| "allowed are amounts above 0, such as 2.50".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_above_zero() {
        assert_eq!(dollars("0.01"), Ok(0.01));
        assert_eq!(dollars("25"), Ok(25.0));
        for text in ["0", "-1", "nan", "inf", "2,50", "$5", ""] {
            assert!(dollars(text).is_err(), "{text}");
        }
    }
}
