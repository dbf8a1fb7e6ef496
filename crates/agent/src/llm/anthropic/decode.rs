//! What the events of a streamed answer mean. Pure.
//! Source: <https://platform.claude.com/docs/en/build-with-claude/streaming>.

use std::collections::VecDeque;

use serde::Deserialize;
use serde_json::Value;

use super::failure::{self, ErrorBody};
use crate::llm::{FinishReason, ModelError, ModelErrorKind, ModelEvent, Usage, redact::Redactor};

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    MessageStart {
        message: Started,
    },
    ContentBlockStart {
        index: u32,
        content_block: Block,
    },
    ContentBlockDelta {
        index: u32,
        delta: Delta,
    },
    ContentBlockStop {
        index: u32,
    },
    MessageDelta {
        delta: Stopped,
        usage: Option<Tokens>,
    },
    MessageStop,
    Error {
        error: ErrorBody,
    },
    /// `ping`, and what the API may add: clients are told to ignore what they do not know.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Started {
    id: Option<String>,
    model: Option<String>,
    usage: Option<Tokens>,
}

#[derive(Deserialize)]
struct Stopped {
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        #[serde(default)]
        text: String,
    },
    ToolUse {
        id: Option<String>,
        name: Option<String>,
        input: Option<Value>,
    },
    Thinking,
    RedactedThinking,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "the API's own names")]
enum Delta {
    TextDelta {
        text: String,
    },
    InputJsonDelta {
        partial_json: String,
    },
    ThinkingDelta,
    SignatureDelta,
    #[serde(other)]
    Other,
}

/// Counts of tokens; `input_tokens` are those that were neither read from nor written to the cache.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
struct Tokens {
    input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

impl Tokens {
    /// Takes later counts. They are cumulative and may leave out what has not changed; a proxy may
    /// say 0 where it does not know.
    fn update(&mut self, later: Self) {
        self.input_tokens = self.input_tokens.max(later.input_tokens);
        self.cache_read_input_tokens = self
            .cache_read_input_tokens
            .max(later.cache_read_input_tokens);
        self.cache_creation_input_tokens = self
            .cache_creation_input_tokens
            .max(later.cache_creation_input_tokens);
        self.output_tokens = self.output_tokens.max(later.output_tokens);
    }

    fn usage(self) -> Usage {
        let cached = self.cache_read_input_tokens.unwrap_or_default();
        let cache_written = self.cache_creation_input_tokens.unwrap_or_default();
        Usage {
            prompt: self.input_tokens.unwrap_or_default() + cached + cache_written,
            completion: self.output_tokens.unwrap_or_default(),
            cached,
            cache_written,
            // Thinking is within the output tokens, and not told apart.
            reasoning: 0,
        }
    }
}

/// A tool call that has begun.
#[derive(Debug)]
struct Call {
    index: u32,
    /// Arguments that came whole with the beginning, until it is known that none follow in pieces.
    whole: Option<String>,
}

/// Turns the events of one answer into the agent's own.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    tokens: Tokens,
    finish: Option<FinishReason>,
    calls: Vec<Call>,
    finished: bool,
    redactor: Redactor,
}

impl Decoder {
    /// For an answer of an endpoint whose messages are cleaned so.
    pub(super) fn new(redactor: Redactor) -> Self {
        Self {
            redactor,
            ..Self::default()
        }
    }

    /// Whether the answer is complete, by its own word: a stream that ends before is a broken one.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    /// Takes the data of one event and adds what it says to `out`.
    pub(super) fn take(
        &mut self,
        data: &str,
        out: &mut VecDeque<ModelEvent>,
    ) -> Result<(), ModelError> {
        let event = serde_json::from_str(data).map_err(|error| {
            // Not the error's text: it may quote the answer.
            let (what, at) = (error.classify(), error.column());
            let detail = format!("an event cannot be read: {what:?} error at byte {at}");
            ModelError::new(ModelErrorKind::BadResponse, detail)
        })?;
        match event {
            Event::MessageStart { message } => {
                let (id, model) = (message.id, message.model);
                out.push_back(ModelEvent::Started { id, model });
                self.count(message.usage, out);
            }
            Event::ContentBlockStart {
                index,
                content_block,
            } => self.begin(index, content_block, out),
            Event::ContentBlockDelta { index, delta } => self.add(index, delta, out),
            Event::ContentBlockStop { index } => {
                let call = self.calls.iter_mut().find(|call| call.index == index);
                out.extend(call.and_then(Call::arguments));
            }
            Event::MessageDelta { delta, usage } => {
                self.finish = delta.stop_reason.as_deref().map(finish).or(self.finish);
                self.count(usage, out);
            }
            Event::MessageStop => self.end(out),
            Event::Error { error } => return Err(failure::of_event(&error, &self.redactor)),
            Event::Other => {}
        }
        Ok(())
    }

    fn begin(&mut self, index: u32, block: Block, out: &mut VecDeque<ModelEvent>) {
        match block {
            Block::Text { text } => out.extend(said(text)),
            Block::ToolUse { id, name, input } => {
                let whole = input.filter(|input| input.as_object().is_some_and(|o| !o.is_empty()));
                self.calls.push(Call {
                    index,
                    whole: whole.map(|input| input.to_string()),
                });
                out.push_back(ModelEvent::ToolCall {
                    index,
                    id,
                    name,
                    arguments: String::new(),
                });
            }
            Block::Thinking | Block::RedactedThinking => out.push_back(ModelEvent::Reasoning),
            Block::Other => {}
        }
    }

    fn add(&mut self, index: u32, delta: Delta, out: &mut VecDeque<ModelEvent>) {
        match delta {
            Delta::TextDelta { text } => out.extend(said(text)),
            Delta::InputJsonDelta { partial_json } => {
                // Blocks of other kinds, such as tools that the server runs, have input too.
                let call = self.calls.iter_mut().find(|call| call.index == index);
                if let Some(call) = call.filter(|_| !partial_json.is_empty()) {
                    call.whole = None;
                    out.push_back(piece(index, partial_json));
                }
            }
            Delta::ThinkingDelta | Delta::SignatureDelta => out.push_back(ModelEvent::Reasoning),
            Delta::Other => {}
        }
    }

    fn count(&mut self, later: Option<Tokens>, out: &mut VecDeque<ModelEvent>) {
        if let Some(later) = later {
            self.tokens.update(later);
            out.push_back(ModelEvent::Usage(self.tokens.usage()));
        }
    }

    fn end(&mut self, out: &mut VecDeque<ModelEvent>) {
        // For proxies that leave out the ends of blocks, or the reason.
        out.extend(self.calls.iter_mut().filter_map(Call::arguments));
        let silent = if self.calls.is_empty() {
            FinishReason::Stop
        } else {
            FinishReason::ToolCalls
        };
        out.push_back(ModelEvent::Finish(self.finish.unwrap_or(silent)));
        self.finished = true;
    }
}

impl Call {
    fn arguments(&mut self) -> Option<ModelEvent> {
        Some(piece(self.index, self.whole.take()?))
    }
}

fn piece(index: u32, arguments: String) -> ModelEvent {
    ModelEvent::ToolCall {
        index,
        id: None,
        name: None,
        arguments,
    }
}

fn said(text: String) -> Option<ModelEvent> {
    (!text.is_empty()).then_some(ModelEvent::Text(text))
}

/// Source: <https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons>.
fn finish(stop_reason: &str) -> FinishReason {
    match stop_reason {
        "tool_use" => FinishReason::ToolCalls,
        "max_tokens" | "model_context_window_exceeded" => FinishReason::Length,
        "refusal" => FinishReason::Refusal,
        // `end_turn`, `stop_sequence`, `pause_turn`, and what the API may add.
        _ => FinishReason::Stop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::{Answer, Assembler};

    fn decode(data: &[&str]) -> Result<Vec<ModelEvent>, ModelError> {
        let (mut decoder, mut out) = (Decoder::default(), VecDeque::new());
        for data in data {
            decoder.take(data, &mut out)?;
        }
        Ok(out.into())
    }

    fn answer(data: &[&str]) -> Answer {
        let mut assembler = Assembler::default();
        let events = decode(data).unwrap().into_iter();
        events.for_each(|event| assembler.push(&event).unwrap());
        assembler.finish()
    }

    #[test]
    fn tokens_are_summed_from_the_first_and_the_last_event() {
        let answer = answer(&[
            r#"{"type":"message_start","message":{"id":"msg_1","model":"claude-x","usage":{
                "input_tokens":10,"cache_read_input_tokens":200,"cache_creation_input_tokens":30,
                "output_tokens":1}}}"#,
            r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},
                "usage":{"input_tokens":0,"cache_read_input_tokens":null,"output_tokens":42}}"#,
            r#"{"type":"message_stop","later":1}"#,
        ]);
        let usage = Usage {
            prompt: 240,
            completion: 42,
            cached: 200,
            cache_written: 30,
            reasoning: 0,
        };
        assert_eq!(answer.usage, Some(usage));
        assert_eq!(answer.id.as_deref(), Some("msg_1"));
        assert_eq!(answer.model.as_deref(), Some("claude-x"));
        assert_eq!(answer.finish, Some(FinishReason::Stop));
    }

    #[test]
    fn counts_may_all_come_at_the_end() {
        let events = decode(&[
            r#"{"type":"message_start","message":{"usage":{"input_tokens":0,"output_tokens":0}}}"#,
            r#"{"type":"message_delta","delta":{},"usage":{"input_tokens":7,"output_tokens":2}}"#,
        ]);
        let Some(ModelEvent::Usage(last)) = events.unwrap().pop() else {
            panic!("usage comes last");
        };
        assert_eq!((last.prompt, last.completion), (7, 2));
    }

    #[test]
    fn an_answer_is_finished_by_message_stop_alone() {
        let events = decode(&[r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#]);
        assert_eq!(events, Ok(vec![]));
        let reason = |reason: &str| {
            let delta =
                format!(r#"{{"type":"message_delta","delta":{{"stop_reason":"{reason}"}}}}"#);
            answer(&[&delta, r#"{"type":"message_stop"}"#]).finish
        };
        for (word, expected) in [
            ("end_turn", FinishReason::Stop),
            ("stop_sequence", FinishReason::Stop),
            ("pause_turn", FinishReason::Stop),
            ("tool_use", FinishReason::ToolCalls),
            ("max_tokens", FinishReason::Length),
            ("model_context_window_exceeded", FinishReason::Length),
            ("refusal", FinishReason::Refusal),
            ("of_the_future", FinishReason::Stop),
        ] {
            assert_eq!(reason(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn arguments_may_come_whole_in_pieces_or_both() {
        let start = |index: u32, input: &str| {
            format!(
                r#"{{"type":"content_block_start","index":{index},"content_block":{{"type":"tool_use","id":"c{index}","name":"f","input":{input}}}}}"#
            )
        };
        let delta = |index: u32, json: &str| {
            let json = Value::from(json);
            format!(
                r#"{{"type":"content_block_delta","index":{index},"delta":{{"type":"input_json_delta","partial_json":{json}}}}}"#
            )
        };
        let data = [
            start(0, r#"{"a":1}"#),
            r#"{"type":"content_block_stop","index":0}"#.to_owned(),
            start(1, r#"{"a":2}"#),
            delta(1, ""),
            delta(1, r#"{"a":"#),
            delta(1, "2}"),
            r#"{"type":"content_block_stop","index":1}"#.to_owned(),
            start(2, "{}"),
            start(3, r#"{"a":3}"#),
            // A tool that the server runs.
            r#"{"type":"content_block_start","index":4,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}"#.to_owned(),
            delta(4, r#"{"query":1}"#),
            r#"{"type":"message_stop"}"#.to_owned(),
        ];
        let answer = answer(&data.each_ref().map(String::as_str));
        let calls: Vec<_> = answer
            .tool_calls
            .iter()
            .map(|call| (&*call.id, &*call.arguments))
            .collect();
        let expected = [
            ("c0", r#"{"a":1}"#),
            ("c1", r#"{"a":2}"#),
            ("c2", ""),
            ("c3", r#"{"a":3}"#),
        ];
        assert_eq!(calls, expected);
        assert_eq!(answer.finish, Some(FinishReason::ToolCalls));
    }

    #[test]
    fn thoughts_are_told_without_their_text_and_what_is_unknown_is_ignored() {
        let events = decode(&[
            r#"{"type":"ping"}"#,
            r#"{"type":"of_the_future","index":"x"}"#,
            r#"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"x"}}"#,
            r#"{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"x"}}"#,
            r#"{"type":"content_block_start","index":2,"content_block":{"type":"of_the_future"}}"#,
            r#"{"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{}}}"#,
        ]);
        assert_eq!(events, Ok(vec![ModelEvent::Reasoning; 4]));
    }

    #[test]
    fn data_that_is_no_event_is_a_bad_response_that_is_not_quoted() {
        for data in [
            "Marseille",
            r#"{"type":"content_block_delta","index":"Marseille"}"#,
            r#"{"city":"Marseille"}"#,
        ] {
            let error = decode(&[data]).unwrap_err();
            assert_eq!(error.kind, ModelErrorKind::BadResponse);
            assert!(!error.detail.contains("Marseille"), "{}", error.detail);
        }
    }
}
