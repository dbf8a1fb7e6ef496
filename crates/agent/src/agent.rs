//! The agent: runs turns.

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures::{FutureExt, Stream, StreamExt, channel::mpsc, future, stream};

use crate::{
    event::{TurnEnd, TurnEvent, TurnFailure},
    faults::Faults,
    llm::ChatModel,
    telemetry::InSpan,
    tools::Registry,
    turn::{Turn, TurnRequest, TurnSpan},
};

/// Runs turns on one model with one set of tools. Holds no conversation: state comes and goes with
/// each turn.
pub struct Agent {
    pub(crate) model: Arc<dyn ChatModel>,
    pub(crate) tools: Registry,
    pub(crate) faults: Faults,
}

impl Agent {
    /// An agent on `model` with `tools`.
    #[must_use]
    pub fn new(model: Arc<dyn ChatModel>, tools: Registry, faults: Faults) -> Self {
        Self {
            model,
            tools,
            faults,
        }
    }

    /// The model that answers.
    #[must_use]
    pub fn model(&self) -> &dyn ChatModel {
        &*self.model
    }

    /// Its tools, for use outside a turn.
    #[must_use]
    pub fn tools(&self) -> &Registry {
        &self.tools
    }

    /// Runs one turn. The last event is [`TurnEvent::Ended`]; dropping the stream before stops the
    /// turn, and its model and tool calls with it.
    pub fn run_turn(
        self: &Arc<Self>,
        request: TurnRequest,
    ) -> impl Stream<Item = TurnEvent> + Send + use<> {
        let (events, received) = mpsc::unbounded();
        let root = request.root.clone();
        let agent = Arc::clone(self);
        // Made here and not in the future: a turn may be stopped before its first poll.
        let span = TurnSpan::new(&request);
        let run = async move { agent.run_to_end(request, events, span).await };
        let run = run.into_stream().filter_map(|()| future::ready(None));
        InSpan::new(stream::select(received, run).boxed(), root)
    }

    async fn run_to_end(
        &self,
        request: TurnRequest,
        events: mpsc::UnboundedSender<TurnEvent>,
        mut span: TurnSpan,
    ) {
        let (deadline, draining) = (request.deadline, request.draining.clone());
        let mut turn = Turn::new(self, request, events.clone());
        let outcome = tokio::select! {
            outcome = AssertUnwindSafe(turn.run(&mut span)).catch_unwind() => {
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
