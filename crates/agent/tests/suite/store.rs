//! Runs the store's contract against each implementation.

use std::{path::PathBuf, sync::Arc};

use agent::{
    answer::{Answer, AnswerBuilder, AnswerStatus, TurnIds},
    conversation::ConversationState,
    language::TripRequest,
    locale::Locale,
    store::{BegunTurn, FinishedTurn, NewTurn, Owner, Question, SqliteStore, Store},
};
use jiff::Timestamp;
use uuid::Uuid;

pub(super) type AnyStore = Arc<dyn Store>;

/// Runs each case, an `async fn(AnyStore)`, against each implementation.
macro_rules! on_every_store {
    ($($case:ident),+ $(,)?) => {
        mod in_memory {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                super::$case(crate::suite::store::in_memory().await).await;
            })+
        }
        mod in_a_file {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                let file = crate::suite::store::TempFile::new();
                super::$case(file.open().await).await;
            })+
        }
    };
}
pub(super) use on_every_store;

pub(super) async fn in_memory() -> AnyStore {
    Arc::new(SqliteStore::open("sqlite::memory:").await.unwrap())
}

/// A database in a folder of its own, removed with it.
pub(super) struct TempFile(PathBuf);

impl TempFile {
    pub(super) fn new() -> Self {
        let name = format!("store-{}", Uuid::now_v7());
        Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name))
    }

    pub(super) async fn open(&self) -> AnyStore {
        // The folder does not exist yet: the store makes it.
        let url = format!("sqlite://{}/data/travel.db", self.0.display());
        Arc::new(SqliteStore::open(&url).await.unwrap())
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(super) fn owner(name: &str) -> Owner {
    Owner(name.to_owned())
}

/// Some seconds after an arbitrary moment.
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + seconds).unwrap()
}

/// A first turn of a new conversation of `anna`.
pub(super) fn first_turn(text: &str) -> NewTurn {
    let ids = TurnIds {
        conversation: Uuid::now_v7(),
        user_message: Uuid::now_v7(),
        message: Uuid::now_v7(),
        trace: Uuid::now_v7().simple().to_string(),
    };
    NewTurn {
        owner: owner("anna"),
        answer: AnswerBuilder::new(ids.clone(), Locale::Fr).running(),
        ids,
        new_conversation: true,
        question: Question::New {
            parent: None,
            text: text.to_owned(),
            decides: None,
        },
        at: at(0),
        traceparent: None,
        idempotency: None,
    }
}

/// A further turn in the conversation of `turn`, on its newest branch.
pub(super) fn next_turn(turn: &NewTurn, text: &str) -> NewTurn {
    let mut next = first_turn(text);
    next.owner = turn.owner.clone();
    next.ids.conversation = turn.ids.conversation;
    next.answer.conversation_id = turn.ids.conversation;
    next.new_conversation = false;
    next
}

/// The turn, gone on from `message`.
pub(super) fn after(mut turn: NewTurn, message: Uuid) -> NewTurn {
    if let Question::New { parent, .. } = &mut turn.question {
        *parent = Some(message);
    }
    turn
}

/// A turn that answers the question of `turn` once more.
pub(super) fn again(turn: &NewTurn) -> NewTurn {
    let mut again = next_turn(turn, "");
    again.ids.user_message = turn.ids.user_message;
    again.answer.user_message_id = turn.ids.user_message;
    again.question = Question::Again;
    again
}

/// A state that can be told from others by its party.
pub(super) fn state(adults: u8) -> ConversationState {
    ConversationState {
        trip: TripRequest {
            max_stops: Some(adults),
            ..TripRequest::default()
        },
        ..ConversationState::default()
    }
}

pub(super) fn finished(
    turn: &NewTurn,
    reply: &str,
    state: Option<ConversationState>,
) -> FinishedTurn {
    let answer = Answer {
        reply: reply.to_owned(),
        status: AnswerStatus::Ok,
        ..turn.answer.clone()
    };
    FinishedTurn {
        state,
        ..FinishedTurn::new(turn.owner.clone(), answer, turn.at)
    }
}

/// Begins and ends a turn.
pub(super) async fn whole(store: &AnyStore, turn: &NewTurn, reply: &str) -> BegunTurn {
    let begun = store.begin_turn(turn).await.unwrap();
    store
        .finish_turn(&finished(turn, reply, None))
        .await
        .unwrap();
    begun
}
