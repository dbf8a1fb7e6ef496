//! What follows from a failed call of a model: whether it is made again, and what it says of the provider.
//! Pure.

use std::time::Duration;

use remote::{Failure, Service, Verdict};
use tokio::time::Instant;

use super::{ModelError, ModelErrorKind};

impl Failure for ModelError {
    fn is_transient(&self) -> bool {
        match self.kind {
            ModelErrorKind::Connection | ModelErrorKind::Server | ModelErrorKind::Overloaded => {
                true
            }
            // Without it nobody knows when the limit ends.
            ModelErrorKind::RateLimited => self.retry_after.is_some(),
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
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    fn verdict(&self) -> Verdict {
        self.kind.verdict()
    }
}

impl ModelErrorKind {
    /// What it says of the provider.
    pub(super) const fn verdict(self) -> Verdict {
        match self {
            // The fault lies with the request or with the model's name: the provider has answered.
            _ if self.is_of_request() => Verdict::Answered,
            // Nobody has answered who could be given time.
            Self::WrongAddress | Self::CircuitOpen => Verdict::Unheard,
            _ => Verdict::Failed,
        }
    }
}

/// How long to wait before attempt `failed + 1`; `None` = do not try this model again. Only for calls
/// that failed before their first token. `random` is from 0 to 1.
pub(super) fn wait(
    provider: &Service,
    error: &ModelError,
    failed: u32,
    random: f64,
    now: Instant,
) -> Option<Duration> {
    if error.kind == ModelErrorKind::ToolUseFailed {
        // The model itself was there and may write a better call. The credit stays: people choose what
        // they ask, and nobody should use up what is there for everyone.
        let once_more = failed == 1 && provider.admits(now);
        return once_more.then_some(Duration::ZERO);
    }
    provider.wait(error, failed, random, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Duration = Duration::from_millis(250);

    fn error(kind: ModelErrorKind, retry_after: Option<u64>) -> ModelError {
        ModelError {
            retry_after: retry_after.map(Duration::from_secs),
            ..ModelError::new(kind, "")
        }
    }

    fn waits(kind: ModelErrorKind, retry_after: Option<u64>) -> Option<Duration> {
        let failure = error(kind, retry_after);
        wait(&Service::default(), &failure, 1, 0.5, Instant::now())
    }

    #[test]
    fn only_what_is_safe_is_tried_again() {
        use ModelErrorKind as Kind;
        for kind in [Kind::Connection, Kind::Server, Kind::Overloaded] {
            assert_eq!(waits(kind, None), Some(HALF), "{kind}");
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
        assert_eq!(asked, Some(Duration::from_secs(2) + HALF));
        assert_eq!(waits(ModelErrorKind::RateLimited, Some(60)), None);
    }

    #[test]
    fn a_call_that_its_server_cannot_read_is_asked_for_once_more_and_costs_no_credit() {
        let failure = error(ModelErrorKind::ToolUseFailed, None);
        let (provider, now) = (Service::default(), Instant::now());
        let overloaded = error(ModelErrorKind::Overloaded, None);
        let retries = || (0..100).filter(|_| wait(&provider, &overloaded, 1, 1.0, now).is_some());
        let again = |failed| wait(&provider, &failure, failed, 1.0, now);
        for _ in 0..100 {
            assert_eq!(again(1), Some(Duration::ZERO));
        }
        assert_eq!(retries().count(), 10, "the credit was used");
        assert_eq!(again(1), Some(Duration::ZERO));
        assert_eq!(again(2), None);
    }

    #[test]
    fn a_verdict_is_of_the_provider_alone() {
        use ModelErrorKind as Kind;
        for (kind, verdict) in [
            (Kind::Server, Verdict::Failed),
            (Kind::Timeout, Verdict::Failed),
            (Kind::Authentication, Verdict::Failed),
            (Kind::BadRequest, Verdict::Answered),
            (Kind::ToolUseFailed, Verdict::Answered),
            (Kind::WrongAddress, Verdict::Unheard),
            (Kind::CircuitOpen, Verdict::Unheard),
        ] {
            assert_eq!(error(kind, None).verdict(), verdict, "{kind}");
        }
    }
}
