//! Budgets at the door: what a new turn may spend, and what the operator sees of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use agent::{
    budget::{Budget, BudgetNote, BudgetState, Scope, Standing},
    store::{Owner, Store, StoreError},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    config::{BudgetConfig, WhenExhausted},
    state::Clock,
};

const SECONDS_A_DAY: i64 = 86_400;

/// The budgets of this process.
pub struct Budgets {
    limits: Budget,
    when_exhausted: WhenExhausted,
    clock: Clock,
    /// What all visitors spent, as read last.
    known: Mutex<Total>,
    logged: Mutex<Logged>,
}

/// What was spent on a day, in US dollars.
#[derive(Default)]
struct Total {
    day: Date,
    usd: f64,
}

/// What the log says already of a day.
#[derive(Default)]
struct Logged {
    day: Date,
    notes: Vec<BudgetNote>,
}

/// What becomes of a turn that someone asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may run.
    Granted(Allowance),
    /// It must wait for the next day.
    Refused {
        /// Whose budget is used up.
        scope: Scope,
    },
}

/// What a turn may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// Only the built-in model may answer.
    pub use_builtin: bool,
    /// What its answer says of the budget.
    pub note: Option<BudgetNote>,
}

impl Budgets {
    /// Budgets as configured.
    #[must_use]
    pub fn new(config: &BudgetConfig, clock: Clock) -> Self {
        Self {
            limits: config.limits(),
            when_exhausted: config.budget_exhausted,
            clock,
            known: Mutex::default(),
            logged: Mutex::default(),
        }
    }

    /// Whether the owner may begin a turn. Turns that run already are not counted: they may end
    /// above a limit. Without limits nothing is read.
    pub async fn admit(&self, store: &dyn Store, owner: &Owner) -> Result<Admission, StoreError> {
        if !self.limits.is_limited() {
            return Ok(Admission::Granted(Allowance::default()));
        }
        let today = self.today();
        let spent = store.spent(owner, today).await?;
        self.learn(today, spent.total_usd);
        let standing = self.limits.standing(&spent);
        let note = standing.note();
        if let Some(note) = note {
            self.log(today, note);
        }
        Ok(match (standing, self.when_exhausted) {
            (Standing::Exhausted { scope }, WhenExhausted::Refuse) => Admission::Refused { scope },
            (standing, _) => Admission::Granted(Allowance {
                use_builtin: matches!(standing, Standing::Exhausted { .. }),
                note,
            }),
        })
    }

    /// Reads again what was spent today, for [`Self::remaining`]: at the start and after each turn.
    pub async fn refresh(&self, store: &dyn Store) -> Result<(), StoreError> {
        if self.limits.per_day.is_some() {
            let today = self.today();
            self.learn(today, store.spent_in_total(today).await?);
        }
        Ok(())
    }

    /// What is left of the day's budget, in US dollars; `None` without one. Neither waits nor reads.
    #[must_use]
    pub fn remaining(&self) -> Option<f64> {
        let today = self.today();
        let known = lock(&self.known);
        let spent = if known.day == today { known.usd } else { 0.0 };
        self.limits.remaining(spent)
    }

    /// Seconds until a new day begins, at least 1.
    #[must_use]
    pub fn until_tomorrow(&self) -> u32 {
        seconds_until_midnight(self.clock.now())
    }

    fn today(&self) -> Date {
        self.clock.now_in(TimeZone::UTC).date()
    }

    fn learn(&self, day: Date, usd: f64) {
        let mut known = lock(&self.known);
        if day > known.day {
            *known = Total { day, usd };
        } else if day == known.day {
            // Reads may overtake each other; sums only grow.
            known.usd = known.usd.max(usd);
        }
    }

    /// Tells the operator once a day of each budget, and again when it is used up.
    fn log(&self, today: Date, note: BudgetNote) {
        let mut logged = lock(&self.logged);
        if logged.day != today {
            *logged = Logged {
                day: today,
                notes: Vec::new(),
            };
        }
        if logged.notes.contains(&note) {
            return;
        }
        logged.notes.push(note);
        let scope = note.scope.as_str();
        match note.state {
            BudgetState::Warning => tracing::warn!(scope, "80 % of a budget is used"),
            BudgetState::Exhausted => tracing::warn!(scope, "a budget is used up"),
        }
    }
}

/// As many as are left of the UTC day, at least 1.
fn seconds_until_midnight(now: Timestamp) -> u32 {
    let left = SECONDS_A_DAY - now.as_second().rem_euclid(SECONDS_A_DAY);
    u32::try_from(left).unwrap_or(1)
}

/// Nothing panics while it holds one of these locks, so a poisoned one is still sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(per_day: Option<f64>) -> Budgets {
        let config = BudgetConfig {
            budget_usd_per_visitor_day: None,
            budget_usd_per_day: per_day,
            budget_exhausted: WhenExhausted::Builtin,
        };
        let noon = Clock::fixed(|| "2026-11-22T12:00:00Z".parse().unwrap());
        Budgets::new(&config, noon)
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_ends_at_midnight_utc() {
        let until = |text: &str| seconds_until_midnight(text.parse().unwrap());
        assert_eq!(until("2026-11-22T00:00:00Z"), 86_400);
        assert_eq!(until("2026-11-22T23:59:59.9Z"), 1);
        assert_eq!(until("2026-11-22T23:00:00+02:00"), 10_800);
        assert_eq!(budgets(None).until_tomorrow(), 43_200);
    }

    #[test]
    fn what_remains_follows_the_day() {
        assert_eq!(budgets(None).remaining(), None);
        let budgets = budgets(Some(2.0));
        assert_eq!(budgets.remaining(), Some(2.0));
        budgets.learn(day("2026-11-21"), 1.75);
        assert_eq!(budgets.remaining(), Some(2.0), "that was yesterday");
        budgets.learn(day("2026-11-22"), 0.5);
        assert_eq!(budgets.remaining(), Some(1.5));
        // A read that began earlier, or that of yesterday, ends late.
        budgets.learn(day("2026-11-22"), 0.25);
        budgets.learn(day("2026-11-21"), 1.9);
        assert_eq!(budgets.remaining(), Some(1.5));
        budgets.learn(day("2026-11-22"), 3.0);
        assert_eq!(budgets.remaining(), Some(0.0));
    }
}
