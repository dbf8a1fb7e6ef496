//! Wrong admin keys: how many one address may try, by whichever door.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::address::AddressKey;

/// Different wrong keys from one address in a [`WINDOW`].
const MOST: usize = 5;
/// How long a wrong key counts, and how long a burst has been quiet when it is over.
const WINDOW: Duration = Duration::from_secs(60);

/// The wrong keys of late.
#[derive(Default)]
pub struct Guesses(Mutex<HashMap<AddressKey, Burst>>);

/// What a wrong key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// The first one from this address in a while.
    First,
    /// One of a few, or one that was tried before: a browser sends its old cookie with each request.
    Further,
    /// One too many.
    TooMany {
        /// Time until the next one.
        wait: Duration,
    },
}

struct Burst {
    /// When each was tried first, with the beginning of its digest.
    counted: VecDeque<(Instant, u64)>,
    last: Instant,
}

impl Guesses {
    /// Counts a wrong key, by a digest of it.
    pub fn count(&self, from: AddressKey, digest: u64, now: Instant) -> Guess {
        let mut bursts = self.lock();
        let is_first = bursts.get(&from).is_none_or(|burst| burst.is_over(now));
        let burst = bursts.entry(from).or_insert_with(|| Burst {
            counted: VecDeque::new(),
            last: now,
        });
        burst.last = now;
        burst
            .counted
            .retain(|(at, _)| now.duration_since(*at) < WINDOW);
        if burst.counted.iter().any(|(_, known)| *known == digest) {
            return Guess::Further;
        }
        if let Some(wait) = burst.refused(now) {
            return Guess::TooMany { wait };
        }
        burst.counted.push_back((now, digest));
        match is_first {
            true => Guess::First,
            false => Guess::Further,
        }
    }

    /// The time until another key may be tried from an address, if further ones are refused now.
    pub fn refused(&self, from: AddressKey, now: Instant) -> Option<Duration> {
        self.lock().get(&from)?.refused(now)
    }

    /// Forgets bursts that are over.
    pub fn forget_idle(&self, now: Instant) {
        let mut bursts = self.lock();
        bursts.retain(|_, burst| !burst.is_over(now));
        bursts.shrink_to_fit();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AddressKey, Burst>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Burst {
    fn refused(&self, now: Instant) -> Option<Duration> {
        // The one that must stop counting before there is room for another.
        let (at, _) = self.counted.iter().rev().nth(MOST - 1)?;
        Some(WINDOW.saturating_sub(now.duration_since(*at))).filter(|wait| !wait.is_zero())
    }

    fn is_over(&self, now: Instant) -> bool {
        now.duration_since(self.last) >= WINDOW
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn address(text: &str) -> AddressKey {
        text.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn different_keys_are_guesses_and_the_same_again_is_not() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        let (here, there) = (address("1.2.3.4"), address("5.6.7.8"));
        assert_eq!(guesses.count(here, 0, start), Guess::First);
        for digest in 1..5 {
            assert_eq!(guesses.count(here, digest, start), Guess::Further);
        }
        let later = start + Duration::from_secs(20);
        let wait = Duration::from_secs(40);
        assert_eq!(guesses.refused(here, start), Some(WINDOW));
        assert_eq!(guesses.count(here, 5, later), Guess::TooMany { wait });
        assert_eq!(guesses.refused(here, later), Some(wait));
        assert_eq!(guesses.refused(there, later), None);
        assert_eq!(guesses.count(here, 4, later), Guess::Further, "known");
        assert_eq!(guesses.count(there, 5, later), Guess::First, "elsewhere");
        // The first ones no longer count; the burst goes on.
        let later = start + Duration::from_secs(61);
        assert_eq!(guesses.refused(here, later), None);
        assert_eq!(guesses.count(here, 5, later), Guess::Further);
    }

    #[test]
    fn a_burst_is_over_after_a_quiet_minute() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        let here = address("2001:db8::1");
        assert_eq!(guesses.count(here, 0, start), Guess::First);
        let second = start + WINDOW - Duration::from_secs(1);
        assert_eq!(
            guesses.count(address("2001:db8::2"), 1, second),
            Guess::Further
        );
        guesses.forget_idle(start + WINDOW);
        assert_eq!(guesses.lock().len(), 1);
        guesses.forget_idle(second + WINDOW);
        assert!(guesses.lock().is_empty());
        assert_eq!(guesses.count(here, 0, second + WINDOW), Guess::First);
    }
}
