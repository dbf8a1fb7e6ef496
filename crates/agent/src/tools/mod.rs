//! Tools: what a model can ask the agent to do.

pub(crate) mod arguments;
mod error;
mod names;
pub mod output;
pub(crate) mod refusal;
pub mod registry;
mod results;
mod schema;

use std::sync::Arc;

use jiff::Zoned;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub use error::{BadArgument, Problem, ToolError, Within};
pub use output::{Data, Effect, ToolData, ToolOutput};
pub use registry::{Finished, Registry};
pub use results::{ToolResult, ToolResults};

use crate::{
    booking::ConfirmedProposal, conversation::ConversationState, event::Door, locale::Locale,
    prompt::tier::Tier, travel::Currency,
};

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

/// A tool, typed.
pub trait Tool: Send + Sync + 'static {
    /// Name that models call it by.
    const NAME: &'static str;
    /// What it does and when to use it, for models.
    const DESCRIPTION: &'static str;
    /// What it is doing, as people read it, in French and in English.
    const LABEL: (&'static str, &'static str) = ("Utilisation d’un outil", "Using a tool");
    /// Whether programs may call it outside a turn: it needs nothing of a conversation.
    const DIRECT: bool = true;
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
