//! The contract of conversations that someone brings along: theirs alone, without a state, found again.

use agent::{
    answer::{Answer, AnswerStatus, Imported},
    conversation::ConversationState,
    feedback::{Feedback, Score},
    store::{
        Conversation, ConversationQuery, Import, ImportedMessage, MessageRecord, Said, Search,
        StoreError,
    },
};
use uuid::Uuid;

use super::store::{AnyStore, after, at, first_turn, on_every_store, owner, whole};

on_every_store! {
    what_was_brought_is_a_conversation_of_the_owner,
    it_is_gone_on_with_from_its_words_alone,
    what_was_no_turn_of_ours_is_neither_rated_nor_listed_as_one,
}

fn import() -> Import {
    let turn = first_turn("");
    let answer = Answer {
        reply: "Lisbonne en mars".to_owned(),
        status: AnswerStatus::Ok,
        imported: Some(Imported { cards_left_out: 1 }),
        trace_id: String::new(),
        ..turn.answer
    };
    let message = |id, second, said| ImportedMessage {
        id,
        created_at: at(second),
        said,
    };
    Import {
        id: turn.ids.conversation,
        title: "Voyage".to_owned(),
        at: at(9),
        messages: vec![
            message(turn.ids.user_message, 1, Said::Person("Où ?".to_owned())),
            message(turn.ids.message, 2, Said::Agent(Box::new(answer))),
        ],
    }
}

async fn brought(store: &AnyStore) -> (Import, Conversation) {
    let (anna, import) = (owner("anna"), import());
    store.import(&anna, &import).await.unwrap();
    let read = store.conversation(&anna, import.id).await.unwrap();
    (import, read)
}

async fn what_was_brought_is_a_conversation_of_the_owner(store: AnyStore) {
    let (import, read) = brought(&store).await;
    assert_eq!(read.summary.title, "Voyage");
    assert_eq!(read.summary.updated_at, at(9));
    assert_eq!(read.state, ConversationState::default());
    let [question, answer] = &read.messages[..] else {
        panic!("{read:?}")
    };
    assert!(matches!(question, MessageRecord::User { text, .. } if text == "Où ?"));
    assert_eq!(answer.parent_id(), Some(question.id()));
    assert!(
        matches!(answer, MessageRecord::Agent { answer, created_at, .. }
        if *created_at == at(2) && answer.imported.is_some() && answer.reply == "Lisbonne en mars")
    );
    let foreign = store.conversation(&owner("ben"), import.id).await;
    assert_eq!(foreign, Err(StoreError::NotFound));
    for words in ["voyage", "lisbonne", "où"] {
        let query = ConversationQuery {
            limit: 9,
            after: None,
            search: Search::parse(words).unwrap(),
        };
        let found = store.conversations(&owner("anna"), &query).await.unwrap();
        assert_eq!(found.conversations.len(), 1, "{words}");
    }
    store.import(&owner("anna"), &import).await.unwrap_err();
}

async fn it_is_gone_on_with_from_its_words_alone(store: AnyStore) {
    let (import, _) = brought(&store).await;
    let mut turn = first_turn("Et après ?");
    turn.ids.conversation = import.id;
    turn.answer.conversation_id = import.id;
    turn.new_conversation = false;
    let turn = after(turn, import.messages[1].id);
    let begun = whole(&store, &turn, "Porto").await;
    let history: Vec<_> = begun.history.iter().map(|past| &*past.text).collect();
    assert_eq!(history, ["Où ?", "Lisbonne en mars"]);
    assert_eq!(begun.state, ConversationState::default());
}

async fn what_was_no_turn_of_ours_is_neither_rated_nor_listed_as_one(store: AnyStore) {
    let (import, _) = brought(&store).await;
    let up = Feedback {
        score: Score::Up,
        comment: None,
        created_at: at(10),
    };
    let id: Uuid = import.messages[1].id;
    let rated = store.rate(&owner("anna"), id, &up).await;
    assert_eq!(rated, Err(StoreError::NotFound));
    assert_eq!(store.turns(import.id).await, Ok(Vec::new()));
}
