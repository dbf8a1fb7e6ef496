//! Budgets: whether a turn may still spend money.

use serde::{Deserialize, Serialize};

use crate::store::Spent;

/// From this share of a budget on, it is warned of.
const WARNING: f64 = 0.8;

/// Most that may be spent in a UTC day, in US dollars; `None` = no limit. A turn that runs may end
/// above it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Budget {
    /// By each visitor.
    pub per_visitor_day: Option<f64>,
    /// By all of them.
    pub per_day: Option<f64>,
}

/// Whose budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The visitor's own.
    Visitor,
    /// That of all visitors.
    Day,
}

impl Scope {
    /// The name in logs and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Day => "day",
        }
    }
}

/// How a visitor stands before a turn, by the budget that is used up most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// There is enough.
    Free,
    /// Most is used.
    Warning {
        /// Of which budget.
        scope: Scope,
        /// How much of it, from 0.8 to below 1.
        share: f64,
    },
    /// Nothing is left.
    Exhausted {
        /// Of which budget.
        scope: Scope,
    },
}

/// What an answer says of the budget that it was given under: words, no amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetNote {
    /// Whose budget.
    pub scope: Scope,
    /// How it stood when the turn began.
    pub state: BudgetState,
}

/// A budget that is worth a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetState {
    /// Most of it is used.
    Warning,
    /// Nothing is left.
    Exhausted,
}

impl Budget {
    /// Whether there is any limit.
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        self.per_visitor_day.is_some() || self.per_day.is_some()
    }

    /// How the visitor stands who, and all of whom, spent so much today.
    #[must_use]
    pub fn standing(&self, spent: &Spent) -> Standing {
        let share = |spent: f64, limit: Option<f64>| limit.map_or(0.0, |limit| spent / limit);
        let visitor = share(spent.by_owner_usd, self.per_visitor_day);
        let day = share(spent.total_usd, self.per_day);
        let (scope, share) = if day > visitor {
            (Scope::Day, day)
        } else {
            (Scope::Visitor, visitor)
        };
        if share >= 1.0 {
            Standing::Exhausted { scope }
        } else if share >= WARNING {
            Standing::Warning { scope, share }
        } else {
            Standing::Free
        }
    }

    /// What is left of the day's budget, in US dollars; `None` without one.
    #[must_use]
    pub fn remaining(&self, total_usd: f64) -> Option<f64> {
        Some((self.per_day? - total_usd).max(0.0))
    }
}

impl Standing {
    /// What answers say of it.
    #[must_use]
    pub const fn note(self) -> Option<BudgetNote> {
        let (scope, state) = match self {
            Self::Free => return None,
            Self::Warning { scope, .. } => (scope, BudgetState::Warning),
            Self::Exhausted { scope } => (scope, BudgetState::Exhausted),
        };
        Some(BudgetNote { scope, state })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Budget = Budget {
        per_visitor_day: Some(1.0),
        per_day: Some(10.0),
    };

    fn standing(budget: Budget, by_owner_usd: f64, total_usd: f64) -> Standing {
        budget.standing(&Spent {
            by_owner_usd,
            total_usd,
        })
    }

    #[test]
    fn it_is_warned_from_eighty_percent_and_over_at_the_limit() {
        use Scope::Visitor;
        assert_eq!(standing(BOTH, 0.0, 0.0), Standing::Free);
        assert_eq!(standing(BOTH, 0.799_999, 0.0), Standing::Free);
        for share in [0.8, 0.999_999] {
            let warning = Standing::Warning {
                scope: Visitor,
                share,
            };
            assert_eq!(standing(BOTH, share, 0.0), warning);
        }
        for spent in [1.0, 1.000_001, 50.0] {
            let exhausted = Standing::Exhausted { scope: Visitor };
            assert_eq!(standing(BOTH, spent, 0.0), exhausted);
        }
    }

    #[test]
    fn the_budget_that_is_used_most_counts() {
        let day = Standing::Warning {
            scope: Scope::Day,
            share: 0.9,
        };
        assert_eq!(standing(BOTH, 0.85, 9.0), day);
        let visitor = Standing::Exhausted {
            scope: Scope::Visitor,
        };
        assert_eq!(standing(BOTH, 1.0, 9.0), visitor);
        assert_eq!(
            standing(BOTH, 0.2, 10.0),
            Standing::Exhausted { scope: Scope::Day }
        );
        // As much of both: a visitor hears of its own.
        assert_eq!(standing(BOTH, 1.0, 10.0), visitor);
    }

    #[test]
    fn without_a_limit_nothing_is_too_much() {
        let none = Budget::default();
        assert!(!none.is_limited());
        assert_eq!(standing(none, 1e9, 1e9), Standing::Free);
        assert_eq!(none.remaining(5.0), None);
        let day = Budget {
            per_day: Some(2.0),
            ..none
        };
        assert!(day.is_limited());
        assert_eq!(standing(day, 1e9, 1.0), Standing::Free);
    }

    #[test]
    fn what_is_left_is_never_below_zero() {
        assert_eq!(BOTH.remaining(0.0), Some(10.0));
        assert_eq!(BOTH.remaining(7.5), Some(2.5));
        assert_eq!(BOTH.remaining(12.0), Some(0.0));
    }

    #[test]
    fn an_answer_says_it_in_words() {
        let note = standing(BOTH, 0.9, 0.0).note();
        assert_eq!(
            serde_json::to_string(&note).unwrap(),
            r#"{"scope":"visitor","state":"warning"}"#
        );
        let note = standing(BOTH, 0.0, 10.0).note();
        assert_eq!(
            serde_json::to_string(&note).unwrap(),
            r#"{"scope":"day","state":"exhausted"}"#
        );
        assert_eq!(standing(BOTH, 0.0, 0.0).note(), None);
    }
}
