//! The offline schedule as a source of flights.

use async_trait::async_trait;

use super::{calendar, network, offers, reprice, search};
use crate::{
    sources::{FlightSource, SourceError},
    travel::{CalendarQuery, FareCalendar, FlightQuery, Offer},
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
}

#[async_trait]
impl FlightSource for OfflineFlights {
    fn name(&self) -> &'static str {
        offers::NAME
    }

    async fn search(&self, query: &FlightQuery) -> Result<Vec<Offer>, SourceError> {
        search::search(network::network(), query)
    }

    async fn calendar(&self, query: &CalendarQuery) -> Result<FareCalendar, SourceError> {
        calendar::calendar(network::network(), query, offers::NAME)
    }

    async fn reprice(
        &self,
        offer: &Offer,
        query: &FlightQuery,
    ) -> Result<Option<Offer>, SourceError> {
        reprice::reprice(network::network(), offer, query)
    }
}
