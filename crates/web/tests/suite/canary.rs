//! Canaries: secrets and personal data in every input and in every error that a provider can send. None
//! gets into log, stderr, spans, metrics, export or traces; with content, they are replaced. The
//! database holds no secret and no whole card number.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{
    Received, Receiver,
    llm::{Answer, Entry, LlmRequest, LlmServer, Raw, Reply},
};

use super::{folder::Folder, server::Server};

const LLM_KEY: &str = "canaryllm-0123456789abcdef";
const ADMIN_KEY: &str = "canaryadmin-0123456789";
const OTLP_KEY: &str = "canaryotlp-0123456789";
const SECRETS: [&str; 3] = [LLM_KEY, ADMIN_KEY, OTLP_KEY];

/// Words of people: none is kept without content.
const PERSONAL: [&str; 8] = [
    "jeanne.canari@exemple.fr",
    "4111 1111 1111 1111",
    "5555555555554444",
    "+33 6 12 34 56 78",
    "12AB34567",
    "Canariberte",
    "FR7630006000011234567890189",
    "rue du Canari",
];
/// Those of them that redaction replaces.
const REPLACED: usize = 5;
/// What callers put into headers, queries and fields.
const CALLERS: &str = "canarycaller";
/// Breaks a line, a terminal, and the order of a text.
const INJECTED: &str = "a\n{\"timestamp\":\"2026-01-01T00:00:00Z\",\"level\":\"ERROR\",\"message\":\"forged\"}\r\n\u{1b}[31m\u{2028}\u{85}\u{202e}";

fn text() -> String {
    format!(
        "A flight from Lyon to Lisbon. I am Canariberte, {}, card {} or {}, phone {}, passport {}, \
         IBAN {}, 3 rue du Canari. {INJECTED}",
        PERSONAL[0], PERSONAL[1], PERSONAL[2], PERSONAL[3], PERSONAL[4], PERSONAL[6]
    )
}

/// Every way in which a server fails, by the word in the question.
const WAYS: [&str; 14] = [
    "refuses", "dies", "page", "list", "string", "code", "chunk", "late", "choice", "type", "cut",
    "tool", "finish", "well",
];

fn script(request: &LlmRequest) -> Reply {
    let entries = request.conversation();
    let asked = entries.iter().rev().find_map(|entry| match entry {
        Entry::User(text) => text.split("WAY:").nth(1),
        _ => None,
    });
    let way = asked
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap_or("well");
    let said = format!("{} with {LLM_KEY}, Authorization: Bearer {LLM_KEY}", text());
    let json = |status, body: Value| Raw::new(status, "application/json", body.to_string()).into();
    let stream = |rest: String| {
        let begun = json!({"id": "c", "choices": [{"delta": {"content": "Begun "}}]});
        let body = format!("data: {begun}\n\n{rest}");
        Raw::new(200, "text/event-stream", body).into()
    };
    let is_after_tool = matches!(entries.last(), Some(Entry::Tool(_)));
    match way {
        "refuses" => json(
            400,
            json!({"error": {"message": said, "type": said, "code": LLM_KEY, "param": said}}),
        ),
        "dies" => Raw::new(500, "text/plain", said).into(),
        "page" => Raw::new(404, "text/html", format!("<html>{said}</html>")).into(),
        "list" => json(
            422,
            json!({"detail": [{"loc": ["body", said], "msg": said, "input": said}]}),
        ),
        "string" => json(400, json!({"error": said})),
        "code" => json(
            400,
            json!({"error": {"message": "no", "code": PERSONAL[2]}}),
        ),
        "chunk" => stream(format!(
            "data: {}\n\n",
            json!({"error": {"message": said, "code": said}})
        )),
        "late" => json(
            200,
            json!({"error": {"message": said, "code": 400, "metadata": {"raw": said}}}),
        ),
        "choice" => stream(format!(
            "data: {}\n\n",
            json!({"choices": [{"error": {"message": said}}]})
        )),
        "type" => stream(format!(
            "data: {}\n\n",
            json!({"id": {"x": said}, "choices": said})
        )),
        "cut" => stream(format!("data: {{\"broken\": \"{}", said.replace('\n', " "))),
        "tool" if !is_after_tool => {
            let arguments =
                json!({"departure": text(), "arrival": 7, "date": INJECTED, PERSONAL[0]: 1});
            Answer::call("search_flights", arguments).into()
        }
        "finish" => stream(format!(
            "data: {}\n\n",
            json!({"choices": [{"delta": {}, "finish_reason": "error", "message": said}]})
        )),
        _ => Answer::text("Nothing to say.").into(),
    }
}

/// What came of a run, by where it was found.
struct Found {
    places: Vec<(&'static str, String)>,
    database: String,
}

async fn run(capture: &str) -> Found {
    let llm = LlmServer::start(script).await.unwrap();
    let (receiver, folder) = (Receiver::start().await.unwrap(), Folder::new());
    let stderr = std::fs::File::create(folder.write("stderr", "")).unwrap();
    let mut server = Server::start_printing_to(
        &[
            ("LLM_PROVIDER", "openai-compatible"),
            ("LLM_BASE_URL", &llm.base_url_openai()),
            ("LLM_MODEL", "wire-1"),
            ("LLM_API_KEY", LLM_KEY),
            ("LLM_CLASSIFY", "off"),
            ("ADMIN_KEY", ADMIN_KEY),
            ("OTEL_SDK_DISABLED", "false"),
            ("OTLP_ENDPOINT", &receiver.endpoint()),
            (
                "OTEL_EXPORTER_OTLP_HEADERS",
                &format!("authorization=Bearer {OTLP_KEY}"),
            ),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("CAPTURE_CONTENT", capture),
            (
                "RUST_LOG",
                "debug,h2=trace,hyper=trace,hyper_util=trace,reqwest=trace,rustls=trace",
            ),
            ("DATABASE_URL", &folder.database()),
        ],
        stderr,
    )
    .await;
    let visitor = server
        .visitor()
        .with_header("user-agent", &format!("{CALLERS} {}", PERSONAL[5]))
        .with_header("referer", &format!("http://x/{CALLERS}"))
        .with_header("baggage", &format!("user={CALLERS}"))
        .with_header("tracestate", &format!("x={CALLERS}"));
    for way in WAYS {
        for stream in [false, true] {
            let message = format!("{} WAY:{way} ", text());
            let body = json!({"message": message, "stream": stream});
            let key = format!("{CALLERS}-{way}-{stream}");
            let request = visitor.request(Method::POST, "/api/chat").json(&body);
            let response = visitor.send(request.header("idempotency-key", key)).await;
            let answered = response.text().await.unwrap();
            // The circuit stays closed: every way is gone.
            visitor.say("Bonjour WAY:well", None).await;
            for secret in SECRETS {
                assert!(!answered.contains(secret), "{way}: {answered}");
            }
        }
    }
    let answer = visitor.say(&format!("{} WAY:well", text()), None).await;
    assert!(
        answer["reply"].as_str().unwrap().contains("masked"),
        "{answer}"
    );
    let (conversation, message) = (&answer["conversation_id"], &answer["message_id"]);
    let [conversation, message] = [conversation, message].map(|id| id.as_str().unwrap());
    let title = format!("{CALLERS} {} {}", PERSONAL[1], PERSONAL[5]);
    let path = format!("/api/conversations/{conversation}");
    let renamed = visitor.send(
        visitor
            .request(Method::PATCH, &path)
            .json(&json!({"title": title})),
    );
    assert!(renamed.await.text().await.unwrap().contains("•••• 1111"));
    let comment = json!({"score": -1, "comment": text()});
    let path = format!("/api/messages/{message}/feedback");
    assert!(
        visitor
            .post(&path, &comment)
            .await
            .text()
            .await
            .unwrap()
            .contains("•••• 4444")
    );
    let edited = json!({"message": format!("{} once more", text()), "conversation_id": conversation,
        "parent_id": answer["user_message_id"]});
    visitor.chat(edited).await;
    for path in [
        format!("/api/conversations?q={CALLERS}"),
        format!("/api/flights?from={CALLERS}&to=LIS&depart=x"),
        format!("/c/{CALLERS}"),
        format!("/?q={CALLERS}"),
    ] {
        visitor.get(&path).await;
    }
    let unknown = json!({"message": "x", CALLERS: 1, "time_zone": PERSONAL[5]});
    visitor.post("/api/chat", &unknown).await;
    let admin = server
        .visitor()
        .with_header("authorization", &format!("Bearer {ADMIN_KEY}"));
    let listed = admin.get_json("/api/traces?kind=all&limit=200").await;
    let mut traces = listed.to_string();
    let ids = listed["traces"].as_array().unwrap().iter();
    let ids: Vec<_> = ids
        .map(|trace| trace["trace_id"].as_str().unwrap())
        .collect();
    assert!(ids.len() > WAYS.len(), "{traces}");
    let of_trace = ids.iter().map(|id| format!("/api/traces/{id}"));
    for path in of_trace.chain(["/api/stats".to_owned(), "/readyz".to_owned()]) {
        let response = admin.get(&path).await;
        assert_eq!(response.status(), 200, "{path}");
        traces += &response.text().await.unwrap();
    }
    // The failed turns' spans and lines are those that are looked through.
    receiver
        .wait_until(Duration::from_secs(30), |received| {
            received.named("agent.iteration").len() > WAYS.len() * 2 && !received.logs.is_empty()
        })
        .await
        .unwrap();
    assert!(server.terminate().await.success());
    // All but the requests' own headers, of which one is the key.
    let Received {
        spans,
        logs,
        metrics,
        ..
    } = receiver.received();
    let exported = format!("{spans:?}\n{logs:?}\n{metrics:?}");
    let log: Vec<String> = server.log().iter().map(Value::to_string).collect();
    let bytes = |name: &str| std::fs::read(folder.path(name)).unwrap_or_default();
    let database = [bytes("test.db"), bytes("test.db-wal")].concat();
    Found {
        places: vec![
            ("log", log.join("\n")),
            (
                "stderr",
                String::from_utf8_lossy(&bytes("stderr")).into_owned(),
            ),
            ("export", exported),
            ("traces", traces),
        ],
        database: String::from_utf8_lossy(&database).into_owned(),
    }
}

/// Where a text holds a word; empty where it does not.
fn around(text: &str, word: &str) -> String {
    text.find(word).map_or_else(String::new, |at| {
        let from = text.floor_char_boundary(at.saturating_sub(300));
        text[from..text.floor_char_boundary(at + word.len() + 60)].to_owned()
    })
}

fn holds_none(found: &Found, words: &[&str]) {
    for (place, text) in &found.places {
        for word in words {
            let around = around(text, word);
            assert!(around.is_empty(), "{word} in {place}: {around}");
        }
        assert!(!text.contains('\u{1b}'), "{place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_content_nothing_that_anyone_said_is_kept_by_telemetry() {
    let found = run("false").await;
    holds_none(&found, &SECRETS);
    holds_none(&found, &PERSONAL);
    holds_none(&found, &[CALLERS, "forged"]);
    // What was looked through is there.
    assert!(found.places[0].1.contains("model call failed"));
    assert!(found.places[2].1.contains("model call failed"));
    assert!(found.places[3].1.contains("bad_request"));
    of_database(&found);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_content_secrets_and_numbers_are_replaced() {
    let found = run("true").await;
    holds_none(&found, &SECRETS);
    holds_none(&found, &PERSONAL[..REPLACED]);
    // What a provider wrote is content, and kept as such.
    assert!(found.places[0].1.contains("error_text"));
    assert!(found.places[2].1.contains("llm.error.message"));
    of_database(&found);
}

fn of_database(found: &Found) {
    for word in SECRETS.iter().chain(&PERSONAL[1..3]) {
        let around = around(&found.database, word);
        assert!(around.is_empty(), "{word} in the database: {around}");
    }
    assert!(
        found.database.contains("•••• 1111"),
        "{}",
        found.database.len()
    );
}
