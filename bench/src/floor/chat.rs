//! `POST /api/chat`: a message, two calls of the model with a tool between them, the answer.

use std::{sync::Arc, time::Instant};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response, Sse, sse::KeepAlive},
    routing::post,
};
use opentelemetry::{
    Context, KeyValue,
    trace::{SpanKind, TraceContextExt},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    model::{self, Model, Said},
    reader::Reader,
    telemetry::{self, Instruments},
};

/// What the tool answers: two offers, as short as they can be.
const OFFERS: &str = r#"{"offers":[{"id":"off_1","carrier":"AF","departing_at":"10:15","arriving_at":"13:05","stops":0,"total":"512.00 EUR"},{"id":"off_2","carrier":"LH","departing_at":"06:30","arriving_at":"12:40","stops":1,"total":"438.00 EUR"}]}"#;
const MODEL: &str = "scripted";

/// What the handlers share.
pub(crate) struct Server {
    pub(crate) model: Model,
    pub(crate) instruments: Instruments,
    /// Whether the model is asked for whole answers where nobody reads a stream.
    pub(crate) whole: bool,
}

#[derive(Deserialize)]
struct ChatRequest {
    message: String,
    #[serde(default)]
    stream: bool,
}

#[derive(Serialize)]
struct ChatAnswer {
    reply: String,
    status: &'static str,
    prompt_tokens: u64,
    completion_tokens: u64,
}

pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/api/chat", post(chat))
        .with_state(server)
}

async fn chat(State(server): State<Arc<Server>>, Json(request): Json<ChatRequest>) -> Response {
    if !request.stream {
        return match turn(&server, &request.message, None).await {
            Ok(answer) => Json(answer).into_response(),
            Err(_) => StatusCode::BAD_GATEWAY.into_response(),
        };
    }
    let (mut reader, events) = Reader::new();
    tokio::spawn(async move {
        match turn(&server, &request.message, Some(&mut reader)).await {
            Ok(answer) => reader.tell("completed", &answer).await,
            Err(_) => reader.tell("failed", &json!({})).await,
        }
    });
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// One turn under its root span.
async fn turn(
    server: &Server,
    message: &str,
    mut reader: Option<&mut Reader>,
) -> anyhow::Result<ChatAnswer> {
    let begun = Instant::now();
    let method = KeyValue::new("http.request.method", "POST");
    let route = KeyValue::new("http.route", "/api/chat");
    let root = telemetry::span(
        &Context::new(),
        "POST /api/chat",
        SpanKind::Server,
        vec![method, route.clone()],
    );
    let mut messages = vec![
        json!({"role": "system", "content": model::SYSTEM}),
        json!({"role": "user", "content": message}),
    ];
    let asked = ask(server, &root, &messages, reader.as_deref_mut()).await?;
    let (mut prompt, mut completion) = (asked.prompt_tokens, asked.completion_tokens);
    let mut reply = asked.text;
    if let Some(call) = asked.call {
        // Reads the arguments, as whoever searches must.
        let arguments: Value = serde_json::from_str(&call.arguments)?;
        let found = search(server, &root, &arguments);
        messages.push(
            json!({"role": "assistant", "content": null, "tool_calls": [{
                "id": call.id, "type": "function",
                "function": {"name": call.name, "arguments": call.arguments},
            }]}),
        );
        messages.push(json!({"role": "tool", "tool_call_id": call.id, "content": found}));
        let answered = ask(server, &root, &messages, reader).await?;
        prompt += answered.prompt_tokens;
        completion += answered.completion_tokens;
        reply = answered.text;
    }
    root.span()
        .set_attribute(KeyValue::new("http.response.status_code", 200));
    let seconds = begun.elapsed().as_secs_f64();
    server.instruments.requests.record(seconds, &[route]);
    Ok(ChatAnswer {
        reply,
        status: "ok",
        prompt_tokens: prompt,
        completion_tokens: completion,
    })
}

/// One call of the model under its span; text goes to whoever reads the events.
async fn ask(
    server: &Server,
    parent: &Context,
    messages: &[Value],
    reader: Option<&mut Reader>,
) -> anyhow::Result<Said> {
    let begun = Instant::now();
    let operation = KeyValue::new("gen_ai.operation.name", "chat");
    let model = KeyValue::new("gen_ai.request.model", MODEL);
    let span = telemetry::span(
        parent,
        "chat scripted",
        SpanKind::Client,
        vec![operation.clone(), model.clone()],
    );
    let said = match reader {
        None if server.whole => server.model.whole(messages).await?,
        reader => server.model.streamed(messages, reader).await?,
    };
    let span = span.span();
    let count = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
    span.set_attribute(KeyValue::new(
        "gen_ai.usage.input_tokens",
        count(said.prompt_tokens),
    ));
    span.set_attribute(KeyValue::new(
        "gen_ai.usage.output_tokens",
        count(said.completion_tokens),
    ));
    let labels = [operation, model];
    let instruments = &server.instruments;
    instruments
        .calls
        .record(begun.elapsed().as_secs_f64(), &labels);
    instruments.tokens.record(said.prompt_tokens, &labels);
    instruments.tokens.record(said.completion_tokens, &labels);
    Ok(said)
}

/// The tool under its span.
fn search(server: &Server, parent: &Context, arguments: &Value) -> &'static str {
    let tool = KeyValue::new("gen_ai.tool.name", "search_flights");
    let to = arguments["arrival"].as_str().unwrap_or_default().to_owned();
    let attributes = vec![tool.clone(), KeyValue::new("flight.arrival", to)];
    let _span = telemetry::span(
        parent,
        "execute_tool search_flights",
        SpanKind::Internal,
        attributes,
    );
    server.instruments.tools.add(1, &[tool]);
    OFFERS
}
