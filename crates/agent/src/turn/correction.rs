//! The check of a model's reply: what no tool result of the conversation holds is told to the model,
//! once, and flagged.

use std::{sync::Arc, time::Duration};

use super::{Turn, TurnSpan};
use crate::{
    context::TurnContext,
    event::TurnEvent,
    grounding::{self, Ground},
    llm::{ChatRequest, ToolChoice, ToolSpec},
    message::Message,
};

/// Longest that a correction may take: the answer itself is there already.
const PATIENCE: Duration = Duration::from_secs(15);
/// What it leaves of the turn's own deadline.
const RESERVE: Duration = Duration::from_millis(500);

impl Turn<'_> {
    /// Asks the model to correct what it said, where nothing grounds it: one more paragraph, which is
    /// returned. The turn does not fail for it. The exchange is no part of the conversation: nobody
    /// wrote the request, and what it quotes must not count as said.
    pub(super) async fn correction(
        &mut self,
        span: &mut TurnSpan,
        said: &str,
        specs: &Arc<[ToolSpec]>,
        context: &Arc<TurnContext>,
    ) -> Option<String> {
        let doubtful = self.doubtful();
        if doubtful.is_empty() {
            // Nothing is added to the reply that could be flagged at the end.
            self.unchecked = false;
            return None;
        }
        let mut messages = self.messages.clone();
        messages.extend([Message::assistant(said), Message::user(request(&doubtful))]);
        let request = ChatRequest {
            messages,
            tools: Arc::clone(specs),
            tool_choice: ToolChoice::None,
            settings: self.agent.options.settings.clone(),
            extensions: self.handed(context),
            thoughts: Arc::clone(&self.thoughts),
        };
        let left = self.request.deadline.saturating_sub(self.started.elapsed());
        let patience = left.saturating_sub(RESERVE).min(PATIENCE);
        let start = self.reply.len();
        let asked = self.call_model(span, None, "correction", request);
        // A failed attempt has logged why; what it said stays.
        let _ = tokio::time::timeout(patience, asked).await;
        let correction = self.reply.get(start..).unwrap_or_default().trim();
        (!correction.is_empty()).then(|| correction.to_owned())
    }

    /// Flags what the reply says and nothing grounds, corrected or not. Once.
    pub(super) fn flag(&mut self) {
        let facts = self.doubtful();
        self.unchecked = false;
        if facts.is_empty() {
            return;
        }
        self.request.root.record(
            "agent.ungrounded_facts",
            i64::try_from(facts.len()).unwrap_or(i64::MAX),
        );
        self.emit(TurnEvent::Ungrounded(facts));
    }

    /// What the reply says, as far as it came, and nothing grounds.
    fn doubtful(&self) -> Vec<String> {
        let Some(context) = self.context.as_ref().filter(|_| self.unchecked) else {
            return Vec::new();
        };
        let facts = grounding::ungrounded(&self.reply, &self.ground(context)).into_iter();
        facts.map(|fact| fact.text).collect()
    }

    /// Everything that tools and the person said in the conversation: what the prompt had no room
    /// for, too.
    fn ground(&self, context: &TurnContext) -> Ground {
        let mut ground = Ground::of(&[], context, &self.results);
        let past = self.request.history.iter();
        let said = past.flat_map(|past| &past.transcript).chain(&self.messages);
        for message in said {
            self.agent.memo.add(&mut ground, message);
        }
        ground
    }
}

/// A reply that broke off or was stopped is flagged, too.
impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.flag();
    }
}

/// What the model is told.
fn request(doubtful: &[String]) -> String {
    format!(
        "<check>Automatic check of your last answer, not written by the person: no tool result of \
         this conversation holds {}. In the language of that answer, write one short paragraph \
         that corrects it: take back what you cannot support, or say what the tool results hold \
         instead. Do not repeat the rest, do not apologise at length, and add nothing new.</check>",
        doubtful.join("; ")
    )
}
