//! Runs an admitted turn to its end, whoever listens.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use agent::{
    answer::{Answer, AnswerBuilder},
    budget::BudgetNote,
    conversation::ConversationState,
    event::{TurnEnd, TurnEvent, TurnFailure},
    locale::Locale,
    message::Message,
    store::FinishedTurn,
    telemetry::guard::mark_failed,
    transcript::TranscriptBuilder,
    turn::TurnRequest,
};
use futures::StreamExt;
use tokio::sync::OwnedSemaphorePermit;
use tracing::{Instrument, Span};
use uuid::Uuid;

use super::{Outcome, RunningTurn, ends, registry::Reservation};
use crate::{
    i18n::Texts,
    problem::{Problem, ProblemKind},
    sse,
    state::AppState,
};

/// How long the trace of an ended turn is waited for.
const TRACE_WAIT: Duration = Duration::from_secs(5);
/// Largest trace that is kept with its message.
const MAX_TRACE_BYTES: usize = 16 * 1024;

/// A turn that is acknowledged: it runs to its end, and its answer is stored.
pub struct Admitted {
    /// The turn.
    pub request: TurnRequest,
    /// Its ids.
    pub turn: Arc<RunningTurn>,
    /// What its answer says of a budget.
    pub budget: Option<BudgetNote>,
    /// Its conversation, and its key.
    pub reservations: Vec<Reservation>,
    /// Its place in the process.
    pub place: OwnedSemaphorePermit,
    /// When it was admitted.
    pub admitted_at: Instant,
    /// The client reads a stream, whose status is 200 whatever comes.
    pub streaming: bool,
}

/// Starts the turn in a task of its own.
pub fn start(state: &AppState, admitted: Admitted) {
    let known = state.turns.insert(Arc::clone(&admitted.turn));
    let turn = &admitted.turn;
    let ids = turn.ids.clone();
    turn.log
        .push("started", sse::STARTED_SIZE, move || sse::started(&ids));
    let message = turn.ids.message;
    let address = obs::http::address(&admitted.request.root);
    // A turn's state is large: it is put in its place once, and not moved by everything that wraps it.
    let run = Box::pin(run(state.clone(), admitted));
    let state = state.clone();
    let tasks = state.tasks.clone();
    let asking = Span::current();
    tasks.spawn_in_no_span(async move {
        run.await;
        afterwards(&state, message, address)
            .instrument(asking)
            .await;
        drop(known);
    });
}

/// What is done when nobody waits any more.
async fn afterwards(state: &AppState, message: Uuid, address: Option<obs::SpanRef>) {
    if let Err(error) = state.budgets.refresh(&*state.store).await {
        tracing::warn!(%error, "what is left of the day's budget could not be read");
    }
    // Nothing holds the root span any more, so that its trace is complete.
    if let Some(address) = address
        && let Some(trace) = state.telemetry.recent().finished(address, TRACE_WAIT).await
    {
        keep_trace(state, message, trace).await;
    }
}

async fn run(state: AppState, admitted: Admitted) {
    let Admitted {
        request,
        turn,
        budget,
        reservations,
        place,
        admitted_at,
        streaming,
    } = admitted;
    let (root, fallback) = (request.root.clone(), request.fallback_locale);
    let builder = AnswerBuilder::new(turn.ids.clone(), fallback).with_budget(budget);
    // What runs in a turn enters its span by itself, at every token.
    let collected = collect(&state, &turn, request, builder, admitted_at).await;
    let finish = finish(&state, &turn, collected, fallback);
    let outcome = finish.instrument(root.clone()).await;
    let status = match &outcome {
        Outcome::Failed(problem) if !streaming => problem.status,
        _ => 200,
    };
    root.record("http.response.status_code", i64::from(status));
    // The conversation is free before anyone hears of the end, and may ask again at once.
    drop((reservations, place));
    let waits =
        matches!(&outcome, Outcome::Failed(problem) if problem.kind == ProblemKind::AnswerPending);
    state.turns.end(&turn, outcome);
    // Stored by now: whoever asks again is told what is there.
    if waits && !state.ends.holds(turn.ids.conversation) {
        state.turns.forget(turn.ids.message);
    }
}

async fn keep_trace(state: &AppState, message: Uuid, trace: obs::Trace) {
    if let Some(json) = fitting(trace)
        && let Err(error) = state.store.attach_trace(message, &json).await
    {
        tracing::warn!(%error, "a trace could not be kept with its message");
    }
}

/// The trace as JSON of at most [`MAX_TRACE_BYTES`]: log lines go first, then the spans that ended
/// first, so that the root stays.
fn fitting(mut trace: obs::Trace) -> Option<String> {
    loop {
        let json = serde_json::to_string(&trace).ok()?;
        if json.len() <= MAX_TRACE_BYTES {
            return Some(json);
        }
        let lost = if trace.lines.is_empty() {
            // Half of what is left each time: a huge trace takes few rounds.
            let half = trace.spans.len() / 2;
            trace.spans.drain(..half).count()
        } else {
            std::mem::take(&mut trace.lines).len()
        };
        if lost == 0 {
            return None;
        }
        trace.truncated += u32::try_from(lost).unwrap_or(u32::MAX);
    }
}

/// What a turn left behind.
struct Collected {
    answer: Answer,
    state: Option<ConversationState>,
    transcript: Vec<Message>,
    failure: Option<TurnFailure>,
}

/// Passes the turn's events on until its end or until it is stopped.
async fn collect(
    state: &AppState,
    turn: &RunningTurn,
    request: TurnRequest,
    mut builder: AnswerBuilder,
    admitted_at: Instant,
) -> Collected {
    let mut transcript = TranscriptBuilder::default();
    let (mut after, mut failure) = (None, None);
    let mut events = state.agent.run_turn(request);
    loop {
        // Events that are there already are taken before a stop is.
        let event = tokio::select! {
            biased;
            event = events.next() => event,
            () = turn.stop.cancelled() => {
                events.stop();
                events.next().await
            }
        };
        let Some(event) = event else { break };
        builder.push(&event, admitted_at.elapsed().as_secs_f64() * 1e3);
        transcript.push(&event);
        if let TurnEvent::Ended { end, state } = event {
            after = Some(*state);
            if let TurnEnd::Failed(reason) = end {
                failure = Some(reason);
            }
            break;
        }
        if let Some(name) = sse::name(&event) {
            let size = sse::size(&event);
            turn.log.push(name, size, move || sse::data(&event));
        }
    }
    let answer = builder.finish(admitted_at.elapsed().as_secs_f64() * 1e3);
    Collected {
        answer,
        state: after,
        transcript: transcript.finish(),
        failure,
    }
}

/// Stores the answer and says what clients are told.
async fn finish(
    state: &AppState,
    turn: &RunningTurn,
    collected: Collected,
    fallback: Locale,
) -> Outcome {
    let Collected {
        mut answer,
        state: after,
        transcript,
        failure,
    } = collected;
    let silent = answer.reply.is_empty();
    let locale = answer.intent.map_or(fallback, |_| answer.locale);
    if let (true, Some(failure)) = (silent, &failure) {
        answer.reply = failure.public_text(locale).into();
    }
    let finished = FinishedTurn {
        state: after,
        transcript,
        ..FinishedTurn::new(turn.owner.clone(), answer, state.clock.now())
    };
    let trace = &turn.ids.trace;
    match (ends::store(state, &finished).await, failure) {
        (Err(error), failure) => {
            // One that failed by itself is marked already.
            if failure.is_none() {
                mark_failed(&Span::current(), "store", &error.to_string());
            }
            let keeps = error.may_pass() && state.ends.wait(finished);
            if !keeps {
                tracing::error!(%error, "the end of a turn could not be stored and is lost");
                return Outcome::Failed(Problem::unavailable().in_trace(trace));
            }
            tracing::warn!(%error, "the end of a turn waits until it can be stored");
            let (_, detail) = Texts::of(locale).errors.pending;
            Outcome::Failed(Problem::answer_pending(detail).in_trace(trace))
        }
        (Ok(()), Some(failure)) if silent => Outcome::Failed(Problem::of_failure(&failure, trace)),
        // It has been written for the store.
        (Ok(()), _) => Outcome::Answered(finished.json().unwrap_or_else(|_| "{}".into())),
    }
}
