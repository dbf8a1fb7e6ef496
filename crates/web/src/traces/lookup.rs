//! Finds the traces that a reader may see: in the ring of recent ones, then in the store.

use std::sync::Arc;

use agent::{
    store::{StoreError, StoredTrace},
    telemetry::names::TURN,
};
use axum::http::StatusCode;
use obs::{Span, SpanId, Trace, TraceId};
use uuid::Uuid;

use crate::{
    problem::Problem,
    reader::{Reader, conversations},
    state::AppState,
    traces::{
        query::Filter,
        search::Words,
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

/// The newest traces that the filter accepts and the reader may see, newest first. Of a trace that holds
/// turns of others too, the reader's own count alone: for what it sums up to, and for what is looked
/// for in it.
pub async fn list(
    state: &AppState,
    reader: &Reader,
    filter: &Filter,
) -> Result<Vec<Summary>, Problem> {
    let ring = state.telemetry.recent();
    // What is looked for in the text must be looked for in all that match otherwise.
    let limit = filter.words.as_ref().map_or(filter.limit, |_| usize::MAX);
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
    let found = match &filter.words {
        None => candidates,
        Some(words) => holding(candidates, words.clone(), filter.limit).await?,
    };
    let line = |trace: &Trace| {
        let root = root(&trace.spans, filter.all_kinds)?;
        Some(Summary::new(root, &trace.spans))
    };
    Ok(found.iter().take(filter.limit).filter_map(line).collect())
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

/// Those of the traces that hold the words, at most `limit`: looked for off the runtime's threads.
pub async fn holding(
    candidates: Vec<Trace>,
    words: Words,
    limit: usize,
) -> Result<Vec<Trace>, Problem> {
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
    let running = running(state, id, &stored, spans);
    let visible = match recent {
        Some(trace) => visible_part(state, reader, trace, &running).await?,
        None => None,
    };
    if let Some(trace) = visible {
        return Ok(Found {
            trace,
            is_running: !running.is_empty(),
        });
    }
    // It was pushed out of the ring, ran before the last start, or has only begun.
    match stored.iter().find_map(|turn| turn.trace.as_deref()) {
        Some(json) => Ok(Found {
            trace: serde_json::from_str(json)
                .map_err(|error| Problem::from(StoreError::Corrupt(error.to_string())))?,
            is_running: false,
        }),
        None if running.is_empty() => Err(Problem::not_found()),
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

/// The roots of the turns that have not ended. One that this process does not know died with the
/// process that ran it.
fn running(
    state: &AppState,
    id: TraceId,
    stored: &[StoredTrace],
    spans: &[Arc<Span>],
) -> Vec<SpanId> {
    if !state.turns.knows_trace(&id.to_string()) {
        return Vec::new();
    }
    let unfinished = stored.iter().filter(|turn| turn.trace.is_none());
    let roots = unfinished.filter_map(|turn| span_id(turn.traceparent.as_deref()?));
    roots
        .filter(|root| spans.iter().all(|span| span.span_id != *root))
        .collect()
}

/// The span that a `traceparent` names.
#[must_use]
pub fn span_id(traceparent: &str) -> Option<SpanId> {
    traceparent.split('-').nth(2)?.parse().ok()
}

/// A trace as far as the reader may see it, `running` turns included. Clients may join several turns in
/// one trace, and not all of them need to be the reader's.
async fn visible_part(
    state: &AppState,
    reader: &Reader,
    trace: Trace,
    running: &[SpanId],
) -> Result<Option<Trace>, Problem> {
    if reader.is_admin {
        let is_there = !running.is_empty() || root(&trace.spans, true).is_some();
        return Ok(is_there.then_some(trace));
    }
    let mut own: Vec<SpanId> = running.to_vec();
    for turn in turns(&trace.spans) {
        let conversation = text(turn, "session.id").and_then(|id| Uuid::parse_str(&id).ok());
        if let Some(conversation) = conversation
            && state.store.owns(&reader.owner, conversation, None).await?
        {
            own.push(turn.span_id);
        }
    }
    Ok((!own.is_empty()).then(|| trace.below(own)))
}
