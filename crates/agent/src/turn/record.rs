//! The root span of a turn and its closing log line.

use std::{sync::Arc, time::Instant};

use tracing::Span;

use super::{TokenSum, TurnRequest};
use crate::{
    context::TurnContext,
    event::{TurnEnd, TurnFailure},
    intent::Intent,
    prompt::tier::{Mode, Tier},
    telemetry::guard::mark_failed,
};

/// Records a turn on its root span, once, however it ends: dropped before it settled, it was stopped.
#[derive(Debug)]
pub struct TurnSpan {
    span: Span,
    started: Instant,
    intent: Option<Intent>,
    iterations: u32,
    /// The provider that was asked last.
    provider: Option<String>,
    /// Of all requests to models. An attempt that is dropped with the turn adds to it before this span
    /// is told: it was made later.
    tokens: Arc<TokenSum>,
    settled: bool,
}

impl TurnSpan {
    pub(crate) fn new(request: &TurnRequest) -> Self {
        let span = request.root.clone();
        span.record(
            "session.id",
            tracing::field::display(request.conversation_id),
        );
        span.record("agent.fast_mode", request.mode == Mode::Fast);
        Self {
            span,
            started: request.admitted_at,
            intent: None,
            iterations: 0,
            provider: None,
            tokens: Arc::default(),
            settled: false,
        }
    }

    /// Where requests to models add their tokens.
    pub(crate) fn tokens(&self) -> Arc<TokenSum> {
        Arc::clone(&self.tokens)
    }

    pub(crate) fn understood(&mut self, context: &TurnContext, tier: Tier) {
        self.intent = Some(context.intent);
        self.span.record("agent.intent", context.intent.as_str());
        self.span
            .record("agent.intent.confidence", f64::from(context.confidence));
        if let Some(source) = context.source {
            self.span.record("agent.intent.source", source.as_str());
        }
        self.span.record("agent.locale", context.locale.as_str());
        self.span.record("agent.prompt_type", tier.as_str());
        // How many, never which: they are the person's words.
        let left_over = i64::try_from(context.reading.left_over.len()).unwrap_or(i64::MAX);
        self.span.record("agent.reading.left_over", left_over);
    }

    pub(crate) const fn round(&mut self, number: u32) {
        self.iterations = number;
    }

    /// A model of this provider is asked.
    pub(crate) fn asks(&mut self, provider: &str) {
        if self.provider.as_deref() != Some(provider) {
            self.provider = Some(provider.to_owned());
        }
    }

    /// The answer is complete. This is also what tells an answered turn from a stopped one.
    pub(crate) fn answered(&self, reply_chars: usize) {
        self.span.record(
            "agent.response_length",
            i64::try_from(reply_chars).unwrap_or(i64::MAX),
        );
    }

    /// The turn ended by itself.
    pub(crate) fn settle(mut self, end: &TurnEnd) {
        self.settled = true;
        match end {
            TurnEnd::Ok => self.close("ok"),
            TurnEnd::Failed(failure) => {
                self.fail(failure);
                self.close("error");
            }
        }
    }

    fn fail(&self, failure: &TurnFailure) {
        mark_failed(&self.span, failure.error_type(), &failure.to_string());
        tracing::error!(parent: &self.span, error = %failure, "turn failed");
    }

    fn close(&self, status: &'static str) {
        self.span
            .record("agent.iterations", i64::from(self.iterations));
        if let Some(provider) = &self.provider {
            self.span.record("agent.model_provider", provider.as_str());
        }
        if let Some(usage) = self.tokens.get() {
            let tokens = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
            self.span
                .record("gen_ai.usage.input_tokens", tokens(usage.prompt));
            self.span
                .record("gen_ai.usage.output_tokens", tokens(usage.completion));
        }
        if self.intent.is_none() {
            self.span.record("agent.intent", "unknown");
        }
        tracing::info!(
            parent: &self.span,
            intent = self.intent.map_or("unknown", Intent::as_str),
            iterations = self.iterations,
            duration_ms = self.started.elapsed().as_micros() as f64 / 1e3,
            status,
            "Chat response ready"
        );
    }
}

impl Drop for TurnSpan {
    fn drop(&mut self) {
        if !self.settled {
            self.close("stopped");
        }
    }
}
