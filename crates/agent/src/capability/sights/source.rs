//! Where sights come from: a trait, and the tables behind it.

use async_trait::async_trait;
use guide::{
    Destination, Point,
    nearby::{self, Near},
    sights::{self, Sight},
};

use crate::sources::SourceError;

/// A source of sights. Its name is shown to people and recorded in telemetry.
#[async_trait]
pub trait SightSource: Send + Sync {
    /// Short name, such as `offline`.
    fn name(&self) -> &'static str;

    /// The sights of a destination, best known first; none is a success.
    async fn sights(
        &self,
        destination: &'static Destination,
    ) -> Result<Vec<&'static Sight>, SourceError>;

    /// Its sights within so many straight kilometres of a point, nearest first.
    async fn around(
        &self,
        destination: &'static Destination,
        at: Point,
        km: f64,
    ) -> Result<Vec<Near>, SourceError>;
}

/// The tables in this program ([`guide::sights`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineSights;

#[async_trait]
impl SightSource for OfflineSights {
    fn name(&self) -> &'static str {
        "offline"
    }

    async fn sights(
        &self,
        destination: &'static Destination,
    ) -> Result<Vec<&'static Sight>, SourceError> {
        Ok(sights::of(destination.code).iter().collect())
    }

    async fn around(
        &self,
        destination: &'static Destination,
        at: Point,
        km: f64,
    ) -> Result<Vec<Near>, SourceError> {
        Ok(nearby::around(destination.code, at, km))
    }
}
