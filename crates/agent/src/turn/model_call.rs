//! One request to the chain of models: attempts until one of them answers.

use std::sync::Arc;

use super::{Turn, TurnSpan, attempt::Attempt};
use crate::{
    event::{TurnEvent, TurnFailure},
    llm::{Answer, ChatRequest, chain::Recovery},
};

impl Turn<'_> {
    /// Asks the models of the chain, one after the other where it must be, and streams the text on.
    /// `round` is `None` for a request that is no round.
    pub(super) async fn call_model(
        &mut self,
        span: &mut TurnSpan,
        round: Option<u32>,
        purpose: &'static str,
        request: ChatRequest,
    ) -> Result<Answer, TurnFailure> {
        let (agent, request) = (self.agent, Arc::new(request));
        let chain = agent.chain(self.request.use_builtin);
        self.route.begin();
        loop {
            let number = self.route.attempt();
            let permit = self.route.next(chain)?;
            let model = permit.model();
            span.asks(model.provider());
            if let Some(number) = round {
                span.round(number);
                self.emit(TurnEvent::Round {
                    number,
                    provider: model.provider().to_owned(),
                    model: model.name().to_owned(),
                });
            }
            let conversation = self.request.conversation_id;
            let events = self.events.clone();
            let mut attempt =
                Attempt::open(permit, number, purpose, &request, conversation, &events);
            let mut spoken = false;
            let outcome = attempt
                .run(agent, chain.deadlines(), |text| {
                    if text.is_empty() {
                        return;
                    }
                    // Text of an earlier round and this one are separate paragraphs.
                    if !std::mem::replace(&mut spoken, true) && self.reply_chars > 0 {
                        self.say("\n\n");
                    }
                    self.say(text);
                })
                .await;
            let error = match outcome {
                Ok(()) => return Ok(attempt.succeed()),
                Err(error) => error,
            };
            let recovery = if attempt.begun() {
                Recovery::None
            } else {
                self.route.recover(chain, &error)
            };
            attempt.fail(&error, recovery);
            match recovery {
                Recovery::Retry(wait) => tokio::time::sleep(wait).await,
                Recovery::Fallback => {}
                Recovery::None => return Err(error.into()),
            }
        }
    }
}
