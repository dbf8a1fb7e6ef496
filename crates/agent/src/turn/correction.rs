//! The check of a model's reply: what no tool result of the conversation holds is told to the model,
//! once, and flagged.

use std::sync::Arc;

use super::{Turn, TurnSpan};
use crate::{
    event::TurnEvent,
    grounding::{self, Ground},
    llm::{ChatRequest, ToolChoice, ToolSpec, TurnContext},
    message::Message,
};

impl Turn<'_> {
    /// Checks the reply. A correction is one more paragraph; without one the flag stands alone, and
    /// the turn does not fail for it.
    pub(super) async fn check(
        &mut self,
        span: &mut TurnSpan,
        specs: &Arc<[ToolSpec]>,
        context: &Arc<TurnContext>,
    ) {
        let ground = self.ground(context);
        let doubtful = doubtful(&self.reply, &ground);
        if doubtful.is_empty() {
            return;
        }
        self.add(Message::user(request(&doubtful)));
        let correction = ChatRequest {
            messages: self.messages.clone(),
            tools: Arc::clone(specs),
            tool_choice: ToolChoice::None,
            settings: self.agent.options.settings.clone(),
            context: Arc::clone(context),
        };
        // A failed attempt has logged why.
        if let Ok(answer) = self.call_model(span, None, "correction", correction).await {
            self.add(Message::assistant(answer.text));
        }
        // The correction may have invented something, too.
        let facts = self::doubtful(&self.reply, &ground);
        span.ungrounded(facts.len());
        self.emit(TurnEvent::Ungrounded(facts));
    }

    /// Everything that tools and the person said in the conversation: what the prompt had no room
    /// for, too.
    fn ground(&self, context: &TurnContext) -> Ground {
        let mut ground = Ground::of(&self.messages, context);
        for message in self
            .request
            .history
            .iter()
            .flat_map(|past| &past.transcript)
        {
            ground.add_message(message);
        }
        ground
    }
}

fn doubtful(reply: &str, ground: &Ground) -> Vec<String> {
    let facts = grounding::ungrounded(reply, ground).into_iter();
    facts.map(|fact| fact.text).collect()
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
