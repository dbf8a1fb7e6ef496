//! When a failed call is made again, and after how long. Pure.

use std::time::Duration;

use super::{ModelError, ModelErrorKind};

/// Attempts at one model for one request.
const MAX_ATTEMPTS: u32 = 3;
/// Longest wait before the second attempt; it doubles with each further one.
const BASE: Duration = Duration::from_millis(500);
/// A provider that asks for more patience than this is not waited for.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(10);
/// Retries that a provider is given on credit.
const CREDIT: f64 = 10.0;
/// What a success earns: in the long run one call in ten may be made again.
const EARNED: f64 = 0.1;

/// What is left of a provider's credit for retries, so that a dying one is not hammered
/// (the retry budget of gRPC's A6 and of Finagle).
#[derive(Debug)]
pub(super) struct RetryBudget(f64);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(CREDIT)
    }
}

impl RetryBudget {
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

/// How long to wait before attempt `failed + 1`; `None` = do not try this model again. Only for calls
/// that failed before their first token. `random` is from 0 to 1.
pub(super) fn wait(
    error: &ModelError,
    failed: u32,
    random: f64,
    budget: &mut RetryBudget,
) -> Option<Duration> {
    let asked = error.retry_after;
    if error.kind == ModelErrorKind::ToolUseFailed {
        // The model itself was there and may write a better call. The credit stays: people choose what
        // they ask, and nobody should use up what is there for everyone.
        return (failed == 1).then_some(Duration::ZERO);
    }
    let safe = match error.kind {
        ModelErrorKind::Connection | ModelErrorKind::Server | ModelErrorKind::Overloaded => true,
        // Without it nobody knows when the limit ends.
        ModelErrorKind::RateLimited => asked.is_some(),
        // One of our own deadlines has passed: waiting as long again helps nobody.
        ModelErrorKind::Timeout
        | ModelErrorKind::QuotaExceeded
        | ModelErrorKind::Authentication
        | ModelErrorKind::UnknownModel
        | ModelErrorKind::WrongAddress
        | ModelErrorKind::ContextLength
        | ModelErrorKind::ContentFilter
        | ModelErrorKind::ToolUseFailed
        | ModelErrorKind::AnswerTooLong
        | ModelErrorKind::BadRequest
        | ModelErrorKind::BadResponse
        | ModelErrorKind::CircuitOpen => false,
    };
    let patient = asked.is_none_or(|asked| asked <= MAX_RETRY_AFTER);
    if !safe || !patient || failed >= MAX_ATTEMPTS || !budget.take() {
        return None;
    }
    let ceiling = BASE * 2_u32.saturating_pow(failed.saturating_sub(1));
    // Full jitter: clients that failed together do not come back together.
    Some(asked.unwrap_or_default() + ceiling.mul_f64(random.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: ModelErrorKind, retry_after: Option<u64>) -> ModelError {
        ModelError {
            retry_after: retry_after.map(Duration::from_secs),
            ..ModelError::new(kind, "")
        }
    }

    fn waits(kind: ModelErrorKind, retry_after: Option<u64>) -> Option<Duration> {
        wait(
            &error(kind, retry_after),
            1,
            0.5,
            &mut RetryBudget::default(),
        )
    }

    #[test]
    fn only_what_is_safe_is_tried_again() {
        use ModelErrorKind as Kind;
        for kind in [Kind::Connection, Kind::Server, Kind::Overloaded] {
            assert_eq!(waits(kind, None), Some(BASE / 2), "{kind}");
        }
        for kind in [
            Kind::Timeout,
            Kind::RateLimited,
            Kind::QuotaExceeded,
            Kind::Authentication,
            Kind::UnknownModel,
            Kind::WrongAddress,
            Kind::ContextLength,
            Kind::ContentFilter,
            Kind::AnswerTooLong,
            Kind::BadRequest,
            Kind::BadResponse,
        ] {
            assert_eq!(waits(kind, None), None, "{kind}");
        }
    }

    #[test]
    fn the_provider_is_not_asked_earlier_than_it_wants_nor_waited_for_too_long() {
        let asked = waits(ModelErrorKind::RateLimited, Some(2));
        assert_eq!(asked, Some(Duration::from_secs(2) + BASE / 2));
        assert_eq!(waits(ModelErrorKind::RateLimited, Some(60)), None);
    }

    #[test]
    fn a_call_that_its_server_cannot_read_is_asked_for_once_more_and_costs_no_credit() {
        let failure = error(ModelErrorKind::ToolUseFailed, None);
        let mut spent = RetryBudget(0.0);
        assert_eq!(wait(&failure, 1, 1.0, &mut spent), Some(Duration::ZERO));
        assert_eq!(wait(&failure, 2, 1.0, &mut spent), None);
    }

    #[test]
    fn waits_grow_and_end() {
        let longest = |failed| {
            let failure = error(ModelErrorKind::Server, None);
            wait(&failure, failed, 1.0, &mut RetryBudget::default())
        };
        assert_eq!(longest(1), Some(BASE));
        assert_eq!(longest(2), Some(BASE * 2));
        assert_eq!(longest(MAX_ATTEMPTS), None);
    }

    #[test]
    fn a_dying_provider_is_not_hammered() {
        let (mut budget, failure) = (
            RetryBudget::default(),
            error(ModelErrorKind::Overloaded, None),
        );
        let retries = |budget: &mut RetryBudget| {
            let retried = |_: &u32| wait(&failure, 1, 0.0, budget).is_some();
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
