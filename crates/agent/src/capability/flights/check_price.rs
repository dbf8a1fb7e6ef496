//! Tool: asks the price of the confirmed proposal again.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{PriceChecked, again};
use crate::{
    sources::{FlightSource, asked},
    tools::{Tool, ToolContext, ToolError, ToolOutput},
};

/// It takes no arguments: which offer is meant was decided by the person.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPriceArgs {}

/// Asks the price again.
pub struct CheckPrice {
    source: Arc<dyn FlightSource>,
}

impl CheckPrice {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn FlightSource>) -> Self {
        Self { source }
    }
}

impl Tool for CheckPrice {
    const NAME: &'static str = "check_price";
    const DESCRIPTION: &'static str =
        "Checks the price of the offer that the person has just confirmed. It books nothing.";
    const LABEL: (&'static str, &'static str) = ("Vérification du prix", "Checking the price");
    const DIRECT: bool = false;
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = CheckPriceArgs;

    async fn call(
        &self,
        context: &ToolContext,
        _args: CheckPriceArgs,
    ) -> Result<ToolOutput, ToolError> {
        let Some(confirmed) = &context.confirmed else {
            return Err(ToolError::respond(
                "the person has not confirmed a proposal",
            ));
        };
        let proposal = confirmed.proposal();
        let query = again::query(&proposal.search, &proposal.offer, context);
        let now = self.source.reprice(&proposal.offer, &query);
        let sold = |now: &Option<_>| now.iter().count();
        let now = asked(self.source.name(), "reprice", sold, now).await?;
        let text = match &now {
            Some(offer) => format!(
                "The price is {} (it was {}).",
                offer.total, proposal.offer.total
            ),
            None => "The offer is no longer sold.".to_owned(),
        };
        Ok(ToolOutput {
            text,
            card: None,
            result_count: u64::from(now.is_some()),
            source: Some(self.source.name()),
            effect: None,
            data: PriceChecked {
                before: proposal.offer.clone(),
                now,
            }
            .into(),
        })
    }
}
