//! Where prices of nights come from: a trait, and the tables behind it.

use async_trait::async_trait;
use guide::{
    Destination,
    stays::{self, Category, HotelPrice, Rental, Stay},
};

use crate::{
    sources::SourceError,
    travel::{Currency, Party},
};

/// What is asked of a source.
#[derive(Clone, Debug)]
pub struct StayQuery {
    /// Where.
    pub destination: &'static Destination,
    /// Which nights.
    pub stay: Stay,
    /// Who.
    pub party: Party,
    /// Rooms.
    pub rooms: u8,
    /// Currency of the prices.
    pub currency: Currency,
}

/// A source of prices of nights. Its name is shown to people and recorded in telemetry.
#[async_trait]
pub trait StaySource: Send + Sync {
    /// Short name, such as `offline`.
    fn name(&self) -> &'static str;

    /// Hotel prices, cheapest category first; none is a success.
    async fn hotels(&self, query: &StayQuery) -> Result<Vec<HotelPrice>, SourceError>;

    /// The price of a flat for the whole party; `None` = no figure is known.
    async fn rental(&self, query: &StayQuery) -> Result<Option<Rental>, SourceError>;
}

/// The tables in this program ([`guide::stays`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineStays;

#[async_trait]
impl StaySource for OfflineStays {
    fn name(&self) -> &'static str {
        "offline"
    }

    async fn hotels(&self, query: &StayQuery) -> Result<Vec<HotelPrice>, SourceError> {
        let price = |category| {
            let (place, currency) = (query.destination, query.currency);
            stays::hotel(place, query.stay, query.rooms, category, currency)
        };
        Ok(Category::ALL.into_iter().filter_map(price).collect())
    }

    async fn rental(&self, query: &StayQuery) -> Result<Option<Rental>, SourceError> {
        Ok(stays::rental(
            query.destination,
            query.stay,
            &query.party,
            query.currency,
        ))
    }
}
