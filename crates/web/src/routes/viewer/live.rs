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

use super::api::filter;
use crate::{
    caller::client::Client,
    extract::StrictQuery,
    followers::Following,
    problem::Problem,
    reader::Reader,
    sse,
    state::AppState,
    traces::{
        lookup::holding,
        query::{Filter, RawQuery},
        summary::{Summary, conversation},
    },
};

/// Answers `GET /api/traces/live`, with the filter of the list: `trace` events until the client leaves
/// or the server stops, and `missed` with a count where the client was too slow. Turns alone are
/// followed, so `kind` can only be that of turns.
pub async fn follow(
    State(state): State<AppState>,
    reader: Reader,
    client: Client,
    StrictQuery(query): StrictQuery<RawQuery>,
) -> Result<Response, Problem> {
    let filter = filter(&state, &query, &reader)?;
    if filter.all_kinds {
        return Err(Problem::field("kind", "turns alone can be followed"));
    }
    let following = state.followers.admit(client.key(), reader.is_admin);
    let following = following.ok_or_else(|| {
        let detail = "too many readers follow the traces already";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    })?;
    let ended = state.telemetry.recent().follow();
    let tail = Tail {
        state,
        reader,
        filter,
        ended,
        _following: following,
    };
    Ok(sse::stream(events(tail)))
}

struct Tail {
    state: AppState,
    reader: Reader,
    filter: Filter,
    ended: Receiver<SpanRef>,
    /// Held for as long as the client reads.
    _following: Following,
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

    /// The line of a turn that the reader may see and wants. What it may not see costs no search.
    async fn line(&self, root: SpanRef) -> Option<Summary> {
        let trace = self.state.telemetry.recent().get(root.trace_id)?;
        let turn = trace.spans.iter().find(|s| s.span_id == root.span_id)?;
        if !self.reader.is_admin {
            let conversation = conversation(turn)?;
            let (store, owner) = (&self.state.store, &self.reader.owner);
            // A store that fails shows nothing, rather than what is someone else's.
            if !store.owns(owner, conversation, None).await.unwrap_or(false) {
                return None;
            }
        }
        let trace = trace.below([root.span_id]);
        if !self.filter.accepts(&trace.spans) {
            return None;
        }
        let found = holding(vec![trace], &self.filter).await.ok()?;
        let spans = &found.first()?.spans;
        let turn = spans.iter().find(|s| s.span_id == root.span_id)?;
        Some(Summary::new(turn, spans))
    }
}
