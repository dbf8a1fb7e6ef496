//! The same chat on rig: axum, an agent with one tool, spans over OTLP.

mod telemetry;

use std::{convert::Infallible, io::Write, sync::Arc};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response, Sse, sse::Event},
    routing::post,
    serve::ListenerExt,
};
use futures::{Stream, StreamExt};
use rig::rig_tool;
use rig::{
    Agent, AgentBuilder,
    agent::MultiTurnStreamItem,
    providers::openai::OpenAIConfig,
    streaming::{Item, StreamEvent},
    tool::ToolExecutionError,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::net::TcpSocket;
use tracing::Instrument;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;
/// Most calls of the model in a turn.
const CALLS: usize = 4;
const SYSTEM: &str = "You are a travel agent. You help people to find flights, and answer in the language of their \
    message. Search before you speak of flights. Ask when the place or the day is missing. Be brief.";
const OFFERS: &str = r#"{"offers":[{"id":"off_1","carrier":"AF","departing_at":"10:15","arriving_at":"13:05","stops":0,"total":"512.00 EUR"},{"id":"off_2","carrier":"LH","departing_at":"06:30","arriving_at":"12:40","stops":1,"total":"438.00 EUR"}]}"#;

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
}

/// Searches flights between two places (IATA codes) on a day (YYYY-MM-DD), for a party; offers, cheapest first.
#[rig_tool]
fn search_flights(
    departure: String,
    arrival: String,
    date: String,
    adults: u32,
) -> Result<String, ToolExecutionError> {
    let _ = (departure, arrival, date, adults);
    Ok(OFFERS.to_owned())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let provider = telemetry::start()?;
    let model = OpenAIConfig::new("none")
        .with_base_url(std::env::var("LLM_BASE_URL")?)
        .client()
        .chat("scripted");
    let agent = AgentBuilder::new(model)
        .preamble(SYSTEM)
        .tool(SearchFlights)
        .default_max_turns(CALLS)
        .build();
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(std::env::var("BIND_ADDR")?.parse()?)?;
    let listener = socket.listen(BACKLOG)?;
    writeln!(
        std::io::stdout(),
        "listening on http://{}",
        listener.local_addr()?
    )?;
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let router = Router::new().route("/api/chat", post(chat));
    axum::serve(listener, router.with_state(Arc::new(agent))).await?;
    drop(provider);
    Ok(())
}

async fn chat(State(agent): State<Arc<Agent>>, Json(request): Json<ChatRequest>) -> Response {
    let span = tracing::info_span!(
        "POST /api/chat",
        http.request.method = "POST",
        http.route = "/api/chat"
    );
    if request.stream {
        return Sse::new(events(&agent, request.message, &span)).into_response();
    }
    match agent
        .prompt(request.message)
        .into_future()
        .instrument(span)
        .await
    {
        Ok(response) => Json(answer(response.output())).into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

fn answer(reply: String) -> ChatAnswer {
    ChatAnswer {
        reply,
        status: "ok",
    }
}

/// Pieces of the text as they come, and the whole.
fn events(
    agent: &Agent,
    message: String,
    span: &tracing::Span,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let items = span.in_scope(|| agent.prompt(message).stream());
    items.filter_map(|item| async {
        let event = match item {
            Ok(MultiTurnStreamItem::StreamAssistantItem(Item::Event(StreamEvent::Text {
                text,
                ..
            }))) => told("delta", &json!({"text": text})),
            Ok(MultiTurnStreamItem::FinalResponse(whole)) => {
                told("completed", &answer(whole.output()))
            }
            Ok(_) => return None,
            Err(_) => told("failed", &json!({})),
        };
        Some(Ok(event))
    })
}

fn told(name: &str, data: &impl Serialize) -> Event {
    Event::default()
        .event(name)
        .json_data(data)
        .unwrap_or_default()
}
