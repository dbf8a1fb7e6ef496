//! Names of spans and fields: the binding vocabulary.

/// The whole turn.
pub const TURN: &str = "agent.iteration";
/// Intent and reading of the message.
pub const DETECT_INTENT: &str = "agent.detect_intent";
/// One request to a model.
pub const LLM_CALL: &str = "llm.call";
/// One tool call.
pub const TOOL_CALL: &str = "tool.call";
/// Prefix of questions to a source of facts, below the tool call that asks.
pub const SOURCE: &str = "source";
/// Prefix of database statements that take part in a turn.
pub const STORE: &str = "store";
/// Stands for a tool name that the model made up.
pub const OTHER: &str = "_OTHER";

/// Tool arguments that may stand on spans: field names of [`super::spans::tool_call`].
pub const SAFE_TOOL_FIELDS: [&str; 14] = [
    "tool.departure",
    "tool.arrival",
    "tool.date",
    "tool.return_date",
    "tool.city",
    "tool.airport_code",
    "tool.cabin",
    "tool.month",
    "tool.check_in",
    "tool.check_out",
    "tool.category",
    "tool.nights",
    "tool.pace",
    "tool.kind",
];
