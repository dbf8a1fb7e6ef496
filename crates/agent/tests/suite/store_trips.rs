//! Trips: which conversations have one, and taking back its last change, on the branch it is on.

use agent::{
    conversation::ConversationState,
    store::{NewTurn, StoreError, StoredTrip, TripPage, TripQuery},
    trip::{Part, Trip},
};

use super::store::{
    AnyStore, after, at, finished, first_turn, next_turn, on_every_store, owner, state, whole,
};

/// A state with a plan of two changes, so that one can be taken back.
fn planned() -> ConversationState {
    serde_json::from_str(include_str!("../../src/trip/samples/tokyo.json")).unwrap()
}

/// A turn that ended in this state at this second.
async fn talk(store: &AnyStore, turn: &mut NewTurn, state: Option<ConversationState>, second: i64) {
    turn.at = at(second);
    store.begin_turn(turn).await.unwrap();
    store
        .finish_turn(&finished(turn, "…", state))
        .await
        .unwrap();
}

async fn page(store: &AnyStore, limit: u32, last: Option<&TripPage>) -> TripPage {
    let after = last.and_then(|page| page.next);
    store
        .trips(&owner("anna"), &TripQuery { limit, after })
        .await
        .unwrap()
}

fn titles(page: &TripPage) -> Vec<&str> {
    page.trips
        .iter()
        .map(|trip| &*trip.conversation.title)
        .collect()
}

async fn conversations_with_a_trip_are_listed_newest_first(store: AnyStore) {
    let mut others = first_turn("someone else's");
    others.owner = owner("ben");
    talk(&store, &mut others, Some(planned()), 9).await;
    talk(&store, &mut first_turn("hello"), Some(state(1)), 1).await;
    whole(&store, &first_turn("nothing was stored"), "…").await;
    for (title, second) in [("b", 3), ("a", 2), ("c", 4)] {
        talk(&store, &mut first_turn(title), Some(planned()), second).await;
    }
    let first = page(&store, 2, None).await;
    assert_eq!(titles(&first), ["c", "b"]);
    let second = page(&store, 2, Some(&first)).await;
    assert_eq!((titles(&second), second.next), (vec!["a"], None));
    let StoredTrip { state, .. } = &second.trips[0];
    assert_eq!(*state, planned());
}

async fn the_branch_of_the_newest_message_tells(store: AnyStore) {
    let mut first = first_turn("first");
    talk(&store, &mut first, Some(state(1)), 1).await;
    talk(&store, &mut next_turn(&first, "a trip"), Some(planned()), 2).await;
    assert_eq!(page(&store, 9, None).await.trips.len(), 1);
    // Another branch goes on from where there was none, and stores nothing of its own.
    let mut other = after(next_turn(&first, "other"), first.ids.message);
    talk(&store, &mut other, None, 3).await;
    assert_eq!(page(&store, 9, None).await.trips, []);
    let none = store
        .take_back(&owner("anna"), first.ids.conversation, at(4))
        .await;
    assert_eq!(none, Err(StoreError::NothingToTakeBack));
}

async fn a_change_is_taken_back_once(store: AnyStore) {
    let mut turn = first_turn("trip");
    talk(&store, &mut turn, Some(planned()), 1).await;
    let (anna, id) = (owner("anna"), turn.ids.conversation);
    let stranger = store.take_back(&owner("ben"), id, at(2)).await;
    assert_eq!(stranger, Err(StoreError::NotFound));
    let taken = store.take_back(&anna, id, at(2)).await.unwrap();
    assert_eq!(taken.plan, planned().plan.with(Part::Undo));
    assert_ne!(taken.plan, Trip::default());
    assert_eq!(taken.trip, planned().trip, "what is wished stays");
    let read = store.conversation(&anna, id).await.unwrap();
    assert_eq!((&read.state, read.summary.updated_at), (&taken, at(2)));
    let again = store.take_back(&anna, id, at(3)).await;
    assert_eq!(again, Err(StoreError::NothingToTakeBack));
    let next = next_turn(&turn, "and now?");
    let begun = store.begin_turn(&next).await.unwrap();
    assert_eq!(begun.state, taken, "the conversation goes on from there");
    let busy = store.take_back(&anna, id, at(4)).await;
    assert_eq!(busy, Err(StoreError::Busy));
}

on_every_store!(
    conversations_with_a_trip_are_listed_newest_first,
    the_branch_of_the_newest_message_tells,
    a_change_is_taken_back_once,
);
