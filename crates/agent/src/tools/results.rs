//! What the tools of a turn answered, typed.

use std::{collections::HashMap, sync::Arc};

use super::{ToolError, ToolOutput};

/// What a call was answered with.
pub type ToolResult = Result<Arc<ToolOutput>, ToolError>;

/// The answers to a turn's calls by their ids. The prompt holds their texts; who reads values reads
/// these. Clones share them until one adds another.
#[derive(Clone, Debug, Default)]
pub struct ToolResults(Arc<HashMap<String, ToolResult>>);

impl ToolResults {
    /// Adds an answer.
    pub fn add(&mut self, call_id: String, result: ToolResult) {
        Arc::make_mut(&mut self.0).insert(call_id, result);
    }

    /// The answer to a call; `None` = it did not run in this turn.
    #[must_use]
    pub fn of(&self, call_id: &str) -> Option<&ToolResult> {
        self.0.get(call_id)
    }

    /// What was found, in no order.
    pub fn outputs(&self) -> impl Iterator<Item = &ToolOutput> {
        self.0.values().filter_map(|result| result.as_deref().ok())
    }
}
