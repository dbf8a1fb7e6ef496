//! From chunks to events. Pure: a small state machine, without I/O.

use super::{
    chunk::{Arguments, CallDelta, Chunk, Content, Delta},
    failure,
};
use crate::llm::{FinishReason, ModelError, ModelErrorKind, ModelEvent, redact::Redactor};

/// Decodes the chunks of one answer.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    started: bool,
    finished: bool,
    refused: bool,
    calls: Vec<Call>,
    redactor: Redactor,
}

/// A call so far; its position is the index that it gets in events.
#[derive(Debug)]
struct Call {
    /// The server's index. Ollama gives several calls the same one, Gemini gives none.
    wire: Option<u32>,
    id: String,
    name: String,
}

impl Decoder {
    /// For an answer of an endpoint whose messages are cleaned so.
    pub(super) fn new(redactor: Redactor) -> Self {
        Self {
            redactor,
            ..Self::default()
        }
    }

    /// Whether the server has said why it stopped: all that matters is here.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    /// The events of one chunk; after an error there is nothing more to decode.
    pub(super) fn decode(&mut self, chunk: Chunk) -> Vec<Result<ModelEvent, ModelError>> {
        if let Some(error) = failure::in_chunk(&chunk, &self.redactor) {
            return vec![Err(error)];
        }
        let mut events = Vec::new();
        let mut finish = None;
        for choice in chunk.choices.into_iter().flatten() {
            self.delta(choice.delta.unwrap_or_default(), &mut events);
            finish = choice.finish_reason.filter(|f| !f.is_empty()).or(finish);
        }
        let extra = chunk.x_groq.and_then(|groq| groq.usage);
        let usage = chunk.usage.or(extra).and_then(|usage| usage.tokens());
        events.extend(usage.map(ModelEvent::Usage));
        let failed = finish.as_deref() == Some("error");
        if let Some(word) = finish.filter(|_| !failed) {
            self.finished = true;
            events.push(ModelEvent::Finish(self.reason(&word)));
        }
        let id = chunk.id.filter(|id| !id.is_empty());
        let model = chunk.model.filter(|model| !model.is_empty());
        // Azure opens with a chunk that says nothing; its successor knows the model.
        let tells = id.is_some() || model.is_some() || !events.is_empty();
        if tells && !std::mem::replace(&mut self.started, true) {
            events.insert(0, ModelEvent::Started { id, model });
        }
        let mut events: Vec<_> = events.into_iter().map(Ok).collect();
        if failed {
            let detail = "the provider broke the answer off";
            events.push(Err(ModelError::new(ModelErrorKind::Server, detail)));
        }
        events
    }

    fn delta(&mut self, delta: Delta, events: &mut Vec<ModelEvent>) {
        let thoughts = [delta.reasoning_content, delta.reasoning];
        let mut thoughts = thoughts.into_iter().flatten();
        if let Some(thought) = thoughts.find(|thought| !thought.is_empty()) {
            events.push(ModelEvent::Reasoning);
            if let Content::Text(text) = thought {
                events.push(ModelEvent::Thought(text));
            }
        }
        match delta.content {
            Some(Content::Text(text)) => say(text, events),
            Some(Content::Parts(parts)) => {
                for part in parts {
                    match (part.r#type.as_deref(), part.text) {
                        (Some("thinking"), _) => events.push(ModelEvent::Reasoning),
                        (Some("text") | None, Some(text)) => say(text, events),
                        _ => {}
                    }
                }
            }
            Some(Content::Other(_)) | None => {}
        }
        if let Some(refusal) = delta.refusal.filter(|text| !text.is_empty()) {
            self.refused = true;
            say(refusal, events);
        }
        for call in delta.tool_calls.into_iter().flatten() {
            events.push(self.call(call));
        }
    }

    fn call(&mut self, delta: CallDelta) -> ModelEvent {
        let function = delta.function.unwrap_or_default();
        let id = delta.id.unwrap_or_default();
        let name = function.name.unwrap_or_default();
        let position = self.position(delta.index, &id, &name);
        let call = &mut self.calls[position];
        // Some servers repeat the id or the name in every piece, old vLLM with a new id each time.
        let first_id = call.id.is_empty() && !id.is_empty();
        if first_id {
            call.id.clone_from(&id);
        }
        let more_name = !name.is_empty() && call.name != name;
        if more_name {
            call.name.push_str(&name);
        }
        ModelEvent::ToolCall {
            index: u32::try_from(position).unwrap_or(u32::MAX),
            id: first_id.then_some(id),
            name: more_name.then_some(name),
            arguments: match function.arguments {
                Some(Arguments::Text(text)) => text,
                Some(Arguments::Json(json)) => json.to_string(),
                None => String::new(),
            },
        }
    }

    /// Which call a piece belongs to; a new one is added.
    fn position(&mut self, wire: Option<u32>, id: &str, name: &str) -> usize {
        let known = match wire {
            Some(_) => self.calls.iter().rposition(|call| call.wire == wire),
            None => self.calls.len().checked_sub(1),
        };
        let begins = |call: &Call| {
            let other_id = !id.is_empty() && !call.id.is_empty() && call.id != id;
            // With an index, another id is another call only if it brings a name; without one,
            // another id is enough, and a second name is where there are no ids either.
            match wire {
                Some(_) => other_id && !name.is_empty(),
                None if id.is_empty() => !name.is_empty() && !call.name.is_empty(),
                None => other_id,
            }
        };
        match known.filter(|at| !begins(&self.calls[*at])) {
            Some(at) => at,
            None => {
                self.calls.push(Call {
                    wire,
                    id: String::new(),
                    name: String::new(),
                });
                self.calls.len() - 1
            }
        }
    }

    fn reason(&self, word: &str) -> FinishReason {
        match word {
            "tool_calls" | "function_call" => FinishReason::ToolCalls,
            // Mistral says `model_length` where the context is full.
            "length" | "model_length" => FinishReason::Length,
            "content_filter" => FinishReason::ContentFilter,
            _ if self.refused => FinishReason::Refusal,
            _ => FinishReason::Stop,
        }
    }
}

fn say(text: String, events: &mut Vec<ModelEvent>) {
    if !text.is_empty() {
        events.push(ModelEvent::Text(text));
    }
}

#[cfg(test)]
mod tests;
