//! The part of a history that a prompt holds.

use std::{collections::VecDeque, sync::Arc};

use llm::estimate;

use super::digest::{self, Summary};
use crate::message::Message;

/// The part of a history that is in the prompt.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    summary: Summary,
    /// Oldest first.
    turns: VecDeque<Kept>,
}

/// A turn.
#[derive(Clone, Debug)]
struct Kept {
    /// Shared with the windows that this one was copied from.
    messages: Arc<[Message]>,
    tokens: usize,
}

impl Kept {
    fn shorten(&mut self) {
        digest::shorten(Arc::make_mut(&mut self.messages));
        self.tokens = estimate::messages(&self.messages);
    }
}

impl Window {
    /// Adds the next turn, whole.
    pub(super) fn add(&mut self, messages: Vec<Message>) {
        self.turns.push_back(Kept {
            tokens: estimate::messages(&messages),
            messages: messages.into(),
        });
    }

    /// Its messages, oldest first.
    pub(super) fn messages(&self) -> impl Iterator<Item = Message> {
        let turns = self.turns.iter().flat_map(|turn| turn.messages.iter());
        self.summary.messages().into_iter().chain(turns.cloned())
    }

    /// Estimated tokens.
    pub(super) fn tokens(&self) -> usize {
        let turns: usize = self.turns.iter().map(|turn| turn.tokens).sum();
        self.summary.tokens() + turns
    }

    /// Nothing where all fits into `room` tokens; else a cut down to half of it: tool results of the
    /// oldest turns are shortened first, then the oldest turns are summarised. The newest turn stays
    /// whole unless it does not fit by itself.
    pub(super) fn fit(&mut self, room: usize) {
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
