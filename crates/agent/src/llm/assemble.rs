//! Puts a streamed answer together again. Pure: the same pieces, cut anywhere, give the same answer.

use super::{FinishReason, ModelEvent, Usage};
use crate::message::ToolCall;

/// A whole answer of a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Its text.
    pub text: String,
    /// Tools that it wants to run, in the order of their index.
    pub tool_calls: Vec<ToolCall>,
    /// Tokens; `None` when the provider did not tell.
    pub usage: Option<Usage>,
    /// The provider's id of the answer.
    pub id: Option<String>,
    /// The model that really answered.
    pub model: Option<String>,
    /// Why it stopped; `None` when the stream ended without saying.
    pub finish: Option<FinishReason>,
}

/// Collects the pieces of an answer.
#[derive(Debug, Default)]
pub struct Assembler {
    answer: Answer,
    /// Index of each call, parallel to `answer.tool_calls`.
    indexes: Vec<u32>,
}

impl Assembler {
    /// Takes one piece.
    pub fn push(&mut self, event: ModelEvent) {
        match event {
            ModelEvent::Started { id, model } => {
                self.answer.id = id.or(self.answer.id.take());
                self.answer.model = model.or(self.answer.model.take());
            }
            ModelEvent::Reasoning => {}
            ModelEvent::Text(text) => self.answer.text.push_str(&text),
            ModelEvent::ToolCall {
                index,
                id,
                name,
                arguments,
            } => {
                let at = match self.indexes.binary_search(&index) {
                    Ok(at) => at,
                    Err(at) => {
                        self.indexes.insert(at, index);
                        self.answer.tool_calls.insert(at, ToolCall::default());
                        at
                    }
                };
                let call = &mut self.answer.tool_calls[at];
                call.id.push_str(id.as_deref().unwrap_or_default());
                call.name.push_str(name.as_deref().unwrap_or_default());
                call.arguments.push_str(&arguments);
            }
            ModelEvent::Usage(usage) => self.answer.usage = Some(usage),
            ModelEvent::Finish(reason) => self.answer.finish = Some(reason),
        }
    }

    /// Whether the model has said why it stopped.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        self.answer.finish.is_some()
    }

    /// The answer; calls without an id get one from their position.
    #[must_use]
    pub fn finish(mut self) -> Answer {
        for (call, index) in self.answer.tool_calls.iter_mut().zip(&self.indexes) {
            if call.id.is_empty() {
                call.id = format!("call_{index}");
            }
        }
        self.answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(index: u32, id: Option<&str>, name: Option<&str>, arguments: &str) -> ModelEvent {
        ModelEvent::ToolCall {
            index,
            id: id.map(Into::into),
            name: name.map(Into::into),
            arguments: arguments.into(),
        }
    }

    #[test]
    fn pieces_of_two_calls_may_come_mixed() {
        let mut assembler = Assembler::default();
        for event in [
            ModelEvent::Text("Voy".into()),
            piece(1, Some("b"), Some("second"), "{\"x\""),
            piece(0, Some("a"), Some("first"), "{"),
            ModelEvent::Text("ons".into()),
            piece(1, None, None, ":1}"),
            piece(0, None, None, "}"),
            ModelEvent::Finish(FinishReason::ToolCalls),
        ] {
            assembler.push(event);
        }
        let answer = assembler.finish();
        assert_eq!(answer.text, "Voyons");
        let calls: Vec<_> = answer
            .tool_calls
            .iter()
            .map(|c| (&*c.name, &*c.arguments))
            .collect();
        assert_eq!(calls, [("first", "{}"), ("second", "{\"x\":1}")]);
    }
}
