//! Finds the traces that a reader may see: in the ring of recent ones, then in the store.

use std::{collections::HashSet, sync::Arc};

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
    let recent = state.telemetry.recent().get(id);
    if let Some(trace) = &recent
        && let Some(trace) = visible_part(state, reader, trace).await?
    {
        return Ok(Found {
            trace,
            is_running: false,
        });
    }
    // The turn is not over, was pushed out of the ring, or ran before the last start.
    let stored = state.store.trace(&id.to_string()).await?;
    let own = |stored: &StoredTrace| reader.is_admin || stored.owner == reader.owner;
    let stored = stored
        .into_iter()
        .find(own)
        .ok_or_else(Problem::not_found)?;
    let recent = match reader.is_admin {
        true => recent,
        // Its root has not ended, and the trace may hold turns of others.
        false => {
            recent.and_then(|trace| Some(trace.below([span_id(stored.traceparent.as_deref()?)?])))
        }
    };
    unfinished_or_stored(state, id, stored, recent)
}

/// The span that a `traceparent` names.
#[must_use]
pub fn span_id(traceparent: &str) -> Option<SpanId> {
    traceparent.split('-').nth(2)?.parse().ok()
}

fn unfinished_or_stored(
    state: &AppState,
    id: TraceId,
    stored: StoredTrace,
    recent: Option<Trace>,
) -> Result<Found, Problem> {
    if let Some(json) = stored.trace {
        let trace = serde_json::from_str(&json)
            .map_err(|error| Problem::from(StoreError::Corrupt(error.to_string())))?;
        return Ok(Found {
            trace,
            is_running: false,
        });
    }
    // A turn that this process does not know died with the process that ran it.
    if !state.turns.knows_trace(&id.to_string()) {
        return Err(Problem::not_found());
    }
    let trace = recent.unwrap_or_else(|| Trace {
        trace_id: id,
        spans: Vec::new(),
        lines: Vec::new(),
        truncated: 0,
    });
    Ok(Found {
        trace,
        is_running: true,
    })
}

/// A finished trace as far as the reader may see it. Clients may join several turns in one trace,
/// and not all of them need to be the reader's.
async fn visible_part(
    state: &AppState,
    reader: &Reader,
    trace: &Trace,
) -> Result<Option<Trace>, Problem> {
    if reader.is_admin {
        return Ok(root(&trace.spans, true).map(|_| trace.clone()));
    }
    let mut own = HashSet::new();
    for turn in turns(&trace.spans) {
        let conversation = text(turn, "session.id").and_then(|id| Uuid::parse_str(&id).ok());
        if let Some(conversation) = conversation
            && state.store.owns(&reader.owner, conversation, None).await?
        {
            own.insert(turn.span_id);
        }
    }
    Ok(part(trace, |turn| own.contains(&turn.span_id)))
}
