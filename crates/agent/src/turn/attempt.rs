//! One attempt at one model, in its span: its tokens are counted however it ends.

mod text;

use std::{sync::Arc, time::Instant};

use futures::{StreamExt, channel::mpsc};
use tracing::Instrument;

use super::{TokenSum, TurnRequest};
use crate::{
    agent::Agent,
    event::TurnEvent,
    llm::{
        Answer, Assembler, ChatRequest, Deadlines, ModelError, ModelErrorKind, ModelEvent, Usage,
        caught,
        chain::{Permit, Progress, Recovery},
        deadlines::timed,
        estimate,
        markup::{Markup, Piece, Unmarked},
    },
    telemetry::{InSpan, SpanGuard, content, spans, word::word},
};

/// An attempt that is under way. Dropped before it settled, it was stopped.
pub(super) struct Attempt {
    /// Until it settles.
    open: Option<Open>,
    request: Arc<ChatRequest>,
    events: mpsc::UnboundedSender<TurnEvent>,
    /// Those of the whole turn.
    tokens: Arc<TokenSum>,
    assembler: Assembler,
    /// Takes the markup out of the text of a model that may write some.
    unmarked: Option<Unmarked>,
    markup: Markup,
    /// It is an answer to a person, and no word to the agent.
    answers: bool,
    /// Telemetry keeps what is said.
    captures: bool,
    /// A token has come.
    begun: bool,
    /// Pieces of reasoning that came: each is a token or more.
    thoughts: u64,
    /// Text or a tool call has come.
    spoke: bool,
    /// It answered for as long as one call may take: how long depends on what was asked.
    outlasted: bool,
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
        turn: &TurnRequest,
        events: &mpsc::UnboundedSender<TurnEvent>,
        tokens: &Arc<TokenSum>,
    ) -> Self {
        let model = permit.model();
        let guard = spans::llm_call(model.provider(), model.name(), number);
        guard.record("llm.purpose", purpose);
        guard.record(
            "gen_ai.conversation.id",
            tracing::field::display(turn.conversation_id),
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
        if turn.capture_content {
            content::record_request(&guard, request);
        }
        let unmarked = (!permit.model().is_grounded())
            .then(|| Unmarked::new(Arc::clone(&request.tools), Arc::clone(permit.habits())));
        Self {
            captures: turn.capture_content,
            unmarked,
            markup: Markup::default(),
            answers: purpose != "classification",
            open: Some(Open { guard, permit }),
            request: Arc::clone(request),
            events: events.clone(),
            tokens: Arc::clone(tokens),
            assembler: Assembler::default(),
            begun: false,
            thoughts: 0,
            spoke: false,
            outlasted: false,
        }
    }

    /// How far it has come.
    pub(super) const fn progress(&self) -> Progress {
        match (self.begun, self.spoke) {
            (false, _) => Progress::Nothing,
            (true, false) => Progress::Thought,
            (true, true) => Progress::Spoke,
        }
    }

    /// Whether its model can call tools, as far as is known by now.
    pub(super) fn calls_tools(&self) -> bool {
        let open = self.open.as_ref();
        open.is_none_or(|open| open.permit.model().calls_tools())
    }

    /// Streams the answer; `on_text` gets its text piece by piece.
    pub(super) async fn run(
        &mut self,
        agent: &Agent,
        deadlines: Deadlines,
        mut on_text: impl FnMut(&str),
    ) -> Result<(), ModelError> {
        let Some(Open { guard, permit }) = &mut self.open else {
            return Ok(());
        };
        let started = Instant::now();
        let span = guard.span().clone();
        agent.faults.before_model().instrument(span.clone()).await;
        let stream = span.in_scope(|| caught::stream(&**permit.model(), Arc::clone(&self.request)));
        // To enter the span for each token would cost more than the token does.
        let mut stream = InSpan::opening(timed(stream, deadlines).boxed(), span);
        loop {
            let next = match self.unmarked.as_ref().and_then(Unmarked::due) {
                None => stream.next().await,
                Some(due) => match tokio::time::timeout_at(due, stream.next()).await {
                    Ok(next) => next,
                    Err(_) => {
                        let held = self.unmarked.as_mut().map(Unmarked::release);
                        self.take(held.unwrap_or_default(), &mut on_text)?;
                        continue;
                    }
                },
            };
            let event = match next {
                Some(Ok(event)) => event,
                None => break,
                // The answer is whole: a server that does not end it well takes nothing from it.
                Some(Err(_)) if self.assembler.is_finished() => break,
                Some(Err(error)) => {
                    self.outlasted = self.begun && started.elapsed() >= deadlines.call;
                    self.end_text(&mut on_text)?;
                    return Err(error);
                }
            };
            if let Some(Open { guard, permit }) = &mut self.open
                && event.is_token()
                && !std::mem::replace(&mut self.begun, true)
            {
                permit.alive();
                guard.record(
                    "llm.time_to_first_token_ms",
                    started.elapsed().as_secs_f64() * 1e3,
                );
            }
            let pieces = match (event, &mut self.unmarked) {
                (ModelEvent::Text(text), Some(unmarked)) => {
                    unmarked.push(&text, tokio::time::Instant::now())
                }
                (ModelEvent::Text(text), None) => vec![Piece::Text(text)],
                (ModelEvent::Reasoning, unmarked) => {
                    let held = unmarked.as_mut().map(Unmarked::is_told_apart);
                    let mut pieces = held.unwrap_or_default();
                    pieces.push(Piece::Thought(1));
                    pieces
                }
                (event, _) => {
                    self.spoke |= event.is_token();
                    self.assembler.push(&event)?;
                    continue;
                }
            };
            self.take(pieces, &mut on_text)?;
        }
        self.end_text(&mut on_text)?;
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
        let mut answer = std::mem::take(&mut self.assembler).finish();
        answer.markup = std::mem::take(&mut self.markup);
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

    /// However the attempt fails, that says nothing of the provider.
    pub(super) fn excuse(&mut self) {
        if let Some(open) = &mut self.open {
            open.permit.abandoned();
        }
    }

    /// The attempt has failed; `recover` decides what comes next, once the breaker knows of it.
    pub(super) fn fail(
        mut self,
        error: &ModelError,
        recover: impl FnOnce() -> Recovery,
    ) -> Recovery {
        let answer = std::mem::take(&mut self.assembler).finish();
        let Some(mut open) = self.open.take() else {
            return Recovery::None;
        };
        // A server that says what it does not take is there.
        open.permit.failed(match (self.outlasted, error.adapted) {
            (true, _) => ModelErrorKind::AnswerTooLong,
            (false, true) => ModelErrorKind::BadRequest,
            (false, false) => error.kind,
        });
        let recovery = recover();
        // A provider that refused a request does not charge for it.
        let charged = self.begun || error.kind == ModelErrorKind::Timeout;
        self.record(&open, &answer, charged);
        if let Some(recovery) = recovery.as_str() {
            open.guard.record("llm.recovery", recovery);
        }
        // What the provider wrote may repeat what people wrote.
        let quoted = (self.captures && error.quoted).then_some(&*error.detail);
        let model = open.permit.model();
        open.guard.span().in_scope(|| {
            tracing::warn!(
                error.type = error.kind.as_str(),
                error = %error,
                status = error.status,
                code = error.code,
                provider = model.provider(),
                model = model.name(),
                recovery = recovery.as_str().unwrap_or("none"),
                hint = error.hint(model.provider()),
                error_text = quoted,
                "model call failed"
            );
        });
        if let Some(status) = error.status {
            open.guard
                .record("http.response.status_code", i64::from(status));
        }
        if let Some(code) = &error.code {
            open.guard.record("llm.error.code", code.as_str());
        }
        if let Some(quoted) = quoted {
            open.guard.record("llm.error.message", quoted);
        }
        open.guard.fail(error.kind.as_str(), &error.to_string());
        recovery
    }

    /// Puts what is known of the answer on the span, and its tokens into the turn's account.
    fn record(&self, open: &Open, answer: &Answer, charged: bool) {
        let (guard, model) = (&open.guard, open.permit.model());
        guard.record(
            "llm.response_length",
            int(answer.text.chars().count() as u64),
        );
        if self.captures {
            content::record_answer(guard, answer);
        }
        if let Some(id) = &answer.id {
            guard.record("gen_ai.response.id", word(id));
        }
        // A model in this process is the one that was asked.
        let in_process = (model.server().is_none() && charged).then(|| model.name());
        if let Some(name) = answer.model.as_deref().or(in_process) {
            guard.record("gen_ai.response.model", word(name));
        }
        let is_remote = model.server().is_some();
        let usage = match answer.usage {
            // Counts of a stream that did not end are those of its beginning.
            reported if charged && is_remote && answer.finish.is_none() => {
                Some(self.at_least(reported.unwrap_or_default(), answer))
            }
            reported if charged && is_remote => {
                Some(self.counted(reported.unwrap_or_default(), answer))
            }
            reported => reported,
        };
        let Some(usage) = usage else { return };
        if Some(usage) != answer.usage {
            guard.record("llm.usage_estimated", true);
        }
        guard.record("llm.tokens.prompt", int(usage.prompt));
        guard.record("llm.tokens.completion", int(usage.completion));
        guard.record("llm.tokens.total", int(usage.total()));
        guard.record("llm.tokens.cached", int(usage.cached));
        if usage.cache_written > 0 {
            guard.record("llm.tokens.cache_written", int(usage.cache_written));
        }
        if usage.reasoning > 0 {
            guard.record("llm.tokens.reasoning", int(usage.reasoning));
        }
        self.tokens.add(usage);
        let cost_usd = model.cost_usd(usage);
        if let Some(cost) = cost_usd {
            guard.record("llm.estimated_cost_usd", cost);
        }
        let _ = self
            .events
            .unbounded_send(TurnEvent::Usage { usage, cost_usd });
    }

    /// What was reported, and no less than what is known to have been sent and received.
    fn at_least(&self, reported: Usage, answer: &Answer) -> Usage {
        let known = self.counted(reported, answer);
        Usage {
            completion: known.completion.max(self.received(answer)),
            ..known
        }
    }

    /// What was reported; a count of nothing, where there was something, is estimated.
    fn counted(&self, reported: Usage, answer: &Answer) -> Usage {
        Usage {
            prompt: match reported.prompt {
                0 => estimate::request(&self.request) as u64,
                prompt => prompt,
            },
            completion: match reported.completion {
                0 => self.received(answer),
                completion => completion,
            },
            ..reported
        }
    }

    /// Tokens of what has come, estimated.
    fn received(&self, answer: &Answer) -> u64 {
        let calls = answer.tool_calls.iter();
        let written: usize = calls.map(|call| estimate::text(&call.arguments)).sum();
        let marked = answer.markup.written.iter();
        let written: usize = written + marked.map(|it| estimate::text(&it.raw)).sum::<usize>();
        (estimate::text(&answer.text) + written) as u64 + self.thoughts
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
