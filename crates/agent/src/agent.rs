//! The agent: runs turns.

mod events;

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures::{FutureExt, StreamExt, channel::mpsc};

pub use events::TurnEvents;

use crate::{
    event::{TurnEnd, TurnEvent, TurnFailure},
    faults::Faults,
    grounding,
    llm::{Chain, Deadlines, Settings},
    planner::Planner,
    prompt::{Replays, history},
    telemetry::InSpan,
    tools::Registry,
    turn::{Turn, TurnRequest, TurnSpan},
};

/// Runs turns on a chain of models with one set of tools. Holds no conversation: state comes and goes
/// with each turn.
pub struct Agent {
    chain: Chain,
    /// For turns that may not cost anything.
    builtin: Chain,
    pub(crate) tools: Registry,
    pub(crate) faults: Faults,
    pub(crate) options: Options,
    /// What earlier messages make known.
    pub(crate) memo: grounding::Memo,
    /// What prompts told of earlier messages.
    pub(crate) replays: Replays,
}

/// How models are used.
#[derive(Clone, Debug)]
pub struct Options {
    /// Sampling of answers.
    pub settings: Settings,
    /// When a model may settle an intent that the classifier is unsure of.
    pub classify: Classify,
    /// Most tokens of history in a prompt, estimated.
    pub history_tokens: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            classify: Classify::Full,
            history_tokens: history::BUDGET_TOKENS,
        }
    }
}

/// In which modes a model may settle an intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Classify {
    /// In none.
    Off,
    /// In full mode.
    Full,
    /// In fast mode too.
    Always,
}

impl Agent {
    /// An agent on the built-in model with `tools`.
    #[must_use]
    pub fn new(tools: Registry, faults: Faults) -> Self {
        let builtin = || Chain::new(vec![Arc::new(Planner)], Deadlines::default());
        Self {
            chain: builtin(),
            builtin: builtin(),
            tools,
            faults,
            options: Options::default(),
            memo: grounding::Memo::default(),
            replays: Replays::default(),
        }
    }

    /// The same on a chain of models.
    #[must_use]
    pub fn on(self, chain: Chain) -> Self {
        Self { chain, ..self }
    }

    /// The same with other options.
    #[must_use]
    pub fn with(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// The models that answer.
    #[must_use]
    pub fn models(&self) -> &Chain {
        &self.chain
    }

    /// The chain of a turn.
    pub(crate) const fn chain(&self, use_builtin: bool) -> &Chain {
        if use_builtin {
            &self.builtin
        } else {
            &self.chain
        }
    }

    /// Its tools, for use outside a turn.
    #[must_use]
    pub fn tools(&self) -> &Registry {
        &self.tools
    }

    /// Runs one turn. The last event is [`TurnEvent::Ended`]; dropping the events before stops the
    /// turn, and its model and tool calls with it.
    pub fn run_turn(self: &Arc<Self>, request: TurnRequest) -> TurnEvents {
        let (events, received) = mpsc::unbounded();
        let root = request.root.clone();
        let agent = Arc::clone(self);
        // Made here and not in the future: a turn may be stopped before its first poll.
        let span = TurnSpan::new(&request);
        let run = async move { agent.run_to_end(request, events, span).await };
        TurnEvents::new(received, InSpan::new(run.into_stream().boxed(), root))
    }

    async fn run_to_end(
        &self,
        request: TurnRequest,
        events: mpsc::UnboundedSender<TurnEvent>,
        mut span: TurnSpan,
    ) {
        let (deadline, draining) = (request.deadline, request.draining.clone());
        let mut turn = Turn::new(self, request, events.clone(), span.tokens());
        // In its place before it is wrapped: it is large, and every wrapper would move it.
        let run = Box::pin(turn.run(&mut span));
        let outcome = tokio::select! {
            outcome = AssertUnwindSafe(run).catch_unwind() => {
                outcome.unwrap_or(Err(TurnFailure::Panic))
            }
            () = tokio::time::sleep(deadline) => Err(TurnFailure::Deadline),
            () = draining.cancelled() => Err(TurnFailure::Draining),
        };
        let end = match outcome {
            Ok(()) => TurnEnd::Ok,
            Err(failure) => TurnEnd::Failed(failure),
        };
        span.settle(&end);
        // Nobody listens any more when the turn is stopped at this very moment.
        let _ = events.unbounded_send(TurnEvent::Ended {
            end,
            state: Box::new(turn.into_state()),
        });
    }
}
