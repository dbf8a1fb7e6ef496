//! Answers and errors in the shapes of both protocols.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::llm::{Answer, Cuts, Fault, Finish, Protocol, Usage};

use super::client::{body, connect, receive, reply, send};

const USAGE: Usage = Usage {
    prompt: 100,
    completion: 7,
    cached: 60,
    cache_write: 30,
    reasoning: 0,
};

fn answer() -> Answer {
    Answer::text("Voilà, deux vols.")
        .and_call("search_flights", json!({"from": "PAR", "to": "LIS"}))
        .and_call("get_airport_code", json!({"city": "Orly"}))
        .with_usage(USAGE)
}

#[tokio::test]
async fn openai_streams_text_calls_usage_and_an_end_mark() {
    let response = reply(answer(), Protocol::OpenAi, true).await;
    assert!(response.complete && response.status == 200);
    assert!(response.headers.contains("content-type: text/event-stream"));
    assert!(response.text().ends_with("data: [DONE]\n\n"));
    let chunks: Vec<_> = response
        .events()
        .into_iter()
        .map(|(_, data)| data)
        .collect();
    let delta = |chunk: &Value| chunk["choices"][0]["delta"].clone();
    assert_eq!(delta(&chunks[0])["role"], "assistant");
    let text: String = chunks
        .iter()
        .filter_map(|c| Some(delta(c)["content"].as_str()?.to_owned()))
        .collect();
    assert_eq!(text, "Voilà, deux vols.");
    let mut calls = vec![(String::new(), String::new(), String::new()); 2];
    for piece in chunks
        .iter()
        .filter_map(|c| delta(c)["tool_calls"].as_array().cloned())
    {
        let call = &mut calls[piece[0]["index"].as_u64().unwrap() as usize];
        call.0 += piece[0]["id"].as_str().unwrap_or_default();
        call.1 += piece[0]["function"]["name"].as_str().unwrap_or_default();
        call.2 += piece[0]["function"]["arguments"].as_str().unwrap();
    }
    let expected = [
        ("call_0_0", "search_flights", r#"{"from":"PAR","to":"LIS"}"#),
        ("call_0_1", "get_airport_code", r#"{"city":"Orly"}"#),
    ];
    assert_eq!(
        calls,
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
    let [finish, usage] = &chunks[chunks.len() - 2..] else {
        unreachable!()
    };
    assert_eq!(finish["choices"][0]["finish_reason"], "tool_calls");
    assert_eq!(
        (&finish["usage"], &finish["model"]),
        (&Value::Null, &json!("asked"))
    );
    assert_eq!(usage["choices"], json!([]));
    assert_eq!(usage["usage"]["prompt_tokens"], 100);
    assert_eq!(usage["usage"]["prompt_tokens_details"]["cached_tokens"], 60);
}

#[tokio::test]
async fn openai_tells_usage_only_to_whom_asks() {
    let server = testkit::llm::LlmServer::start(|_| answer()).await.unwrap();
    let mut body = body(Protocol::OpenAi, true);
    body.as_object_mut().unwrap().remove("stream_options");
    let response = super::client::ask(&server, Protocol::OpenAi, body).await;
    assert!(
        response
            .events()
            .iter()
            .all(|(_, chunk)| chunk.get("usage").is_none())
    );
}

#[tokio::test]
async fn anthropic_streams_blocks() {
    let response = reply(answer(), Protocol::Anthropic, true).await;
    assert!(response.complete && response.status == 200);
    let events = response.events();
    assert!(
        events.iter().all(|(name, data)| data["type"] == **name),
        "{events:?}"
    );
    let mut names: Vec<_> = events.iter().map(|(name, _)| &**name).collect();
    names.dedup();
    let block = [
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
    ];
    let first = ["message_start", block[0], "ping", block[1], block[2]];
    assert_eq!(
        names,
        [
            &first[..],
            &block,
            &block,
            &["message_delta", "message_stop"]
        ]
        .concat()
    );
    let usage = &events[0].1["message"]["usage"];
    let input = [
        "input_tokens",
        "cache_read_input_tokens",
        "cache_creation_input_tokens",
    ];
    assert_eq!(input.map(|key| usage[key].as_u64().unwrap()), [10, 60, 30]);
    let arguments: String = events
        .iter()
        .filter(|(_, data)| data["index"] == 1)
        .filter_map(|(_, data)| data["delta"]["partial_json"].as_str())
        .collect();
    assert_eq!(arguments, r#"{"from":"PAR","to":"LIS"}"#);
    let (_, end) = &events[events.len() - 2];
    assert_eq!(end["delta"]["stop_reason"], "tool_use");
    assert_eq!(end["usage"]["output_tokens"], 7);
}

#[tokio::test]
async fn who_wants_no_stream_gets_the_whole() {
    let whole = reply(answer(), Protocol::OpenAi, false).await.json();
    let message = &whole["choices"][0]["message"];
    assert_eq!(message["content"], "Voilà, deux vols.");
    assert_eq!(
        message["tool_calls"][1]["function"]["arguments"],
        r#"{"city":"Orly"}"#
    );
    assert_eq!(whole["usage"]["total_tokens"], 107);

    let refused = Answer::default()
        .with_finish(Finish::ContentFilter)
        .with_model("claude-x");
    let whole = reply(refused, Protocol::Anthropic, false).await.json();
    assert_eq!(
        (&whole["stop_reason"], &whole["content"]),
        (&json!("refusal"), &json!([]))
    );
    assert_eq!(whole["model"], "claude-x");
    let whole = reply(answer(), Protocol::Anthropic, false).await.json();
    assert_eq!(
        whole["content"][1]["input"],
        json!({"from": "PAR", "to": "LIS"})
    );
    assert_eq!(whole["content"][2]["id"], "toolu_0_1");
}

#[tokio::test]
async fn cuts_change_the_chunks_and_not_the_body() {
    for protocol in [Protocol::OpenAi, Protocol::Anthropic] {
        let plain = reply(answer(), protocol, true).await;
        let len = plain.text().len();
        let one = reply(answer().cut(Cuts::None), protocol, true).await;
        assert_eq!((one.chunks.len(), one.text()), (1, plain.text()));
        let bytes = reply(answer().cut(Cuts::Every(1)), protocol, true).await;
        assert_eq!((bytes.chunks.len(), bytes.text()), (len, plain.text()));
        let two = reply(answer().cut(Cuts::At(vec![17])), protocol, true).await;
        assert_eq!((two.chunks[0].len(), two.text()), (17, plain.text()));
        let random = reply(answer().cut(Cuts::Random(3)), protocol, true).await;
        assert_eq!(random.text(), plain.text());
        assert!(random.chunks.len() > len / 40 && random.chunks.iter().all(|c| c.len() <= 40));
    }
}

#[tokio::test]
async fn a_slow_answer_takes_its_time() {
    let started = Instant::now();
    let slow = answer().slow(Duration::from_millis(60), Duration::from_millis(5));
    let response = reply(slow.cut(Cuts::None), Protocol::OpenAi, true).await;
    // Three words and seven pieces of arguments: {"from": / "PAR", / "to": / "LIS"} and so on.
    let pieces = response.chunks.len() as u64 - 1;
    assert_eq!(pieces, 3 + 4 + 2, "{:?}", response.chunks);
    assert!(started.elapsed() >= Duration::from_millis(60 + (pieces - 1) * 5));
}

#[tokio::test]
async fn errors_have_the_shape_of_their_provider() {
    let fault = Fault::status(429).retry_after(7).code("insufficient_quota");
    let response = reply(fault.clone(), Protocol::OpenAi, true).await;
    assert_eq!(response.status, 429);
    assert!(response.headers.contains("\r\nretry-after: 7\r\n"));
    assert_eq!(response.json()["error"]["code"], "insufficient_quota");
    let response = reply(fault, Protocol::Anthropic, true).await;
    assert_eq!(response.json()["error"]["type"], "rate_limit_error");
    for (status, kind) in [
        (401, "authentication_error"),
        (500, "api_error"),
        (529, "overloaded_error"),
    ] {
        let response = reply(Fault::status(status), Protocol::Anthropic, false).await;
        assert_eq!(
            (response.status, &response.json()["error"]["type"]),
            (status, &json!(kind))
        );
        assert!(!response.headers.contains("retry-after"));
    }
}

#[tokio::test]
async fn a_connection_takes_one_request_after_another() {
    let script = |request: &testkit::llm::LlmRequest| Answer::text(request.number.to_string());
    let server = testkit::llm::LlmServer::start(script).await.unwrap();
    let address = server.address();
    super::client::blocking(move || {
        let mut stream = connect(address);
        for (number, protocol) in [
            (0, Protocol::OpenAi),
            (1, Protocol::Anthropic),
            (2, Protocol::OpenAi),
        ] {
            send(&mut stream, protocol, &body(protocol, number != 2));
            let response = receive(&mut stream);
            assert!(response.complete && response.text().contains(&format!("\"{number}\"")));
        }
    })
    .await;
    let seen: Vec<_> = server
        .requests()
        .iter()
        .map(|r| (r.connection, r.protocol))
        .collect();
    assert_eq!(
        seen,
        [
            (0, Protocol::OpenAi),
            (0, Protocol::Anthropic),
            (0, Protocol::OpenAi)
        ]
    );
}
