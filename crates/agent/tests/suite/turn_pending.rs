//! What a turn makes of the question before it, and what it leaves for the next.

use std::sync::Arc;

use agent::{
    booking::ProposalStatus,
    conversation::{ConversationState, PastMessage},
    intent::Intent,
    language::{Pending, SlotName, Topic},
    llm::ModelEvent,
    turn::TurnRequest,
};

use super::{
    fixtures::{self, lyon, new_york, proposal, three_offers},
    support::{Step, World, request, says},
    turn_state::after,
};

fn waiting(pending: Pending) -> ConversationState {
    ConversationState {
        pending: Some(pending),
        ..ConversationState::default()
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_fills_what_was_asked_for_and_no_words_of_the_agent_count() {
    // The text before asks for something else: it is not read.
    let history = vec![Arc::new(PastMessage {
        by_agent: true,
        text: "Où souhaitez-vous aller ?".to_owned(),
        transcript: Vec::new(),
    })];
    for message in ["Lyon", "lyon !"] {
        let turn = TurnRequest {
            history: history.clone(),
            state: waiting(Pending::slot(SlotName::Origin)),
            ..request(message)
        };
        let (state, _, intent) = after(turn).await;
        assert_eq!(intent, Intent::Planning, "{message}");
        let codes = |place: &Option<agent::language::Place>| {
            place.as_ref().map(|place| place.codes[0].to_string())
        };
        assert_eq!(codes(&state.trip.origin).as_deref(), Some("LYS"));
        assert_eq!(state.trip.destination, None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_yes_to_another_question_is_none_to_the_proposal() {
    let made = proposal(three_offers().remove(0), ProposalStatus::Pending);
    let id = made.id.to_string();
    let elsewhere = Pending::Topic {
        topic: Topic::Time,
        said: "quelle heure est-il ?".to_owned(),
    };
    for (pending, confirmed) in [
        (None, true),
        (Some(Pending::Nothing), true),
        (Some(Pending::Yes { proposal: id }), true),
        (
            Some(Pending::Yes {
                proposal: "another".to_owned(),
            }),
            false,
        ),
        (Some(elsewhere), false),
        (Some(Pending::Search), false),
        (Some(Pending::WhichOffer), false),
        (Some(Pending::slot(SlotName::Origin)), false),
    ] {
        for yes in ["ok vas-y", "yes go ahead"] {
            let state = ConversationState {
                proposal: Some(made.clone()),
                offers: three_offers(),
                search: Some(fixtures::searched(fixtures::search())),
                pending: pending.clone(),
                ..ConversationState::default()
            };
            let (_, is_confirmed, _) = after(TurnRequest {
                state,
                ..request(yes)
            })
            .await;
            assert_eq!(is_confirmed, confirmed, "{yes} {pending:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_yes_to_a_search_is_a_wish() {
    for yes in ["oui", "yes please", "vas-y"] {
        let mut state = waiting(Pending::Search);
        state.trip.origin = Some(lyon());
        state.trip.destination = Some(new_york());
        let (_, confirmed, intent) = after(TurnRequest {
            state,
            ..request(yes)
        })
        .await;
        assert_eq!((confirmed, intent), (false, Intent::Planning), "{yes}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_is_kept_and_what_a_foreign_model_asks_is_not_known() {
    let asks = Pending::slot(SlotName::ReturnDate);
    let mut told = says("Quand ?");
    told.insert(
        0,
        Step::Event(ModelEvent::Beside(agent::llm::Beside::new(asks.clone()))),
    );
    for (answer, kept) in [(told, Some(asks)), (says("Quand ?"), None)] {
        let world = World::new([answer]);
        let turn = TurnRequest {
            state: waiting(Pending::Search),
            ..request("un vol pour Rome")
        };
        let (_, state) = world.end(turn).await;
        assert_eq!(state.pending, kept);
    }
}

#[test]
fn a_state_without_it_still_opens_and_every_kind_is_read_as_written() {
    let old: ConversationState = serde_json::from_str(r#"{"trip": {}, "offers": []}"#).unwrap();
    assert_eq!(old.pending, None);
    for pending in [
        Pending::Nothing,
        Pending::Slot {
            slot: SlotName::DepartDate,
            leg: 2,
        },
        Pending::Change {
            bare: SlotName::Origin,
        },
        Pending::WhichOffer,
        Pending::Topic {
            topic: Topic::Plugs,
            said: "quelles prises ?".to_owned(),
        },
        Pending::Yes {
            proposal: "p".to_owned(),
        },
        Pending::Search,
    ] {
        let state = waiting(pending);
        let json = serde_json::to_string(&state).unwrap();
        assert_eq!(
            serde_json::from_str::<ConversationState>(&json).unwrap(),
            state
        );
    }
}
