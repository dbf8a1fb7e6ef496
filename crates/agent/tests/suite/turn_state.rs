//! What a turn takes from the conversation and leaves to it.

use std::sync::Arc;

use agent::{
    booking::ProposalStatus,
    context::Handed,
    conversation::{ConversationState, PastMessage},
    event::TurnEnd,
    intent::Intent,
    locale::Locale,
    message::Message,
    transcript::NO_ANSWER,
    turn::TurnRequest,
};

use super::{
    fixtures,
    support::{World, calls, request, says},
};

fn past(by_agent: bool, text: &str) -> Arc<PastMessage> {
    Arc::new(PastMessage {
        by_agent,
        text: text.to_owned(),
        transcript: Vec::new(),
    })
}

/// The state after `message` said to `state`, answered without tools; and what the model was told.
pub(super) async fn after(message: TurnRequest) -> (ConversationState, bool, Intent) {
    let world = World::new([says("Bien.")]);
    let (end, state) = world.end(message).await;
    assert_eq!(end, TurnEnd::Ok);
    let requests = world.requests();
    let context = &Handed::of(&requests[0]).unwrap().context;
    (state, context.confirmed, context.intent)
}

#[tokio::test(start_paused = true)]
async fn the_prompt_holds_the_history_between_instructions_and_message() {
    let world = World::new([says("Bien.")]);
    // The second turn was stopped before any text: providers refuse an empty answer.
    let history = vec![
        past(false, "Bonjour"),
        past(true, "Bonjour !"),
        past(false, "Rome"),
        past(true, ""),
    ];
    world
        .run(TurnRequest {
            history,
            ..request("en mai")
        })
        .await;
    let requests = world.requests();
    let [system, prompt @ ..] = &requests[0].messages[..] else {
        panic!("an empty prompt");
    };
    assert!(matches!(system, Message::System { text } if !text.is_empty()));
    let texts: Vec<_> = prompt
        .iter()
        .map(|message| match message {
            Message::User { text, .. } => (false, &**text),
            Message::Assistant { text, tool_calls } if tool_calls.is_empty() => (true, &**text),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        (false, "Bonjour"),
        (true, "Bonjour !"),
        (false, "Rome"),
        (true, NO_ANSWER),
        (false, "en mai"),
    ];
    assert_eq!(texts, expected);
}

#[tokio::test(start_paused = true)]
async fn the_trip_grows_from_turn_to_turn() {
    let (state, ..) = after(request("Je veux aller de Lyon à New York")).await;
    let codes = |place: &Option<agent::language::Place>| {
        place.as_ref().map(|place| place.codes[0].to_string())
    };
    assert_eq!(codes(&state.trip.origin).as_deref(), Some("LYS"));
    assert_eq!(codes(&state.trip.destination).as_deref(), Some("NYC"));
    assert_eq!(state.locale, Some(Locale::Fr));
    let next = TurnRequest {
        state,
        ..request("plutôt depuis Nantes, le 12 janvier")
    };
    let (state, ..) = after(next).await;
    assert_eq!(codes(&state.trip.origin).as_deref(), Some("NTE"));
    assert_eq!(codes(&state.trip.destination).as_deref(), Some("NYC"));
    assert_eq!(
        state.trip.depart_date.unwrap().from.to_string(),
        "2027-01-12"
    );
}

#[tokio::test(start_paused = true)]
async fn the_language_is_asked_for_or_said_or_that_of_the_conversation() {
    let (fr, en) = (Some(Locale::Fr), Some(Locale::En));
    for (asked, message, before, fallback, expected) in [
        (en, "Bonjour, je cherche un vol", None, Locale::Fr, en),
        (None, "Bonjour, je cherche un vol", en, Locale::En, fr),
        (None, "I am looking for a flight", fr, Locale::Fr, en),
        (None, "12", en, Locale::Fr, en),
        (None, "12", None, Locale::En, en),
    ] {
        let state = ConversationState {
            locale: before,
            ..ConversationState::default()
        };
        let turn = TurnRequest {
            locale: asked,
            fallback_locale: fallback,
            state,
            ..request(message)
        };
        assert_eq!(after(turn).await.0.locale, expected, "{message}");
    }
}

#[tokio::test(start_paused = true)]
async fn offers_and_proposals_of_tools_are_remembered_in_the_order_of_the_calls() {
    let world = World::new([
        // The first call ends last: what was called last counts all the same.
        calls(&[
            ("a", "show", r#"{"city": "Rome", "millis": 30}"#),
            ("b", "show", r#"{"city": "Oslo", "millis": 10}"#),
        ]),
        calls(&[("c", "propose_offer", r#"{"offer_id": "Oslo"}"#)]),
        says("Voulez-vous cette offre ?"),
    ]);
    let (end, state) = world.end(request("Je veux aller à Oslo")).await;
    assert_eq!(end, TurnEnd::Ok);
    assert_eq!(state.offers.len(), 1);
    assert_eq!(state.offers[0].id.0, "Oslo");
    assert_eq!(state.search, Some(fixtures::searched(fixtures::search())));
    let made = state.proposal.unwrap();
    assert_eq!(made.status, ProposalStatus::Pending);
    assert_eq!(made.offer, state.offers[0]);
    assert_eq!(made.expires_at, made.offer.expires_at);
}
