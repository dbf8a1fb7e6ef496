//! Where offers come from: traits with an offline implementation, and live ones.

pub mod offline;

use async_trait::async_trait;

use crate::travel::{CalendarQuery, FareCalendar, FlightQuery, Found, Iata, Offer};

/// A failed search.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// No airport or metropolitan area has this code.
    #[error("no airport or metropolitan area has the code {0}")]
    UnknownPlace(Iata),
    /// Both codes stand for airports of one city: no flight goes there.
    #[error("{0} and {1} are the same city: no flight goes from one to the other")]
    SameCity(Iata, Iata),
    /// The query contradicts itself; the text says how.
    #[error("{0}")]
    BadQuery(String),
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
