//! Finds the traces that a reader may see: in the ring of recent ones, then in the store.

use std::sync::Arc;

use agent::{
    store::{StoreError, StoredTrace},
    telemetry::names::TURN,
};
use axum::http::StatusCode;
use obs::{Span, Trace, TraceId};
use uuid::Uuid;

use crate::{
    problem::Problem,
    reader::{Reader, conversations},
    state::AppState,
    traces::{
        query::Filter,
        search::Words,
        summary::{Summary, root, text},
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

/// The newest traces that the filter accepts and the reader may see, newest first.
pub async fn list(
    state: &AppState,
    reader: &Reader,
    filter: &Filter,
) -> Result<Vec<Summary>, Problem> {
    let own = match reader.is_admin {
        true => None,
        false => Some(conversations(&*state.store, &reader.owner).await?),
    };
    let visible = |span: &Span| match &own {
        None => true,
        Some(own) => text(span, "session.id").is_some_and(|id| own.contains(&id)),
    };
    let wanted = |spans: &[Arc<Span>]| {
        root(spans, filter.all_kinds).is_some_and(|root| visible(root)) && filter.accepts(spans)
    };
    let traces = match &filter.words {
        None => state.telemetry.recent().list(filter.limit, wanted),
        Some(words) => {
            // The text is looked at outside the ring's lock, and off the runtime's threads.
            let candidates = state.telemetry.recent().list(usize::MAX, wanted);
            holding(candidates, words.clone(), filter.limit).await?
        }
    };
    let line = |trace: &Trace| {
        let root = root(&trace.spans, filter.all_kinds)?;
        Some(Summary::new(root, &trace.spans))
    };
    Ok(traces.iter().filter_map(line).collect())
}

async fn holding(
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
    unfinished_or_stored(state, id, stored, recent)
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
    let mut own: Option<Trace> = None;
    for turn in trace.spans.iter().filter(|span| span.name == TURN) {
        let conversation = text(turn, "session.id").and_then(|id| Uuid::parse_str(&id).ok());
        let Some(conversation) = conversation else {
            continue;
        };
        if state.store.owns(&reader.owner, conversation, None).await? {
            let part = trace.below(turn.span_id);
            own = Some(match own {
                None => part,
                Some(mut own) => {
                    own.spans.extend(part.spans);
                    own.lines.extend(part.lines);
                    own
                }
            });
        }
    }
    Ok(own)
}
