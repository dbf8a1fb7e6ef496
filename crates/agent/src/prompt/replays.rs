//! Conversations as their last prompts told them, so that the next one begins where that ended: read from
//! the first turn on, a long conversation would cost more with each.

use std::sync::Arc;

use uuid::Uuid;

use super::{replay::Replay, tier::Tier};
use crate::{
    conversation::{self, PastMessage},
    message::Message,
    recent::Recent,
};

/// Bytes of text that one generation of conversations has; two are kept.
const GENERATION_BYTES: usize = 4 << 20;
/// Of a token, as much text as it is estimated from.
const TOKEN_BYTES: usize = 4;

/// Remembers the last conversations. By what was said in them: another past is replayed from its first turn.
#[derive(Debug)]
pub(crate) struct Replays {
    kept: Recent<(Uuid, Tier), Told>,
}

#[derive(Debug)]
struct Told {
    /// Up to an answer.
    past: Vec<Arc<PastMessage>>,
    replay: Replay,
}

impl Default for Replays {
    fn default() -> Self {
        Self {
            kept: Recent::new(GENERATION_BYTES),
        }
    }
}

impl Replays {
    /// What [`super::history::prompt`] makes of the same.
    pub(crate) fn prompt(
        &self,
        conversation: Uuid,
        tier: Tier,
        past: &[Arc<PastMessage>],
        user: Message,
        budget: usize,
    ) -> Vec<Message> {
        let last = past.iter().rposition(|message| message.by_agent);
        let (answered, open) = past.split_at(last.map_or(0, |last| last + 1));
        let mut replay = self.replay((conversation, tier), answered, budget);
        replay.add(open);
        replay.prompt(user)
    }

    fn replay(&self, key: (Uuid, Tier), past: &[Arc<PastMessage>], budget: usize) -> Replay {
        let known = self.kept.take(&key);
        let known =
            known.filter(|told| told.replay.budget() == budget && past.starts_with(&told.past));
        let mut told = known.unwrap_or_else(|| Told {
            past: Vec::new(),
            replay: Replay::new(key.1, budget),
        });
        let new = &past[told.past.len()..];
        told.replay.add(new);
        told.past.extend_from_slice(new);
        let replay = told.replay.clone();
        if conversation::is_long(past) {
            let weight = told.weight();
            self.kept.keep(key, told, weight);
        }
        replay
    }
}

impl Told {
    fn weight(&self) -> usize {
        conversation::bytes(&self.past) + TOKEN_BYTES * self.replay.tokens()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::prompt::history;

    const BUDGET: usize = 4_000;

    fn said(by_agent: bool, text: &str) -> Arc<PastMessage> {
        Arc::new(PastMessage {
            by_agent,
            text: text.to_owned(),
            transcript: Vec::new(),
        })
    }

    /// What happens to a conversation between two prompts.
    #[derive(Clone, Debug)]
    enum Step {
        Said(bool, String),
        /// A branch goes on from an earlier message.
        Back(usize),
        /// The store's window moves on.
        Forget(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            8 => (any::<bool>(), "[ a-z]{0,900}").prop_map(|(by_agent, text)| Step::Said(by_agent, text)),
            1 => (0_usize..6).prop_map(Step::Back),
            1 => (0_usize..6).prop_map(Step::Forget),
        ]
    }

    proptest! {
        #[test]
        fn a_prompt_is_the_one_of_a_whole_replay(
            steps in prop::collection::vec(step(), 1..40),
            tiers in prop::collection::vec(prop::sample::select(vec![Tier::Light, Tier::Full]), 1..4),
        ) {
            let (replays, id) = (Replays::default(), Uuid::nil());
            let mut past = Vec::new();
            for (nth, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Said(by_agent, text) => past.push(said(by_agent, &text)),
                    Step::Back(messages) => past.truncate(past.len().saturating_sub(messages)),
                    Step::Forget(messages) => drop(past.drain(..messages.min(past.len()))),
                }
                let tier = tiers[nth % tiers.len()];
                let user = Message::user(format!("message {nth}"));
                let budget = if nth % 9 == 8 { BUDGET / 2 } else { BUDGET } + tier.system_tokens();
                // As the store reads it: other texts in another place.
                let read: Vec<_> = past.iter().map(|message| Arc::new(PastMessage::clone(message))).collect();
                let prompt = replays.prompt(id, tier, &read, user.clone(), budget);
                prop_assert_eq!(prompt, history::prompt(tier, &past, user, budget));
            }
        }
    }

    #[test]
    fn a_conversation_is_told_from_where_the_last_prompt_ended_and_of_no_other() {
        let (replays, [one, other]) = (Replays::default(), [Uuid::nil(), Uuid::max()]);
        let past: Vec<_> = (0..20).map(|nth| said(nth % 2 == 1, "Rome")).collect();
        let told = |id| {
            let told = replays.kept.take(&(id, Tier::Full))?;
            let (length, weight) = (told.past.len(), told.weight());
            replays.kept.keep((id, Tier::Full), told, weight);
            Some(length)
        };
        for length in [2, 4, 12, 19, 20] {
            let _ = replays.prompt(one, Tier::Full, &past[..length], Message::user("?"), BUDGET);
            // A question without its answer is told and not kept.
            let kept =
                Some(length - length % 2).filter(|kept| conversation::is_long(&past[..*kept]));
            assert_eq!((told(one), told(other)), (kept, None));
        }
    }
}
