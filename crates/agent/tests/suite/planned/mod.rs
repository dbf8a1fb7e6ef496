//! Planning a trip with the built-in model and the facts in this program, a capability each.

mod check;
mod costs;
mod destination;
mod itinerary;
mod lengths;
mod maps;
mod offer_details;
mod package;
mod proposed;
mod refused;
mod restaurants;
mod sights;
mod starters;
mod stays;
mod suggest;
mod tiers;
mod trips;
mod ways;
mod whole;
mod window;

use std::sync::Arc;

use agent::{
    Agent,
    capability::{self, Sources},
    conversation::{ConversationState, PastMessage},
    event::{Card, TurnEvent},
    faults::Faults,
    locale::Locale,
    sheet::Sheet,
    turn::TurnRequest,
};
use futures::StreamExt;
use serde_json::Value;

use super::support::{TOOL_TIMEOUT, request};

/// Sunday, 29 November 2026.
const NOW: &str = "2026-11-29T09:00:00+01:00[Europe/Paris]";

/// What a turn did and said.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Tools with their arguments, in the order in which they began.
    pub(super) tools: Vec<(String, Value)>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) reply: String,
    /// What the reply says that nothing explains.
    pub(super) ungrounded: Vec<String>,
    pub(super) state: ConversationState,
}

impl Said {
    /// The arguments of the only call of a tool.
    #[track_caller]
    pub(super) fn only(&self, tool: &str) -> &Value {
        let calls: Vec<_> = self.tools.iter().filter(|(name, _)| name == tool).collect();
        assert_eq!(calls.len(), 1, "{self:?}");
        &calls[0].1
    }
}

/// Says the messages one after the other; what each turn did.
pub(super) async fn talk(locale: Locale, messages: &[&str]) -> Vec<Said> {
    talk_on(ConversationState::default(), locale, messages).await
}

/// The same in a conversation that remembers something.
pub(super) async fn talk_on(
    mut state: ConversationState,
    locale: Locale,
    messages: &[&str],
) -> Vec<Said> {
    let tools = capability::registry(TOOL_TIMEOUT, Faults::default(), &Sources::offline());
    let agent = Arc::new(Agent::new(tools, Faults::default()));
    let mut history = Vec::new();
    let mut turns = Vec::new();
    for message in messages {
        let turn = TurnRequest {
            history: history.clone(),
            state: state.clone(),
            locale: Some(locale),
            fallback_locale: locale,
            now: NOW.parse().unwrap(),
            ..request(message)
        };
        let mut said = Said::default();
        let events: Vec<_> = agent.run_turn(turn).collect().await;
        for event in events {
            match event {
                TurnEvent::ToolStarted {
                    name, arguments, ..
                } => said.tools.push((name, arguments)),
                TurnEvent::Card(Card::Sheet(sheet)) => said.sheets.push(*sheet),
                TurnEvent::Delta(text) => said.reply.push_str(&text),
                TurnEvent::Ungrounded(facts) => said.ungrounded = facts,
                TurnEvent::Ended { state: after, .. } => said.state = *after,
                _ => {}
            }
        }
        state.clone_from(&said.state);
        let past = |by_agent, text: &str| {
            Arc::new(PastMessage {
                by_agent,
                text: text.replace('\u{a0}', " "),
                transcript: Vec::new(),
            })
        };
        history.push(past(false, message));
        history.push(past(true, &said.reply));
        turns.push(said);
    }
    turns
}
