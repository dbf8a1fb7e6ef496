//! A conversation turn by turn, as its prompts were: each cut what the next one found cut.

use std::borrow::Borrow;

use llm::estimate;

use super::{tier::Tier, window::Window};
use crate::{conversation::PastMessage, message::Message, transcript::settle};

/// A conversation up to some answer, as its next prompt tells it. What is said after that can be added.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    tier: Tier,
    /// Tokens of a prompt.
    budget: usize,
    window: Window,
}

impl Replay {
    /// Of a conversation in which nothing was said, for prompts of at most `budget` estimated tokens.
    pub(super) fn new(tier: Tier, budget: usize) -> Self {
        Self {
            tier,
            budget,
            window: Window::default(),
        }
    }

    /// What its prompts may take.
    pub(super) const fn budget(&self) -> usize {
        self.budget
    }

    /// Adds what was said next. Nothing can follow a question that is added without its answer: question
    /// and answer are one turn.
    pub(super) fn add(&mut self, past: &[impl Borrow<PastMessage>]) {
        for turn in turns(past, self.tier) {
            // The cut that this turn's own prompt made.
            if let Some(user) = turn.first() {
                self.fit(user);
            }
            self.window.add(turn);
        }
    }

    /// The prompt that `user` ends.
    pub(super) fn prompt(mut self, user: Message) -> Vec<Message> {
        self.fit(&user);
        let mut prompt = vec![Message::system(self.tier.system_prompt())];
        prompt.extend(self.window.messages());
        prompt.push(user);
        prompt
    }

    /// Estimated tokens of what was said.
    pub(super) fn tokens(&self) -> usize {
        self.window.tokens()
    }

    fn fit(&mut self, user: &Message) {
        let taken = self.tier.system_tokens() + estimate::message(user);
        self.window.fit(self.budget.saturating_sub(taken));
    }
}

/// The turns of a conversation, each from the person's message to the last answer.
fn turns(past: &[impl Borrow<PastMessage>], tier: Tier) -> Vec<Vec<Message>> {
    let mut turns = Vec::with_capacity(past.len() / 2 + 1);
    let mut asked: Option<&PastMessage> = None;
    for message in past.iter().map(Borrow::borrow) {
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
