//! Where facts on destinations come from: a trait, and the tables behind it.

use async_trait::async_trait;
use guide::context::{DestinationContext, Stay, context};

use crate::sources::SourceError;

/// A source of facts on destinations. Its name is shown to people and recorded in telemetry.
#[async_trait]
pub trait ContextSource: Send + Sync {
    /// Short name, such as `offline`.
    fn name(&self) -> &'static str;

    /// What is known for a stay.
    async fn context(&self, stay: &Stay) -> Result<DestinationContext, SourceError>;
}

/// The tables in this program ([`guide::context`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct OfflineContext;

#[async_trait]
impl ContextSource for OfflineContext {
    fn name(&self) -> &'static str {
        "offline"
    }

    async fn context(&self, stay: &Stay) -> Result<DestinationContext, SourceError> {
        Ok(context(stay))
    }
}
