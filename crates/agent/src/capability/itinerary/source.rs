//! Where day plans come from: a trait, and the rules behind it.

use async_trait::async_trait;
use guide::{
    check::{self, Listed, Report, Stay},
    days::{self, Itinerary, Request},
};

use crate::sources::SourceError;

/// A source of day plans. Its name is shown to people and recorded in telemetry.
#[async_trait]
pub trait ItinerarySource: Send + Sync {
    /// Short name, such as `offline`.
    fn name(&self) -> &'static str;

    /// The days of a stay; `None` = no sights are known there.
    async fn plan(&self, request: &Request) -> Result<Option<Itinerary>, SourceError>;

    /// What is wrong with a plan; `None` = the destination is not known.
    async fn check(&self, stay: &Stay, plan: &[Listed]) -> Result<Option<Report>, SourceError>;
}

/// The rules in this program ([`guide::days`], [`guide::check`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineItineraries;

#[async_trait]
impl ItinerarySource for OfflineItineraries {
    fn name(&self) -> &'static str {
        "offline"
    }

    async fn plan(&self, request: &Request) -> Result<Option<Itinerary>, SourceError> {
        Ok(days::plan(request))
    }

    async fn check(&self, stay: &Stay, plan: &[Listed]) -> Result<Option<Report>, SourceError> {
        Ok(check::check(stay, plan))
    }
}
