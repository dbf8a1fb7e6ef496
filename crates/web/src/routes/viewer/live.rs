//! `GET /api/traces/live`: a line of the list for each turn that ends, as server-sent events.

use axum::{
    extract::State,
    http::StatusCode,
    response::{Response, sse::Event},
};
use futures::{Stream, stream};
use obs::SpanRef;
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

use super::api::filter;
use crate::{
    extract::StrictQuery,
    problem::Problem,
    reader::Reader,
    sse,
    state::AppState,
    traces::{
        query::{Filter, RawQuery},
        summary::{Summary, text},
    },
};

/// Readers at once: each looks at every trace that ends.
const MOST_READERS: usize = 64;

/// Answers `GET /api/traces/live`, with the filter of the list: `trace` events until the client leaves
/// or the server stops, and `missed` with a count where the client was too slow.
pub async fn follow(
    State(state): State<AppState>,
    reader: Reader,
    StrictQuery(query): StrictQuery<RawQuery>,
) -> Result<Response, Problem> {
    let filter = filter(&query, &reader)?;
    let recent = state.telemetry.recent();
    if recent.followers() >= MOST_READERS {
        let detail = "too many readers follow the traces already";
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail));
    }
    let ended = recent.follow();
    let tail = Tail {
        state,
        reader,
        filter,
        ended,
    };
    Ok(sse::stream(events(tail)))
}

struct Tail {
    state: AppState,
    reader: Reader,
    filter: Filter,
    ended: Receiver<SpanRef>,
}

fn events(tail: Tail) -> impl Stream<Item = Event> + Send + 'static {
    stream::unfold(tail, |mut tail| async move {
        let event = tail.next().await?;
        Some((event, tail))
    })
}

impl Tail {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let ended = tokio::select! {
                biased;
                () = self.state.closing.cancelled() => return None,
                ended = self.ended.recv() => ended,
            };
            match ended {
                Ok(root) => {
                    if let Some(line) = self.line(root).await {
                        let data = json!(line).to_string();
                        return Some(Event::default().event("trace").data(data));
                    }
                }
                Err(RecvError::Lagged(missed)) => {
                    let data = json!({"count": missed}).to_string();
                    return Some(Event::default().event("missed").data(data));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// The line of a turn that the reader may see and wants.
    async fn line(&self, root: SpanRef) -> Option<Summary> {
        let trace = self.state.telemetry.recent().get(root.trace_id)?;
        let trace = trace.below(root.span_id);
        let turn = trace.spans.iter().find(|s| s.span_id == root.span_id)?;
        let wanted = self.filter.accepts(&trace.spans)
            && self
                .filter
                .words
                .as_ref()
                .is_none_or(|words| words.are_in(&trace));
        if !wanted {
            return None;
        }
        if !self.reader.is_admin {
            let conversation = text(turn, "session.id")?;
            let conversation = Uuid::parse_str(&conversation).ok()?;
            let (store, owner) = (&self.state.store, &self.reader.owner);
            // A store that fails shows nothing, rather than what is someone else's.
            if !store.owns(owner, conversation, None).await.unwrap_or(false) {
                return None;
            }
        }
        Some(Summary::new(turn, &trace.spans))
    }
}
