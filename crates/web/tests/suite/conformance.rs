//! The exported protobuf against tables: attributes of each span kind, shapes of captured content, and
//! the metrics of each version of the GenAI conventions.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::{
    Received, Receiver,
    llm::{Answer, Entry, Fault, LlmRequest, LlmServer, Reply, Usage},
};

use super::{
    conformance_table::{CONTENT, differences, kinds},
    server::Server,
};

/// What a person says of themselves, and the words for it.
const PERSONAL: [(&str, &str); 4] = [
    ("zoe.durand@example.fr", "[email]"),
    ("06 12 34 56 78", "[phone]"),
    ("4111 1111 1111 1111", "•••• "),
    ("12AB34567", "[passport]"),
];
/// What must stay readable.
const KEPT: &str = "vol AF1234 à 08:30 le 12/01/2027 pour 1 250,50 €";

/// Asks for a search, quotes the person in an argument that no tool has, and then answers.
fn reply(request: &LlmRequest) -> Reply {
    let prompt = request.conversation();
    let told = prompt.iter().rev().find_map(|entry| match entry {
        Entry::User(text) => Some(text.clone()),
        _ => None,
    });
    let answered = matches!(prompt.last(), Some(Entry::Tool(_)));
    let usage = Usage {
        prompt: 900,
        completion: 12,
        cached: 600,
        cache_write: 0,
        reasoning: 7,
    };
    match told.unwrap_or_default() {
        text if text.contains("panne") => Fault::status(401).into(),
        _ if answered => Answer::text("C’est noté, écrivez à zoe.durand@example.fr.")
            .with_usage(usage)
            .into(),
        _ => Answer::call("get_airport_code", json!({"city": "Lyon"}))
            .and_call("search_flights", json!({"contact": PERSONAL[1].0}))
            .with_usage(usage)
            .into(),
    }
}

/// Talks with a scripted model, with the built-in one, and with a tool; everything that came of it.
async fn talk(environment: &[(&str, &str)]) -> (Received, Vec<Value>) {
    let receiver = Receiver::start().await.unwrap();
    let model = LlmServer::start(reply).await.unwrap();
    let (endpoint, address) = (receiver.endpoint(), model.base_url_openai());
    let common = [
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &endpoint),
        ("OTEL_METRIC_EXPORT_INTERVAL", "60000"),
        ("LLM_PROVIDER", "openai-compatible"),
        ("LLM_MODEL", "scripted-1"),
        ("LLM_BASE_URL", &address),
        ("LLM_FALLBACK", "builtin"),
        ("LLM_TEMPERATURE", "0.5"),
    ];
    let mut server = Server::start(&[&common[..], environment].concat()).await;
    let visitor = server.visitor();
    let personal = PERSONAL.map(|(said, _)| said).join(", ");
    let answer = visitor
        .say(
            &format!("Lyon Rome le 12 janvier : {KEPT} ; je suis {personal}"),
            None,
        )
        .await;
    assert!(
        !answer["tool_calls"].as_array().unwrap().is_empty(),
        "{answer}"
    );
    visitor
        .say("Lyon Rome le 12 janvier, même en panne", None)
        .await;
    assert_eq!(visitor.get("/nowhere").await.status(), 404);
    visitor
        .get("/api/flights/search?departure=LYS&arrival=FCO&date=2027-01-12")
        .await;
    assert!(server.terminate().await.success());
    (receiver.received(), server.log())
}

fn conforms(received: &Received, capture_content: bool) {
    let spans = received.spans.iter();
    let wrong: BTreeSet<_> = spans
        .flat_map(|span| differences(span, capture_content))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for kind in kinds() {
        let mut spans = received.spans.iter();
        assert!(spans.any(|span| span.name.starts_with(kind)), "{kind}");
    }
    for call in received.named("llm.call") {
        let remote = call.attributes.get("llm.provider") != Some(&json!("builtin"));
        assert_eq!(call.attributes.get("server.port").is_some(), remote);
    }
    for turn in received.named("agent.iteration") {
        let id = turn.attributes.get("gen_ai.conversation.id");
        assert_eq!(id, turn.attributes.get("session.id"));
        let below = received
            .spans
            .iter()
            .filter(|span| span.trace_id == turn.trace_id);
        for span in below.filter(|span| ["llm.call", "tool.call"].contains(&span.name.as_str())) {
            assert_eq!(
                span.attributes.get("gen_ai.conversation.id"),
                id,
                "{}",
                span.name
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_capture_spans_have_what_the_table_says_and_no_content() {
    let (received, log) = talk(&[("CAPTURE_CONTENT", "false")]).await;
    conforms(&received, false);
    let told = format!("{:?} {:?} {log:?}", received.spans, received.logs);
    for said in PERSONAL
        .map(|(said, _)| said)
        .into_iter()
        .chain([KEPT, "C’est noté"])
    {
        assert!(!told.contains(said), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn captured_content_has_the_conventions_shapes_and_nobodys_data() {
    let (received, log) = talk(&[("CAPTURE_CONTENT", "true")]).await;
    conforms(&received, true);
    let told = format!("{:?} {:?} {log:?}", received.spans, received.logs);
    for (said, word) in PERSONAL {
        assert!(!told.contains(said), "{said}");
        assert!(told.contains(word), "{word}");
    }
    assert!(log.iter().any(|line| {
        line["message_text"]
            .as_str()
            .is_some_and(|t| t.contains(KEPT))
    }));
    let mut seen = BTreeSet::new();
    for span in &received.spans {
        for name in CONTENT {
            let Some(text) = span.attributes.get(name) else {
                continue;
            };
            let value: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
            has_shape(name, &value);
            seen.insert(name);
        }
    }
    assert_eq!(seen, BTreeSet::from(CONTENT));
    let scripted = received.named("llm.call");
    let first = scripted.iter().find(|call| call.error.is_none()).unwrap();
    let messages = first.attributes.get("gen_ai.input.messages").unwrap();
    assert!(messages.as_str().unwrap().contains(KEPT), "{messages}");
    let output = first.attributes.get("gen_ai.output.messages").unwrap();
    let output: Value = serde_json::from_str(output.as_str().unwrap()).unwrap();
    assert_eq!(output[0]["finish_reason"], "tool_call");
    assert_eq!(output[0]["parts"][0]["arguments"], json!({"city": "Lyon"}));
    assert_eq!(
        output[0]["parts"][1]["arguments"],
        json!({"contact": "[phone]"})
    );
}

/// Shapes of the GenAI conventions' JSON schemas.
fn has_shape(name: &str, value: &Value) {
    let list = || {
        value
            .as_array()
            .filter(|list| !list.is_empty())
            .expect(name)
    };
    match name {
        "gen_ai.input.messages" => list().iter().for_each(|message| {
            is_message(message);
            assert!(message.get("finish_reason").is_none());
        }),
        "gen_ai.output.messages" => list().iter().for_each(|message| {
            is_message(message);
            assert_eq!(message["role"], "assistant");
            let reasons = [
                "stop",
                "length",
                "content_filter",
                "tool_call",
                "error",
                "refusal",
            ];
            assert!(
                reasons.contains(&message["finish_reason"].as_str().unwrap()),
                "{message}"
            );
        }),
        "gen_ai.system_instructions" => list().iter().for_each(|part| {
            assert_eq!(part["type"], "text");
            assert!(part["content"].is_string());
        }),
        "gen_ai.tool.definitions" => list().iter().for_each(|tool| {
            assert_eq!(tool["type"], "function");
            assert!(tool["name"].is_string() && tool["description"].is_string());
            assert!(tool["parameters"].is_object(), "{tool}");
        }),
        "gen_ai.tool.call.arguments" => assert!(value.is_object(), "{value}"),
        _ => assert!(value.is_object() || value.is_array() || value.is_string()),
    }
}

fn is_message(message: &Value) {
    let role = message["role"].as_str().unwrap();
    let parts = message["parts"].as_array().unwrap();
    assert!(!parts.is_empty(), "{message}");
    for part in parts {
        match (role, part["type"].as_str().unwrap()) {
            ("user" | "assistant", "text") => assert!(part["content"].is_string()),
            ("assistant", "tool_call") => {
                assert!(part["id"].is_string() && part["name"].is_string());
                assert!(part.get("arguments").is_some(), "{part}");
            }
            ("tool", "tool_call_response") => {
                assert!(part["id"].is_string());
                assert!(part.get("response").is_some(), "{part}");
            }
            other => panic!("{other:?} in {message}"),
        }
    }
}

const V1_41: [&str; 2] = [
    "gen_ai.client.operation.duration",
    "gen_ai.client.token.usage",
];
/// `…usage.cache_write.input_tokens` has no point here: this provider writes to no cache that it
/// counts.
const LATEST: [&str; 8] = [
    "gen_ai.client.inference.duration",
    "gen_ai.client.inference.time_to_first_chunk",
    "gen_ai.client.inference.usage.cache_read.input_tokens",
    "gen_ai.client.inference.usage.input_tokens",
    "gen_ai.client.inference.usage.output_tokens",
    "gen_ai.client.inference.usage.reasoning.output_tokens",
    "gen_ai.execute_tool.duration",
    "gen_ai.invoke_agent.duration",
];
const LABELS: [&str; 11] = [
    "error.type",
    "gen_ai.agent.name",
    "gen_ai.operation.name",
    "gen_ai.provider.name",
    "gen_ai.request.model",
    "gen_ai.response.model",
    "gen_ai.token.type",
    "gen_ai.tool.name",
    "server.address",
    "server.port",
    "gen_ai.tool.type",
];

#[tokio::test(flavor = "multi_thread")]
async fn each_opt_in_gives_the_metrics_of_its_version_and_no_others() {
    let both: Vec<_> = V1_41.iter().chain(&LATEST).copied().collect();
    for (value, names) in [
        ("gen_ai_v1_41,http/dup", &V1_41[..]),
        ("gen_ai_latest_experimental", &LATEST[..]),
        ("gen_ai_dup", &both[..]),
    ] {
        let (received, _) = talk(&[("OTEL_SEMCONV_STABILITY_OPT_IN", value)]).await;
        let found: BTreeSet<_> = received.metrics.names().into_iter().collect();
        let ours = found.iter().filter(|name| name.starts_with("gen_ai."));
        let ours: BTreeSet<_> = ours.copied().collect();
        assert_eq!(ours, names.iter().copied().collect(), "{value}");
        for name in names {
            for series in received.metrics.series(name) {
                for (label, _) in &series.labels.0 {
                    assert!(LABELS.contains(&label.as_str()), "{name}: {label}");
                }
            }
        }
        // The application's own names are the same in all of them.
        assert!(found.contains("agent.llm.calls"), "{found:?}");
    }
}
