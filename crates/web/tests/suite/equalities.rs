//! Spans, metrics and logs of one run agree, at a real OTLP receiver, whatever happens to the turns.

use std::{collections::HashSet, time::Duration};

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Received, ReceivedSpan, Receiver};

use super::{server::Server, visitor::Visitor};

pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Turns that the whole run starts, each of which must be one root span.
pub(super) struct Run {
    pub(super) started: usize,
    pub(super) failed: usize,
    pub(super) stopped: usize,
}

const TALK: [&str; 12] = [
    "Je veux aller à New York en janvier depuis Lyon",
    "I want to fly from Boston to Denver next Friday",
    "bonjour",
    "Un vol Paris Rome le 12 mars pour 2",
    "flights from London to Tokyo in May, business class",
    "what time is it in Sydney?",
    "Quelle monnaie utilise-t-on au Japon ?",
    "write me a poem about cheese",
    "Nantes Madrid le 3 février, retour le 10",
    "cancel my booking ABC123",
    "quel temps fait-il à Oslo ?",
    "from CDG to JFK on 2027-02-03, nonstop",
];

/// Model calls 2, 3 and 4 hang: a deadline, a stop and a hang-up. The first tool calls fail.
const FAULTS: &str = "model_delay:2=600000,model_delay:3=600000,model_delay:4=600000,\
    tool_error:1,panic:2,panic:9,tool_error:14,panic:20,tool_error:31";

/// Runs some 70 turns: first those whose faults are counted, then many at once.
async fn run(server: &Server) -> Run {
    let first = server.visitor();
    first.say("hello", None).await;

    let (status, problem) = first.chat(json!({"message": "hello again"})).await;
    assert_eq!(status, 504, "{problem}");

    let mut events = first.stream("bonjour").await;
    let started = events.next().await.unwrap();
    assert_eq!(started.name, "started");
    let message = started.data["message_id"].as_str().unwrap();
    let path = format!("/api/turns/{message}");
    let stopped = first.send(first.request(Method::DELETE, &path)).await;
    assert_eq!(stopped.status(), 204);
    let last = events.collect().await.pop().unwrap();
    assert_eq!(
        (last.name.as_str(), &last.data["status"]),
        ("completed", &json!("stopped"))
    );

    hang_up(server).await;

    let bad = first.say("Un vol Lyon New York le 12 janvier", None).await;
    let calls = bad["tool_calls"].as_array().unwrap();
    assert_eq!(calls[0]["success"], false, "{bad}");
    assert!(!bad["reply"].as_str().unwrap().is_empty());
    first.say("Un vol Lyon Rome le 12 janvier", None).await;

    rejected(&first).await;
    crowd(server).await;
    Run {
        started: 6 + 5 * TALK.len() * 2,
        failed: 1,
        stopped: 2,
    }
}

/// A client that asks for a whole answer and hangs up.
async fn hang_up(server: &Server) {
    let visitor = server.visitor();
    visitor.get("/healthz").await;
    let body = json!({"message": "coucou"});
    let request = visitor.request(Method::POST, "/api/chat").json(&body);
    let asking = tokio::spawn(visitor.send_owned(request));
    // The turn is acknowledged once its conversation is there.
    while visitor.get_json("/api/conversations").await["conversations"]
        .as_array()
        .unwrap()
        .is_empty()
    {
        tokio::task::yield_now().await;
    }
    asking.abort();
}

/// Requests that start no turn.
async fn rejected(visitor: &Visitor) {
    let unknown =
        json!({"message": "hi", "conversation_id": "01970000-0000-7000-8000-000000000000"});
    assert_eq!(visitor.chat(unknown).await.0, 404);
    assert_eq!(visitor.chat(json!({"message": "  "})).await.0, 422);
    assert_eq!(
        visitor
            .chat(json!({"message": "hi", "colour": "red"}))
            .await
            .0,
        422
    );
    let text = visitor.request(Method::POST, "/api/chat").body("hi");
    assert_eq!(visitor.send(text).await.status(), 415);
    assert_eq!(visitor.get("/api/chat").await.status(), 405);
}

/// Many visitors at once, half of them streaming.
async fn crowd(server: &Server) {
    let mut talks = tokio::task::JoinSet::new();
    for number in 0..10 {
        let visitor = server.visitor();
        talks.spawn(async move {
            for message in TALK {
                if number % 2 == 0 {
                    visitor.say(message, None).await;
                } else {
                    let events = visitor.stream(message).await.collect().await;
                    let last = events.last().unwrap();
                    assert_eq!(last.name, "completed");
                    let text: String = events
                        .iter()
                        .filter(|event| event.name == "delta")
                        .map(|event| event.data["text"].as_str().unwrap())
                        .collect();
                    assert_eq!(last.data["reply"], Value::String(text));
                }
            }
        });
    }
    talks.join_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn spans_metrics_and_logs_agree() {
    let receiver = Receiver::start().await.unwrap();
    let endpoint = receiver.endpoint();
    let mut server = Server::start(&[
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &endpoint),
        ("OTEL_METRIC_EXPORT_INTERVAL", "60000"),
        ("TURN_TIMEOUT_SECONDS", "3"),
        ("TEST_FAULTS", FAULTS),
    ])
    .await;
    let run = run(&server).await;
    open_every_logged_trace(&server).await;
    server.terminate().await;
    let complete = |received: &Received| {
        received.named("agent.iteration").len() >= run.started
            && received.metrics.sum("agent.requests.total", &[]) as usize >= run.started
    };
    receiver.wait_until(PATIENCE, complete).await.unwrap();
    let received = receiver.received();

    tree_is_whole(&received, run.started);
    counts_agree(&received);
    durations_agree(&received);
    sources_are_below_calls(&received);
    outcomes_agree(&received);
    http_spans_stand_apart(&received);
    statuses_agree(&received, &run);
    logs_are_inside(&server, &received, &run);
}

/// One root a turn, everything else below one, no attribute twice.
pub(super) fn tree_is_whole(received: &Received, started: usize) {
    let roots = received.named("agent.iteration");
    assert_eq!(roots.len(), started);
    assert!(roots.iter().all(|root| root.parent.is_none()));
    let traces: HashSet<_> = roots.iter().map(|root| &root.trace_id).collect();
    assert_eq!(traces.len(), started, "one trace a turn");
    assert!(received.orphans().is_empty(), "{:?}", received.orphans());
    for span in &received.spans {
        assert!(
            span.attributes.duplicates().is_empty(),
            "{} {:?}",
            span.name,
            span.attributes
        );
        if ["llm.call", "tool.call", "agent.detect_intent"].contains(&span.name.as_str()) {
            assert!(
                traces.contains(&span.trace_id),
                "{} outside a turn",
                span.name
            );
        }
    }
}

/// A question to a source is asked by a tool call of the same trace, and is no call itself.
fn sources_are_below_calls(received: &Received) {
    let calls = received.named("tool.call");
    let asked = received.spans.iter();
    let asked: Vec<_> = asked
        .filter(|span| span.name.starts_with("source."))
        .collect();
    assert!(!asked.is_empty());
    for span in &asked {
        let above = calls
            .iter()
            .find(|call| Some(&call.span_id) == span.parent.as_ref());
        let above = above.unwrap_or_else(|| panic!("{} below no call", span.name));
        assert_eq!(above.trace_id, span.trace_id);
        assert!(span.attributes.get("tool.source").is_some());
        assert!(span.duration_ms() <= above.duration_ms() + 1.0);
    }
    // Each call that a source answered has asked one.
    let searches = calls.iter().filter(|call| {
        call.attributes.get("tool.name") == Some(&json!("search_flights"))
            && call.attributes.get("tool.success") == Some(&json!(true))
    });
    for call in searches {
        let below = asked
            .iter()
            .filter(|span| span.parent.as_ref() == Some(&call.span_id));
        assert_eq!(below.count(), 1, "{}", received.tree(&call.trace_id));
    }
}

pub(super) fn counts_agree(received: &Received) {
    for (span, counter, histogram) in [
        (
            "agent.iteration",
            "agent.requests.total",
            "agent.request.duration",
        ),
        ("llm.call", "agent.llm.calls", "agent.llm.latency"),
        ("tool.call", "agent.tool.calls", "agent.tool.latency"),
    ] {
        let spans = received.named(span).len();
        assert!(spans > 0);
        assert_eq!(
            received.metrics.sum(counter, &[]) as usize,
            spans,
            "{counter}"
        );
        assert_eq!(
            received.metrics.count(histogram, &[]) as usize,
            spans,
            "{histogram}"
        );
    }
    let operations = [
        "agent.iteration",
        "agent.detect_intent",
        "llm.call",
        "tool.call",
    ];
    for operation in operations {
        let failed = received
            .named(operation)
            .iter()
            .filter(|span| span.error.is_some())
            .count();
        let counted = received
            .metrics
            .sum("agent.errors.total", &[("error.operation", operation)]);
        assert_eq!(counted as usize, failed, "errors of {operation}");
    }
    let tokens =
        |span: &ReceivedSpan, name: &str| span.attributes.get(name).and_then(Value::as_f64);
    for (attribute, kind) in [
        ("llm.tokens.prompt", "prompt"),
        ("llm.tokens.completion", "completion"),
        ("llm.tokens.total", "total"),
    ] {
        let spans = received.named("llm.call");
        let sum: f64 = spans
            .iter()
            .filter_map(|span| tokens(span, attribute))
            .sum();
        assert_eq!(
            received
                .metrics
                .sum("agent.llm.tokens", &[("token.type", kind)]),
            sum
        );
    }
    let spans = received.named("llm.call");
    let first_tokens = spans
        .iter()
        .filter(|s| s.attributes.get("llm.time_to_first_token_ms").is_some());
    let counted = received.metrics.count("agent.llm.time_to_first_token", &[]);
    assert_eq!(counted as usize, first_tokens.count());
    let rounds = received.named("agent.iteration");
    let rounds: f64 = rounds
        .iter()
        .filter_map(|root| tokens(root, "agent.iterations"))
        .sum();
    assert_eq!(received.metrics.sum("agent.iterations", &[]), rounds);
    let roots = received.named("agent.iteration");
    let left_over = |root: &&ReceivedSpan| tokens(root, "agent.reading.left_over");
    let read: Vec<f64> = roots.iter().filter_map(left_over).collect();
    assert!(!read.is_empty());
    let counted = received.metrics.count("agent.reading.left_over", &[]);
    assert_eq!(counted as usize, read.len());
    let sum = received.metrics.sum("agent.reading.left_over", &[]);
    assert_eq!(sum, read.iter().sum::<f64>());
    assert_eq!(received.metrics.sum("agent.requests.active", &[]), 0.0);
}

pub(super) fn durations_agree(received: &Received) {
    for (span, histogram, attribute) in [
        (
            "agent.iteration",
            "agent.request.duration",
            "agent.latency_ms",
        ),
        ("llm.call", "agent.llm.latency", "llm.latency_ms"),
        ("tool.call", "agent.tool.latency", "tool.latency_ms"),
    ] {
        let spans = received.named(span);
        let sum: f64 = spans.iter().map(|span| span.duration_ms()).sum();
        let recorded = received.metrics.sum(histogram, &[]);
        assert!(
            (recorded - sum).abs() < 1e-3 * spans.len() as f64,
            "{histogram}: {recorded} {sum}"
        );
        for span in spans {
            let said = span
                .attributes
                .get(attribute)
                .and_then(Value::as_f64)
                .unwrap();
            assert!((said - span.duration_ms()).abs() < 1e-3, "{attribute}");
        }
    }
}

/// Turns ended as their clients saw it.
pub(super) fn statuses_agree(received: &Received, run: &Run) {
    let metrics = &received.metrics;
    let by = |status: &str| metrics.sum("agent.requests.total", &[("status", status)]) as usize;
    assert_eq!(by("error"), run.failed);
    assert_eq!(by("stopped"), run.stopped);
    assert_eq!(by("ok"), run.started - run.failed - run.stopped);
    let roots = received.named("agent.iteration");
    let stopped = roots
        .iter()
        .filter(|r| r.attributes.get("agent.stopped") == Some(&json!(true)));
    assert_eq!(stopped.count(), run.stopped);
}

fn outcomes_agree(received: &Received) {
    // The calls that hung were stopped, not failed.
    let stopped = &[("llm.success", "stopped")];
    assert_eq!(received.metrics.sum("agent.llm.calls", stopped), 3.0);
    let tools = received.named("tool.call");
    let types: HashSet<_> = tools
        .iter()
        .filter_map(|span| span.attributes.get("error.type")?.as_str())
        .collect();
    assert!(
        types.contains("panic") && types.contains("injected_fault"),
        "{types:?}"
    );
    for span in received.spans.iter().filter(|span| span.error.is_some()) {
        if span.name != "http.server" {
            assert!(
                span.events.iter().any(|(name, _)| name == "exception"),
                "{}",
                span.name
            );
            assert!(span.attributes.get("error.type").is_some(), "{}", span.name);
        }
    }
}

/// Requests that are no turn have a span and a metric of their own, and no turn has both.
fn http_spans_stand_apart(received: &Received) {
    let spans = received.named("http.server");
    let counted = received.metrics.count("http.server.request.duration", &[]);
    assert_eq!(counted as usize, spans.len());
    for status in [404, 415, 422, 405] {
        let found = spans
            .iter()
            .filter(|s| s.attributes.get("http.response.status_code") == Some(&json!(status)));
        assert!(found.count() >= 1, "{status}");
    }
    let ok = spans.iter().filter(|span| {
        span.attributes.get("http.route") == Some(&json!("/api/chat"))
            && span.attributes.get("http.response.status_code") == Some(&json!(200))
    });
    assert_eq!(ok.count(), 0, "a turn is told by its own span");
}

/// Every line of a turn carries its trace, at the receiver and on stdout alike.
pub(super) fn logs_are_inside(server: &Server, received: &Received, run: &Run) {
    let traces: HashSet<_> = received
        .named("agent.iteration")
        .iter()
        .map(|root| root.trace_id.clone())
        .collect();
    let ready = |line: &Value| line["message"] == "Chat response ready";
    let lines: Vec<_> = server.log().into_iter().filter(ready).collect();
    assert_eq!(lines.len(), run.started);
    for line in &lines {
        assert!(
            traces.contains(line["trace_id"].as_str().unwrap()),
            "{line}"
        );
        assert!(
            line["duration_ms"].is_number() && line["span_id"].is_string(),
            "{line}"
        );
        assert_eq!(line["service_name"], "travel-agent");
    }
    let records: Vec<_> = received
        .logs
        .iter()
        .filter(|log| ready(&log.json()))
        .collect();
    assert_eq!(records.len(), run.started);
    for record in records {
        assert_eq!(record.json()["trace_id"], json!(record.trace_id));
        assert_eq!(record.severity, "INFO");
    }
    let failed = server
        .log()
        .into_iter()
        .filter(|line| line["level"] == "ERROR")
        .count();
    assert_eq!(failed, run.failed, "one line at ERROR for each failed turn");
}

/// Each line of a turn names a trace that opens in the viewer.
async fn open_every_logged_trace(server: &Server) {
    let admin = server.visitor();
    for line in server.log() {
        if let Some(trace) = line["trace_id"].as_str() {
            let trace = admin.get_json(&format!("/api/traces/{trace}")).await;
            assert!(!trace["spans"].as_array().unwrap().is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenth_is_exported_whole_and_the_viewer_sees_all() {
    let receiver = Receiver::start().await.unwrap();
    let endpoint = receiver.endpoint();
    let mut server = Server::start(&[
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &endpoint),
        ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
        ("OTEL_TRACES_SAMPLER_ARG", "0.1"),
    ])
    .await;
    crowd(&server).await;
    let turns = 10 * TALK.len();
    let admin = server.visitor();
    let listed = admin.get_json("/api/traces?limit=200").await;
    assert_eq!(listed["traces"].as_array().unwrap().len(), turns);
    server.terminate().await;
    let counted = |r: &Received| r.metrics.sum("agent.requests.total", &[]) as usize == turns;
    receiver.wait_until(PATIENCE, counted).await.unwrap();
    let received = receiver.received();
    let exported = received.named("agent.iteration").len();
    assert!((1..turns / 2).contains(&exported), "{exported} of {turns}");
    assert!(received.orphans().is_empty());
    for root in received.named("agent.iteration") {
        let rounds = root
            .attributes
            .get("agent.iterations")
            .and_then(Value::as_u64)
            .unwrap();
        let calls = received
            .children(root)
            .iter()
            .filter(|s| s.name == "llm.call")
            .count();
        assert_eq!(calls as u64, rounds, "{}", received.tree(&root.trace_id));
    }
}
