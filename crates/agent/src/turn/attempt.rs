//! One attempt at one model, in its span: its tokens are counted however it ends.

use std::{sync::Arc, time::Instant};

use futures::{StreamExt, channel::mpsc};
use tracing::Instrument;
use uuid::Uuid;

use crate::{
    agent::Agent,
    event::TurnEvent,
    llm::{
        Answer, Assembler, ChatRequest, Deadlines, ModelError, ModelErrorKind, ModelEvent, Usage,
        chain::{Permit, Recovery},
        deadlines::Timed,
        estimate,
    },
    telemetry::{InSpan, SpanGuard, spans},
};

/// An attempt that is under way. Dropped before it settled, it was stopped.
pub(super) struct Attempt {
    /// Until it settles.
    open: Option<Open>,
    request: Arc<ChatRequest>,
    events: mpsc::UnboundedSender<TurnEvent>,
    assembler: Assembler,
    /// A token has come.
    begun: bool,
}

struct Open {
    guard: SpanGuard,
    permit: Permit,
}

impl Attempt {
    /// Opens the span of attempt `number`.
    pub(super) fn open(
        permit: Permit,
        number: i64,
        purpose: &'static str,
        request: &Arc<ChatRequest>,
        conversation: Uuid,
        events: &mpsc::UnboundedSender<TurnEvent>,
    ) -> Self {
        let model = permit.model();
        let guard = spans::llm_call(model.provider(), model.name(), number);
        guard.record("llm.purpose", purpose);
        guard.record(
            "gen_ai.conversation.id",
            tracing::field::display(conversation),
        );
        if let Some((host, port)) = model.server() {
            guard.record("server.address", host);
            guard.record("server.port", i64::from(port));
        }
        if let Some(temperature) = request.settings.temperature {
            guard.record("llm.temperature", temperature);
        }
        if let Some(most) = request.settings.max_tokens {
            guard.record("gen_ai.request.max_tokens", i64::from(most));
        }
        Self {
            open: Some(Open { guard, permit }),
            request: Arc::clone(request),
            events: events.clone(),
            assembler: Assembler::default(),
            begun: false,
        }
    }

    /// Whether a token has come: from then on, nothing is tried again.
    pub(super) const fn begun(&self) -> bool {
        self.begun
    }

    /// Streams the answer; `on_text` gets its text piece by piece.
    pub(super) async fn run(
        &mut self,
        agent: &Agent,
        deadlines: Deadlines,
        mut on_text: impl FnMut(&str),
    ) -> Result<(), ModelError> {
        let Some(Open { guard, permit }) = &self.open else {
            return Ok(());
        };
        let started = Instant::now();
        let span = guard.span().clone();
        agent.faults.before_model().instrument(span.clone()).await;
        let stream = span.in_scope(|| permit.model().stream(Arc::clone(&self.request)));
        let mut stream = InSpan::new(Timed::new(stream, deadlines).boxed(), span);
        while let Some(event) = stream.next().await {
            let event = match event {
                Ok(event) => event,
                // The answer is whole: a server that does not end it well takes nothing from it.
                Err(_) if self.assembler.is_finished() => break,
                Err(error) => return Err(error),
            };
            if event.is_token() && !std::mem::replace(&mut self.begun, true) {
                guard.record(
                    "llm.time_to_first_token_ms",
                    started.elapsed().as_secs_f64() * 1e3,
                );
            }
            self.assembler.push(&event)?;
            if let ModelEvent::Text(text) = &event {
                on_text(text);
            }
        }
        match self.assembler.is_finished() {
            true => Ok(()),
            false => Err(ModelError::new(
                ModelErrorKind::Connection,
                "the stream ended without a finish reason",
            )),
        }
    }

    /// The attempt has given an answer.
    pub(super) fn succeed(mut self) -> Answer {
        let answer = std::mem::take(&mut self.assembler).finish();
        if let Some(open) = self.open.take() {
            self.record(&open, &answer, true);
            if let Some(finish) = answer.finish {
                open.guard.record("llm.finish_reason", finish.as_str());
            }
            open.permit.succeeded();
            open.guard.succeed();
        }
        answer
    }

    /// The attempt has failed; `recovery` is what comes next.
    pub(super) fn fail(mut self, error: &ModelError, recovery: Recovery) {
        let answer = std::mem::take(&mut self.assembler).finish();
        let Some(open) = self.open.take() else {
            return;
        };
        // A provider that refused a request does not charge for it.
        let charged = self.begun || error.kind == ModelErrorKind::Timeout;
        self.record(&open, &answer, charged);
        if let Some(recovery) = recovery.as_str() {
            open.guard.record("llm.recovery", recovery);
        }
        open.guard.span().in_scope(|| {
            tracing::warn!(
                error.type = error.kind.as_str(),
                error = %error,
                provider = open.permit.model().provider(),
                model = open.permit.model().name(),
                recovery = recovery.as_str().unwrap_or("none"),
                hint = error.kind.hint(),
                "model call failed"
            );
        });
        open.permit.failed(error.kind);
        open.guard.fail(error.kind.as_str(), &error.detail);
    }

    /// Puts what is known of the answer on the span, and its tokens into the turn's account.
    fn record(&self, open: &Open, answer: &Answer, charged: bool) {
        let (guard, model) = (&open.guard, open.permit.model());
        guard.record(
            "llm.response_length",
            int(answer.text.chars().count() as u64),
        );
        if let Some(id) = &answer.id {
            guard.record("gen_ai.response.id", id.as_str());
        }
        if let Some(name) = &answer.model {
            guard.record("gen_ai.response.model", name.as_str());
        }
        let reported = answer.usage;
        let usage = match reported {
            Some(usage) => usage,
            None if charged && model.server().is_some() => self.estimate(answer),
            None => return,
        };
        if reported.is_none() {
            guard.record("llm.usage_estimated", true);
        }
        guard.record("llm.tokens.prompt", int(usage.prompt));
        guard.record("llm.tokens.completion", int(usage.completion));
        guard.record("llm.tokens.total", int(usage.total()));
        guard.record("llm.tokens.cached", int(usage.cached));
        if usage.cache_written > 0 {
            guard.record("llm.tokens.cache_written", int(usage.cache_written));
        }
        let cost_usd = model.cost_usd(usage);
        if let Some(cost) = cost_usd {
            guard.record("llm.estimated_cost_usd", cost);
        }
        let _ = self
            .events
            .unbounded_send(TurnEvent::Usage { usage, cost_usd });
    }

    fn estimate(&self, answer: &Answer) -> Usage {
        let calls = answer.tool_calls.iter();
        let written: usize = calls.map(|call| estimate::text(&call.arguments)).sum();
        Usage {
            prompt: estimate::request(&self.request) as u64,
            completion: (estimate::text(&answer.text) + written) as u64,
            ..Usage::default()
        }
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            let answer = std::mem::take(&mut self.assembler).finish();
            self.record(&open, &answer, true);
        }
    }
}

fn int(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
