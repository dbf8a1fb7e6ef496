//! A circuit breaker: a provider that keeps failing is left alone for a while.
//!
//! Pure: the caller brings the clock. Closed, every call may be made. After [`THRESHOLD`] failures in
//! a row it opens; when its pause is over, one call at a time probes (half-open): a success closes it,
//! a failure opens it again for twice as long.

use std::time::Duration;

use tokio::time::Instant;

/// Failures in a row that open the circuit.
const THRESHOLD: u32 = 5;
/// First pause, and the longest.
const PAUSE: Duration = Duration::from_secs(15);
const MAX_PAUSE: Duration = Duration::from_secs(240);

/// State of a circuit, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circuit {
    /// Calls pass.
    Closed,
    /// The next call is a probe.
    HalfOpen,
    /// No call passes.
    Open,
}

impl Circuit {
    /// Its name in `/readyz`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::HalfOpen => "half_open",
            Self::Open => "open",
        }
    }

    /// Its value in `agent.llm.circuit`.
    #[must_use]
    pub const fn as_number(self) -> u64 {
        match self {
            Self::Closed => 0,
            Self::HalfOpen => 1,
            Self::Open => 2,
        }
    }
}

/// The breaker of one provider.
#[derive(Debug)]
pub(super) struct Breaker {
    /// Failures since the last success.
    failures: u32,
    /// Until when no call passes; `None` = closed.
    open_until: Option<Instant>,
    /// The next pause.
    pause: Duration,
    /// A probe is under way.
    probing: bool,
}

impl Default for Breaker {
    fn default() -> Self {
        Self {
            failures: 0,
            open_until: None,
            pause: PAUSE,
            probing: false,
        }
    }
}

impl Breaker {
    pub(super) fn circuit(&self, now: Instant) -> Circuit {
        match self.open_until {
            None => Circuit::Closed,
            Some(until) if now < until => Circuit::Open,
            Some(_) => Circuit::HalfOpen,
        }
    }

    /// Whether a call may be made now. Each admitted call ends in [`Self::succeeded`],
    /// [`Self::failed`] or [`Self::abandoned`].
    pub(super) fn admit(&mut self, now: Instant) -> bool {
        match self.circuit(now) {
            Circuit::Closed => true,
            Circuit::Open => false,
            Circuit::HalfOpen => !std::mem::replace(&mut self.probing, true),
        }
    }

    pub(super) fn succeeded(&mut self) {
        *self = Self::default();
    }

    pub(super) fn failed(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        let probed = std::mem::take(&mut self.probing);
        // A call that began before the circuit opened must not make the pause longer.
        if probed || (self.open_until.is_none() && self.failures >= THRESHOLD) {
            self.open_until = Some(now + self.pause);
            self.pause = (self.pause * 2).min(MAX_PAUSE);
        }
    }

    /// The call ended without a verdict: it was stopped, or the request itself was wrong.
    pub(super) fn abandoned(&mut self) {
        self.probing = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(at: Instant) -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..THRESHOLD {
            assert!(breaker.admit(at));
            breaker.failed(at);
        }
        breaker
    }

    #[test]
    fn failures_in_a_row_open_it_and_a_success_between_them_does_not() {
        let now = Instant::now();
        let mut breaker = Breaker::default();
        for _ in 0..20 {
            for _ in 1..THRESHOLD {
                breaker.failed(now);
            }
            breaker.succeeded();
        }
        assert_eq!(breaker.circuit(now), Circuit::Closed);
        assert_eq!(opened(now).circuit(now), Circuit::Open);
        assert!(!opened(now).admit(now));
    }

    #[test]
    fn one_probe_at_a_time_decides() {
        let now = Instant::now();
        let mut breaker = opened(now);
        let later = now + PAUSE;
        assert_eq!(breaker.circuit(later), Circuit::HalfOpen);
        assert!(breaker.admit(later));
        assert!(!breaker.admit(later), "a second probe");
        breaker.failed(later);
        assert_eq!(
            breaker.circuit(later + PAUSE),
            Circuit::Open,
            "twice as long"
        );
        let probe = later + 2 * PAUSE;
        assert!(breaker.admit(probe));
        breaker.succeeded();
        assert_eq!(breaker.circuit(probe), Circuit::Closed);
    }

    #[test]
    fn a_stopped_probe_lets_the_next_one_through() {
        let now = Instant::now();
        let mut breaker = opened(now);
        assert!(breaker.admit(now + PAUSE));
        breaker.abandoned();
        assert!(breaker.admit(now + PAUSE));
    }

    #[test]
    fn calls_that_began_before_it_opened_do_not_prolong_the_pause() {
        let now = Instant::now();
        let mut breaker = opened(now);
        for _ in 0..10 {
            breaker.failed(now + PAUSE / 2);
        }
        assert_eq!(breaker.circuit(now + PAUSE), Circuit::HalfOpen);
    }
}
