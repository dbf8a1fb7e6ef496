//! The prompt of a turn: instructions, the conversation so far as it fits a budget, the message.
//!
//! Two prompts of a conversation should begin alike for as long as possible, because providers cache
//! what they have read. So turns are replayed from the first: each is taken whole, until they exceed
//! the budget; then they are cut down to half of it at once, and the next cut is many turns away.
//! What is cut depends on the turns alone: every later prompt finds the same cuts.

use std::borrow::Borrow;

use super::{replay::Replay, tier::Tier, window::Window};
use crate::{conversation::PastMessage, message::Message};

/// Tokens that instructions, history and message may take, estimated.
pub const BUDGET_TOKENS: usize = 24_000;

/// The prompt of a turn of `tier` that `user` begins, of at most `budget` estimated tokens (more only
/// where instructions and message alone take more). Roles alternate, beginning with the person, and
/// every tool call has its result.
#[must_use]
pub fn prompt(
    tier: Tier,
    past: &[impl Borrow<PastMessage>],
    user: Message,
    budget: usize,
) -> Vec<Message> {
    let mut replay = Replay::new(tier, budget);
    replay.add(past);
    replay.prompt(user)
}

/// A prompt with half of its history, for a model whose context it exceeds; `None` where there is none
/// to leave out. What began with the last message of the person stays whole.
#[must_use]
pub fn halved(prompt: &[Message]) -> Option<Vec<Message>> {
    let is_user = |message: &Message| matches!(message, Message::User { .. });
    let first = prompt.iter().position(is_user)?;
    let newest = prompt.iter().rposition(is_user)?;
    let mut window = Window::default();
    for turn in prompt[first..newest].chunk_by(|_, next| !is_user(next)) {
        window.add(turn.to_vec());
    }
    let tokens = window.tokens();
    if tokens == 0 {
        return None;
    }
    window.fit(tokens / 2);
    let mut shorter = prompt[..first].to_vec();
    shorter.extend(window.messages());
    shorter.extend_from_slice(&prompt[newest..]);
    Some(shorter)
}

#[cfg(test)]
mod tests {
    use llm::estimate;

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
