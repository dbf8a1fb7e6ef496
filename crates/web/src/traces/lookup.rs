//! Finds the traces that a reader may see: in the ring of recent ones, then in the store.

use std::sync::Arc;

use agent::{
    store::{StoreError, StoredTrace},
    telemetry::names::TURN,
};
use axum::http::StatusCode;
use obs::{Span, SpanId, SpanRef, Trace, TraceId};

use crate::{
    problem::Problem,
    reader::{Reader, conversations},
    state::AppState,
    traces::{
        order::Order,
        query::Filter,
        summary::{Summary, named, root, text},
    },
};

/// A trace that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What is known of it.
    pub trace: Trace,
    /// Its turn has not ended.
    pub is_running: bool,
}

/// The traces that the filter accepts and the reader may see, newest first: the newest, or all of them
/// where another order is wanted. Of a trace that holds
/// turns of others too, the reader's own count alone: for what it sums up to, and for what is looked
/// for in it.
pub async fn list(
    state: &AppState,
    reader: &Reader,
    filter: &Filter,
) -> Result<Vec<Summary>, Problem> {
    let ring = state.telemetry.recent();
    // What is looked for in the text must be looked for in all that match otherwise, and so must what
    // comes first in another order than theirs.
    let is_newest_first = filter.order == Order::default();
    let limit = match filter.words.is_none() && is_newest_first {
        true => filter.limit,
        false => usize::MAX,
    };
    let candidates: Vec<Trace> = if reader.is_admin {
        ring.list(limit, |spans| filter.accepts(spans))
    } else {
        let own = conversations(&*state.store, &reader.owner).await?;
        let is_own = |turn: &Span| text(turn, "session.id").is_some_and(|id| own.contains(&id));
        ring.list(usize::MAX, |spans| turns(spans).any(is_own))
            .iter()
            .filter_map(|trace| part(trace, is_own))
            .filter(|trace| filter.accepts(&trace.spans))
            .take(limit)
            .collect()
    };
    let found = holding(candidates, filter).await?;
    let line = |trace: &Trace| {
        let root = root(&trace.spans, filter.all_kinds)?;
        Some(Summary::new(root, &trace.spans))
    };
    Ok(found.iter().filter_map(line).collect())
}

fn turns(spans: &[Arc<Span>]) -> impl Iterator<Item = &Span> {
    named(spans, TURN)
}

/// A trace with some of its turns and what is below them; `None` where it has none of those.
fn part(trace: &Trace, wanted: impl Fn(&Span) -> bool) -> Option<Trace> {
    let roots: Vec<SpanId> = turns(&trace.spans)
        .filter(|turn| wanted(turn))
        .map(|turn| turn.span_id)
        .collect();
    (!roots.is_empty()).then(|| trace.below(roots))
}

/// Those of the traces that hold the filter's words, as many as it wants: looked for off the runtime's
/// threads.
pub async fn holding(candidates: Vec<Trace>, filter: &Filter) -> Result<Vec<Trace>, Problem> {
    let Some(words) = filter.words.clone() else {
        return Ok(candidates);
    };
    let limit = match filter.order == Order::default() {
        true => filter.limit,
        false => usize::MAX,
    };
    let found = tokio::task::spawn_blocking(move || {
        let found = candidates.into_iter().filter(|trace| words.are_in(trace));
        found.take(limit).collect()
    });
    found
        .await
        .map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the search failed"))
}

/// The trace of this id, if the reader may see it: 404 otherwise.
pub async fn find(state: &AppState, reader: &Reader, id: &str) -> Result<Found, Problem> {
    let id: TraceId = id.parse().map_err(|_| Problem::not_found())?;
    let mut stored = state.store.trace(&id.to_string()).await?;
    stored.retain(|turn| reader.is_admin || turn.owner == reader.owner);
    // After the store, so that a turn which ends meanwhile is not taken for a running one.
    let recent = state.telemetry.recent().get(id);
    let spans = recent.as_ref().map_or(&[][..], |trace| &trace.spans);
    let is_kept = |root: SpanId| spans.iter().any(|span| span.span_id == root);
    // One that this process does not know died with the process that ran it.
    let is_known = state.turns.knows_trace(&id.to_string());
    let unfinished = stored.iter().filter(|turn| turn.trace.is_none());
    let is_running = is_known && unfinished.filter_map(root_of).any(|root| !is_kept(root));
    let own: Vec<SpanId> = stored.iter().filter_map(root_of).collect();
    let is_visible = is_running
        || match reader.is_admin {
            true => root(spans, true).is_some(),
            false => own.iter().any(|root| is_kept(*root)),
        };
    if let Some(trace) = recent.filter(|_| is_visible) {
        // Clients may join several turns in one trace, and not all of them need to be the reader's.
        let trace = match reader.is_admin {
            true => trace,
            false => trace.below(own),
        };
        return Ok(Found { trace, is_running });
    }
    // It was pushed out of the ring, ran before the last start, or has only begun.
    match stored.iter().find_map(|turn| turn.trace.as_deref()) {
        Some(json) => Ok(Found {
            trace: serde_json::from_str(json)
                .map_err(|error| Problem::from(StoreError::Corrupt(error.to_string())))?,
            is_running: false,
        }),
        None if !is_running => Err(Problem::not_found()),
        None => Ok(Found {
            trace: Trace {
                trace_id: id,
                spans: Vec::new(),
                lines: Vec::new(),
                truncated: 0,
            },
            is_running: true,
        }),
    }
}

/// The root span of a stored turn.
fn root_of(turn: &StoredTrace) -> Option<SpanId> {
    let root = SpanRef::of_traceparent(turn.traceparent.as_deref()?)?;
    Some(root.span_id)
}
