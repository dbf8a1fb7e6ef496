//! The prompt of a turn: instructions, the conversation so far as it fits a budget, the message.
//!
//! Two prompts of a conversation should begin alike for as long as possible, because providers cache
//! what they have read. So turns are replayed from the first: each is taken whole, until they exceed
//! the budget; then they are cut down to half of it at once, and the next cut is many turns away.
//! What is cut depends on the turns alone: every later prompt finds the same cuts.

use std::collections::VecDeque;

use llm::estimate;

use super::{
    digest::{self, Summary},
    tier::Tier,
};
use crate::{conversation::PastMessage, message::Message, transcript::settle};

/// Tokens that instructions, history and message may take, estimated.
pub const BUDGET_TOKENS: usize = 24_000;

/// The prompt of a turn of `tier` that `user` begins, of at most `budget` estimated tokens (more only
/// where instructions and message alone take more). Roles alternate, beginning with the person, and
/// every tool call has its result.
#[must_use]
pub fn prompt(tier: Tier, past: &[PastMessage], user: Message, budget: usize) -> Vec<Message> {
    let system = Message::system(tier.system_prompt());
    let room = budget.saturating_sub(tier.system_tokens());
    let mut window = Window::default();
    for turn in turns(past, tier) {
        // The cut that this turn's own prompt made.
        if let Some(user) = turn.first() {
            window.fit(room.saturating_sub(estimate::message(user)));
        }
        window.turns.push_back(Kept::whole(turn));
    }
    window.fit(room.saturating_sub(estimate::message(&user)));
    let mut prompt = vec![system];
    prompt.extend(window.summary.messages());
    prompt.extend(window.turns.into_iter().flat_map(|turn| turn.messages));
    prompt.push(user);
    prompt
}

/// A prompt with half of its history, for a model whose context it exceeds; `None` where there is none
/// to leave out. What began with the last message of the person stays whole.
#[must_use]
pub fn halved(prompt: &[Message]) -> Option<Vec<Message>> {
    let is_user = |message: &Message| matches!(message, Message::User { .. });
    let first = prompt.iter().position(is_user)?;
    let newest = prompt.iter().rposition(is_user)?;
    let mut window = Window::default();
    for message in &prompt[first..newest] {
        match window.turns.back_mut() {
            Some(turn) if !is_user(message) => turn.messages.push(message.clone()),
            _ => window.turns.push_back(Kept::whole(vec![message.clone()])),
        }
    }
    for turn in &mut window.turns {
        turn.tokens = estimate::messages(&turn.messages);
    }
    let tokens = window.tokens();
    if tokens == 0 {
        return None;
    }
    window.fit(tokens / 2);
    let mut shorter = prompt[..first].to_vec();
    shorter.extend(window.summary.messages());
    shorter.extend(window.turns.into_iter().flat_map(|turn| turn.messages));
    shorter.extend_from_slice(&prompt[newest..]);
    Some(shorter)
}

/// The turns of a conversation, each from the person's message to the last answer.
fn turns(past: &[PastMessage], tier: Tier) -> Vec<Vec<Message>> {
    let mut turns = Vec::with_capacity(past.len() / 2 + 1);
    let mut asked: Option<&PastMessage> = None;
    for message in past {
        if message.by_agent {
            let plain = asked
                .take()
                .map(|user| Message::user(&user.text))
                .into_iter()
                .chain([Message::assistant(&message.text)]);
            turns.push(match settle(message.transcript.clone()) {
                transcript if transcript.is_empty() => settle(plain.collect()),
                transcript => transcript,
            });
        } else if let Some(user) = asked.replace(message) {
            turns.push(settle(vec![Message::user(&user.text)]));
        }
    }
    turns.extend(asked.map(|user| settle(vec![Message::user(&user.text)])));
    turns.retain(|turn| !turn.is_empty());
    match tier {
        // Its prompt has no tools, and providers refuse calls of tools that they are not told of.
        Tier::Light => turns.into_iter().map(without_tools).collect(),
        Tier::Fast | Tier::Full => turns,
    }
}

/// What person and model said in a turn: calls without a result are none.
fn without_tools(mut turn: Vec<Message>) -> Vec<Message> {
    turn.retain(|message| !matches!(message, Message::Tool { .. }));
    settle(turn)
}

/// The part of a history that is in the prompt.
#[derive(Default)]
struct Window {
    summary: Summary,
    /// Oldest first.
    turns: VecDeque<Kept>,
}

struct Kept {
    messages: Vec<Message>,
    tokens: usize,
}

impl Kept {
    fn whole(messages: Vec<Message>) -> Self {
        Self {
            tokens: estimate::messages(&messages),
            messages,
        }
    }

    fn shorten(&mut self) {
        digest::shorten(&mut self.messages);
        self.tokens = estimate::messages(&self.messages);
    }
}

impl Window {
    fn tokens(&self) -> usize {
        let turns: usize = self.turns.iter().map(|turn| turn.tokens).sum();
        self.summary.tokens() + turns
    }

    /// Nothing where all fits into `room` tokens; else a cut down to half of it: tool results of the
    /// oldest turns are shortened first, then the oldest turns are summarised. The newest turn stays
    /// whole unless it does not fit by itself.
    fn fit(&mut self, room: usize) {
        if self.tokens() <= room {
            return;
        }
        let target = room / 2;
        for older in 0..self.turns.len().saturating_sub(1) {
            if self.tokens() <= target {
                return;
            }
            self.turns[older].shorten();
        }
        while self.tokens() > target && self.turns.len() > 1 {
            self.summarise_oldest(target / 4);
        }
        if self.tokens() <= room {
            return;
        }
        if let Some(newest) = self.turns.front_mut() {
            newest.shorten();
        }
        if self.tokens() > room {
            self.summarise_oldest(target / 4);
        }
        if self.tokens() > room {
            self.summary = Summary::default();
        }
    }

    fn summarise_oldest(&mut self, tokens: usize) {
        if let Some(oldest) = self.turns.pop_front() {
            self.summary.add(&oldest.messages, tokens);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_history_is_left_out_and_the_newest_turn_stays_whole() {
        let long = "un vol de Lyon à Lisbonne ".repeat(40);
        let turn = || [Message::user(&long), Message::assistant(&long)];
        let now = [
            Message::user("et demain ?"),
            Message::assistant("un instant"),
        ];
        for turns in [1, 2, 7] {
            let mut prompt = vec![Message::system("be brief")];
            prompt.extend((0..turns).flat_map(|_| turn()));
            let history = estimate::messages(&prompt[1..]);
            prompt.extend(now.clone());
            let shorter = halved(&prompt).unwrap();
            assert_eq!(shorter[0], prompt[0]);
            assert_eq!(shorter[shorter.len() - 2..], now);
            let kept = estimate::messages(&shorter[1..shorter.len() - 2]);
            assert!(kept <= history / 2, "{turns}: {kept} of {history}");
        }
        let alone = [Message::system("be brief"), Message::user("bonjour")];
        assert_eq!(halved(&alone), None);
    }
}
