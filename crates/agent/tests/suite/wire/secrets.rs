//! The key is in its header and nowhere else, whatever the provider makes of it.

use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use agent::{llm::Deadlines, telemetry::spans, turn::TurnRequest};
use serde_json::json;
use testkit::llm::{Answer, Ending, Fault, Noise, Protocol, Raw, Reply};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
};

use super::{
    super::{spans_recorder::Recorder, support::request},
    scene::{BOTH, CALM, KEY, WISH, agent, base_url, endpoint, model, model_at, play, serve},
};

/// Every name and value that this thread writes on spans and events, of all crates whose events are
/// logged.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<String>>);

struct Values<'a>(&'a mut String);

impl Visit for Values<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0, "{field}={value:?}").unwrap();
    }
}

impl<S: Subscriber> Layer<S> for Everything {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let mut log = self.0.lock().unwrap();
        writeln!(log, "{}", attributes.metadata().name()).unwrap();
        attributes.record(&mut Values(&mut log));
    }

    fn on_record(&self, _: &Id, record: &Record<'_>, _: Context<'_, S>) {
        record.record(&mut Values(&mut self.0.lock().unwrap()));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // It quotes chunks that it cannot read; `obs` lets none of its events out.
        if event.metadata().target().starts_with("async_openai") {
            return;
        }
        event.record(&mut Values(&mut self.0.lock().unwrap()));
    }
}

/// Error bodies that give the key back.
fn echoes(protocol: Protocol) -> Vec<Reply> {
    let json = |status, body: serde_json::Value| {
        Reply::from(Raw::new(status, "application/json", body.to_string()))
    };
    let sse = |body: String| Reply::from(Raw::new(200, "text/event-stream", body));
    let said = format!("Incorrect API key provided: {KEY}. Bearer {KEY}");
    // At the place where long messages are cut.
    let long = format!("{}{KEY}", "x ".repeat(92));
    let mut replies = vec![
        json(
            401,
            json!({"type": "error", "error": {"type": "authentication_error", "message": said}}),
        ),
        json(
            401,
            json!({"type": "error", "error": {"type": KEY, "code": KEY, "message": long}}),
        ),
        json(403, json!({"error": said})),
        json(
            403,
            json!({"detail": [{"loc": ["header", KEY], "msg": said, "input": KEY}]}),
        ),
        json(400, json!([{"error": {"message": said, "status": KEY}}])),
        json(200, json!({"error": {"message": said}})),
        Raw::new(401, "text/html", format!("<p>{said}</p>")).into(),
        Raw::new(200, &format!("text/html; token={KEY}"), said.clone()).into(),
        Raw::new(401, &format!("text/html; token={KEY}"), "no").into(),
        Raw::new(302, "text/plain", "")
            .header("location", &format!("/{KEY}"))
            .into(),
        sse(format!("data: {{\"id\": \"{KEY}\n\n")),
        sse(format!("{KEY}\n\n")),
    ];
    replies.push(match protocol {
        Protocol::OpenAi => sse(format!("data: {}\n\n", json!({"error": {"message": said}}))),
        Protocol::Anthropic => {
            let error = json!({"type": "error", "error": {"type": "api_error", "message": said}});
            sse(format!("event: error\ndata: {error}\n\n"))
        }
    });
    replies
}

/// Replies of every other kind.
fn courses() -> Vec<Reply> {
    let text = || Answer::text("Bonjour à vous");
    vec![
        text().into(),
        Answer::call("show", json!({"city": "Rome"})).into(),
        Fault::status(500).into(),
        Fault::status(404).into(),
        Reply::Reset,
        Reply::Stall,
        text().ending(Ending::ResetAfter(1)).into(),
        text().ending(Ending::StallAfter(1)).into(),
        text().ending(Ending::ErrorEventAfter(1)).into(),
        text().noisy(1, Noise::Malformed).into(),
    ]
}

#[tokio::test]
async fn the_key_is_told_to_nobody() {
    // Lets callsites be asked that other threads reach first.
    drop(Recorder::install());
    let everything = Everything::default();
    let subscriber = Registry::default().with(everything.clone());
    let _guard = tracing::subscriber::set_default(subscriber);
    let hasty = Deadlines {
        first_token: Duration::from_millis(100),
        between_tokens: Duration::from_millis(100),
        ..CALM
    };
    for protocol in BOTH {
        let mut turns = 0;
        for reply in echoes(protocol).into_iter().chain(courses()) {
            let scene = format!("{protocol:?}: {reply:?}");
            let server = serve(move |_| reply.clone()).await;
            let agent = agent(vec![model(protocol, &server)], hasty);
            let rooted = TurnRequest {
                root: spans::turn("page", 1),
                capture_content: true,
                ..request(WISH)
            };
            let played = play(&agent, rooted).await;
            let told = format!("{played:?} {} {:?}", played.said(), agent.models().states());
            assert!(!told.contains(KEY), "{scene}\n{told}");
            let log = std::mem::take(&mut *everything.0.lock().unwrap());
            assert!(log.contains("llm.provider"), "nothing was recorded: {log}");
            assert!(!log.contains(KEY), "{scene}\n{log}");
            // It was sent all the same: what is looked for is there to be found.
            let (name, value) = match protocol {
                Protocol::OpenAi => ("authorization", format!("Bearer {KEY}")),
                Protocol::Anthropic => ("x-api-key", KEY.to_owned()),
            };
            assert_eq!(server.requests()[0].header(name), Some(&*value));
            turns += 1;
        }
        assert_eq!(turns, 23);
    }
}

#[tokio::test]
async fn an_address_with_a_password_is_not_told_either() {
    for protocol in BOTH {
        let server = serve(|_| Reply::Reset).await;
        let secret = base_url(protocol, &server).replace("://", &format!("://user:{KEY}@"));
        let endpoint = endpoint(protocol, secret);
        let shown = format!("{endpoint:?} {endpoint:#?}");
        assert!(!shown.contains(KEY), "{shown}");
        let model = model_at(protocol, endpoint);
        assert_eq!(model.server(), Some(("127.0.0.1", server.address().port())));
        let played = play(&agent(vec![model], CALM), request("Bonjour")).await;
        assert!(played.failure().is_some());
        assert!(!format!("{played:?}").contains(KEY));
        // The address gives a second credential, which the invariants rightly mind.
        server.take_violations();
    }
}
