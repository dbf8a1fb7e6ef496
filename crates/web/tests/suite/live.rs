//! A real language model behind an OpenAI-compatible server, wherever `LIVE_LLM_BASE_URL` says.
//!
//! A small model answers nonsense: what must hold is the protocol, the stream, a stop, the token
//! counts and the spans. `scripts/live-llm` runs it.

use std::{env, time::Duration};

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Received, ReceivedSpan, Receiver};

use super::{server::Server, visitor::Visitor};

const PATIENCE: Duration = Duration::from_secs(60);
/// Small models on small machines take their time; the answer is short.
const SLOW: [(&str, &str); 5] = [
    ("LLM_FIRST_TOKEN_TIMEOUT_SECONDS", "300"),
    ("LLM_TOKEN_TIMEOUT_SECONDS", "120"),
    ("LLM_CALL_TIMEOUT_SECONDS", "600"),
    ("TURN_TIMEOUT_SECONDS", "1200"),
    ("LLM_MAX_TOKENS", "120"),
];
const MESSAGES: [&str; 3] = [
    "Hello!",
    "I want a flight from Lyon to New York on 12 January",
    "Which airports has Rome?",
];

/// A server on the model, and what it exports to.
async fn server(endpoint: &str, more: &[(&str, &str)]) -> Server {
    let base_url = env::var("LIVE_LLM_BASE_URL").expect("LIVE_LLM_BASE_URL");
    let model = env::var("LIVE_LLM_MODEL").unwrap_or_else(|_| "default".to_owned());
    let key = env::var("LIVE_LLM_API_KEY").unwrap_or_default();
    let mut environment = vec![
        ("LLM_PROVIDER", "openai-compatible"),
        ("LLM_BASE_URL", &*base_url),
        ("LLM_MODEL", &*model),
        ("LLM_API_KEY", &*key),
        ("LLM_CLASSIFY", "off"),
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", endpoint),
    ];
    environment.extend(SLOW);
    environment.extend(more);
    Server::start(&environment).await
}

fn integer(span: &ReceivedSpan, name: &str) -> i64 {
    let value = span.attributes.get(name).and_then(Value::as_i64);
    value.unwrap_or_else(|| panic!("{name} is missing on {}", span.name))
}

/// What every answer of a model must have, and its calls in the received trace.
fn check(answer: &Value, received: &Received) {
    assert_eq!(answer["model"]["provider"], "openai-compatible");
    let usage = &answer["usage"];
    assert!(usage["prompt_tokens"].as_u64() > Some(0), "{usage}");
    assert!(usage["completion_tokens"].as_u64() > Some(0), "{usage}");
    // No price is known, and it is not 0.
    assert_eq!(usage["estimated_cost_usd"], Value::Null);
    let trace = answer["trace_id"].as_str().unwrap();
    let spans: Vec<_> = received
        .spans
        .iter()
        .filter(|span| span.trace_id == trace)
        .collect();
    let roots: Vec<_> = spans
        .iter()
        .filter(|span| span.name == "agent.iteration")
        .collect();
    assert_eq!(roots.len(), 1);
    let calls: Vec<_> = spans
        .iter()
        .filter(|span| span.name == "llm.call")
        .collect();
    // A correction of what nothing grounds, or an attempt that was made again, is no round.
    let rounds = calls.iter().filter(|call| {
        call.attributes.get("llm.purpose") == Some(&json!("answer"))
            && call.attributes.get("llm.recovery").is_none()
    });
    assert_eq!(
        rounds.count() as u64,
        answer["iterations"].as_u64().unwrap()
    );
    for call in &calls {
        assert_eq!(call.parent.as_ref(), Some(&roots[0].span_id));
        let total = integer(call, "llm.tokens.prompt") + integer(call, "llm.tokens.completion");
        assert_eq!(integer(call, "llm.tokens.total"), total);
        // A correction has 15 s: a slow model may not have begun it by then.
        let is_correction = call.attributes.get("llm.purpose") == Some(&json!("correction"));
        if is_correction && call.attributes.get("llm.finish_reason").is_none() {
            continue;
        }
        for name in [
            "llm.time_to_first_token_ms",
            "server.address",
            "gen_ai.response.model",
        ] {
            assert!(call.attributes.get(name).is_some(), "{name}");
        }
    }
    let sum: i64 = calls
        .iter()
        .map(|call| integer(call, "llm.tokens.total"))
        .sum();
    assert_eq!(usage["total_tokens"].as_i64(), Some(sum));
    let tools = spans.iter().filter(|span| span.name == "tool.call").count();
    assert_eq!(answer["tool_calls"].as_array().unwrap().len(), tools);
}

async fn stopped(visitor: &Visitor) -> Value {
    let body = json!({"message": "Tell me about yourself, at length.", "stream": true});
    let response = visitor.post("/api/chat", &body).await;
    let mut events = super::visitor::Events::new(response);
    let started = events.next().await.unwrap();
    while events.next().await.unwrap().name != "delta" {}
    let path = format!(
        "/api/turns/{}",
        started.data["message_id"].as_str().unwrap()
    );
    let stop = visitor.request(Method::DELETE, &path);
    assert_eq!(visitor.send(stop).await.status(), 204);
    let last = events.collect().await.pop().unwrap();
    assert_eq!(last.name, "completed");
    last.data
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a language model: run scripts/live-llm"]
async fn a_real_model_answers_streams_and_stops() {
    let receiver = Receiver::start().await.unwrap();
    let mut server = server(&receiver.endpoint(), &[]).await;
    let visitor = server.visitor();
    let mut answers = Vec::new();
    let mut conversation = None;
    for message in MESSAGES {
        let answer = visitor.say(message, conversation.as_ref()).await;
        assert_eq!(answer["status"], "ok", "{answer}");
        conversation = Some(answer["conversation_id"].clone());
        answers.push(answer);
    }
    let events = visitor.stream("Good morning").await.collect().await;
    let said: String = events
        .iter()
        .filter(|event| event.name == "delta")
        .map(|event| event.data["text"].as_str().unwrap())
        .collect();
    let whole = events.last().unwrap();
    assert_eq!(whole.name, "completed", "{whole:?}");
    assert_eq!(whole.data["reply"], json!(said));
    answers.push(whole.data.clone());
    let stopped = stopped(&visitor).await;
    assert_eq!(stopped["status"], "stopped");
    assert!(server.terminate().await.success());
    receiver
        .wait_until(PATIENCE, |received| {
            received.named("agent.iteration").len() == 5
        })
        .await
        .unwrap();
    let received = receiver.received();
    for answer in &answers {
        check(answer, &received);
    }
    let trace = stopped["trace_id"].as_str().unwrap();
    let call = received
        .spans
        .iter()
        .find(|span| span.trace_id == trace && span.name == "llm.call")
        .expect("the call that was stopped");
    assert!(call.attributes.get("llm.finish_reason").is_none());
    assert_eq!(
        stopped["usage"]["total_tokens"].as_i64(),
        Some(integer(call, "llm.tokens.total"))
    );
    let calls = received.named("llm.call").len();
    assert_eq!(received.metrics.sum("agent.llm.calls", &[]), calls as f64);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a language model: run scripts/live-llm"]
async fn a_model_that_is_not_there_falls_back() {
    let receiver = Receiver::start().await.unwrap();
    let more = [
        ("LLM_BASE_URL", "http://127.0.0.1:9/v1"),
        ("LLM_FALLBACK", "builtin"),
    ];
    let server = server(&receiver.endpoint(), &more).await;
    let answer = server.visitor().say("Hello!", None).await;
    assert_eq!(answer["model"]["provider"], "builtin");
}
