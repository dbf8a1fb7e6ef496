//! What turns go on from, in a long conversation with branches: the store remembers the last one, and must
//! tell what reading all of it would.

use std::{collections::HashMap, sync::Arc};

use agent::{
    answer::AnswerStatus,
    conversation::PastMessage,
    message::Message,
    store::{FinishedTurn, NewTurn, Question},
};
use uuid::Uuid;

use super::store::{
    AnyStore, after, again, finished, first_turn, next_turn, on_every_store, whole,
};

/// Messages by which the window on a branch moves on.
const STEP: usize = 100;

/// What was said, as it should be told.
#[derive(Default)]
struct Said {
    messages: HashMap<Uuid, (Option<Uuid>, PastMessage)>,
    questions: Vec<NewTurn>,
    newest: Option<Uuid>,
}

impl Said {
    /// The window on the branch that ends at `last`.
    fn history(&self, last: Option<Uuid>) -> Vec<Arc<PastMessage>> {
        let (mut branch, mut at) = (Vec::new(), last);
        while let Some(id) = at {
            let (parent, message) = &self.messages[&id];
            branch.push(Arc::new(message.clone()));
            at = *parent;
        }
        branch.reverse();
        let first = (branch.len() / STEP).saturating_sub(1) * STEP;
        branch.split_off(first)
    }

    fn begin(&mut self, turn: &NewTurn, parent: Option<Uuid>) {
        let text = match &turn.question {
            Question::New { text, .. } | Question::Edited { text, .. } => text.clone(),
            Question::Again => self.messages[&turn.ids.user_message].1.text.clone(),
        };
        let message = |by_agent, text| PastMessage {
            by_agent,
            text,
            transcript: Vec::new(),
        };
        let ids = &turn.ids;
        let (asked, answer) = (message(false, text), message(true, String::new()));
        self.messages.insert(ids.user_message, (parent, asked));
        self.messages
            .insert(ids.message, (Some(ids.user_message), answer));
        self.newest = Some(ids.message);
        if turn.question != Question::Again {
            self.questions.push(turn.clone());
        }
    }

    fn end(&mut self, end: &FinishedTurn) {
        let (_, message) = self.messages.get_mut(&end.answer.message_id).unwrap();
        message.text.clone_from(&end.answer.reply);
        message.transcript.clone_from(&end.transcript);
    }
}

/// An end with what its turn added to the prompt.
fn told(turn: &NewTurn, reply: &str) -> FinishedTurn {
    let transcript = vec![Message::user("?"), Message::assistant(reply)];
    FinishedTurn {
        transcript,
        ..finished(turn, reply, None)
    }
}

/// A number below `bound`: the same ones in every run.
fn below(seed: &mut u64, bound: usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % bound
}

async fn a_branch_is_told_as_if_it_was_read_anew(store: AnyStore) {
    for mut seed in 1..=4 {
        let (mut said, mut waiting) = (Said::default(), None);
        let first = first_turn("0");
        store.begin_turn(&first).await.unwrap();
        said.begin(&first, None);
        let end = told(&first, "0 !");
        store.finish_turn(&end).await.unwrap();
        said.end(&end);
        for nth in 1..160 {
            let text = nth.to_string();
            let any = below(&mut seed, said.questions.len());
            let of = said.questions[any].clone();
            let before = said.messages[&of.ids.user_message].0;
            let (turn, parent) = match below(&mut seed, 40) {
                0 => (again(&of), before),
                1 => {
                    let mut edited = next_turn(&first, "");
                    let of = of.ids.user_message;
                    edited.question = Question::Edited { of, text };
                    (edited, before)
                }
                2 => (
                    after(next_turn(&first, &text), of.ids.message),
                    Some(of.ids.message),
                ),
                _ => (next_turn(&first, &text), said.newest),
            };
            let begun = store.begin_turn(&turn).await.unwrap();
            assert_eq!(
                begun.history,
                said.history(parent),
                "turn {nth} of seed {seed}"
            );
            said.begin(&turn, parent);
            let end = told(&turn, &format!("{nth} !"));
            match below(&mut seed, 20) {
                // Its end waits for the disk, and comes while later turns go on from it.
                0 => {
                    store.stop_abandoned(turn.ids.conversation).await.unwrap();
                    waiting = Some(end);
                }
                // It ended before its prompt was made.
                1 => {
                    let mut end = finished(&turn, "", None);
                    end.answer.status = AnswerStatus::Stopped;
                    store.finish_turn(&end).await.unwrap();
                }
                _ => {
                    store.finish_turn(&end).await.unwrap();
                    said.end(&end);
                }
            }
            if nth % 7 == 0
                && let Some(end) = waiting.take()
            {
                store.finish_turn(&end).await.unwrap();
                said.end(&end);
            }
        }
    }
}

async fn what_was_deleted_is_told_to_nobody(store: AnyStore) {
    let first = first_turn("0");
    whole(&store, &first, "0 !").await;
    for nth in 1..9 {
        let turn = next_turn(&first, &nth.to_string());
        store.begin_turn(&turn).await.unwrap();
        store.finish_turn(&told(&turn, "!")).await.unwrap();
    }
    let (owner, id) = (&first.owner, first.ids.conversation);
    store.delete_conversation(owner, id).await.unwrap();
    // Somebody else has a conversation of this name now.
    let mut other = first_turn("Rome");
    other.ids.conversation = id;
    other.answer.conversation_id = id;
    assert_eq!(whole(&store, &other, "Rome ?").await.history, []);
    let begun = store
        .begin_turn(&next_turn(&other, "en mai"))
        .await
        .unwrap();
    let texts: Vec<_> = begun.history.iter().map(|past| &*past.text).collect();
    assert_eq!(texts, ["Rome", "Rome ?"]);
}

on_every_store!(
    a_branch_is_told_as_if_it_was_read_anew,
    what_was_deleted_is_told_to_nobody,
);
