//! When a failed call is made again, and after how long. Pure.

use std::time::Duration;

use super::Failure;

/// Attempts at one service for one request.
const MAX_ATTEMPTS: u32 = 3;
/// Longest wait before the second attempt; it doubles with each further one.
const BASE: Duration = Duration::from_millis(500);
/// A service that asks for more patience than this is not waited for.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(10);
/// Retries that a service is given on credit.
const CREDIT: f64 = 10.0;
/// What a success earns: in the long run one call in ten may be made again.
const EARNED: f64 = 0.1;

/// What is left of a service's credit for retries, so that a dying one is not hammered
/// (the retry budget of gRPC's A6 and of Finagle).
#[derive(Debug)]
pub(super) struct RetryBudget(f64);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(CREDIT)
    }
}

impl RetryBudget {
    /// A call succeeded.
    pub(super) fn succeeded(&mut self) {
        self.0 = (self.0 + EARNED).min(CREDIT);
    }

    fn take(&mut self) -> bool {
        let enough = self.0 >= 1.0;
        if enough {
            self.0 -= 1.0;
        }
        enough
    }
}

/// How long to wait before attempt `failed + 1`; `None` = do not try this service again. Only for calls
/// of whose answer nothing was used. `random` is from 0 to 1.
pub(super) fn wait(
    failure: &impl Failure,
    failed: u32,
    random: f64,
    budget: &mut RetryBudget,
) -> Option<Duration> {
    let asked = failure.retry_after();
    let patient = asked.is_none_or(|asked| asked <= MAX_RETRY_AFTER);
    if !failure.is_transient() || !patient || failed >= MAX_ATTEMPTS || !budget.take() {
        return None;
    }
    let ceiling = BASE * 2_u32.saturating_pow(failed.saturating_sub(1));
    // Full jitter: clients that failed together do not come back together.
    Some(asked.unwrap_or_default() + ceiling.mul_f64(random.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Verdict;

    struct Transient(Option<u64>);

    impl Failure for Transient {
        fn is_transient(&self) -> bool {
            true
        }

        fn retry_after(&self) -> Option<Duration> {
            self.0.map(Duration::from_secs)
        }

        fn verdict(&self) -> Verdict {
            Verdict::Failed
        }
    }

    #[test]
    fn the_service_is_not_asked_earlier_than_it_wants_nor_waited_for_too_long() {
        let waits = |after| wait(&Transient(after), 1, 0.5, &mut RetryBudget::default());
        assert_eq!(waits(None), Some(BASE / 2));
        assert_eq!(waits(Some(2)), Some(Duration::from_secs(2) + BASE / 2));
        assert_eq!(waits(Some(60)), None);
    }

    #[test]
    fn waits_grow_and_end() {
        let longest = |failed| wait(&Transient(None), failed, 1.0, &mut RetryBudget::default());
        assert_eq!(longest(1), Some(BASE));
        assert_eq!(longest(2), Some(BASE * 2));
        assert_eq!(longest(MAX_ATTEMPTS), None);
    }

    #[test]
    fn a_dying_service_is_not_hammered() {
        let mut budget = RetryBudget::default();
        let retries = |budget: &mut RetryBudget| {
            let retried = |_: &u32| wait(&Transient(None), 1, 0.0, budget).is_some();
            (0..100).filter(retried).count()
        };
        assert_eq!(retries(&mut budget), 10);
        assert_eq!(retries(&mut budget), 0);
        for _ in 0..21 {
            budget.succeeded();
        }
        assert_eq!(retries(&mut budget), 2);
    }
}
