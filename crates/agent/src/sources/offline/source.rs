//! The offline schedule as a source of flights.

use async_trait::async_trait;
use tracing::Span;

use super::{calendar, network, offers, reprice, search};
use crate::{
    sources::{FlightSource, SourceError},
    travel::{CalendarQuery, FareCalendar, FlightQuery, Found, Offer},
};

/// Flights computed from the tables of airports and carriers: no I/O, and the same answer to the
/// same question on every machine. The network is derived at the first question, or by
/// [`OfflineFlights::warm_up`].
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineFlights;

impl OfflineFlights {
    /// Derives the network now, so that no search waits for it.
    pub fn warm_up(&self) {
        network::network();
    }

    /// [`FlightSource::search`] on the caller's thread.
    pub fn compute_search(&self, query: &FlightQuery) -> Result<Found, SourceError> {
        search::search(network::network(), query)
    }

    /// [`FlightSource::calendar`] on the caller's thread.
    pub fn compute_calendar(&self, query: &CalendarQuery) -> Result<FareCalendar, SourceError> {
        calendar::calendar(network::network(), query, offers::NAME)
    }

    /// [`FlightSource::reprice`] on the caller's thread.
    pub fn compute_reprice(
        &self,
        offer: &Offer,
        query: &FlightQuery,
    ) -> Result<Option<Offer>, SourceError> {
        reprice::reprice(network::network(), offer, query)
    }
}

/// Computes on a thread that may be kept busy: milliseconds here would hold up the streams of
/// others on the runtime's own.
async fn aside<T: Send + 'static>(compute: impl FnOnce() -> T + Send + 'static) -> T {
    let span = Span::current();
    match tokio::task::spawn_blocking(move || span.in_scope(compute)).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is shutting down, and whoever waits with it.
            Err(_) => std::future::pending().await,
        },
    }
}

#[async_trait]
impl FlightSource for OfflineFlights {
    fn name(&self) -> &'static str {
        offers::NAME
    }

    async fn search(&self, query: &FlightQuery) -> Result<Found, SourceError> {
        let (source, query) = (*self, query.clone());
        aside(move || source.compute_search(&query)).await
    }

    async fn calendar(&self, query: &CalendarQuery) -> Result<FareCalendar, SourceError> {
        let (source, query) = (*self, query.clone());
        aside(move || source.compute_calendar(&query)).await
    }

    async fn reprice(
        &self,
        offer: &Offer,
        query: &FlightQuery,
    ) -> Result<Option<Offer>, SourceError> {
        let (source, offer, query) = (*self, offer.clone(), query.clone());
        aside(move || source.compute_reprice(&offer, &query)).await
    }
}
