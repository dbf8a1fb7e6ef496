//! Trips: which conversations have one, and taking back its last change, on the branch it is on.

use agent::{
    conversation::ConversationState,
    store::{NewTurn, StoreError, StoredTrip, TripPage, TripQuery},
    trip::{DayMove, Part, Trip},
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

async fn the_programme_of_a_day_moves_on_the_newest_branch(store: AnyStore) {
    let mut turn = first_turn("trip");
    talk(&store, &mut turn, Some(planned()), 1).await;
    let (anna, id) = (owner("anna"), turn.ids.conversation);
    let days: Vec<_> = planned().plan.days[0].days.clone();
    let (first, second) = (&days[0], &days[1]);
    let change = DayMove {
        day: first.date,
        to: second.date,
    };
    let stranger = store.move_day(&owner("ben"), id, change, at(2)).await;
    assert_eq!(stranger, Err(StoreError::NotFound));
    let moved = store.move_day(&anna, id, change, at(2)).await.unwrap();
    let now = &moved.plan.days[0].days;
    assert_eq!((&now[0].stops, now[0].date), (&second.stops, first.date));
    assert_eq!((&now[1].stops, now[1].date), (&first.stops, second.date));
    assert_eq!(store.conversation(&anna, id).await.unwrap().state, moved);
    let none = DayMove {
        to: "2031-01-01".parse().unwrap(),
        ..change
    };
    let refused = store.move_day(&anna, id, none, at(3)).await;
    assert_eq!(refused, Err(StoreError::NoSuchDay));
    let back = store.take_back(&anna, id, at(3)).await.unwrap();
    assert_eq!(
        back.plan.days,
        planned().plan.days,
        "a move can be taken back"
    );
    store
        .begin_turn(&next_turn(&turn, "and now?"))
        .await
        .unwrap();
    let busy = store.move_day(&anna, id, change, at(4)).await;
    assert_eq!(busy, Err(StoreError::Busy));
}

async fn every_branch_has_its_own_state(store: AnyStore) {
    let mut first = first_turn("first");
    talk(&store, &mut first, Some(state(1)), 1).await;
    let mut trip = next_turn(&first, "a trip");
    talk(&store, &mut trip, Some(planned()), 2).await;
    let mut other = after(next_turn(&first, "other"), first.ids.message);
    talk(&store, &mut other, None, 3).await;
    let (anna, id) = (owner("anna"), first.ids.conversation);
    let after = async |message| store.state_after(&anna, id, message).await;
    assert_eq!(after(trip.ids.message).await.unwrap(), planned());
    assert_eq!(after(other.ids.message).await.unwrap(), state(1));
    assert_eq!(
        after(first.ids.user_message).await.unwrap(),
        ConversationState::default()
    );
    let stranger = store.state_after(&owner("ben"), id, trip.ids.message).await;
    assert_eq!(stranger, Err(StoreError::NotFound));
    let elsewhere = store
        .state_after(&anna, trip.ids.message, trip.ids.message)
        .await;
    assert_eq!(elsewhere, Err(StoreError::NotFound));
}

on_every_store!(
    the_programme_of_a_day_moves_on_the_newest_branch,
    every_branch_has_its_own_state,
    conversations_with_a_trip_are_listed_newest_first,
    the_branch_of_the_newest_message_tells,
    a_change_is_taken_back_once,
);
