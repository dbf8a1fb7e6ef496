//! What the events of a streamed answer mean, whatever their fields hold. Pure.
//! Source: <https://platform.claude.com/docs/en/build-with-claude/streaming>.

use std::collections::VecDeque;

use remote::Redactor;
use serde_json::Value;

use super::failure::{self, ErrorBody};
use crate::{
    FinishReason, ModelError, ModelEvent, Usage,
    loose_json::{count, is_nothing, text},
    reading::Decode,
};

/// Counts of tokens; `input` are those that were neither read from nor written to the cache.
#[derive(Clone, Copy, Debug, Default)]
struct Tokens {
    input: Option<u64>,
    cache_read: Option<u64>,
    cache_creation: Option<u64>,
    output: Option<u64>,
}

impl Tokens {
    fn read(usage: &Value) -> Self {
        Self {
            input: count(&usage["input_tokens"]),
            cache_read: count(&usage["cache_read_input_tokens"]),
            cache_creation: count(&usage["cache_creation_input_tokens"]),
            output: count(&usage["output_tokens"]),
        }
    }

    /// Takes later counts. They are cumulative and may leave out what has not changed; a proxy may
    /// say 0 where it does not know.
    fn update(&mut self, later: Self) {
        self.input = self.input.max(later.input);
        self.cache_read = self.cache_read.max(later.cache_read);
        self.cache_creation = self.cache_creation.max(later.cache_creation);
        self.output = self.output.max(later.output);
    }

    fn usage(self) -> Usage {
        let cached = self.cache_read.unwrap_or_default();
        let cache_written = self.cache_creation.unwrap_or_default();
        let prompt = self.input.unwrap_or_default().saturating_add(cached);
        Usage {
            prompt: prompt.saturating_add(cache_written),
            completion: self.output.unwrap_or_default(),
            cached,
            cache_written,
            // Thinking is within the output tokens, and not told apart.
            reasoning: 0,
        }
    }
}

/// A block that has begun. Calls are numbered by their order: indexes of proxies may be missing, the
/// same for all, or texts.
#[derive(Debug)]
struct Block {
    wire: Option<u64>,
    /// The call that it is; none for text, thoughts, and tools that the server runs.
    call: Option<u32>,
    /// Arguments that came whole with the beginning, until it is known that none follow in pieces.
    whole: Option<String>,
    /// Arguments in pieces.
    arguments: String,
}

/// Turns the events of one answer into the agent's own.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    tokens: Tokens,
    finish: Option<FinishReason>,
    blocks: Vec<Block>,
    calls: u32,
    said: bool,
    /// The end has been told.
    finished: bool,
    /// `message_stop` has come.
    over: bool,
    redactor: Redactor,
}

impl Decode for Decoder {
    fn take(
        &mut self,
        name: &str,
        event: Value,
        out: &mut VecDeque<ModelEvent>,
    ) -> Result<(), ModelError> {
        let kind = event["type"].as_str().unwrap_or(name);
        let error = &event["error"];
        if kind == "error" || !is_nothing(error) {
            let body = if is_nothing(error) { &event } else { error };
            return Err(failure::of_event(&ErrorBody::read(body), &self.redactor));
        }
        match kind {
            "message_start" => self.start(&event["message"], out),
            "content_block_start" => {
                self.begin(count(&event["index"]), &event["content_block"], out);
            }
            "content_block_delta" => self.add(count(&event["index"]), &event["delta"], out),
            "content_block_stop" => {
                if let Some(at) = self.block(count(&event["index"])) {
                    out.extend(self.blocks[at].arguments());
                }
            }
            "message_delta" => {
                self.count(&event["usage"], out);
                self.stop([&event["delta"], &event], out);
            }
            "message_stop" => {
                self.end(out);
                self.over = true;
            }
            // A whole answer in place of a stream.
            "message" => {
                self.start(&event, out);
                for block in event["content"].as_array().into_iter().flatten() {
                    self.begin(None, block, out);
                }
                if let Some(text) = event["content"].as_str() {
                    self.say(text, out);
                }
                self.stop([&event, &event], out);
                self.end(out);
                self.over = true;
            }
            // `ping`, and what the API may add: clients are told to ignore what they do not know.
            _ => {}
        }
        Ok(())
    }

    fn done(&mut self, out: &mut VecDeque<ModelEvent>) {
        let mut calls = self.blocks.iter().filter(|block| block.call.is_some());
        if (self.said || self.calls > 0) && calls.all(Block::is_whole) {
            self.end(out);
        }
    }

    fn is_over(&self) -> bool {
        self.over
    }
}

impl Decoder {
    /// For an answer of an endpoint whose messages are cleaned so.
    pub(super) fn new(redactor: Redactor) -> Self {
        Self {
            redactor,
            ..Self::default()
        }
    }

    fn start(&mut self, message: &Value, out: &mut VecDeque<ModelEvent>) {
        let known = |field: &str| text(&message[field]).filter(|text| !text.is_empty());
        let (id, model) = (known("id"), known("model"));
        out.push_back(ModelEvent::Started { id, model });
        self.count(&message["usage"], out);
    }

    fn begin(&mut self, wire: Option<u64>, block: &Value, out: &mut VecDeque<ModelEvent>) {
        let (mut call, mut whole) = (None, None);
        let kind = block["type"].as_str();
        match kind.unwrap_or(if block["name"].is_null() {
            "text"
        } else {
            "tool_use"
        }) {
            "text" => self.say(block["text"].as_str().unwrap_or_default(), out),
            "tool_use" => {
                whole = whole_arguments(&block["input"]);
                let index = self.calls;
                self.calls = self.calls.saturating_add(1);
                call = Some(index);
                out.push_back(ModelEvent::ToolCall {
                    index,
                    id: text(&block["id"]),
                    name: text(&block["name"]),
                    arguments: String::new(),
                });
            }
            "thinking" | "redacted_thinking" => out.push_back(ModelEvent::Reasoning),
            _ => {}
        }
        self.blocks.push(Block {
            wire,
            call,
            whole,
            arguments: String::new(),
        });
    }

    /// The block of an index: the last one that has it; without one, the last.
    fn block(&self, wire: Option<u64>) -> Option<usize> {
        let last = || self.blocks.len().checked_sub(1);
        match wire {
            None => last(),
            Some(_) => {
                let known = self.blocks.iter().rposition(|block| block.wire == wire);
                // An index that nothing began with.
                known.or_else(|| last().filter(|at| self.blocks[*at].wire.is_none()))
            }
        }
    }

    fn add(&mut self, wire: Option<u64>, delta: &Value, out: &mut VecDeque<ModelEvent>) {
        let kind = delta["type"].as_str();
        let said = delta["text"].as_str();
        let json = &delta["partial_json"];
        match (kind, said) {
            (Some("text_delta" | "text") | None, Some(text)) => self.say(text, out),
            (Some("input_json_delta") | None, _) if !json.is_null() => {
                let piece = match json {
                    Value::String(piece) => piece.clone(),
                    whole => whole.to_string(),
                };
                // Blocks of other kinds, such as tools that the server runs, have input too.
                let block = self.block(wire).map(|at| &mut self.blocks[at]);
                let Some(block) = block.filter(|_| !piece.is_empty()) else {
                    return;
                };
                if let Some(index) = block.call {
                    block.whole = None;
                    block.arguments.push_str(&piece);
                    out.push_back(call_piece(index, piece));
                }
            }
            (Some("thinking_delta" | "signature_delta"), _) => {
                out.push_back(ModelEvent::Reasoning);
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str, out: &mut VecDeque<ModelEvent>) {
        if !text.is_empty() {
            self.said = true;
            out.push_back(ModelEvent::Text(text.to_owned()));
        }
    }

    fn count(&mut self, later: &Value, out: &mut VecDeque<ModelEvent>) {
        if later.as_object().is_some_and(|later| !later.is_empty()) {
            self.tokens.update(Tokens::read(later));
            out.push_back(ModelEvent::Usage(self.tokens.usage()));
        }
    }

    /// Takes the reason why the model stopped, where one is told: the answer is whole then.
    fn stop(&mut self, places: [&Value; 2], out: &mut VecDeque<ModelEvent>) {
        let mut reasons = places.into_iter().map(|place| &place["stop_reason"]);
        let reason = reasons.find(|reason| reason.is_string() && !is_nothing(reason));
        if let Some(reason) = reason.and_then(Value::as_str) {
            self.finish = Some(finish(reason));
            self.end(out);
        }
    }

    fn end(&mut self, out: &mut VecDeque<ModelEvent>) {
        // For proxies that leave out the ends of blocks, or the reason.
        out.extend(self.blocks.iter_mut().filter_map(Block::arguments));
        let silent = if self.calls == 0 {
            FinishReason::Stop
        } else {
            FinishReason::ToolCalls
        };
        if !std::mem::replace(&mut self.finished, true) {
            out.push_back(ModelEvent::Finish(self.finish.unwrap_or(silent)));
        }
    }
}

impl Block {
    fn arguments(&mut self) -> Option<ModelEvent> {
        Some(call_piece(self.call?, self.whole.take()?))
    }

    /// Whether its arguments are all there.
    fn is_whole(&self) -> bool {
        let arguments = self.arguments.trim();
        arguments.is_empty() || serde_json::from_str::<serde::de::IgnoredAny>(arguments).is_ok()
    }
}

/// Arguments that stand in the beginning of a call: an object with something in it, or such as a text.
fn whole_arguments(input: &Value) -> Option<String> {
    match input {
        Value::Object(object) if object.is_empty() => None,
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Object(_) | Value::Array(_) => Some(input.to_string()),
        _ => None,
    }
}

fn call_piece(index: u32, arguments: String) -> ModelEvent {
    ModelEvent::ToolCall {
        index,
        id: None,
        name: None,
        arguments,
    }
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
    use crate::{Answer, Assembler};

    fn decode(data: &[&str]) -> Result<Vec<ModelEvent>, ModelError> {
        let (mut decoder, mut out) = (Decoder::default(), VecDeque::new());
        for data in data {
            let event = serde_json::from_str(data).unwrap_or_default();
            decoder.take("", event, &mut out)?;
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
    fn a_reason_or_message_stop_ends_an_answer_once() {
        let reason = r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#;
        let stop = r#"{"type":"message_stop"}"#;
        let end = vec![ModelEvent::Finish(FinishReason::Stop)];
        for data in [&[reason][..], &[reason, stop], &[stop]] {
            assert_eq!(decode(data), Ok(end.clone()), "{data:?}");
        }
        let none = r#"{"type":"message_delta","delta":{"stop_reason":null},"usage":{}}"#;
        assert_eq!(decode(&[none]), Ok(vec![]));
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
    fn a_block_is_found_whatever_its_index_is() {
        let start = |index: &str, id: &str| {
            format!(
                r#"{{"type":"content_block_start"{index},"content_block":{{"type":"tool_use","id":{id},"name":"f","input":{{}}}}}}"#
            )
        };
        let delta = |index: &str, json: &str| {
            format!(r#"{{"type":"content_block_delta"{index},"delta":{{"partial_json":{json}}}}}"#)
        };
        for [first, second] in [
            ["", ""],
            [r#","index":0"#, r#","index":0"#],
            [r#","index":"0""#, r#","index":"1""#],
            [r#","index":-1"#, r#","index":null"#],
        ] {
            let data = [
                start(first, "7"),
                delta(first, r#""{\"a\":""#),
                delta(first, r#""1}""#),
                start(second, r#""b""#),
                delta(second, r#"{"a":2}"#),
                r#"{"type":"message_stop"}"#.to_owned(),
            ];
            let answer = answer(&data.each_ref().map(String::as_str));
            let calls: Vec<_> = answer
                .tool_calls
                .iter()
                .map(|call| (&*call.id, &*call.arguments))
                .collect();
            assert_eq!(calls, [("7", r#"{"a":1}"#), ("b", r#"{"a":2}"#)], "{first}");
        }
    }

    #[test]
    fn a_whole_message_is_an_answer() {
        let answer = answer(&[
            r#"{"type":"message","id":"m","model":"x","content":[{"type":"text","text":"Oui"},{"type":"tool_use","id":"c","name":"f","input":"{}"}],"stop_reason":null,"usage":{"input_tokens":"3","output_tokens":1.0}}"#,
        ]);
        assert_eq!(answer.text, "Oui");
        assert_eq!(answer.tool_calls.len(), 1);
        assert_eq!(answer.finish, Some(FinishReason::ToolCalls));
        assert_eq!(answer.usage.map(Usage::total), Some(4));
    }

    #[test]
    fn what_an_error_holds_does_not_matter() {
        for data in [
            r#"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#,
            r#"{"type":"error"}"#,
            r#"{"type":"error","error":"no"}"#,
            r#"{"error":{"message":"no"}}"#,
            r#"{"type":"ping","error":{"code":500}}"#,
        ] {
            assert!(decode(&[data]).is_err(), "{data}");
        }
        for data in [
            r#"{"type":"ping","error":null}"#,
            r#"{"type":"ping","error":{}}"#,
        ] {
            assert_eq!(decode(&[data]), Ok(vec![]), "{data}");
        }
    }

    #[test]
    fn data_that_is_no_event_is_passed_over() {
        for data in ["Marseille", r#"{"city":"Marseille"}"#, "7"] {
            assert_eq!(decode(&[data]), Ok(vec![]), "{data}");
        }
    }
}
