//! Turn events as server-sent events.

use std::{convert::Infallible, sync::Arc, time::Duration};

use agent::{
    answer::{Answer, ProposalView, TurnIds},
    event::TurnEvent,
    intent::Intent,
    locale::Locale,
    step,
};
use axum::{
    http::{HeaderName, HeaderValue},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{Stream, StreamExt};
use obs::Opened;
use serde::Serialize;
use serde_json::json;

use crate::{
    problem::Problem,
    turns::{EndedTurn, Hold, LoggedEvent, Recalled, RunningTurn, missed},
    views::step::{Ended, in_each},
};

/// How often an idle stream shows that it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Events of a replayed answer: `started`, `delta`, `completed`.
const REPLAYED: u64 = 3;

/// The data of `started`.
#[must_use]
pub fn started(ids: &TurnIds) -> String {
    let data = json!({
        "conversation_id": ids.conversation,
        "user_message_id": ids.user_message,
        "message_id": ids.message,
        "trace_id": ids.trace,
    });
    data.to_string()
}

/// The data of `completed`: the whole answer.
#[must_use]
pub fn completed(answer: &Answer) -> String {
    to_json(answer)
}

/// The data of `failed`: a problem document.
#[must_use]
pub fn failed(problem: &Problem) -> String {
    to_json(problem)
}

/// The data of `intent`; typed, because a JSON value would show digits that the answer rounds.
#[derive(Serialize)]
struct IntentData {
    name: Intent,
    confidence: f32,
    locale: Locale,
}

/// The data of `delta`, of which an answer has hundreds.
#[derive(Serialize)]
struct DeltaData<'a> {
    text: &'a str,
}

/// Name and data of an event; `None` for those that only the server needs.
#[must_use]
pub fn event(event: &TurnEvent) -> Option<(&'static str, String)> {
    let (name, data) = match event {
        TurnEvent::Intent {
            name,
            confidence,
            locale,
        } => {
            let intent = IntentData {
                name: *name,
                confidence: *confidence,
                locale: *locale,
            };
            return Some(("intent", to_json(&intent)));
        }
        TurnEvent::Understood(reading) => (
            "understood",
            json!({
                "understood": reading.chips,
                "left_over": reading.left_over,
                "choices": reading.choices,
            }),
        ),
        TurnEvent::ToolStarted {
            id,
            name,
            arguments,
        } => (
            "tool_started",
            json!({
                "id": id,
                "name": name,
                "arguments": arguments,
                "text": in_each(|locale| step::sentence(name, arguments, locale)),
            }),
        ),
        TurnEvent::ToolFinished {
            id,
            success,
            result_count,
            latency_ms,
            error,
            source,
        } => {
            let ended = Ended {
                success: Some(*success),
                result_count: *result_count,
                latency_ms: *latency_ms,
                error: error.as_deref(),
                source: *source,
            };
            let mut data = json!({
                "id": id,
                "success": success,
                "result_count": result_count,
                "latency_ms": latency_ms,
                "text": in_each(|locale| ended.words(locale)),
            });
            if let Some(error) = error {
                data["error"] = json!(error);
            }
            if let Some(source) = source {
                data["source"] = json!(source);
            }
            ("tool_finished", data)
        }
        TurnEvent::Delta(text) => return Some(("delta", to_json(&DeltaData { text }))),
        TurnEvent::Card(card) => return Some(("card", to_json(card))),
        TurnEvent::Proposed(proposal) => {
            return Some(("proposal", to_json(&ProposalView::from(&**proposal))));
        }
        TurnEvent::Planned(trip) => return Some(("trip", to_json(trip))),
        TurnEvent::Ungrounded(_)
        | TurnEvent::Round { .. }
        | TurnEvent::Usage { .. }
        | TurnEvent::Transcript(_)
        | TurnEvent::Ended { .. } => return None,
    };
    Some((name, data.to_string()))
}

/// Bytes of the answer's text that an event brings.
#[must_use]
pub fn text_bytes(event: &TurnEvent) -> usize {
    match event {
        TurnEvent::Delta(text) => text.len(),
        _ => 0,
    }
}

/// Our own types always serialise; an empty object would show a bug without hurting the stream.
fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

/// Streams a turn's events after `after`; the hold lasts as long as the client reads.
#[must_use]
pub fn respond(turn: &Arc<RunningTurn>, after: u64, hold: Hold, open: Opened) -> Response {
    let events = holding(turn.log.after(after), (hold, open));
    stream(events.map(|event| sent(&event)))
}

fn sent(event: &LoggedEvent) -> Event {
    Event::default()
        .id(event.id.to_string())
        .event(event.name)
        .data(&event.data)
}

/// Streams events as they come, with a sign of life in between.
#[must_use]
pub fn stream(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let events = events.map(Ok::<_, Infallible>);
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("");
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    // nginx would otherwise collect the stream before it passes it on.
    let name = HeaderName::from_static("x-accel-buffering");
    response
        .headers_mut()
        .insert(name, HeaderValue::from_static("no"));
    response
}

/// Keeps `hold` for as long as the stream is read.
fn holding(
    events: impl Stream<Item = Arc<LoggedEvent>> + Send + 'static,
    hold: (Hold, Opened),
) -> impl Stream<Item = Arc<LoggedEvent>> + Send + 'static {
    let start = (Box::pin(events), hold);
    futures::stream::unfold(start, |(mut events, hold)| async move {
        let event = events.next().await?;
        Some((event, (events, hold)))
    })
}

/// Streams what a client that has seen the events up to `after` missed of an ended turn: its events
/// where they are kept, else the rest of the text and the end.
#[must_use]
pub fn resume(turn: &Recalled, after: u64, answer: &Answer) -> Response {
    match turn {
        Recalled::Whole(log, _) => stream(log.after(after).map(|event| sent(&event))),
        Recalled::Brief(turn) => {
            let events: Vec<_> = missed(turn, after, answer).iter().map(sent).collect();
            stream(futures::stream::iter(events))
        }
    }
}

/// Streams an answer of which no event is known any more: its ids, its text in one piece, and the whole.
#[must_use]
pub fn replay(answer: &Answer) -> Response {
    let turn = EndedTurn {
        last_event: REPLAYED,
        ..EndedTurn::default()
    };
    resume(&Recalled::Brief(Arc::new(turn)), 0, answer)
}
