//! The answer of a turn as clients and the store see it, folded from the turn's events.

mod failure_text;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    booking::{Proposal, ProposalId},
    budget::BudgetNote,
    card_number,
    event::{Card, TurnEnd, TurnEvent},
    intent::Intent,
    locale::Locale,
    understood::{Alternative, Chip},
};

/// A whole answer; its JSON is the 200 of `POST /api/chat`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Conversation.
    pub conversation_id: Uuid,
    /// The person's message.
    pub user_message_id: Uuid,
    /// The agent's message.
    pub message_id: Uuid,
    /// Trace of the turn, 32 hex digits.
    pub trace_id: String,
    /// What the person wanted; `None` when the turn ended before that was known.
    pub intent: Option<DetectedIntent>,
    /// Language of the answer.
    pub locale: Locale,
    /// What was understood of the message, part by part; empty where it is not about a trip.
    #[serde(default)]
    pub understood: Vec<Chip>,
    /// Words of the message that nothing was made of, as typed.
    #[serde(default)]
    pub left_over: Vec<String>,
    /// The answers to a question that has only a few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Alternative>,
    /// Text, in Markdown.
    pub reply: String,
    /// Cards.
    pub cards: Vec<Card>,
    /// Who answered; `None` when no model was asked.
    pub model: Option<ModelName>,
    /// Rounds of model and tools.
    pub iterations: u32,
    /// Tool calls, in order.
    pub tool_calls: Vec<ToolCallRecord>,
    /// Prices, times, flight numbers and airport codes of the reply that no tool result of the
    /// conversation holds, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ungrounded: Vec<String>,
    /// What can be confirmed now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalView>,
    /// Tokens and cost.
    pub usage: UsageRecord,
    /// A budget that was nearly or wholly used when the turn began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<BudgetNote>,
    /// That it was brought along in a file, and is none of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
    /// How the turn ended.
    pub status: AnswerStatus,
    /// From admission to the end, in milliseconds.
    pub latency_ms: f64,
    /// From admission to the first text, in milliseconds: what a reader waits. `None` without a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_to_first_text_ms: Option<f64>,
}

impl Answer {
    /// Whether the turn was cut off before it had a text, a card, a proposal or the result of a tool.
    #[must_use]
    pub fn came_to_nothing(&self) -> bool {
        self.status == AnswerStatus::Stopped
            && self.reply.is_empty()
            && self.cards.is_empty()
            && self.proposal.is_none()
            && self.tool_calls.iter().all(|call| call.success.is_none())
    }
}

/// What became of an answer that was brought along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Cards that were left out: prices of another day, and what can be chosen.
    pub cards_left_out: u32,
}

/// What the person wanted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetectedIntent {
    /// Intent.
    pub name: Intent,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Who answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelName {
    /// Provider, such as `builtin`.
    pub provider: String,
    /// Model, such as `planner-1`.
    pub name: String,
}

/// A tool call as clients see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolCallRecord {
    /// Call id.
    pub id: String,
    /// Tool.
    pub name: String,
    /// Arguments; null when the model wrote no JSON.
    pub arguments: serde_json::Value,
    /// Whether it succeeded; `None` when it was stopped.
    pub success: Option<bool>,
    /// What went wrong.
    pub error: Option<String>,
    /// Number of results.
    pub result_count: u64,
    /// Milliseconds.
    pub latency_ms: f64,
    /// Where its data comes from, such as `offline`; absent for a tool that has none, or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A proposal as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalView {
    /// Identity.
    pub id: ProposalId,
    /// One line for people.
    pub summary: String,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// The proposed offer.
    pub offer_id: String,
}

impl From<&Proposal> for ProposalView {
    fn from(proposal: &Proposal) -> Self {
        Self {
            id: proposal.id,
            summary: proposal.summary.clone(),
            expires_at: proposal.expires_at,
            offer_id: proposal.offer.id.0.clone(),
        }
    }
}

/// Tokens and cost of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct UsageRecord {
    /// Prompt tokens.
    pub prompt_tokens: u64,
    /// Completion tokens.
    pub completion_tokens: u64,
    /// Prompt tokens read from a cache.
    pub cached_tokens: u64,
    /// Both.
    pub total_tokens: u64,
    /// US dollars; `None` when the price of any call is unknown, never 0 for it.
    pub estimated_cost_usd: Option<f64>,
}

impl UsageRecord {
    /// Before the first call: no tokens, and a cost that is known.
    pub const NOTHING: Self = Self {
        prompt_tokens: 0,
        completion_tokens: 0,
        cached_tokens: 0,
        total_tokens: 0,
        estimated_cost_usd: Some(0.0),
    };
}

impl<'a> std::iter::Sum<&'a Self> for UsageRecord {
    fn sum<I: Iterator<Item = &'a Self>>(records: I) -> Self {
        records.fold(Self::NOTHING, |sum, record| Self {
            prompt_tokens: sum.prompt_tokens + record.prompt_tokens,
            completion_tokens: sum.completion_tokens + record.completion_tokens,
            cached_tokens: sum.cached_tokens + record.cached_tokens,
            total_tokens: sum.total_tokens + record.total_tokens,
            estimated_cost_usd: sum
                .estimated_cost_usd
                .zip(record.estimated_cost_usd)
                .map(|(sum, cost)| sum + cost),
        })
    }
}

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerStatus {
    /// Still running; only in the store.
    Running,
    /// With an answer.
    Ok,
    /// Stopped by the person, or abandoned.
    Stopped,
    /// With a failure; the reply holds what there was before it.
    Error,
}

/// Ids of a turn, fixed before it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnIds {
    /// Conversation.
    pub conversation: Uuid,
    /// The person's message.
    pub user_message: Uuid,
    /// The agent's message.
    pub message: Uuid,
    /// Trace, 32 hex digits.
    pub trace: String,
}

/// Folds a turn's events into its answer.
#[derive(Clone, Debug)]
pub struct AnswerBuilder {
    answer: Answer,
}

impl AnswerBuilder {
    /// The answer before the first event.
    #[must_use]
    pub fn new(ids: TurnIds, locale: Locale) -> Self {
        Self {
            answer: Answer {
                conversation_id: ids.conversation,
                user_message_id: ids.user_message,
                message_id: ids.message,
                trace_id: ids.trace,
                intent: None,
                locale,
                understood: Vec::new(),
                left_over: Vec::new(),
                choices: Vec::new(),
                reply: String::new(),
                cards: Vec::new(),
                model: None,
                iterations: 0,
                tool_calls: Vec::new(),
                ungrounded: Vec::new(),
                proposal: None,
                usage: UsageRecord::NOTHING,
                budget: None,
                imported: None,
                status: AnswerStatus::Running,
                latency_ms: 0.0,
                time_to_first_text_ms: None,
            },
        }
    }

    /// The same, with a note on the budget.
    #[must_use]
    pub fn with_budget(mut self, note: Option<BudgetNote>) -> Self {
        self.answer.budget = note;
        self
    }

    /// Takes one event, `after_ms` milliseconds after admission.
    pub fn push(&mut self, event: &TurnEvent, after_ms: f64) {
        let answer = &mut self.answer;
        match event {
            TurnEvent::Intent {
                name,
                confidence,
                locale,
            } => {
                answer.intent = Some(DetectedIntent {
                    name: *name,
                    confidence: *confidence,
                });
                answer.locale = *locale;
            }
            TurnEvent::Understood(reading) => {
                answer.understood.clone_from(&reading.chips);
                answer.left_over.clone_from(&reading.left_over);
                answer.choices.clone_from(&reading.choices);
            }
            TurnEvent::Round {
                number,
                provider,
                model,
            } => {
                answer.iterations = *number;
                answer.model = Some(ModelName {
                    provider: provider.clone(),
                    name: model.clone(),
                });
            }
            TurnEvent::ToolStarted {
                id,
                name,
                arguments,
            } => {
                answer.tool_calls.push(ToolCallRecord {
                    id: id.clone(),
                    name: name.clone(),
                    arguments: arguments.clone(),
                    success: None,
                    error: None,
                    result_count: 0,
                    latency_ms: 0.0,
                    source: None,
                });
            }
            TurnEvent::ToolFinished {
                id,
                success,
                result_count,
                latency_ms,
                error,
                source,
            } => {
                if let Some(call) = answer.tool_calls.iter_mut().find(|call| call.id == *id) {
                    call.success = Some(*success);
                    call.error.clone_from(error);
                    call.result_count = *result_count;
                    call.latency_ms = *latency_ms;
                    call.source = source.map(str::to_owned);
                }
            }
            TurnEvent::Card(card) => answer.cards.push(card.clone()),
            TurnEvent::Delta(text) => {
                answer.time_to_first_text_ms.get_or_insert(after_ms);
                answer.reply.push_str(text);
            }
            // The trip belongs to the conversation: it is read there.
            TurnEvent::Planned(_) => {}
            TurnEvent::Ungrounded(facts) => answer.ungrounded.clone_from(facts),
            TurnEvent::Proposed(proposal) => answer.proposal = Some((&**proposal).into()),
            TurnEvent::Usage { usage, cost_usd } => {
                let total = &mut answer.usage;
                total.prompt_tokens += usage.prompt;
                total.completion_tokens += usage.completion;
                total.cached_tokens += usage.cached;
                total.total_tokens += usage.total();
                total.estimated_cost_usd = total
                    .estimated_cost_usd
                    .zip(*cost_usd)
                    .map(|(sum, cost)| sum + cost);
            }
            TurnEvent::Transcript(_) => {}
            TurnEvent::Ended { end, .. } => {
                answer.status = match end {
                    TurnEnd::Ok => AnswerStatus::Ok,
                    TurnEnd::Failed(_) => AnswerStatus::Error,
                };
            }
        }
    }

    /// The answer as it is stored while the turn runs.
    #[must_use]
    pub fn running(self) -> Answer {
        self.answer
    }

    /// The answer after `latency_ms`; without an end among the events it was stopped.
    #[must_use]
    pub fn finish(mut self, latency_ms: f64) -> Answer {
        if self.answer.status == AnswerStatus::Running {
            self.answer.status = AnswerStatus::Stopped;
        }
        self.answer.latency_ms = latency_ms;
        // A model may make one up, or repeat what its server knows.
        self.answer.reply = card_number::without(self.answer.reply);
        self.answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_something_to_show_did_not_come_to_nothing() {
        let ids = TurnIds {
            conversation: Uuid::nil(),
            user_message: Uuid::nil(),
            message: Uuid::nil(),
            trace: String::new(),
        };
        let cut_off = AnswerBuilder::new(ids, Locale::En).finish(1.0);
        assert!(cut_off.came_to_nothing());
        let with = |change: &dyn Fn(&mut Answer)| {
            let mut answer = cut_off.clone();
            change(&mut answer);
            answer.came_to_nothing()
        };
        let call = |success| ToolCallRecord {
            id: "call_1".to_owned(),
            name: "search_flights".to_owned(),
            arguments: serde_json::Value::Null,
            success,
            error: None,
            result_count: 0,
            latency_ms: 0.0,
            source: None,
        };
        assert!(with(&|answer| answer.tool_calls = vec![call(None)]));
        assert!(!with(&|answer| answer.tool_calls = vec![call(Some(false))]));
        assert!(!with(&|answer| answer.reply = "Lyon".to_owned()));
        assert!(!with(&|answer| answer.cards = vec![Card::FlightOffers {
            offers: Vec::new(),
            more: 0
        }]));
        assert!(!with(&|answer| answer.status = AnswerStatus::Error));
        assert!(!with(&|answer| answer.status = AnswerStatus::Running));
    }
}
