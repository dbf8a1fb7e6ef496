//! The offline schedule as a source of flights.

use std::{num::NonZero, sync::LazyLock, thread};

use async_trait::async_trait;
use schedule::QueryError;
use tokio::sync::Semaphore;
use tracing::Span;

use super::{FlightSource, SourceError};
use crate::travel::{CalendarQuery, FareCalendar, FlightQuery, Found, Offer};

/// Flights computed from the tables of airports and carriers: no I/O, and the same answer to the
/// same question on every machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineFlights;

/// One for each processor: more at once would only take each other's time, and each a thread of its own.
static PLACES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(thread::available_parallelism().map_or(1, NonZero::get)));

/// Computes on a thread that may be kept busy: milliseconds here would hold up the streams of
/// others on the runtime's own.
async fn aside<T: Send + 'static>(
    compute: impl FnOnce() -> Result<T, QueryError> + Send + 'static,
) -> Result<T, SourceError> {
    let span = Span::current();
    // Nobody closes it, so there is always a place at last.
    let place = PLACES.acquire().await;
    let computed = tokio::task::spawn_blocking(move || {
        let _place = place;
        span.in_scope(compute)
    });
    match computed.await {
        Ok(result) => result.map_err(SourceError::from),
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
        schedule::NAME
    }

    async fn search(&self, query: &FlightQuery) -> Result<Found, SourceError> {
        // To hand a small one to another thread would cost as much as the search, and no place is needed for it.
        if let Some(found) = schedule::quick(query)? {
            return Ok(found);
        }
        let query = query.clone();
        aside(move || schedule::search(&query)).await
    }

    async fn calendar(&self, query: &CalendarQuery) -> Result<FareCalendar, SourceError> {
        let query = query.clone();
        aside(move || schedule::calendar(&query)).await
    }

    async fn reprice(
        &self,
        offer: &Offer,
        query: &FlightQuery,
    ) -> Result<Option<Offer>, SourceError> {
        let (offer, query) = (offer.clone(), query.clone());
        aside(move || schedule::reprice(&offer, &query)).await
    }
}
