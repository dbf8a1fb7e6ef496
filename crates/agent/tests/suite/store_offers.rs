//! Offers of a state: written once where the answer shows them, and read wherever the state is.

use agent::{
    conversation::ConversationState,
    event::Card,
    store::{NewTurn, TripQuery},
    travel::Offer,
    trip::Trip,
};

use super::{
    fixtures::three_offers,
    store::{AnyStore, finished, first_turn, next_turn, on_every_store, owner, state},
};

/// A state with a trip whose last change can be taken back, and these offers.
fn planned(offers: &[Offer]) -> ConversationState {
    let sample = include_str!("../../src/trip/samples/tokyo.json");
    let mut planned: ConversationState = serde_json::from_str(sample).unwrap();
    planned.offers = offers.to_vec();
    planned
}

/// A turn whose answer shows these groups of offers, one after the other.
async fn show(store: &AnyStore, turn: &NewTurn, shown: &[&[Offer]], state: ConversationState) {
    store.begin_turn(turn).await.unwrap();
    let mut end = finished(turn, "Voici.", Some(state));
    let cards = shown.iter().map(|offers| Card::FlightOffers {
        offers: offers.to_vec(),
        more: 0,
    });
    end.answer.cards = cards.collect();
    store.finish_turn(&end).await.unwrap();
}

async fn a_state_is_read_with_its_offers_whatever_the_answer_shows(store: AnyStore) {
    let offers = three_offers();
    let (two, one) = (&offers[..2], &offers[2..]);
    let cases: [(&[&[Offer]], &[Offer]); 6] = [
        (&[two], two),
        (&[one, two], two),
        (&[two, one], two),
        (&[], two),
        (&[two], &[]),
        (&[two], &two[..1]),
    ];
    for (at, (shown, kept)) in cases.into_iter().enumerate() {
        let (turn, wanted) = (first_turn("vols"), planned(kept));
        show(&store, &turn, shown, wanted.clone()).await;
        let (anna, id) = (owner("anna"), turn.ids.conversation);

        let read = store.conversation(&anna, id).await.unwrap();
        assert_eq!(read.state, wanted, "case {at}: the conversation");
        let after = store.state_after(&anna, id, turn.ids.message).await;
        assert_eq!(after.unwrap(), wanted, "case {at}: after the message");
        let query = TripQuery {
            limit: 1,
            after: None,
        };
        let trips = store.trips(&anna, &query).await.unwrap().trips;
        assert_eq!(trips[0].state, wanted, "case {at}: the list of trips");
        let next = next_turn(&turn, "et ensuite ?");
        let begun = store.begin_turn(&next).await.unwrap();
        assert_eq!(begun.state, wanted, "case {at}: the next turn");

        // It leaves the state as it was; what is read then is two messages back.
        store
            .finish_turn(&finished(&next, "Rien.", None))
            .await
            .unwrap();
        let read = store.conversation(&anna, id).await.unwrap();
        assert_eq!(read.state, wanted, "case {at}: a message later");
        let taken_back = store.take_back(&anna, id, turn.at).await.unwrap();
        assert_eq!(taken_back.offers, kept, "case {at}: taken back");
        let read = store.conversation(&anna, id).await.unwrap();
        assert_eq!(read.state, taken_back, "case {at}: and kept so");
        store.delete_conversation(&anna, id).await.unwrap();
    }
}

async fn wishes_taken_back_leave_no_offers(store: AnyStore) {
    let (turn, mut wished) = (first_turn("vols"), state(1));
    wished.offers = three_offers();
    wished.plan = Trip {
        before: Some(Box::default()),
        wished: None,
        ..Trip::default()
    };
    if let Some(before) = &mut wished.plan.before {
        before.wished = Some(Box::new(state(2).trip));
    }
    let offers = wished.offers.clone();
    show(&store, &turn, &[&offers], wished).await;
    let (anna, id) = (owner("anna"), turn.ids.conversation);
    let taken_back = store.take_back(&anna, id, turn.at).await.unwrap();
    assert_eq!(
        (&*taken_back.offers, &taken_back.trip),
        (&[][..], &state(2).trip)
    );
    // The answer still shows them: they are not to come back from there.
    let read = store.conversation(&anna, id).await.unwrap();
    assert_eq!(read.state, taken_back);
}

on_every_store!(
    a_state_is_read_with_its_offers_whatever_the_answer_shows,
    wishes_taken_back_leave_no_offers,
);
