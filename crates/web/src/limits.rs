//! How much one visitor, one address and the whole process may do.

use std::{
    num::NonZeroU32,
    sync::Arc,
    time::{Duration, Instant},
};

use agent::store::Owner;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    caller::{access::changes_state, client::Client, visitor::Visitor},
    caller::{
        address::AddressKey,
        admin_key::TooManyGuesses,
        guesses::{Guess, Guesses},
    },
    config::LimitConfig,
    problem::Problem,
    state::AppState,
};

/// How long a turn waits for a free place.
const MAX_WAIT: Duration = Duration::from_secs(2);
/// Changes of one visitor that are no turns: names, deletions, ratings, buttons.
const CHANGES_PER_MINUTE: u32 = 60;
/// The same from one address: cookies cost nothing, and each change is a write.
const CHANGES_PER_MINUTE_PER_ADDRESS: u32 = 120;
/// Ratings of one visitor: far more than anyone gives by hand, and each is a write and a log record.
const RATINGS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// The limits of this process.
pub struct Limits {
    by_owner: Option<DefaultKeyedRateLimiter<Owner>>,
    by_address: Option<DefaultKeyedRateLimiter<AddressKey>>,
    changes_by_owner: Option<DefaultKeyedRateLimiter<Owner>>,
    changes_by_address: Option<DefaultKeyedRateLimiter<AddressKey>>,
    guesses: Guesses,
    ratings: DefaultKeyedRateLimiter<Owner>,
    places: Arc<Semaphore>,
    clock: DefaultClock,
}

impl Limits {
    /// Limits as configured.
    #[must_use]
    pub fn new(config: &LimitConfig) -> Self {
        let (turns, turns_per_address) = (
            config.rate_limit_turns_per_minute,
            config.rate_limit_turns_per_minute_per_address,
        );
        // Whoever lifts the limit of turns wants no other one for the same caller.
        let unless_lifted = |turns: u32, limit: u32| if turns == 0 { 0 } else { limit };
        Self {
            by_owner: keyed(turns),
            by_address: keyed(turns_per_address),
            changes_by_owner: keyed(unless_lifted(turns, CHANGES_PER_MINUTE)),
            changes_by_address: keyed(unless_lifted(
                turns_per_address,
                CHANGES_PER_MINUTE_PER_ADDRESS,
            )),
            guesses: Guesses::default(),
            ratings: RateLimiter::keyed(Quota::per_minute(RATINGS_PER_MINUTE)),
            places: Arc::new(Semaphore::new(config.max_concurrent_turns as usize)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts one turn: 429 with `Retry-After` when it is one too many.
    pub fn check_rate(&self, owner: &Owner, address: AddressKey) -> Result<(), Problem> {
        let limits = (self.by_owner.as_ref(), self.by_address.as_ref());
        match self.count(limits, owner, address) {
            None => Ok(()),
            Some(wait) => Err(too_many("too many messages: wait a moment", wait)),
        }
    }

    /// Counts one change that is no turn: 429 with `Retry-After` when it is one too many.
    fn check_change(&self, visitor: &Visitor, address: AddressKey) -> Result<(), Problem> {
        // Who has no cookie yet is known by the address alone.
        let by_owner = self.changes_by_owner.as_ref().filter(|_| !visitor.is_new);
        let limits = (by_owner, self.changes_by_address.as_ref());
        match self.count(limits, &visitor.owner, address) {
            None => Ok(()),
            Some(wait) => Err(too_many("too many changes: wait a moment", wait)),
        }
    }

    /// The time to wait when it is one too many for either.
    fn count(
        &self,
        (by_owner, by_address): (
            Option<&DefaultKeyedRateLimiter<Owner>>,
            Option<&DefaultKeyedRateLimiter<AddressKey>>,
        ),
        owner: &Owner,
        address: AddressKey,
    ) -> Option<Duration> {
        let owned = by_owner.and_then(|limit| limit.check_key(owner).err());
        let late = owned.or_else(|| by_address.and_then(|limit| limit.check_key(&address).err()));
        late.map(|until| until.wait_time_from(self.clock.now()))
    }

    /// Counts one rating: 429 with `Retry-After` when it is one too many.
    pub fn check_rating(&self, owner: &Owner) -> Result<(), Problem> {
        self.ratings.check_key(owner).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            too_many("too many ratings: wait a moment", wait)
        })
    }

    /// Counts a wrong admin key, by a digest of it.
    pub fn count_guess(&self, address: AddressKey, digest: u64) -> Guess {
        self.guesses.count(address, digest, Instant::now())
    }

    /// The time until another key may be tried from this address, if wrong ones are refused now.
    pub fn guesses_refused(&self, address: AddressKey) -> Option<Duration> {
        self.guesses.refused(address, Instant::now())
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
        for limit in [&self.by_owner, &self.changes_by_owner]
            .into_iter()
            .flatten()
        {
            forget_idle(limit);
        }
        for limit in [&self.by_address, &self.changes_by_address]
            .into_iter()
            .flatten()
        {
            forget_idle(limit);
        }
        forget_idle(&self.ratings);
        self.guesses.forget_idle(Instant::now());
    }
}

/// Counts requests that change something. Turns are counted when they are admitted.
pub async fn count_changes(
    State(state): State<AppState>,
    client: Client,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if changes_state(request.method()) {
        state.limits.check_change(&visitor, client.key())?;
    }
    Ok(next.run(request).await)
}

impl From<TooManyGuesses> for Problem {
    fn from(TooManyGuesses(wait): TooManyGuesses) -> Self {
        too_many("too many wrong admin keys: wait a moment", wait)
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
