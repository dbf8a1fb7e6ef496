//! Where dishes and quarters to eat in come from: a trait, and the tables behind it.

use async_trait::async_trait;
use guide::{
    Destination,
    dishes::{self, Dish},
    quarters::{self, Quarter, Tag},
};

use crate::sources::SourceError;

/// A source of what to eat and where. Its name is shown to people and recorded in telemetry.
#[async_trait]
pub trait FoodSource: Send + Sync {
    /// Short name, such as `offline`.
    fn name(&self) -> &'static str;

    /// So many dishes of the country to try, best known first; none is a success.
    async fn dishes(
        &self,
        destination: &'static Destination,
        limit: usize,
    ) -> Result<Vec<&'static Dish>, SourceError>;

    /// Quarters that are known for eating; none is a success.
    async fn quarters(
        &self,
        destination: &'static Destination,
    ) -> Result<Vec<&'static Quarter>, SourceError>;
}

/// The tables in this program ([`guide::dishes`], [`guide::quarters`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineFood;

#[async_trait]
impl FoodSource for OfflineFood {
    fn name(&self) -> &'static str {
        "offline"
    }

    async fn dishes(
        &self,
        destination: &'static Destination,
        limit: usize,
    ) -> Result<Vec<&'static Dish>, SourceError> {
        Ok(dishes::to_try(destination.country, limit))
    }

    async fn quarters(
        &self,
        destination: &'static Destination,
    ) -> Result<Vec<&'static Quarter>, SourceError> {
        let quarters = quarters::of(destination.code).iter();
        Ok(quarters.filter(|quarter| quarter.is(Tag::Food)).collect())
    }
}
