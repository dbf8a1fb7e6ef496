//! The health of one service, which all its callers share.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{
    Circuit, Failure, Verdict,
    breaker::{Breaker, Epoch},
    retry::{self, RetryBudget},
};

/// A service: its circuit and its credit for retries. Clones share them; the caller brings the clock.
#[derive(Clone, Debug, Default)]
pub struct Service(Arc<Mutex<Health>>);

#[derive(Debug, Default)]
struct Health {
    breaker: Breaker,
    retries: RetryBudget,
}

impl Service {
    /// State of its circuit.
    #[must_use]
    pub fn circuit(&self, now: Instant) -> Circuit {
        self.lock().breaker.circuit(now)
    }

    /// Whether [`Self::admit`] would let a call through.
    #[must_use]
    pub fn admits(&self, now: Instant) -> bool {
        self.lock().breaker.admits(now)
    }

    /// Lets a call through, if one may be made now.
    #[must_use]
    pub fn admit(&self, now: Instant) -> Option<Permit> {
        let epoch = self.lock().breaker.admit(now)?;
        Some(self.permit(epoch))
    }

    /// The same while the circuit is closed: for a call that shall not be the one that probes.
    #[must_use]
    pub fn admit_closed(&self, now: Instant) -> Option<Permit> {
        let epoch = {
            let breaker = &mut self.lock().breaker;
            match breaker.circuit(now) {
                Circuit::Closed => breaker.admit(now)?,
                Circuit::HalfOpen | Circuit::Open => return None,
            }
        };
        Some(self.permit(epoch))
    }

    /// How long to wait before a call that has failed `failed` times, of which nothing was used, is made
    /// again; `None` = it is not. Ask it after the permit was told: the circuit that the failure opened
    /// is not waited for. `random` is from 0 to 1.
    #[must_use]
    pub fn wait(
        &self,
        failure: &impl Failure,
        failed: u32,
        random: f64,
        now: Instant,
    ) -> Option<Duration> {
        let mut health = self.lock();
        if !health.breaker.admits(now) {
            return None;
        }
        retry::wait(failure, failed, random, &mut health.retries)
    }

    fn permit(&self, epoch: Epoch) -> Permit {
        Permit {
            service: self.clone(),
            epoch,
            settled: false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Health> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to make one call. Dropped without a verdict, the call was stopped.
#[derive(Debug)]
pub struct Permit {
    service: Service,
    epoch: Epoch,
    settled: bool,
}

impl Permit {
    /// The answer has begun: others need not wait for its end.
    pub fn alive(&mut self) {
        self.epoch = self.service.lock().breaker.alive(self.epoch);
    }

    /// Tells that it answered.
    pub fn succeeded(mut self) {
        self.settled = true;
        let mut health = self.service.lock();
        health.breaker.succeeded(self.epoch);
        health.retries.succeeded();
    }

    /// The call failed. Only its first verdict counts.
    pub fn failed(&mut self, verdict: Verdict, now: Instant) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        let breaker = &mut self.service.lock().breaker;
        match verdict {
            Verdict::Failed => breaker.failed(self.epoch, now),
            Verdict::Answered => {
                breaker.alive(self.epoch);
            }
            Verdict::Unheard => breaker.abandoned(self.epoch),
        }
    }

    /// What comes of the call says nothing of the service.
    pub fn abandoned(&mut self) {
        if !std::mem::replace(&mut self.settled, true) {
            self.service.lock().breaker.abandoned(self.epoch);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.abandoned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A service whose circuit has just opened, and when its pause is over.
    fn opened(now: Instant) -> (Service, Instant) {
        let service = Service::default();
        while let Some(mut permit) = service.admit(now) {
            permit.failed(Verdict::Failed, now);
        }
        (service, now + Duration::from_secs(15))
    }

    #[test]
    fn clones_share_a_circuit() {
        let now = Instant::now();
        let (service, later) = opened(now);
        let clone = service.clone();
        assert_eq!(clone.circuit(now), Circuit::Open);
        assert!(clone.admit(now).is_none());
        let probe = service.admit(later).unwrap();
        assert!(clone.admit(later).is_none(), "a second probe");
        drop(probe);
        assert!(clone.admits(later), "a stopped probe is none");
    }

    #[test]
    fn what_depends_on_the_request_never_opens_the_circuit_and_closes_it() {
        let now = Instant::now();
        let (service, later) = opened(now);
        service
            .admit(later)
            .unwrap()
            .failed(Verdict::Unheard, later);
        assert_eq!(service.circuit(later), Circuit::HalfOpen);
        service
            .admit(later)
            .unwrap()
            .failed(Verdict::Answered, later);
        assert_eq!(service.circuit(later), Circuit::Closed);
        for _ in 0..20 {
            service
                .admit(later)
                .unwrap()
                .failed(Verdict::Answered, later);
        }
        assert_eq!(service.circuit(later), Circuit::Closed);
    }

    #[test]
    fn only_the_first_verdict_of_a_call_counts() {
        let now = Instant::now();
        let service = Service::default();
        let mut permit = service.admit(now).unwrap();
        for _ in 0..20 {
            permit.failed(Verdict::Failed, now);
        }
        assert_eq!(service.circuit(now), Circuit::Closed);
    }

    #[test]
    fn a_call_on_the_side_probes_nothing() {
        let now = Instant::now();
        let (service, later) = opened(now);
        assert!(service.admit_closed(later).is_none());
        assert!(service.admits(later), "the probe is still to be made");
        service.admit(later).unwrap().succeeded();
        assert!(service.admit_closed(later).is_some());
    }
}
