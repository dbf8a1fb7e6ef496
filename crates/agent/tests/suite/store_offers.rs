//! Offers of a state: written once where the answer shows them, and read wherever the state is.

use agent::{
    booking::ProposalStatus,
    conversation::{ConversationState, Searched},
    event::Card,
    language::Pending,
    locale::Locale,
    store::{NewTurn, TripQuery},
    travel::{Currency, FlightSearch, Iata, Leg, Offer},
    trip::Trip,
};
use jiff::civil::date;

use super::{
    fixtures::{proposal, three_offers},
    store::{AnyStore, after, finished, first_turn, next_turn, on_every_store, owner, state},
};

/// A state in which nothing is empty but perhaps the offers; the last change of its trip can be taken back.
fn planned(offers: &[Offer]) -> ConversationState {
    let sample = include_str!("../../src/trip/samples/tokyo.json");
    let planned: ConversationState = serde_json::from_str(sample).unwrap();
    let [first, ..] = &*three_offers() else {
        panic!("there are three");
    };
    let leg = Leg::new(vec![iata("LYS")], vec![iata("TYO")], date(2027, 3, 3));
    ConversationState {
        offers: offers.to_vec(),
        search: Some(Searched {
            search: FlightSearch::new(vec![leg], Currency::eur()),
            skip: 5,
        }),
        proposal: Some(proposal(first.clone(), ProposalStatus::Rejected)),
        pending: Some(Pending::Nothing),
        locale: Some(Locale::Fr),
        ..planned
    }
}

fn iata(code: &str) -> Iata {
    code.parse().unwrap()
}

/// A turn whose answer shows these groups of offers, one after the other.
async fn show(store: &AnyStore, turn: &NewTurn, shown: &[&[Offer]], state: ConversationState) {
    store.begin_turn(turn).await.unwrap();
    let mut end = finished(turn, "Voici.", Some(state));
    end.answer.cards = shown.iter().copied().map(flights).collect();
    store.finish_turn(&end).await.unwrap();
}

fn flights(offers: &[Offer]) -> Card {
    Card::FlightOffers {
        offers: offers.to_vec(),
        more: 0,
    }
}

/// The state is read as it should be, wherever that is done after `last`, the newest turn.
async fn assert_read(store: &AnyStore, last: &NewTurn, wanted: &ConversationState, what: &str) {
    let (anna, id) = (owner("anna"), last.ids.conversation);
    let read = store.conversation(&anna, id).await.unwrap();
    assert_eq!(read.state, *wanted, "{what}: the conversation");
    let after = store.state_after(&anna, id, last.ids.message).await;
    assert_eq!(after.unwrap(), *wanted, "{what}: after the message");
    let query = TripQuery {
        limit: 1,
        after: None,
    };
    let trips = store.trips(&anna, &query).await.unwrap().trips;
    assert_eq!(trips[0].state, *wanted, "{what}: the list of trips");
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

        assert_read(&store, &turn, &wanted, &format!("case {at}")).await;
        // A turn that leaves it as it was, and shows other offers.
        let next = next_turn(&turn, "et ensuite ?");
        let begun = store.begin_turn(&next).await.unwrap();
        assert_eq!(begun.state, wanted, "case {at}: the next turn");
        let mut end = finished(&next, "Voici.", None);
        end.answer.cards = vec![flights(&offers[1..])];
        store.finish_turn(&end).await.unwrap();
        assert_read(&store, &next, &wanted, &format!("case {at}, a turn later")).await;
        // And another branch from before that.
        let other = after(next_turn(&turn, "ou bien ?"), turn.ids.message);
        let begun = store.begin_turn(&other).await.unwrap();
        assert_eq!(begun.state, wanted, "case {at}: another branch");
        store
            .finish_turn(&finished(&other, "Rien.", None))
            .await
            .unwrap();

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
