mod calls;

use super::*;
use crate::{Answer, Assembler, Usage, message::ToolCall};

fn decoded(chunks: &[&str]) -> Vec<Result<ModelEvent, ModelError>> {
    let mut decoder = Decoder::default();
    chunks
        .iter()
        .flat_map(|chunk| decoder.decode(Chunk::of(serde_json::from_str(chunk).unwrap()).unwrap()))
        .collect()
}

fn answer(chunks: &[&str]) -> Answer {
    let mut assembler = Assembler::default();
    for event in decoded(chunks) {
        assembler.push(&event.unwrap()).unwrap();
    }
    assembler.finish()
}

fn calls(chunks: &[&str]) -> Vec<(String, String, String)> {
    let parts = |call: ToolCall| (call.id, call.name, call.arguments);
    answer(chunks).tool_calls.into_iter().map(parts).collect()
}

fn call(id: &str, name: &str, arguments: &str) -> (String, String, String) {
    (id.to_owned(), name.to_owned(), arguments.to_owned())
}

fn calling(calls: &str) -> String {
    format!(r#"{{"choices":[{{"delta":{{"tool_calls":{calls}}}}}]}}"#)
}

fn failure_of(chunk: &str) -> ModelError {
    decoded(&[chunk]).pop().unwrap().unwrap_err()
}

#[test]
fn openai_streams_text_usage_and_a_name_of_the_model() {
    let answer = answer(&[
        r#"{"id":"chatcmpl-1","object":"chat.completion.chunk","model":"gpt-6.1-terra-2026-10-26","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}"#,
        r#"{"id":"chatcmpl-1","model":"gpt-6.1-terra-2026-10-26","choices":[{"index":0,"delta":{"content":"Bonjour "},"finish_reason":null}]}"#,
        r#"{"id":"chatcmpl-1","model":"gpt-6.1-terra-2026-10-26","choices":[{"index":0,"delta":{"content":"Élodie"},"finish_reason":null}]}"#,
        r#"{"id":"chatcmpl-1","model":"gpt-6.1-terra-2026-10-26","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        r#"{"id":"chatcmpl-1","model":"gpt-6.1-terra-2026-10-26","choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":7,"total_tokens":1207,"prompt_tokens_details":{"cached_tokens":1024,"audio_tokens":0}}}"#,
    ]);
    assert_eq!(answer.text, "Bonjour Élodie");
    assert_eq!(answer.id.as_deref(), Some("chatcmpl-1"));
    assert_eq!(answer.model.as_deref(), Some("gpt-6.1-terra-2026-10-26"));
    assert_eq!(answer.finish, Some(FinishReason::Stop));
    let usage = Usage {
        prompt: 1200,
        completion: 7,
        cached: 1024,
        cache_written: 0,
        reasoning: 0,
    };
    assert_eq!(answer.usage, Some(usage));
}

#[test]
fn an_answer_starts_once_and_not_before_it_says_something() {
    let events = decoded(&[
        r#"{"id":"","model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]}"#,
        r#"{"id":"a","model":"m","choices":[{"delta":{"role":"assistant","content":""}}]}"#,
        r#"{"id":"a","model":"m","choices":[{"delta":{"content":"Oui"}}]}"#,
    ]);
    let started = ModelEvent::Started {
        id: Some("a".to_owned()),
        model: Some("m".to_owned()),
    };
    assert_eq!(
        events,
        [Ok(started), Ok(ModelEvent::Text("Oui".to_owned()))]
    );
}

#[test]
fn calls_come_in_pieces_by_index() {
    let chunks = [
        r#"{"id":"x","choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"search_flights","arguments":""}}]}}]}"#,
        r#"{"id":"x","choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"to\""}}]}}]}"#,
        r#"{"id":"x","choices":[{"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"get_airport_code","arguments":"{}"}}]}}]}"#,
        r#"{"id":"x","choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}"#,
        r#"{"id":"x","choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#,
    ];
    let expected = [
        call("a", "search_flights", "{\"to\":1}"),
        call("b", "get_airport_code", "{}"),
    ];
    assert_eq!(calls(&chunks), expected);
    assert_eq!(answer(&chunks).finish, Some(FinishReason::ToolCalls));
}

#[test]
fn without_an_index_a_new_id_is_a_new_call_and_no_id_is_the_last_one() {
    // Gemini: whole calls, no index, pieces without an id, and `stop` at the end.
    let chunks = [
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"1}"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"}]}"#,
    ];
    assert_eq!(
        calls(&chunks),
        [call("a", "f", "{\"x\":1}"), call("b", "f", "{}")]
    );
    assert_eq!(answer(&chunks).finish, Some(FinishReason::Stop));
}

#[test]
fn neither_index_nor_id_leaves_the_name_to_tell_calls_apart() {
    let chunks = [
        r#"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":{"x":1}}},{"id":"","function":{"name":"g","arguments":"{}"}}]}}]}"#,
    ];
    assert_eq!(
        calls(&chunks),
        [call("call_0", "f", "{\"x\":1}"), call("call_1", "g", "{}")]
    );
}

#[test]
fn one_index_for_two_calls_is_two_calls() {
    // Ollama.
    let chunks = [
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","index":0,"type":"function","function":{"name":"f","arguments":"{}"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"b","index":0,"type":"function","function":{"name":"f","arguments":"{\"y\":2}"}}]}}]}"#,
    ];
    assert_eq!(
        calls(&chunks),
        [call("a", "f", "{}"), call("b", "f", "{\"y\":2}")]
    );
}

#[test]
fn repeated_ids_and_names_count_once() {
    let chunks = [
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","index":0,"function":{"name":"f","arguments":"{"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"a","index":0,"function":{"name":"f","arguments":"\"x\""}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"id":"other","index":0,"function":{"name":null,"arguments":":1}"}}]}}]}"#,
    ];
    assert_eq!(calls(&chunks), [call("a", "f", "{\"x\":1}")]);
}

#[test]
fn thoughts_are_never_text() {
    let events = decoded(&[
        r#"{"id":"m","choices":[{"delta":{"reasoning_content":"hm","content":null}}]}"#,
        r#"{"id":"m","choices":[{"delta":{"reasoning":"hm","reasoning_details":[{"type":"reasoning.text"}]}}]}"#,
        r#"{"id":"m","choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}}]}"#,
        r#"{"id":"m","choices":[{"delta":{"reasoning_content":"","content":[{"type":"text","text":"Oui"},{"type":"reference","reference_ids":[1]},{"type":"text","text":"."}]}}]}"#,
    ]);
    let events: Vec<_> = events.into_iter().skip(1).map(Result::unwrap).collect();
    let text = |text: &str| ModelEvent::Text(text.to_owned());
    let thought = || ModelEvent::Reasoning;
    let words = || ModelEvent::Thought("hm".to_owned());
    assert_eq!(
        events,
        [
            thought(),
            words(),
            thought(),
            words(),
            thought(),
            text("Oui"),
            text(".")
        ]
    );
}

#[test]
fn a_refusal_is_shown_and_named() {
    let answer = answer(&[
        r#"{"id":"r","choices":[{"delta":{"refusal":"I cannot "}}]}"#,
        r#"{"id":"r","choices":[{"delta":{"refusal":"do that."}}]}"#,
        r#"{"id":"r","choices":[{"delta":{},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(answer.text, "I cannot do that.");
    assert_eq!(answer.finish, Some(FinishReason::Refusal));
}

#[test]
fn finish_words() {
    for (word, reason) in [
        ("stop", FinishReason::Stop),
        ("tool_calls", FinishReason::ToolCalls),
        ("function_call", FinishReason::ToolCalls),
        ("length", FinishReason::Length),
        ("model_length", FinishReason::Length),
        ("content_filter", FinishReason::ContentFilter),
        ("eos_token", FinishReason::Stop),
    ] {
        let chunk = format!(r#"{{"choices":[{{"delta":{{}},"finish_reason":"{word}"}}]}}"#);
        assert_eq!(answer(&[&chunk]).finish, Some(reason), "{word}");
    }
    let unfinished = r#"{"id":"x","choices":[{"delta":{"content":"a"},"finish_reason":""}]}"#;
    assert_eq!(answer(&[unfinished]).finish, None);
}

#[test]
fn usage_of_every_server() {
    for (usage, tokens) in [
        // DeepSeek.
        (
            r#""usage":{"prompt_tokens":30,"completion_tokens":4,"total_tokens":34,"prompt_cache_hit_tokens":20,"prompt_cache_miss_tokens":10}"#,
            (30, 4, 20, 0),
        ),
        // Groq.
        (
            r#""x_groq":{"id":"req_1","usage":{"queue_time":0.01,"prompt_tokens":30,"completion_tokens":4,"total_tokens":34}}"#,
            (30, 4, 0, 0),
        ),
        // Gemini, which thought for 500 tokens.
        (
            r#""usage":{"prompt_tokens":30,"completion_tokens":4,"total_tokens":534}"#,
            (30, 504, 0, 0),
        ),
        // OpenRouter.
        (
            r#""usage":{"prompt_tokens":30,"completion_tokens":4,"total_tokens":34,"cost":0.001,"prompt_tokens_details":{"cached_tokens":10,"cache_write_tokens":15}}"#,
            (30, 4, 10, 15),
        ),
        (r#""usage":{}"#, (0, 0, 0, 0)),
    ] {
        let got = answer(&[&format!(r#"{{"id":"u","choices":[],{usage}}}"#)]);
        let got = got.usage.unwrap_or_default();
        let reasoning = if usage.contains("534") { 500 } else { 0 };
        assert_eq!(got.reasoning, reasoning, "{usage}");
        let got = (got.prompt, got.completion, got.cached, got.cache_written);
        assert_eq!(got, tokens, "{usage}");
    }
}

#[test]
fn errors_within_the_stream() {
    for (chunk, kind) in [
        (
            r#"{"error":{"message":"The server had an error","type":"server_error","param":null,"code":null}}"#,
            ModelErrorKind::Server,
        ),
        (
            r#"{"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}}"#,
            ModelErrorKind::RateLimited,
        ),
        // OpenRouter, beside a choice.
        (
            r#"{"id":"gen-1","error":{"code":502,"message":"Provider disconnected"},"choices":[{"delta":{"content":""},"finish_reason":"error"}]}"#,
            ModelErrorKind::Server,
        ),
        (
            r#"{"id":"gen-1","choices":[{"delta":{"content":""},"finish_reason":"error","error":{"code":"429","message":"x"}}]}"#,
            ModelErrorKind::RateLimited,
        ),
        (
            r#"{"error":{"code":503,"message":"x","status":"UNAVAILABLE"}}"#,
            ModelErrorKind::Overloaded,
        ),
        (
            r#"{"error":{"message":"Overloaded","type":"overloaded_error"}}"#,
            ModelErrorKind::Overloaded,
        ),
        // vLLM.
        (
            r#"{"object":"error","message":"too long","type":"BadRequestError","code":400}"#,
            ModelErrorKind::BadRequest,
        ),
        (r#"{"error":"out of memory"}"#, ModelErrorKind::Server),
        (
            r#"{"choices":[{"delta":{},"finish_reason":"error"}]}"#,
            ModelErrorKind::Server,
        ),
    ] {
        assert_eq!(failure_of(chunk).kind, kind, "{chunk}");
    }
    assert_eq!(
        failure_of(r#"{"error":"out of memory"}"#).detail,
        "error in the stream: out of memory"
    );
}

/// A chunk with these tool calls.
#[test]
fn a_whole_completion_is_an_answer_and_a_repeated_one_is_none() {
    let whole = r#"{"id":"w","object":"chat.completion","choices":[{"message":{"role":"assistant","content":"Oui","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}"#;
    let once = answer(&[whole]);
    assert_eq!((&*once.text, once.tool_calls.len()), ("Oui", 1));
    assert_eq!(once.finish, Some(FinishReason::Stop));
    let streamed = r#"{"id":"w","choices":[{"delta":{"content":"Oui","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}"#;
    assert_eq!(answer(&[streamed, whole]), once);
    let grows =
        |text: &str| format!(r#"{{"id":"w","choices":[{{"message":{{"content":"{text}"}}}}]}}"#);
    assert_eq!(
        answer(&[&grows("O"), &grows("Oui"), &grows("Oui")]).text,
        "Oui"
    );
}

#[test]
fn a_field_that_is_not_needed_may_be_anything() {
    for value in ["7", "1.5", "null", "false", "\"\"", "{}", "[]", "\"x\""] {
        for field in [
            "id",
            "model",
            "object",
            "usage",
            "x_groq",
            "created",
            "system_fingerprint",
        ] {
            let chunk =
                format!(r#"{{"{field}":{value},"choices":[{{"delta":{{"content":"a"}}}}]}}"#);
            assert_eq!(answer(&[&chunk]).text, "a", "{chunk}");
        }
        for field in [
            "role",
            "reasoning_content",
            "reasoning",
            "tool_calls",
            "function_call",
        ] {
            let chunk =
                format!(r#"{{"choices":[{{"delta":{{"content":"a","{field}":{value}}}}}]}}"#);
            assert_eq!(answer(&[&chunk]).text, "a", "{chunk}");
        }
        for field in ["index", "logprobs", "message"] {
            let chunk =
                format!(r#"{{"choices":[{{"delta":{{"content":"a"}},"{field}":{value}}}]}}"#);
            assert_eq!(answer(&[&chunk]).text, "a", "{chunk}");
        }
        if value == "\"x\"" {
            continue;
        }
        let chunk = format!(
            r#"{{"error":{value},"choices":[{{"delta":{{"content":"a","refusal":{value}}},"finish_reason":{value}}}]}}"#
        );
        let answer = answer(&[&chunk]);
        assert_eq!((&*answer.text, answer.finish), ("a", None), "{chunk}");
    }
}

#[test]
fn the_mark_at_the_end_ends_what_is_whole() {
    let ended = |chunks: &[&str]| {
        let mut decoder = Decoder::default();
        for chunk in chunks {
            decoder.decode(Chunk::of(serde_json::from_str(chunk).unwrap()).unwrap());
        }
        let mut out = std::collections::VecDeque::new();
        decoder.done(&mut out);
        !out.is_empty()
    };
    let text = r#"{"choices":[{"delta":{"content":"a"}}]}"#;
    assert!(ended(&[text]));
    assert!(ended(&[&calling(
        r#"[{"function":{"name":"f","arguments":"{}"}}]"#
    )]));
    assert!(ended(&[&calling(r#"[{"function":{"name":"f"}}]"#)]));
    assert!(!ended(&[]));
    assert!(!ended(&[&calling(
        r#"[{"function":{"name":"f","arguments":"{"}}]"#
    )]));
    assert!(!ended(&[
        r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#
    ]));
}
