//! Where offers come from: a trait, and the offline schedule behind it.

mod asked;
pub mod offline;

pub(crate) use asked::asked;
use async_trait::async_trait;
use schedule::QueryError;

use crate::travel::{CalendarQuery, FareCalendar, FlightQuery, Found, Offer};

/// A failed search.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// No source could answer this query: whoever asked is to change it.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It cannot be reached, or answered nothing that can be used.
    #[error("the source is not available")]
    Unavailable,
    /// It did not answer in time.
    #[error("the source took too long")]
    Timeout,
    /// It takes no more queries for now.
    #[error("the source takes no more queries for now")]
    RateLimited,
    /// It cannot do this at all.
    #[error("the source does not support {0}")]
    Unsupported(&'static str),
}

impl SourceError {
    /// The `error.type` of spans.
    #[must_use]
    pub const fn error_type(&self) -> &'static str {
        match self {
            Self::Query(_) => "bad_arguments",
            Self::Unavailable => "source_unavailable",
            Self::Timeout => "timeout",
            Self::RateLimited => "rate_limited",
            Self::Unsupported(_) => "unsupported",
        }
    }
}

/// A source of flight offers. Its name is shown to people and recorded in telemetry.
#[async_trait]
pub trait FlightSource: Send + Sync {
    /// Short name, such as `offline`.
    fn name(&self) -> &'static str;

    /// Offers that satisfy the query, in its order, at most `query.limit`, and how many there are
    /// in all; none is a success.
    async fn search(&self, query: &FlightQuery) -> Result<Found, SourceError>;

    /// Cheapest fare of each day of a month.
    async fn calendar(&self, query: &CalendarQuery) -> Result<FareCalendar, SourceError>;

    /// Asks the price again of an offer that this source made; `None` = it is no longer sold.
    async fn reprice(
        &self,
        offer: &Offer,
        query: &FlightQuery,
    ) -> Result<Option<Offer>, SourceError>;
}
