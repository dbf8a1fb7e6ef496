//! One request to the model, in its span.

use std::{sync::Arc, time::Instant};

use futures::StreamExt;
use tracing::Instrument;

use super::Turn;
use crate::{
    event::{TurnEvent, TurnFailure},
    llm::{Answer, Assembler, ChatRequest, ModelError, ModelErrorKind, ModelEvent},
    telemetry::{InSpan, SpanGuard, spans},
};

impl Turn<'_> {
    /// Calls the model and streams its text on.
    pub(super) async fn call_model(
        &mut self,
        round: u32,
        request: ChatRequest,
    ) -> Result<Answer, TurnFailure> {
        let model = Arc::clone(&self.agent.model);
        self.emit(TurnEvent::Round {
            number: round,
            provider: model.provider().to_owned(),
            model: model.name().to_owned(),
        });
        let guard = spans::llm_call(model.provider(), model.name(), 1);
        guard.record(
            "gen_ai.conversation.id",
            tracing::field::display(self.request.conversation_id),
        );
        if let Some((host, port)) = model.server() {
            guard.record("server.address", host);
            guard.record("server.port", i64::from(port));
        }
        if let Some(temperature) = request.settings.temperature {
            guard.record("llm.temperature", temperature);
        }
        match self.stream_answer(&guard, request).await {
            Ok(answer) => {
                let cost = model.cost_usd(answer.usage);
                record_answer(&guard, &answer, cost);
                self.emit(TurnEvent::Usage {
                    usage: answer.usage,
                    cost_usd: cost,
                });
                guard.succeed();
                Ok(answer)
            }
            Err(error) => {
                guard.fail(error.kind.as_str(), &error.detail);
                Err(error.into())
            }
        }
    }

    async fn stream_answer(
        &mut self,
        guard: &SpanGuard,
        request: ChatRequest,
    ) -> Result<Answer, ModelError> {
        let started = Instant::now();
        let span = guard.span().clone();
        self.agent
            .faults
            .before_model()
            .instrument(span.clone())
            .await;
        let stream = span.in_scope(|| self.agent.model.stream(Arc::new(request)));
        let mut stream = InSpan::new(stream, span);
        let mut assembler = Assembler::default();
        let mut first = true;
        while let Some(event) = stream.next().await {
            let event = event?;
            // Some providers open a stream with an empty piece: that is no token yet.
            let token = match &event {
                ModelEvent::Text(text) => !text.is_empty(),
                ModelEvent::ToolCall { .. } | ModelEvent::Reasoning => true,
                _ => false,
            };
            if token && std::mem::take(&mut first) {
                guard.record(
                    "llm.time_to_first_token_ms",
                    started.elapsed().as_secs_f64() * 1e3,
                );
            }
            if let ModelEvent::Text(text) = &event
                && token
            {
                // Text of an earlier round and this one are separate paragraphs.
                if assembler.text_len() == 0 && self.reply_chars > 0 {
                    self.say("\n\n");
                }
                self.say(text);
            }
            assembler.push(event);
        }
        let answer = assembler.finish();
        if answer.finish.is_none() {
            let detail = "the stream ended without a finish reason".to_owned();
            return Err(ModelError::new(ModelErrorKind::BadResponse, detail));
        }
        Ok(answer)
    }
}

fn record_answer(guard: &SpanGuard, answer: &Answer, cost: Option<f64>) {
    let int = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    guard.record(
        "llm.response_length",
        int(answer.text.chars().count() as u64),
    );
    guard.record("llm.tokens.prompt", int(answer.usage.prompt));
    guard.record("llm.tokens.completion", int(answer.usage.completion));
    guard.record("llm.tokens.total", int(answer.usage.total()));
    guard.record("llm.tokens.cached", int(answer.usage.cached));
    if let Some(cost) = cost {
        guard.record("llm.estimated_cost_usd", cost);
    }
    if let Some(finish) = answer.finish {
        guard.record("llm.finish_reason", finish.as_str());
    }
}
