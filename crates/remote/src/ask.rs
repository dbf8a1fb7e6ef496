//! One call to a service, made again where that is safe.

use tokio::time::Instant;

use super::{Failure, Service};

/// Why a service gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered<E> {
    /// It has failed too often lately, and was not asked.
    #[error("it has failed too often lately")]
    CircuitOpen,
    /// How the last attempt failed.
    #[error(transparent)]
    Failed(E),
}

/// Calls a service until it answers or another attempt is of no use: for answers that are used whole.
/// Who hands parts of an answer on, and so cannot take them back, holds a [`Permit`](super::Permit) and
/// decides by itself. `random` gives numbers from 0 to 1.
///
/// # Errors
/// [`Unanswered`]; dropped, the call was stopped and says nothing of the service.
pub async fn ask<T, E: Failure, Answer: Future<Output = Result<T, E>>>(
    service: &Service,
    random: impl Fn() -> f64,
    // No async closure: what one borrows is not known to be fit for any thread.
    mut attempt: impl FnMut() -> Answer,
) -> Result<T, Unanswered<E>> {
    let (mut failed, mut last) = (0, None);
    loop {
        let Some(mut permit) = service.admit(Instant::now()) else {
            return Err(last.map_or(Unanswered::CircuitOpen, Unanswered::Failed));
        };
        let failure = match attempt().await {
            Ok(answer) => {
                permit.succeeded();
                return Ok(answer);
            }
            Err(failure) => failure,
        };
        let now = Instant::now();
        permit.failed(failure.verdict(), now);
        failed += 1;
        let Some(wait) = service.wait(&failure, failed, random(), now) else {
            return Err(Unanswered::Failed(failure));
        };
        last = Some(failure);
        tokio::time::sleep(wait).await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Circuit, Verdict};

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Wrong {
        Busy,
        Refused,
    }

    impl Failure for Wrong {
        fn is_transient(&self) -> bool {
            *self == Self::Busy
        }

        fn retry_after(&self) -> Option<Duration> {
            self.is_transient().then_some(Duration::from_secs(2))
        }

        fn verdict(&self) -> Verdict {
            match self {
                Self::Busy => Verdict::Failed,
                Self::Refused => Verdict::Answered,
            }
        }
    }

    /// Turns run on any thread, and so do their questions to services.
    fn from_any_thread<F: Future + Send>(asked: F) -> F {
        asked
    }

    /// Asks a service that answers this; what came of it, how often it was asked, and after how long.
    async fn asked(
        service: &Service,
        answers: &[Result<u8, Wrong>],
    ) -> (Result<u8, Unanswered<Wrong>>, usize, u64) {
        let start = Instant::now();
        let mut left = answers.iter();
        let next = || std::future::ready(*left.next().unwrap());
        let answer = from_any_thread(ask(service, || 0.0, next)).await;
        let made = answers.len() - left.len();
        (answer, made, start.elapsed().as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn what_passes_by_itself_is_waited_for_and_nothing_else_is() {
        let service = Service::default();
        let busy = Err(Wrong::Busy);
        assert_eq!(asked(&service, &[busy, busy, Ok(7)]).await, (Ok(7), 3, 4));
        let refused = Err(Unanswered::Failed(Wrong::Refused));
        let answers = [Err(Wrong::Refused), Ok(7)];
        assert_eq!(asked(&service, &answers).await, (refused, 1, 0));
        let failed = Err(Unanswered::Failed(Wrong::Busy));
        assert_eq!(asked(&service, &[busy; 4]).await, (failed, 3, 4));
    }

    #[tokio::test(start_paused = true)]
    async fn a_service_that_keeps_failing_is_left_alone() {
        let service = Service::default();
        let busy = [Err(Wrong::Busy); 4];
        let failed = Err(Unanswered::Failed(Wrong::Busy));
        assert_eq!(asked(&service, &busy).await.1, 3);
        // The circuit opens with the fifth failure: the third attempt is not made.
        assert_eq!(asked(&service, &busy).await, (failed, 2, 2));
        let open = Err(Unanswered::CircuitOpen);
        assert_eq!(asked(&service, &[Ok(7)]).await, (open, 0, 0));
        tokio::time::advance(Duration::from_secs(15)).await;
        assert_eq!(asked(&service, &[Ok(7)]).await.0, Ok(7));
        assert_eq!(service.circuit(Instant::now()), Circuit::Closed);
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_failure_is_told_where_another_caller_opened_the_circuit_meanwhile() {
        let service = Service::default();
        let (asked, ()) = tokio::join!(asked(&service, &[Err(Wrong::Busy); 4]), async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            while let Some(mut permit) = service.admit(Instant::now()) {
                permit.failed(Verdict::Failed, Instant::now());
            }
        });
        assert_eq!(asked, (Err(Unanswered::Failed(Wrong::Busy)), 1, 2));
    }
}
