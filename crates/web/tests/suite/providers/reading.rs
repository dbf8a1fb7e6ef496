//! Envelopes and calls of every shape are read.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::llm::{Answer, Raw, Reply};

use super::{ANSWER, ANTHROPIC, Case, OPENAI, Outcome, answer, arguments, ask_all, call};

const STREAM: &str = "text/event-stream";

/// Cases, each of one reply.
fn replies(kind: &str, bodies: Vec<(&'static str, String)>) -> Vec<(&'static str, Vec<Reply>)> {
    let case = |(name, body)| (name, vec![Raw::new(200, kind, body).into()]);
    bodies.into_iter().map(case).collect()
}

/// An event of OpenAI's protocol with these fields beside the usual ones.
fn chunk(mut fields: Value) -> String {
    let usual = json!({"id": "c", "object": "chat.completion.chunk", "model": "wire-1"});
    for (name, value) in usual.as_object().unwrap() {
        let fields = fields.as_object_mut().unwrap();
        fields.entry(name).or_insert_with(|| value.clone());
    }
    format!("data: {fields}\n\n")
}

fn delta(delta: Value) -> String {
    chunk(json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]}))
}

fn says(text: &str) -> String {
    delta(json!({"content": text}))
}

fn finish(reason: &str) -> String {
    chunk(json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}))
}

const DONE: &str = "data: [DONE]\n\n";

/// A whole answer of OpenAI's protocol, where each event stands between these two.
fn between(before: &str, after: &str) -> String {
    let mut body = String::new();
    for event in [
        says("The early "),
        says("one."),
        finish("stop"),
        DONE.to_owned(),
    ] {
        body += &format!("{before}{event}{after}");
    }
    body
}

/// What [`between`] says.
const EARLY: &str = "The early one.";

#[tokio::test(flavor = "multi_thread")]
async fn an_ordinary_server_of_either_protocol_is_understood() {
    for provider in [OPENAI, ANTHROPIC] {
        for outcome in Case::of(provider, vec![call()]).ask().await {
            outcome.is_answer(ANSWER);
            assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
        }
        let cases = [("one", vec![call(), answer()]), ("two", vec![answer()])];
        for (name, outcome) in ask_all(provider, &cases).await {
            outcome.is_answer(ANSWER);
            let requests = if name == "one" { 2 } else { 1 };
            assert_eq!(outcome.requests.len(), requests, "{outcome:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_an_id() {
    for outcome in Case::openai("numeric-call-id").ask().await {
        outcome.is_answer(ANSWER);
        assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
        assert_eq!(outcome.requests[1].tool_results()[0].call_id, "7");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_order_mark_is_no_panic() {
    for outcome in Case::openai("byte-order-mark").ask().await {
        outcome.is_answer("The early one is the cheapest.");
        assert_eq!(outcome.stderr, "", "{outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heartbeats_and_frames_of_any_shape_are_passed_over() {
    let mut bodies = vec![
        ("empty data", between("data:\n\n", "")),
        ("data alone", between("data\n\n", "")),
        ("ping", between("data: ping\n\n", "")),
        (
            "event ping",
            between("event: ping\ndata: {}\n\n", "event: ping\n\n"),
        ),
        ("comment", between(": waiting\n\n", "")),
        ("comment as data", between("data: : WAITING\n\n", "")),
        ("time", between("data: 2031-02-03 04:05:06.789\n\n", "")),
        ("null", between("data: null\n\n", "data: 7\n\n")),
        ("list", between("data: []\n\n", "data: {}\n\n")),
        ("junk line", between("waiting\n\n", "")),
        ("retry", between("id: 1\nretry: 3\n\n", "")),
        ("marks", between("\u{feff}", "")),
        ("data twice", between("data: ", "")),
        ("names", between("event: message\n", "")),
    ];
    let plain = between("", "");
    bodies.extend([
        ("carriage returns", plain.replace('\n', "\r")),
        ("both", plain.replace('\n', "\r\n")),
        ("no empty lines", plain.replace("\n\n", "\n")),
        ("no blank", plain.replace("data: ", "data:")),
        ("no data", plain.replace("data: ", "")),
        ("no last break", plain.trim_end().to_owned()),
        ("in quotes", plain.replace("[DONE]", "\"[DONE]\"")),
        (
            "nan",
            plain.replace(
                "\"finish_reason\":null",
                "\"finish_reason\":null,\"logprob\":NaN",
            ),
        ),
        ("two in one", plain.replacen("\n\ndata: ", "\ndata: ", 1)),
    ]);
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        assert_eq!(outcome.reply, EARLY, "{name}: {outcome:?}");
        outcome.is_answer(EARLY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_one_whatever_it_is_called_and_a_whole_answer_too() {
    let stream = || between("", "");
    let whole = json!({"id": "c", "object": "chat.completion", "model": "wire-1", "choices": [
        {"index": 0, "message": {"role": "assistant", "content": EARLY}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}});
    let mut cases = Vec::new();
    for (kind, name) in [
        ("application/json", "s-json"),
        ("text/plain", "s-plain"),
        ("x", "s-odd"),
    ] {
        cases.push((name, vec![Raw::new(200, kind, stream()).into()]));
    }
    let mut untyped = Raw::new(200, "", stream());
    untyped.headers.clear();
    cases.push(("s-none", vec![untyped.into()]));
    let pretty = serde_json::to_string_pretty(&whole).unwrap();
    for (name, kind, body) in [
        ("w-json", "application/json", whole.to_string()),
        (
            "w-pretty",
            "application/json; charset=utf-8",
            pretty.clone(),
        ),
        ("w-stream", STREAM, whole.to_string()),
        ("w-event", STREAM, format!("data: {whole}\n\n")),
        ("w-event-done", STREAM, format!("data: {whole}\n\n{DONE}")),
        (
            "w-event-pretty",
            STREAM,
            format!("data: {pretty}\n\n{DONE}"),
        ),
        (
            "w-event-lines",
            STREAM,
            format!("data: {}\n\n{DONE}", pretty.replace('\n', "\ndata: ")),
        ),
    ] {
        cases.push((name, vec![Raw::new(200, kind, body).into()]));
    }
    for (name, outcome) in ask_all(OPENAI, &cases).await {
        assert_eq!(outcome.reply, EARLY, "{name}: {outcome:?}");
        outcome.is_answer(EARLY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_are_not_needed_may_hold_anything() {
    let mut bodies = Vec::new();
    for (name, value) in [
        ("number", json!(7)),
        ("float", json!(1.5)),
        ("null", json!(null)),
        ("false", json!(false)),
        ("empty", json!("")),
        ("object", json!({})),
    ] {
        let mut body = String::new();
        for text in ["The early ", "one."] {
            body += &chunk(
                json!({"id": value, "model": value, "usage": value, "error": value,
                "x_groq": value, "x_of_the_future": value, "created": value, "choices": [{
                    "index": value, "logprobs": value, "error": value, "finish_reason": value,
                    "delta": {"role": value, "content": text, "refusal": value, "reasoning": value,
                        "reasoning_content": value, "tool_calls": value, "function_call": value}}]}),
            );
        }
        bodies.push((name, body + &finish("stop") + DONE));
    }
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        assert_eq!(outcome.reply, EARLY, "{name}: {outcome:?}");
        outcome.is_answer(EARLY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn halves_of_a_character_are_joined_or_replaced() {
    let raw = |escape: &str| says("@").replace('@', escape);
    let tail = || says(" Bon voyage") + &finish("stop") + DONE;
    let bodies = vec![
        ("joined", raw("\\ud83d") + &raw("\\ude00") + &tail()),
        ("second alone", raw("\\ude00") + &tail()),
        ("first alone", raw("\\ud83d") + &tail()),
        (
            "at the end",
            says("Bon voyage ") + &raw("\\ud83d") + &finish("stop") + DONE,
        ),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        outcome.is_answer(match name {
            "joined" => "😀 Bon voyage",
            "at the end" => "Bon voyage \u{fffd}",
            _ => "\u{fffd} Bon voyage",
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_mark_of_the_end_makes_an_answer_and_none_leaves_it_cut() {
    let text = || says(EARLY);
    let bodies = vec![
        ("done", text() + DONE),
        ("reason", text() + &finish("stop")),
        ("odd reason", text() + &finish("eos")),
        ("both", text() + &finish("stop") + DONE),
        ("cut", text()),
        ("cut in an event", text() + "data: {\"id\":\"c\",\"choi"),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        assert_eq!(
            (&*outcome.reply, &*outcome.deltas),
            (EARLY, EARLY),
            "{name}: {outcome:?}"
        );
        let status = if name.starts_with("cut") {
            "error"
        } else {
            "ok"
        };
        assert_eq!(outcome.status(), status, "{name}: {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_runs_once_its_answer_has_ended_and_not_before() {
    let wants = |rest: &str| {
        let arguments = arguments().to_string();
        let arguments = arguments.strip_suffix('}').unwrap().to_owned() + rest;
        delta(
            json!({"tool_calls": [{"index": 0, "id": "a", "type": "function",
            "function": {"name": "search_flights", "arguments": arguments}}]}),
        )
    };
    let bodies = vec![
        ("done", wants("}") + DONE),
        ("reason", wants("}") + &finish("tool_calls")),
        ("stop", wants("}") + &finish("stop")),
        ("cut", wants("}")),
        ("half a call", wants("") + DONE),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        let runs = !["cut", "half a call"].contains(&name);
        assert_eq!(
            outcome.tools().len(),
            usize::from(runs),
            "{name}: {outcome:?}"
        );
        match runs {
            true => outcome.is_answer(ANSWER),
            false => assert_ne!(outcome.status(), "ok", "{name}: {outcome:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_end_nothing_is_waited_for() {
    let openai = Raw::new(200, STREAM, says(EARLY) + &finish("stop")).stalling();
    let mut anthropic = message("The early one.", r#""end_turn""#);
    anthropic += "event: ping\ndata: {\"type\":\"ping\"}\n\n";
    let anthropic = Raw::new(200, STREAM, anthropic).stalling();
    for (provider, raw) in [(OPENAI, openai), (ANTHROPIC, anthropic)] {
        let start = Instant::now();
        for (_, outcome) in ask_all(provider, &[("stalls", vec![raw.into()])]).await {
            outcome.is_answer(EARLY);
        }
        // Of one token, 20 s are waited for.
        assert!(
            start.elapsed() < Duration::from_secs(19),
            "{:?}",
            start.elapsed()
        );
    }
}

/// Arguments that hold these fields beside the usual ones.
fn with(fields: Value) -> Value {
    let mut all = arguments();
    all.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    all
}

/// A whole call of OpenAI's protocol.
fn wants(call: Value) -> String {
    delta(json!({"tool_calls": call})) + &finish("tool_calls") + DONE
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_any_shape_run() {
    let text = || arguments().to_string();
    let named = |name: &str| json!([{"index": 0, "id": "a", "function": {"name": name, "arguments": text()}}]);
    let given = |arguments: Value| json!([{"index": 0, "id": "a", "function": {"name": "search_flights", "arguments": arguments}}]);
    let asked = |fields: Value| given(Value::String(with(fields).to_string()));
    let bodies = vec![
        ("object", wants(given(arguments()))),
        (
            "twice encoded",
            wants(given(json!(Value::String(text()).to_string()))),
        ),
        ("one", wants(named("search_flights")[0].clone())),
        ("map", wants(json!({"0": named("search_flights")[0]}))),
        (
            "text index",
            wants(
                json!([{"index": "0", "id": "a", "function": {"name": "search_flights", "arguments": text()}}]),
            ),
        ),
        (
            "negative",
            wants(
                json!([{"index": -1, "id": "a", "function": {"name": "search_flights", "arguments": text()}}]),
            ),
        ),
        (
            "no index",
            wants(
                json!([{"id": "a", "function": {"name": "search_flights", "arguments": text()}}]),
            ),
        ),
        (
            "no id",
            wants(
                json!([{"index": 0, "id": null, "function": {"name": "search_flights", "arguments": text()}}]),
            ),
        ),
        (
            "old",
            delta(json!({"function_call": {"name": "search_flights", "arguments": text()}}))
                + &finish("function_call")
                + DONE,
        ),
        ("prefix", wants(named("functions.search_flights"))),
        ("token", wants(named("search_flights<|channel|>commentary"))),
        ("blank", wants(named(" search_flights "))),
        ("numbered", wants(named("functions.search_flights:0"))),
        (
            "null options",
            wants(asked(
                json!({"return_date": null, "airline": null, "cabin": ""}),
            )),
        ),
        (
            "texts",
            wants(asked(
                json!({"adults": "2", "max_stops": "0", "limit": "5"}),
            )),
        ),
        (
            "floats",
            wants(asked(json!({"adults": 2.0, "max_stops": 0.0}))),
        ),
        (
            "capital",
            wants(asked(json!({"cabin": "Economy", "sort": "Price"}))),
        ),
        (
            "list as text",
            wants(asked(json!({"children_ages": "[5]"}))),
        ),
        (
            "list of texts",
            wants(asked(json!({"children_ages": ["5"]}))),
        ),
        (
            "whole",
            format!(
                "data: {}\n\n{DONE}",
                json!({"object": "chat.completion", "choices": [{
            "message": {"role": "assistant", "content": null, "tool_calls": named("search_flights")},
            "finish_reason": "tool_calls"}]})
            ),
        ),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        assert_eq!(outcome.tools(), ["search_flights"], "{name}: {outcome:?}");
        outcome.is_answer(ANSWER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_need_nothing_are_given_anything() {
    let given = |arguments: Value| {
        wants(
            json!([{"index": 0, "id": "a", "function": {"name": "check_price", "arguments": arguments}}]),
        )
    };
    let bodies = vec![
        ("null", given(json!(null))),
        ("null text", given(json!("null"))),
        ("empty", given(json!(""))),
        ("object", given(json!({}))),
        ("list", given(json!("[]"))),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        outcome.is_answer(ANSWER);
        let told = &outcome.requests[1].tool_results()[0].text;
        assert_eq!(
            told, "the person has not confirmed a proposal",
            "{name}: {outcome:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_told_by_its_name() {
    let asked = |fields: Value| {
        let arguments = with(fields).to_string();
        wants(
            json!([{"index": 0, "id": "a", "function": {"name": "search_flights", "arguments": arguments}}]),
        )
    };
    let bodies = vec![
        ("adults", asked(json!({"adults": "two"}))),
        ("cabin", asked(json!({"cabin": "sofa"}))),
        ("date", asked(json!({"date": "soon"}))),
        ("colour", asked(json!({"colour": "red"}))),
        ("children_ages", asked(json!({"children_ages": {"a": 1}}))),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        outcome.is_answer(ANSWER);
        let told = &outcome.requests[1].tool_results()[0].text;
        assert!(told.contains(name), "{name}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn siblings_are_told_apart() {
    let search = || arguments().to_string();
    let city = r#"{"city":"Lisbon"}"#;
    let one = |index: Option<Value>, id: Option<&str>, name: &str, arguments: &str| {
        let mut call = json!({"function": {"name": name, "arguments": arguments}});
        if let Some(index) = index {
            call["index"] = index;
        }
        if let Some(id) = id {
            call["id"] = json!(id);
        }
        delta(json!({"tool_calls": [call]}))
    };
    let two = |first: (Option<Value>, Option<&str>), second: (Option<Value>, Option<&str>)| {
        one(first.0, first.1, "search_flights", &search())
            + &one(second.0, second.1, "get_airport_code", city)
            + &finish("tool_calls")
            + DONE
    };
    let zero = || Some(json!(0));
    let bodies = vec![
        ("one index, no ids", two((zero(), None), (zero(), None))),
        (
            "one index, ids",
            two((zero(), Some("a")), (zero(), Some("b"))),
        ),
        (
            "one index, one id",
            two((zero(), Some("a")), (zero(), Some("a"))),
        ),
        ("nothing", two((None, None), (None, None))),
        ("ids", two((None, Some("a")), (None, Some("b")))),
        (
            "texts",
            two((Some(json!("0")), None), (Some(json!("1")), None)),
        ),
        (
            "negative",
            two((Some(json!(-1)), None), (Some(json!(-1)), None)),
        ),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        assert_eq!(
            outcome.tools(),
            ["search_flights", "get_airport_code"],
            "{name}: {outcome:?}"
        );
        outcome.is_answer(ANSWER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_seventeen_calls_sixteen_run_and_the_model_is_told_of_the_last() {
    for provider in [OPENAI, ANTHROPIC] {
        let many = (0..17).fold(Answer::default(), |answer, _| {
            answer.and_call("get_airport_code", json!({"city": "Lisbon"}))
        });
        for outcome in Case::of(provider, vec![many.into()]).ask().await {
            outcome.is_answer(ANSWER);
            assert_eq!(outcome.tools().len(), 16, "{outcome:?}");
            let results = outcome.requests[1].tool_results();
            assert_eq!(results.len(), 17);
            assert!(results[16].text.starts_with("not run"), "{outcome:?}");
        }
    }
}

/// A message of Anthropic's protocol that says this, and stops for this reason.
fn message(text: &str, stop_reason: &str) -> String {
    let start = json!({"type": "message_start", "message": {"id": "m", "type": "message",
        "role": "assistant", "content": [], "model": "wire-1",
        "usage": {"input_tokens": 20, "output_tokens": 1}}});
    let begin = json!({"type": "content_block_start", "index": 0,
        "content_block": {"type": "text", "text": ""}});
    let delta = json!({"type": "content_block_delta", "index": 0,
        "delta": {"type": "text_delta", "text": text}});
    let end = json!({"type": "content_block_stop", "index": 0});
    let events = [start, begin, delta, end].map(|event| named(&event));
    let reason = format!(
        "event: message_delta\ndata: {{\"type\":\"message_delta\",\"delta\":{{\"stop_reason\":{stop_reason}}},\
         \"usage\":{{\"output_tokens\":9}}}}\n\n"
    );
    events.concat() + &reason
}

fn named(event: &Value) -> String {
    format!(
        "event: {}\ndata: {event}\n\n",
        event["type"].as_str().unwrap()
    )
}

const STOP: &str = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

#[tokio::test(flavor = "multi_thread")]
async fn anthropics_protocol_is_read_as_leniently() {
    let whole = || message(EARLY, r#""end_turn""#) + STOP;
    let among = |junk: &str| whole().replace("event: content", &format!("{junk}event: content"));
    let object = json!({"id": "m", "type": "message", "role": "assistant", "model": "wire-1",
        "content": [{"type": "text", "text": EARLY}], "stop_reason": "end_turn",
        "usage": {"input_tokens": 3, "output_tokens": 3}});
    let nameless: String = whole()
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("event"))
        .collect();
    let mut cases = replies(
        STREAM,
        vec![
            ("mark", format!("\u{feff}{}", whole())),
            ("reason alone", message(EARLY, r#""end_turn""#)),
            ("stop alone", message(EARLY, "null") + STOP),
            ("done", message(EARLY, "null") + DONE),
            ("done first", message(EARLY, r#""end_turn""#) + DONE + STOP),
            ("done last", whole() + DONE),
            (
                "stop without data",
                message(EARLY, "7") + "event: message_stop\n\n",
            ),
            ("time", among("data: 2031-02-03 04:05:06.789\n\n")),
            ("comment as data", among("data: : WAITING\n\n")),
            ("null", among("data: null\n\ndata:\n\n")),
            ("ping", among("event: ping\n\ndata: ping\n\n")),
            (
                "odd fields",
                whole()
                    .replace("\"index\":0", "\"index\":\"x\"")
                    .replace("\"id\":\"m\"", "\"id\":7")
                    .replace("\"input_tokens\":20", "\"input_tokens\":\"20\""),
            ),
            ("no names", nameless),
            (
                "no types",
                whole()
                    .replace("{\"type\":\"content_block_delta\",", "{")
                    .replace("\"type\":\"content_block_delta\",", ""),
            ),
            (
                "no error",
                whole().replace(
                    "{\"type\":\"message_delta\"",
                    "{\"error\":null,\"type\":\"message_delta\"",
                ),
            ),
            ("whole event", format!("event: message\ndata: {object}\n\n")),
        ],
    );
    cases.push((
        "whole",
        vec![Raw::new(200, "application/json", object.to_string()).into()],
    ));
    cases.push((
        "labelled",
        vec![Raw::new(200, "application/json", whole()).into()],
    ));
    for (name, outcome) in ask_all(ANTHROPIC, &cases).await {
        assert_eq!(outcome.reply, EARLY, "{name}: {outcome:?}");
        outcome.is_answer(EARLY);
    }
    let cut = replies(
        STREAM,
        vec![
            ("cut", message(EARLY, "null")),
            (
                "error",
                message(EARLY, "null")
                    + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n",
            ),
        ],
    );
    for (name, outcome) in ask_all(ANTHROPIC, &cut).await {
        assert_eq!(
            (outcome.status(), &*outcome.reply),
            ("error", EARLY),
            "{name}: {outcome:?}"
        );
    }
}

/// The calls of an answer of Anthropic's protocol.
fn uses(blocks: &[(Value, Value, Vec<Value>)]) -> String {
    let mut body = message("", "null");
    body.truncate(body.find("event: content_block_start").unwrap());
    for (index, block, deltas) in blocks {
        body +=
            &named(&json!({"type": "content_block_start", "index": index, "content_block": block}));
        for delta in deltas {
            body += &named(&json!({"type": "content_block_delta", "index": index, "delta": delta}));
        }
        body += &named(&json!({"type": "content_block_stop", "index": index}));
    }
    body + &named(&json!({"type": "message_delta", "delta": {"stop_reason": "tool_use"}})) + STOP
}

#[tokio::test(flavor = "multi_thread")]
async fn anthropics_calls_of_any_shape_run() {
    let block = |id: Value, name: &str, input: Value| json!({"type": "tool_use", "id": id, "name": name, "input": input});
    let piece = |json: Value| json!({"type": "input_json_delta", "partial_json": json});
    let text = || json!(arguments().to_string());
    let plain = || block(json!("a"), "search_flights", json!({}));
    let bodies = vec![
        ("plain", uses(&[(json!(0), plain(), vec![piece(text())])])),
        (
            "whole",
            uses(&[(
                json!(0),
                block(json!("a"), "search_flights", arguments()),
                vec![],
            )]),
        ),
        (
            "as text",
            uses(&[(
                json!(0),
                block(json!("a"), "search_flights", text()),
                vec![],
            )]),
        ),
        (
            "number",
            uses(&[(
                json!(0),
                block(json!(7), "search_flights", arguments()),
                vec![],
            )]),
        ),
        (
            "object",
            uses(&[(json!(0), plain(), vec![piece(arguments())])]),
        ),
        (
            "text index",
            uses(&[(json!("0"), plain(), vec![piece(text())])]),
        ),
        (
            "no index",
            uses(&[(json!(null), plain(), vec![piece(text())])]),
        ),
        (
            "prefix",
            uses(&[(
                json!(0),
                block(json!("a"), "functions.search_flights", json!({})),
                vec![piece(text())],
            )]),
        ),
        (
            "no type",
            uses(&[(json!(0), plain(), vec![json!({"partial_json": text()})])]),
        ),
        (
            "two",
            uses(&[
                (json!(0), plain(), vec![piece(text())]),
                (
                    json!(0),
                    block(json!("b"), "search_flights", json!({})),
                    vec![piece(text())],
                ),
            ]),
        ),
    ];
    for (name, outcome) in ask_all(ANTHROPIC, &replies(STREAM, bodies)).await {
        let calls = if name == "two" { 2 } else { 1 };
        assert_eq!(
            outcome.tools(),
            vec!["search_flights"; calls],
            "{name}: {outcome:?}"
        );
        outcome.is_answer(ANSWER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_among_events_is_one() {
    let event = |data: &str| format!("{data}\n\n");
    let bodies = vec![
        (
            "object",
            says(EARLY) + &event(r#"data: {"error":{"message":"m","type":"server_error"}}"#),
        ),
        (
            "text",
            says(EARLY) + &event(r#"data: {"error":"out of memory"}"#),
        ),
        (
            "named",
            says(EARLY) + &event("event: error\ndata: upstream is gone"),
        ),
        (
            "named json",
            says(EARLY) + &event("event: error\ndata: {\"message\":\"m\"}"),
        ),
        (
            "code",
            says(EARLY) + &event(r#"data: {"error":{"code":502}}"#),
        ),
    ];
    for (name, outcome) in ask_all(OPENAI, &replies(STREAM, bodies)).await {
        let Outcome { reply, .. } = &outcome;
        assert_eq!(
            (outcome.status(), &**reply),
            ("error", EARLY),
            "{name}: {outcome:?}"
        );
        assert!(outcome.tools().is_empty());
    }
}
