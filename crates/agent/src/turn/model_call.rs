//! One request to the chain of models: attempts until one of them answers.

use std::{cell::LazyCell, collections::HashSet, sync::Arc};

use super::{Turn, TurnSpan, attempt::Attempt};
use crate::{
    card_number,
    event::{TurnEvent, TurnFailure},
    grounding::{WordGate, reference},
    llm::{
        Answer, ChatRequest, ModelError, ModelErrorKind,
        chain::{Progress, Recovery},
    },
    message::{Message, ToolCall},
    prompt::history,
};

impl Turn<'_> {
    /// Asks the models of the chain, one after the other where it must be, and streams the text on.
    /// `round` is `None` for a request that is no round: the built-in model, which composes its own
    /// answers and reads nobody else's, is not asked then. The answer's text is what was said.
    pub(super) async fn call_model(
        &mut self,
        span: &mut TurnSpan,
        round: Option<u32>,
        purpose: &'static str,
        request: ChatRequest,
    ) -> Result<Answer, TurnFailure> {
        let (agent, mut request) = (self.agent, Arc::new(request));
        let chain = agent.chain(self.request.use_builtin);
        // For models that write themselves: the built-in one reads nothing for it.
        let asked = Arc::clone(&request);
        let known = LazyCell::new(|| known(&asked.messages));
        self.route.begin();
        loop {
            let number = self.route.attempt();
            let permit = self.route.next(chain)?;
            let model = permit.model();
            let is_grounded = model.is_grounded();
            if round.is_none() && is_grounded {
                let detail = "no model is left that reads what others have said";
                return Err(ModelError::new(ModelErrorKind::CircuitOpen, detail).into());
            }
            if let Some(number) = round {
                span.asks(model.provider());
                span.round(number);
                self.emit(TurnEvent::Round {
                    number,
                    provider: model.provider().to_owned(),
                    model: model.name().to_owned(),
                });
            }
            let mut attempt = Attempt::open(
                permit,
                number,
                purpose,
                &request,
                &self.request,
                &self.events,
                &self.tokens,
            );
            let start = self.reply.len();
            self.unchecked |= !is_grounded;
            let mut gate = (!is_grounded).then(|| WordGate::new(Arc::clone(&known)));
            let outcome = attempt
                .run(agent, chain.deadlines(), |text| match &mut gate {
                    None => self.go_on(start, text),
                    Some(gate) => self.go_on(start, &gate.push(text)),
                })
                .await;
            // A text that broke off keeps its last word as far as it came.
            if let Some(gate) = gate {
                self.go_on(start, &gate.finish());
            }
            let said = self.reply.get(start..).unwrap_or_default().trim_start();
            let error = match outcome {
                Ok(()) => {
                    self.toolless |=
                        round.is_some() && !request.tools.is_empty() && !attempt.calls_tools();
                    let said = said.to_owned();
                    let answer = attempt.succeed();
                    return Ok(Answer {
                        text: said,
                        tool_calls: answer.tool_calls.into_iter().map(masked).collect(),
                        ..answer
                    });
                }
                Err(error) => error,
            };
            let progress = attempt.progress();
            let shorter = self.shorter(&request, &error, progress, round.is_some());
            let recovery = attempt.fail(&error, || {
                if shorter.is_some() {
                    return self.route.again(&error);
                }
                match self.route.recover(chain, &error, progress) {
                    Recovery::Fallback if round.is_none() && self.route.is_at_grounded(chain) => {
                        Recovery::None
                    }
                    recovery => recovery,
                }
            });
            request = shorter.unwrap_or(request);
            match recovery {
                Recovery::Retry(wait) => tokio::time::sleep(wait).await,
                Recovery::Adapt | Recovery::Fallback => {}
                Recovery::None => return Err(error.into()),
            }
        }
    }

    /// The request with less of the history, once a turn, for a model that it was too long for; later
    /// rounds keep to it.
    fn shorter(
        &mut self,
        request: &ChatRequest,
        error: &ModelError,
        progress: Progress,
        is_round: bool,
    ) -> Option<Arc<ChatRequest>> {
        let too_long = error.kind == ModelErrorKind::ContextLength;
        if !too_long || progress != Progress::Nothing || self.shortened {
            return None;
        }
        let messages = history::halved(&request.messages)?;
        self.shortened = true;
        if is_round {
            self.messages.clone_from(&messages);
        }
        Some(Arc::new(ChatRequest {
            messages,
            ..request.clone()
        }))
    }

    /// Says more of the text that began at `start` of the reply; what an earlier request said is a
    /// paragraph of its own.
    fn go_on(&mut self, start: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.reply.len() == start && start > 0 {
            self.say("\n\n");
        }
        self.say(text);
    }
}

/// The call without a card number: it is kept with the conversation, and so is what a tool answers.
fn masked(call: ToolCall) -> ToolCall {
    ToolCall {
        name: card_number::without(call.name),
        arguments: card_number::without(call.arguments),
        ..call
    }
}

/// Words that look like booking references and are none: tools wrote them. Nothing can be booked
/// yet, so the store knows no reference, and one that the person typed is masked, too: a reply that
/// repeats it would vouch for it.
fn known(messages: &[Message]) -> Arc<HashSet<String>> {
    let told = messages.iter().filter_map(|message| match message {
        // The text of a call that failed repeats what the model wrote.
        Message::Tool {
            text,
            failed: false,
            ..
        } => Some(text),
        _ => None,
    });
    let words = told.flat_map(|text| reference::candidates(text));
    Arc::new(words.map(str::to_owned).collect())
}
