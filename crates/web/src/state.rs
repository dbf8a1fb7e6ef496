//! What all handlers share.

use std::sync::Arc;

use agent::{Agent, store::Store};
use jiff::{Timestamp, tz::TimeZone};
use tokio_util::sync::CancellationToken;

use crate::{
    budgets::Budgets,
    config::Config,
    followers::Followers,
    limits::Limits,
    turns::{Ends, Turns},
};

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// Its parts.
pub struct Shared {
    /// Configuration.
    pub config: Config,
    /// The agent.
    pub agent: Arc<Agent>,
    /// The store.
    pub store: Arc<dyn Store>,
    /// Running turns.
    pub turns: Arc<Turns>,
    /// Ends of turns that the store does not take.
    pub ends: Ends,
    /// Limits.
    pub limits: Limits,
    /// Budgets.
    pub budgets: Arc<Budgets>,
    /// Telemetry.
    pub telemetry: obs::Telemetry,
    /// Streams that clients read now.
    pub streams: obs::OpenCount,
    /// Who follows the traces as they end.
    pub followers: Followers,
    /// Ratings of answers.
    pub feedback: obs::Counter,
    /// Tasks that outlive their request.
    pub tasks: obs::Tasks,
    /// When the process started.
    pub started_at: Timestamp,
    /// The clock.
    pub clock: Clock,
    /// Cancelled when no more turns are admitted.
    pub closing: CancellationToken,
    /// Cancelled when running turns must end.
    pub draining: CancellationToken,
}

impl AppState {
    /// Shares the parts.
    #[must_use]
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl std::ops::Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// Tells the time.
#[derive(Clone, Copy, Debug)]
pub struct Clock(fn() -> Timestamp);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Timestamp::now)
    }

    /// A clock of a test's own.
    #[cfg(test)]
    pub(crate) const fn fixed(now: fn() -> Timestamp) -> Self {
        Self(now)
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    /// Now, by the clocks of a time zone.
    #[must_use]
    pub fn now_in(&self, zone: TimeZone) -> jiff::Zoned {
        self.now().to_zoned(zone)
    }
}
