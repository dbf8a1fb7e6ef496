//! One turn: understand, then model and tools in rounds, then an answer.

mod attempt;
mod classify;
mod correction;
mod detect;
mod journey;
mod model_call;
mod record;
mod request;
mod token_sum;
mod tool_round;
mod written;

use std::sync::Arc;

use futures::channel::mpsc;
use tokio::time::Instant;

pub use record::TurnSpan;
pub use request::{Decision, TurnRequest};
use token_sum::TokenSum;
use written::Worth;

use crate::{
    agent::Agent,
    booking::{ConfirmedProposal, ProposalStatus},
    card_number,
    context::{Handed, TurnContext},
    conversation::ConversationState,
    event::{TurnEvent, TurnFailure},
    intent::Intent,
    llm::{ChatRequest, FinishReason, Thoughts, ToolChoice, chain::Route},
    locale::Locale,
    message::Message,
    prompt::{note, tier::Tier},
    tools::ToolResults,
    understood::Understood,
};

/// A running turn.
pub(crate) struct Turn<'a> {
    agent: &'a Agent,
    request: TurnRequest,
    events: mpsc::UnboundedSender<TurnEvent>,
    state: ConversationState,
    messages: Vec<Message>,
    confirmed: Option<Arc<ConfirmedProposal>>,
    /// Where the turn is in the chain of models.
    route: Route,
    /// The history was too long for the model, and half of it was left out.
    shortened: bool,
    /// The reply so far.
    reply: String,
    /// Some of it was written by a model that may invent facts, and is not flagged yet.
    unchecked: bool,
    /// A model that was told of tools could call none.
    toolless: bool,
    /// What the model thought before its calls.
    thoughts: Arc<Thoughts>,
    /// The message changed what was wished before.
    wished_anew: bool,
    /// What was understood, from then on.
    context: Option<Arc<TurnContext>>,
    /// What its tools answered.
    results: ToolResults,
    /// Of all its requests to models.
    tokens: Arc<TokenSum>,
    /// When the turn began to run.
    started: Instant,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(
        agent: &'a Agent,
        request: TurnRequest,
        events: mpsc::UnboundedSender<TurnEvent>,
        tokens: Arc<TokenSum>,
    ) -> Self {
        let state = request.state.clone();
        Self {
            agent,
            request,
            events,
            state,
            messages: Vec::new(),
            confirmed: None,
            route: Route::default(),
            shortened: false,
            reply: String::new(),
            unchecked: false,
            toolless: false,
            thoughts: Arc::default(),
            wished_anew: false,
            context: None,
            results: ToolResults::default(),
            tokens,
            started: Instant::now(),
        }
    }

    /// The conversation's state from here on.
    pub(crate) fn into_state(mut self) -> ConversationState {
        std::mem::take(&mut self.state)
    }

    /// Runs the turn to its answer.
    pub(crate) async fn run(&mut self, span: &mut TurnSpan) -> Result<(), TurnFailure> {
        let context = Arc::new(self.detect().await);
        self.context = Some(Arc::clone(&context));
        let tier = Tier::choose(context.intent, self.request.mode);
        span.understood(&context, tier);
        self.emit(TurnEvent::Intent {
            name: context.intent,
            confidence: context.confidence,
            locale: context.locale,
        });
        self.emit(TurnEvent::Understood(Understood::of(&context)));
        self.messages = self.prompt(tier, &context);
        let specs = self.agent.tools.specs(tier);
        let mut rounds = self.request.mode.max_rounds();
        let mut said = String::new();
        // What the model is asked again: once, in a round of its own.
        let (mut again, mut was_asked) = (None, false);
        for round in 1.. {
            let last = round >= rounds;
            let mut messages = self.messages.clone();
            messages.extend(again.take().into_iter().flatten());
            let request = ChatRequest {
                messages,
                tools: Arc::clone(&specs),
                tool_choice: if last {
                    ToolChoice::None
                } else {
                    ToolChoice::Auto
                },
                settings: self.agent.options.settings.clone(),
                extensions: self.handed(&context),
                thoughts: Arc::clone(&self.thoughts),
            };
            let mut answer = self
                .call_model(span, Some(round), "answer", request)
                .await?;
            let worth = self.weigh(&mut answer, &specs, !last);
            if !said.is_empty() {
                answer.text = format!("{said}\n\n{}", answer.text).trim_end().to_owned();
                said.clear();
            }
            if let Worth::Nothing(flaw) = worth {
                if std::mem::replace(&mut was_asked, true) {
                    return Err(TurnFailure::Unusable);
                }
                again = Some(written::again(&answer, flaw, !last));
                rounds += 1;
                said = answer.text;
                continue;
            }
            if answer.tool_calls.is_empty() || last {
                said = answer.text;
                self.state.pending = answer.beside.and_then(|beside| beside.get().cloned());
                self.explain(answer.finish, context.locale, &mut said);
                self.excuse(context.locale, &mut said);
                break;
            }
            self.run_tools(answer, &context, tier).await?;
        }
        if self.reply.trim().is_empty() {
            let sorry = context.locale.pick(
                "Je n’ai pas trouvé de réponse. Pouvez-vous reformuler votre demande ?",
                "I found no answer. Could you put your request another way?",
            );
            self.say(sorry);
            sorry.clone_into(&mut said);
        }
        if let Some(correction) = self.correction(span, &said, &specs, &context).await {
            said.push_str("\n\n");
            said.push_str(&correction);
        }
        if card_number::is_masked(&self.request.message) {
            self.add_note(card_note(context.locale), &mut said);
        }
        self.add(Message::assistant(card_number::without(said)));
        self.flag();
        if self.request.capture_content {
            tracing::info!(message_text = %self.request.message, reply_text = %self.reply, "Turn content");
        }
        span.answered(self.reply.chars().count());
        Ok(())
    }

    /// The prompt of the first round; it ends with the person's message and its note.
    fn prompt(&self, tier: Tier, context: &TurnContext) -> Vec<Message> {
        let user = Message::User {
            text: self.request.message.clone(),
            note: note::render(context, self.state.proposal.as_ref()),
        };
        self.emit(TurnEvent::Transcript(user.clone()));
        let (of, past) = (self.request.conversation_id, &self.request.history);
        let budget = self.agent.options.history_tokens;
        self.agent.replays.prompt(of, tier, past, user, budget)
    }

    /// Tells the person of an answer that did not end by itself.
    fn explain(&mut self, finish: Option<FinishReason>, locale: Locale, said: &mut String) {
        if let Some(note) = finish.and_then(|finish| unfinished(finish, locale)) {
            self.add_note(note, said);
        }
    }

    /// Tells the person of an answer that was given without tools.
    fn excuse(&mut self, locale: Locale, said: &mut String) {
        if self.toolless {
            let note = locale.pick(
                "*Ce modèle ne sait pas se servir d’outils : aucun vol n’a été recherché.*",
                "*This model cannot use tools: no flight was looked up.*",
            );
            self.add_note(note, said);
        }
    }

    /// A paragraph of ours after what the model said.
    fn add_note(&mut self, note: &str, said: &mut String) {
        if !self.reply.is_empty() {
            self.say("\n\n");
            said.push_str("\n\n");
        }
        self.say(note);
        said.push_str(note);
    }

    /// What a request hands to the built-in model.
    fn handed(&self, context: &Arc<TurnContext>) -> http::Extensions {
        let (context, results) = (Arc::clone(context), self.results.clone());
        Handed { context, results }.extensions()
    }

    /// Adds a message to the prompt, and to what is kept of the turn.
    fn add(&mut self, message: Message) {
        self.emit(TurnEvent::Transcript(message.clone()));
        self.messages.push(message);
    }

    /// What the message does to the pending proposal before the model runs. A changed trip
    /// withdraws it: a later yes would otherwise mean an offer for the old wish.
    fn settle_proposal(&mut self, intent: Intent, trip_changed: bool) {
        let last = self.state.proposal.as_mut();
        let Some(proposal) = last.filter(|last| last.status == ProposalStatus::Pending) else {
            return;
        };
        let meant = match self.request.decision {
            Some(Decision::Reject(id)) => id == proposal.id,
            Some(Decision::Confirm(_)) | None => true,
        };
        if let Some(confirmed) = &self.confirmed {
            *proposal = confirmed.proposal().clone();
        } else if intent == Intent::Rejection && meant {
            proposal.status = ProposalStatus::Rejected;
        } else if trip_changed {
            self.state.proposal = None;
        }
    }

    fn emit(&self, event: TurnEvent) {
        // A closed channel means that the turn was stopped: then this future is about to be dropped.
        let _ = self.events.unbounded_send(event);
    }

    fn say(&mut self, text: &str) {
        self.reply.push_str(text);
        self.emit(TurnEvent::Delta(text.to_owned()));
    }
}

/// What the person is told whose message held a card number.
const fn card_note(locale: Locale) -> &'static str {
    locale.pick(
        "*Votre numéro de carte a été masqué avant d’être lu ou enregistré : ne communiquez jamais un moyen de paiement dans cette conversation.*",
        "*Your card number was masked before anything read or kept it: never share payment details in this conversation.*",
    )
}

/// What the person is told of an answer that did not end by itself.
const fn unfinished(finish: FinishReason, locale: Locale) -> Option<&'static str> {
    match finish {
        FinishReason::Stop | FinishReason::ToolCalls => None,
        FinishReason::Length => Some(locale.pick(
            "*La réponse s’arrête ici : elle dépassait la longueur permise.*",
            "*The answer stops here: it was longer than allowed.*",
        )),
        FinishReason::ContentFilter => Some(locale.pick(
            "*Le fournisseur du modèle a retenu la suite de la réponse.*",
            "*The provider of the model withheld the rest of the answer.*",
        )),
        FinishReason::Refusal => Some(locale.pick(
            "*Le modèle n’a pas voulu répondre à cette demande.*",
            "*The model declined to answer this request.*",
        )),
    }
}
