//! How much one visitor, one address and the whole process may do.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use agent::store::Owner;
use axum::http::StatusCode;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{config::LimitConfig, problem::Problem};

/// How long a turn waits for a free place.
const MAX_WAIT: Duration = Duration::from_secs(2);
/// Attempts to log in from one address, lest the key be guessed.
const LOGINS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// Ratings of one visitor: far more than anyone gives by hand, and each is a write and a log record.
const RATINGS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// The limits of this process.
pub struct Limits {
    by_owner: Option<DefaultKeyedRateLimiter<Owner>>,
    by_address: Option<DefaultKeyedRateLimiter<IpAddr>>,
    logins: DefaultKeyedRateLimiter<IpAddr>,
    ratings: DefaultKeyedRateLimiter<Owner>,
    places: Arc<Semaphore>,
    clock: DefaultClock,
}

impl Limits {
    /// Limits as configured.
    #[must_use]
    pub fn new(config: &LimitConfig) -> Self {
        Self {
            by_owner: keyed(config.rate_limit_turns_per_minute),
            by_address: keyed(config.rate_limit_turns_per_minute_per_address),
            logins: RateLimiter::keyed(Quota::per_minute(LOGINS_PER_MINUTE)),
            ratings: RateLimiter::keyed(Quota::per_minute(RATINGS_PER_MINUTE)),
            places: Arc::new(Semaphore::new(config.max_concurrent_turns as usize)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts one turn: 429 with `Retry-After` when it is one too many.
    pub fn check_rate(&self, owner: &Owner, address: IpAddr) -> Result<(), Problem> {
        let wait = |until: governor::NotUntil<_>| until.wait_time_from(self.clock.now());
        let by_owner = self
            .by_owner
            .as_ref()
            .and_then(|limit| limit.check_key(owner).err());
        let by_address = || {
            self.by_address
                .as_ref()
                .and_then(|limit| limit.check_key(&address).err())
        };
        match by_owner.or_else(by_address).map(wait) {
            None => Ok(()),
            Some(wait) => Err(too_many("too many messages: wait a moment", wait)),
        }
    }

    /// Counts one rating: 429 with `Retry-After` when it is one too many.
    pub fn check_rating(&self, owner: &Owner) -> Result<(), Problem> {
        self.ratings.check_key(owner).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            too_many("too many ratings: wait a moment", wait)
        })
    }

    /// Counts one attempt to log in: the time to wait when it is one too many.
    pub fn check_login(&self, address: IpAddr) -> Result<(), Duration> {
        self.logins
            .check_key(&address)
            .map_err(|until| until.wait_time_from(self.clock.now()))
    }

    /// Takes one of the process's places, or 503 when none gets free in time.
    pub async fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let place = Arc::clone(&self.places).acquire_owned();
        match tokio::time::timeout(MAX_WAIT, place).await {
            Ok(Ok(place)) => Ok(place),
            _ => {
                let detail = "all places are taken: try again in a moment";
                Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(5))
            }
        }
    }

    /// Forgets visitors and addresses that have used nothing lately.
    pub fn forget_idle(&self) {
        if let Some(limit) = &self.by_owner {
            forget_idle(limit);
        }
        if let Some(limit) = &self.by_address {
            forget_idle(limit);
        }
        forget_idle(&self.logins);
        forget_idle(&self.ratings);
    }
}

/// Without the second step, a map would stay as large as it ever was.
fn forget_idle<K: std::hash::Hash + Eq + Clone>(limit: &DefaultKeyedRateLimiter<K>) {
    limit.retain_recent();
    limit.shrink_to_fit();
}

fn too_many(detail: &str, wait: Duration) -> Problem {
    let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, detail);
    problem.retry_after(u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX))
}

fn keyed<K: std::hash::Hash + Eq + Clone>(per_minute: u32) -> Option<DefaultKeyedRateLimiter<K>> {
    NonZeroU32::new(per_minute).map(|quota| RateLimiter::keyed(Quota::per_minute(quota)))
}
