//! From chunks to events. Pure: a small state machine, without I/O.

use std::collections::VecDeque;

use remote::Redactor;
use serde_json::Value;

use super::{
    calls::Calls,
    chunk::{Around, CallDelta, Chunk, Content, Delta, FunctionDelta},
    dialect::Dialect,
    failure,
};
use crate::{
    FinishReason, ModelError, ModelErrorKind, ModelEvent, ToolSpec, learn::Lesson,
    loose_json::fields::Loose, reading::Decode,
};

/// Decodes the chunks of one answer.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    started: bool,
    finished: bool,
    refused: bool,
    /// What stood around the text of the last chunk that was read.
    around: Option<Around>,
    /// The text so far: a last chunk may repeat it.
    said: String,
    calls: Calls,
    /// It has thought.
    thought: bool,
    redactor: Redactor,
    /// What a refusal in the stream teaches.
    lesson: Option<Lesson<Dialect>>,
}

impl Decode for Decoder {
    fn take_usual(
        &mut self,
        name: &str,
        data: &str,
        out: &mut VecDeque<ModelEvent>,
    ) -> Option<Result<(), ModelError>> {
        // An event of another name may be an error, which its data need not say.
        if !name.is_empty() {
            return None;
        }
        if let Some(text) = self.around.as_ref().and_then(|around| around.text(data)) {
            out.extend(self.said(text));
            return Some(Ok(()));
        }
        let chunk = Chunk::usual(data)?;
        self.around = Around::of(data, &chunk);
        Some(self.decode(chunk).into_iter().try_for_each(|event| {
            out.push_back(event?);
            Ok(())
        }))
    }

    fn take(
        &mut self,
        name: &str,
        value: Value,
        out: &mut VecDeque<ModelEvent>,
    ) -> Result<(), ModelError> {
        let is_error = name == "error";
        if !is_error && !value.is_object() {
            return Ok(());
        }
        let whole = is_error.then(|| value.clone());
        // Only what is no object cannot be read.
        let mut chunk = Chunk::of(value).unwrap_or_default();
        chunk.error = chunk.error.or(whole);
        let refusal = chunk.error.as_ref().map(ToString::to_string);
        for event in self.decode(chunk) {
            out.push_back(event.map_err(|error| match (&self.lesson, &refusal) {
                // Gateways refuse in a stream, too, which has begun with a 200.
                (Some(lesson), Some(refusal)) => lesson.of(200, refusal.as_bytes(), error),
                _ => error,
            })?);
        }
        Ok(())
    }

    fn done(&mut self, out: &mut VecDeque<ModelEvent>) {
        let has_answer = !self.said.is_empty() || self.calls.are_some();
        if !self.finished && has_answer && self.calls.are_whole() {
            out.push_back(self.finish("stop"));
        }
    }
}

impl Decoder {
    /// For an answer of an endpoint whose messages are cleaned so, by a model that was told of these
    /// tools.
    pub(super) fn new(redactor: Redactor, tools: &[ToolSpec]) -> Self {
        Self {
            redactor,
            calls: Calls::new(tools.iter().map(|tool| tool.name).collect()),
            ..Self::default()
        }
    }

    /// The same, of a request whose refusal teaches this.
    pub(super) fn learning(self, lesson: Lesson<Dialect>) -> Self {
        Self {
            lesson: Some(lesson),
            ..self
        }
    }

    /// The events of one chunk; after an error there is nothing more to decode.
    pub(super) fn decode(&mut self, chunk: Chunk) -> Vec<Result<ModelEvent, ModelError>> {
        if let Some(error) = failure::in_chunk(&chunk, &self.redactor) {
            return vec![Err(error)];
        }
        let mut events = Vec::new();
        let mut finish = None;
        let is_whole = chunk.object.as_deref() == Some("chat.completion");
        for choice in chunk.choices.into_iter().flatten() {
            self.delta(choice.delta.unwrap_or_default(), &mut events);
            self.say(choice.text.unwrap_or_default(), &mut events);
            if let Some(message) = choice.message {
                self.message(message, &mut events);
                finish = finish.or(is_whole.then(|| "stop".to_owned()));
            }
            finish = choice.finish_reason.or(finish);
        }
        let extra = chunk.x_groq.and_then(|groq| groq.usage);
        let usage = chunk.usage.or(extra).and_then(|usage| usage.tokens());
        events.extend(usage.map(ModelEvent::Usage));
        let failed = finish.as_deref().is_some_and(broke_off);
        if let Some(word) = finish.filter(|_| !failed) {
            events.push(self.finish(&word));
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
        self.think(thoughts, events);
        for part in parts(delta.content) {
            match part {
                Some(text) => self.say(text, events),
                None => events.push(ModelEvent::Reasoning),
            }
        }
        if let Some(refusal) = delta.refusal.filter(|text| !text.is_empty()) {
            self.refused = true;
            self.say(refusal, events);
        }
        self.call(delta.tool_calls, delta.function_call, events);
    }

    /// What it thinks, in whichever field.
    fn think(&mut self, thoughts: [Option<Content>; 2], events: &mut Vec<ModelEvent>) {
        let mut thoughts = thoughts.into_iter().flatten();
        if let Some(thought) = thoughts.find(|thought| !thought.is_empty()) {
            self.thought = true;
            events.push(ModelEvent::Reasoning);
            if let Content::Text(text) = thought {
                events.push(ModelEvent::Thought(text));
            }
        }
    }

    /// A whole message: all of the answer, what has come so far, or once more what has come.
    fn message(&mut self, message: Delta, events: &mut Vec<ModelEvent>) {
        if !self.thought {
            self.think([message.reasoning_content, message.reasoning], events);
        }
        let text: String = parts(message.content).into_iter().flatten().collect();
        if let Some(more) = text.strip_prefix(self.said.as_str()) {
            self.say(more.to_owned(), events);
        }
        if let Some(refusal) = message
            .refusal
            .filter(|text| !text.is_empty() && !self.refused)
        {
            self.refused = true;
            self.say(refusal, events);
        }
        self.call(message.tool_calls, message.function_call, events);
    }

    fn call(
        &mut self,
        calls: Option<Vec<CallDelta>>,
        old: Option<FunctionDelta>,
        events: &mut Vec<ModelEvent>,
    ) {
        let old = old.map(|function| CallDelta {
            function: Some(function),
            ..Default::default()
        });
        let calls = calls.into_iter().flatten().chain(old);
        events.extend(calls.filter_map(|call| self.calls.take(call)));
    }

    fn say(&mut self, text: String, events: &mut Vec<ModelEvent>) {
        events.extend(self.said(text));
    }

    /// The event of a text, which counts as said.
    fn said(&mut self, text: String) -> Option<ModelEvent> {
        self.said.push_str(&text);
        (!text.is_empty()).then_some(ModelEvent::Text(text))
    }

    fn finish(&mut self, word: &str) -> ModelEvent {
        self.finished = true;
        ModelEvent::Finish(self.reason(word))
    }

    fn reason(&self, word: &str) -> FinishReason {
        match word.to_ascii_lowercase().as_str() {
            "tool_calls" | "tool_call" | "tool_use" | "function_call" => FinishReason::ToolCalls,
            // Mistral says `model_length` where the context is full.
            "length" | "model_length" | "max_tokens" => FinishReason::Length,
            "content_filter" | "safety" => FinishReason::ContentFilter,
            _ if self.refused => FinishReason::Refusal,
            _ => FinishReason::Stop,
        }
    }
}

/// Reasons that are none: something went wrong.
fn broke_off(word: &str) -> bool {
    matches!(
        word,
        // OpenRouter, DeepSeek, Zhipu, vLLM.
        "error" | "insufficient_system_resource" | "network_error" | "abort"
    )
}

/// The texts of a content; `None` for a thought.
fn parts(content: Option<Content>) -> Vec<Option<String>> {
    let parts = match content {
        Some(Content::Text(text)) => return vec![Some(text)],
        Some(Content::Number(number)) => return vec![Some(number.to_string())],
        Some(Content::Parts(parts)) => parts,
        Some(Content::Part(part)) => vec![part],
        None => Vec::new(),
    };
    let parts = parts
        .into_iter()
        .filter_map(|part| match part.r#type.as_deref() {
            Some("thinking" | "reasoning") => Some(None),
            _ => part.text.map(Some),
        });
    parts.collect()
}

#[cfg(test)]
mod tests;
