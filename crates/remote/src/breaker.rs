//! A circuit breaker: a service that keeps failing is left alone for a while.
//!
//! Pure: the caller brings the clock. Closed, every call may be made. After five failures in
//! a row it opens; when its pause is over, one call at a time probes (half-open): the beginning of an answer
//! closes it, a failure opens it again for twice as long. A call judges only the state that let it through.

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
    /// Its name, as shown.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::HalfOpen => "half_open",
            Self::Open => "open",
        }
    }

    /// Its value in a gauge.
    #[must_use]
    pub const fn as_number(self) -> u64 {
        match self {
            Self::Closed => 0,
            Self::HalfOpen => 1,
            Self::Open => 2,
        }
    }
}

/// A state of the circuit, from one opening or closing to the next. The verdict of a call that was
/// admitted in another one is ignored: it would judge somebody else's probe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Epoch(u64);

/// The breaker of one service.
#[derive(Debug)]
pub(super) struct Breaker {
    epoch: Epoch,
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
            epoch: Epoch::default(),
            failures: 0,
            open_until: None,
            pause: PAUSE,
            probing: false,
        }
    }
}

impl Breaker {
    /// State of the circuit.
    pub(super) fn circuit(&self, now: Instant) -> Circuit {
        match self.open_until {
            None => Circuit::Closed,
            Some(until) if now < until => Circuit::Open,
            Some(_) => Circuit::HalfOpen,
        }
    }

    /// Whether [`Self::admit`] would let a call through.
    pub(super) fn admits(&self, now: Instant) -> bool {
        match self.circuit(now) {
            Circuit::Closed => true,
            Circuit::Open => false,
            Circuit::HalfOpen => !self.probing,
        }
    }

    /// Lets a call through, if one may be made now. Each admitted call ends in [`Self::succeeded`],
    /// [`Self::failed`] or [`Self::abandoned`], with the epoch that it was given last.
    pub(super) fn admit(&mut self, now: Instant) -> Option<Epoch> {
        if !self.admits(now) {
            return None;
        }
        // While the circuit is not closed, its epoch admits nothing but probes.
        self.probing = self.open_until.is_some();
        Some(self.epoch)
    }

    /// The service has begun to answer, or has refused a request that was wrong: it is there. A probe
    /// closes the circuit and goes on as one of the calls of the closed one, whose epoch it is given.
    pub(super) fn alive(&mut self, epoch: Epoch) -> Epoch {
        if epoch != self.epoch || self.open_until.is_none() {
            return epoch;
        }
        *self = Self {
            epoch: self.next_epoch(),
            ..Self::default()
        };
        self.epoch
    }

    /// The call was answered whole.
    pub(super) fn succeeded(&mut self, epoch: Epoch) {
        if self.alive(epoch) == self.epoch {
            self.failures = 0;
        }
    }

    /// The call failed, and the service is at fault.
    pub(super) fn failed(&mut self, epoch: Epoch, now: Instant) {
        if epoch != self.epoch {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        if self.probing || self.failures >= THRESHOLD {
            self.epoch = self.next_epoch();
            self.probing = false;
            self.open_until = Some(now + self.pause);
            self.pause = (self.pause * 2).min(MAX_PAUSE);
        }
    }

    /// The call ended without a verdict: it was stopped.
    pub(super) fn abandoned(&mut self, epoch: Epoch) {
        if epoch == self.epoch {
            self.probing = false;
        }
    }

    const fn next_epoch(&self) -> Epoch {
        Epoch(self.epoch.0.wrapping_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(at: Instant) -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..THRESHOLD {
            let epoch = breaker.admit(at).unwrap();
            breaker.failed(epoch, at);
        }
        breaker
    }

    #[test]
    fn failures_in_a_row_open_it_and_a_success_between_them_does_not() {
        let now = Instant::now();
        let mut breaker = Breaker::default();
        let epoch = breaker.admit(now).unwrap();
        for _ in 0..20 {
            for _ in 1..THRESHOLD {
                breaker.failed(epoch, now);
                // The beginning is no success: the answer may still break.
                breaker.alive(epoch);
            }
            breaker.succeeded(epoch);
        }
        assert_eq!(breaker.circuit(now), Circuit::Closed);
        assert_eq!(opened(now).circuit(now), Circuit::Open);
        assert_eq!(opened(now).admit(now), None);
    }

    #[test]
    fn one_probe_at_a_time_decides() {
        let now = Instant::now();
        let mut breaker = opened(now);
        let later = now + PAUSE;
        assert_eq!(breaker.circuit(later), Circuit::HalfOpen);
        let probe = breaker.admit(later).unwrap();
        assert!(!breaker.admits(later));
        assert_eq!(breaker.admit(later), None, "a second probe");
        breaker.failed(probe, later);
        assert_eq!(
            breaker.circuit(later + PAUSE),
            Circuit::Open,
            "twice as long"
        );
        let later = later + 2 * PAUSE;
        let probe = breaker.admit(later).unwrap();
        breaker.succeeded(probe);
        assert_eq!(breaker.circuit(later), Circuit::Closed);
    }

    #[test]
    fn a_stopped_probe_lets_the_next_one_through() {
        let now = Instant::now();
        let mut breaker = opened(now);
        let probe = breaker.admit(now + PAUSE).unwrap();
        breaker.abandoned(probe);
        assert!(breaker.admit(now + PAUSE).is_some());
    }

    #[test]
    fn a_probe_that_answers_lets_others_through_and_is_one_of_them() {
        let now = Instant::now();
        let mut breaker = opened(now);
        let probe = breaker.admit(now + PAUSE).unwrap();
        let probe = breaker.alive(probe);
        assert_eq!(breaker.circuit(now + PAUSE), Circuit::Closed);
        let other = breaker.admit(now + PAUSE).unwrap();
        assert_eq!(other, probe);
        // An answer that breaks off is a failure as any other.
        for _ in 1..THRESHOLD {
            breaker.failed(probe, now + PAUSE);
        }
        assert_eq!(breaker.circuit(now + PAUSE), Circuit::Closed);
        breaker.failed(other, now + PAUSE);
        assert_eq!(breaker.circuit(now + PAUSE), Circuit::Open);
    }

    #[test]
    fn calls_of_an_earlier_state_judge_nothing() {
        let now = Instant::now();
        let stale = Breaker::default().admit(now).unwrap();
        let mut breaker = opened(now);
        breaker.succeeded(stale);
        assert_eq!(breaker.circuit(now), Circuit::Open, "closed by a stale one");
        for _ in 0..10 {
            breaker.failed(stale, now + PAUSE / 2);
        }
        let later = now + PAUSE;
        assert_eq!(breaker.circuit(later), Circuit::HalfOpen, "prolonged");
        let probe = breaker.admit(later).unwrap();
        breaker.abandoned(stale);
        assert_eq!(breaker.admit(later), None, "a second probe");
        breaker.failed(stale, later);
        assert_eq!(breaker.circuit(later), Circuit::HalfOpen);
        breaker.succeeded(stale);
        assert_eq!(breaker.alive(stale), stale);
        assert_eq!(breaker.circuit(later), Circuit::HalfOpen);
        breaker.failed(probe, later);
        assert_eq!(
            breaker.circuit(later + 2 * PAUSE),
            Circuit::HalfOpen,
            "its own verdict counts, once"
        );
        // After it has closed again, the failures of then are not those of now.
        let probe = breaker.admit(later + 2 * PAUSE).unwrap();
        breaker.succeeded(probe);
        for _ in 0..10 {
            breaker.failed(stale, later + 2 * PAUSE);
        }
        assert_eq!(breaker.circuit(later + 2 * PAUSE), Circuit::Closed);
    }
}
