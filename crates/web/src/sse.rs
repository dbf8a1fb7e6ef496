//! Turn events as server-sent events.

use std::{convert::Infallible, sync::Arc, time::Duration};

use agent::{
    answer::{Answer, ProposalView, TurnIds},
    event::{Card, TurnEvent},
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
    turns::{EndedTurn, EventSize, Hold, LoggedEvent, Recalled, RunningTurn, missed},
    views::step::{Ended, in_each},
};

/// How often an idle stream shows that it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Events of a replayed answer: `started`, `delta`, `completed`.
const REPLAYED: u64 = 3;

/// What an offer takes in an event, in bytes (estimated, as the two below are): more than as JSON, until it is read.
const OFFER_BYTES: usize = 4 << 10;
/// A sheet, a month of fares, a proposal, a trip.
const LARGE_BYTES: usize = 8 << 10;
/// What tells of the turn itself.
const SMALL_BYTES: usize = 1 << 10;
/// What `started` takes.
pub const STARTED_SIZE: EventSize = EventSize {
    bytes: SMALL_BYTES,
    text: 0,
};

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

/// Name of an event; `None` for those that only the server needs.
#[must_use]
pub const fn name(event: &TurnEvent) -> Option<&'static str> {
    Some(match event {
        TurnEvent::Intent { .. } => "intent",
        TurnEvent::Understood(_) => "understood",
        TurnEvent::ToolStarted { .. } => "tool_started",
        TurnEvent::ToolFinished { .. } => "tool_finished",
        TurnEvent::Delta(_) => "delta",
        TurnEvent::Card(_) => "card",
        TurnEvent::Proposed(_) => "proposal",
        TurnEvent::Planned(_) => "trip",
        TurnEvent::Ungrounded(_)
        | TurnEvent::Round { .. }
        | TurnEvent::Usage { .. }
        | TurnEvent::Transcript(_)
        | TurnEvent::Ended { .. } => return None,
    })
}

/// Data of an event that has a name.
#[must_use]
pub fn data(event: &TurnEvent) -> String {
    match event {
        TurnEvent::Intent {
            name,
            confidence,
            locale,
        } => to_json(&IntentData {
            name: *name,
            confidence: *confidence,
            locale: *locale,
        }),
        TurnEvent::Understood(reading) => json!({
            "understood": reading.chips,
            "left_over": reading.left_over,
            "choices": reading.choices,
        })
        .to_string(),
        TurnEvent::ToolStarted {
            id,
            name,
            arguments,
        } => json!({
            "id": id,
            "name": name,
            "arguments": arguments,
            "text": in_each(|locale| step::sentence(name, arguments, locale)),
        })
        .to_string(),
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
            data.to_string()
        }
        TurnEvent::Delta(text) => to_json(&DeltaData { text }),
        TurnEvent::Card(card) => to_json(card),
        TurnEvent::Proposed(proposal) => to_json(&ProposalView::from(&**proposal)),
        TurnEvent::Planned(trip) => to_json(trip),
        TurnEvent::Ungrounded(_)
        | TurnEvent::Round { .. }
        | TurnEvent::Usage { .. }
        | TurnEvent::Transcript(_)
        | TurnEvent::Ended { .. } => "{}".to_owned(),
    }
}

/// What an event that has a name takes; its data are not written for that.
#[must_use]
pub fn size(event: &TurnEvent) -> EventSize {
    let (bytes, text) = match event {
        TurnEvent::Delta(text) => (text.len(), text.len()),
        TurnEvent::Card(Card::FlightOffers { offers, .. }) => (offers.len() * OFFER_BYTES, 0),
        TurnEvent::Card(_) | TurnEvent::Proposed(_) | TurnEvent::Planned(_) => (LARGE_BYTES, 0),
        _ => (SMALL_BYTES, 0),
    };
    EventSize { bytes, text }
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
        .data(event.data())
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

#[cfg(test)]
mod tests {
    use agent::booking::ProposalStatus;

    use super::*;
    use crate::views::samples;

    #[test]
    fn no_event_takes_more_than_is_counted_for_it() {
        let (offers, id) = (samples::offers(), "call_1_0".to_owned());
        let arguments =
            json!({"departure": "LYS", "arrival": "NYC", "date": "2027-01-12", "adults": 2});
        for event in [
            TurnEvent::Delta("Voici".to_owned()),
            TurnEvent::Card(Card::FlightOffers { offers, more: 3 }),
            TurnEvent::Card(Card::FareCalendar(samples::calendar())),
            TurnEvent::Card(Card::Sheet(Box::new(samples::sheet(Locale::Fr)))),
            TurnEvent::Proposed(Box::new(samples::proposal(ProposalStatus::Pending))),
            TurnEvent::Planned(Box::new(samples::trip().plan)),
            TurnEvent::ToolStarted {
                id: id.clone(),
                name: "search_flights".to_owned(),
                arguments,
            },
            TurnEvent::ToolFinished {
                id,
                success: false,
                result_count: 0,
                latency_ms: 1.5,
                error: Some("no source answered in time".to_owned()),
                source: Some("offline"),
            },
        ] {
            let (counted, written) = (size(&event), data(&event));
            // What stands around the text of a delta is counted with the event itself.
            let around = r#"{"text":""}"#.len();
            let taken = written.len().saturating_sub(around);
            assert!(
                taken <= counted.bytes,
                "{} of {counted:?}: {written}",
                written.len()
            );
        }
    }
}
