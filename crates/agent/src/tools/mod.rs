//! Tools: what a model can ask the agent to do.

pub(crate) mod arguments;
pub mod check_price;
pub mod facts;
pub mod find_cheapest_dates;
pub mod get_airport_code;
mod names;
pub mod output;
pub mod propose_offer;
pub mod registry;
mod results;
mod schema;
pub mod search_flights;

use std::{sync::Arc, time::Duration};

use jiff::Zoned;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub use output::{Effect, ToolData, ToolOutput};
pub use registry::{Finished, Registry};
pub use results::{ToolResult, ToolResults};

use crate::{
    booking::ConfirmedProposal, conversation::ConversationState, event::Door, faults::Faults,
    locale::Locale, prompt::tier::Tier, sources::FlightSource, travel::Currency,
};

/// Every tool, with flights from `flights`; a call may take `timeout`.
#[must_use]
pub fn all(timeout: Duration, faults: Faults, flights: &Arc<dyn FlightSource>) -> Registry {
    Registry::new(timeout, faults)
        .with(get_airport_code::GetAirportCode)
        .with(search_flights::SearchFlights::new(Arc::clone(flights)))
        .with(find_cheapest_dates::FindCheapestDates::new(Arc::clone(
            flights,
        )))
        .with(propose_offer::ProposeOffer)
        .with(check_price::CheckPrice::new(Arc::clone(flights)))
        .with(facts::GetPlaceFacts)
}

/// What a tool may know of the turn that calls it.
#[derive(Clone, Debug)]
pub struct ToolContext {
    /// The visitor's clock.
    pub now: Zoned,
    /// Language of names in results.
    pub locale: Locale,
    /// Currency of prices where the arguments name none.
    pub currency: Currency,
    /// State of the conversation before this round.
    pub state: Arc<ConversationState>,
    /// The proposal that the person has just confirmed.
    pub confirmed: Option<Arc<ConfirmedProposal>>,
    /// Which tools the model was told of: no other runs.
    pub tier: Tier,
    /// Where a call outside any turn came in.
    pub direct: Option<Door>,
    /// The conversation, for telemetry; `None` outside any turn.
    pub conversation: Option<Uuid>,
    /// Whether telemetry keeps arguments and results.
    pub capture_content: bool,
}

/// Why a tool did not answer: the type says who is told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ToolError {
    /// The model is told what was wrong with its arguments; quotes them.
    #[error("bad arguments: {0}")]
    BadArguments(String),
    /// The model is told and may try again or explain; the turn goes on.
    #[error("{0}")]
    RespondToModel(String),
    /// The turn cannot go on.
    #[error("{0}")]
    Fatal(String),
}

impl ToolError {
    /// Arguments that cannot be used.
    pub fn arguments(problem: impl std::fmt::Display) -> Self {
        Self::BadArguments(problem.to_string())
    }

    /// An error for the model.
    pub fn respond(message: impl std::fmt::Display) -> Self {
        Self::RespondToModel(message.to_string())
    }
}

/// A tool, typed.
pub trait Tool: Send + Sync + 'static {
    /// Name that models call it by.
    const NAME: &'static str;
    /// What it does and when to use it, for models.
    const DESCRIPTION: &'static str;
    /// Whether the fast mode has it.
    const ESSENTIAL: bool;
    /// Arguments that may stand on spans: (argument, one of `telemetry::names::SAFE_TOOL_FIELDS`).
    const SAFE: &'static [(&'static str, &'static str)];
    /// Arguments; unknown ones are refused.
    type Args: DeserializeOwned + JsonSchema + Send;

    /// Runs it.
    fn call(
        &self,
        context: &ToolContext,
        args: Self::Args,
    ) -> impl Future<Output = Result<ToolOutput, ToolError>> + Send;
}
