//! The events of a turn, as everyone sees them.

use agent::{
    event::{TurnEnd, TurnEvent},
    intent::{self, Context},
    llm::ToolChoice,
    locale::Locale,
    message::Message,
    prompt::tier::Mode,
    turn::TurnRequest,
    understood::{Chip, ChipKind, Understood},
};
use serde_json::json;

use super::{
    support::{USAGE, World, calls, piece, request, says},
    support_tools::shown,
};

/// What the classifier says of a message that nothing precedes.
fn intent(message: &str, locale: Locale) -> TurnEvent {
    let detection = intent::detect(message, Context::default());
    TurnEvent::Intent {
        name: detection.intent,
        confidence: detection.confidence,
        locale,
    }
}

fn round(number: u32) -> TurnEvent {
    TurnEvent::Round {
        number,
        provider: "scripted".to_owned(),
        model: "script-1".to_owned(),
    }
}

fn delta(text: &str) -> TurnEvent {
    TurnEvent::Delta(text.to_owned())
}

fn usage() -> TurnEvent {
    TurnEvent::Usage {
        usage: USAGE,
        cost_usd: Some(0.5),
    }
}

/// The reading of "Un vol pour Rome".
fn to_rome() -> Understood {
    let route = Chip {
        kind: ChipKind::Route,
        label: "… → Rome".to_owned(),
        remove: None,
        change: Some("Plutôt vers ".to_owned()),
    };
    Understood {
        chips: vec![route],
        ..Understood::default()
    }
}

/// The events that are shown, but the last, which must be the end of an answered turn.
pub(super) async fn answered(world: &World, request: TurnRequest) -> Vec<TurnEvent> {
    let mut events = world.run(request).await;
    let end = events.pop();
    let ok = matches!(
        end,
        Some(TurnEvent::Ended {
            end: TurnEnd::Ok,
            ..
        })
    );
    assert!(ok, "{end:?} after {events:#?}");
    events.retain(|event| !matches!(event, TurnEvent::Transcript(_)));
    events
}

#[tokio::test(start_paused = true)]
async fn a_plain_answer() {
    let mut pieces = says(" soir !");
    pieces.insert(0, piece("Bon"));
    let world = World::new([pieces]);
    assert_eq!(
        answered(&world, request("Bonjour")).await,
        [
            intent("Bonjour", Locale::Fr),
            TurnEvent::Understood(Understood::default()),
            round(1),
            delta("Bon"),
            delta(" soir !"),
            usage(),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_round_of_tools_then_an_answer() {
    let mut first = calls(&[("a", "show", r#"{"city": "Rome", "millis": 20}"#)]);
    first.insert(0, piece("Je regarde."));
    let world = World::new([first, says("Voici.")]);
    let (message, arguments) = ("Un vol pour Rome", json!({"city": "Rome", "millis": 20}));
    assert_eq!(
        answered(&world, request(message)).await,
        [
            intent(message, Locale::Fr),
            TurnEvent::Understood(to_rome()),
            round(1),
            delta("Je regarde."),
            usage(),
            TurnEvent::ToolStarted {
                id: "a".to_owned(),
                name: "show".to_owned(),
                arguments,
            },
            TurnEvent::ToolFinished {
                id: "a".to_owned(),
                success: true,
                result_count: 1,
                latency_ms: 20.0,
                error: None,
                source: Some("offline"),
            },
            TurnEvent::Card(shown("Rome").card.unwrap()),
            round(2),
            // Texts of two rounds are two paragraphs.
            delta("\n\n"),
            delta("Voici."),
            usage(),
        ]
    );
    let requests = world.requests();
    let [_, user, assistant, tool] = &requests[1].messages[..] else {
        panic!("{:#?}", requests[1].messages);
    };
    assert!(matches!(user, Message::User { text, .. } if text == message));
    match assistant {
        Message::Assistant { text, tool_calls } => {
            assert_eq!(text, "Je regarde.");
            assert_eq!((&*tool_calls[0].id, &*tool_calls[0].name), ("a", "show"));
        }
        other => panic!("{other:?}"),
    }
    match tool {
        Message::Tool {
            call_id,
            name,
            text,
            failed: false,
        } => {
            assert_eq!((&**call_id, &**name), ("a", "show"));
            assert_eq!(text, "An offer for Rome.");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_round_has_no_tools_and_must_answer() {
    for (mode, most) in [(Mode::Fast, 5), (Mode::Full, 8)] {
        let world = World::scripted(|_| calls(&[("a", "show", r#"{"city": "Rome"}"#)]));
        let events = answered(
            &world,
            TurnRequest {
                mode,
                ..request("Je veux aller à New York")
            },
        )
        .await;
        let requests = world.requests();
        assert_eq!(requests.len(), most, "{mode:?}");
        let (last, others) = requests.split_last().unwrap();
        assert_eq!(last.tool_choice, ToolChoice::None);
        assert!(others.iter().all(|request| !request.tools.is_empty()));
        let started = |event: &&TurnEvent| matches!(event, TurnEvent::ToolStarted { .. });
        assert_eq!(events.iter().filter(started).count(), most - 1);
        let text = "Je n’ai pas trouvé de réponse. Pouvez-vous reformuler votre demande ?";
        assert_eq!(events.last(), Some(&delta(text)));
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_never_blank() {
    for (message, blank, text) in [
        ("Bonjour", "", "Je n’ai pas trouvé de réponse. "),
        ("Bonjour", " \n", "Je n’ai pas trouvé de réponse. "),
        ("Good morning", "", "I found no answer. "),
    ] {
        let events = answered(&World::new([says(blank)]), request(message)).await;
        match events.last() {
            Some(TurnEvent::Delta(last)) => assert!(last.contains(text), "{last}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn empty_pieces_of_text_are_no_events() {
    let mut first = calls(&[("a", "show", r#"{"city": "Rome"}"#)]);
    first.splice(0..0, [piece(""), piece("Je regarde."), piece("")]);
    let mut second = says("Voici.");
    second.insert(0, piece(""));
    let events = answered(&World::new([first, second]), request("Un vol pour Rome")).await;
    let texts: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            TurnEvent::Delta(text) => Some(&**text),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["Je regarde.", "\n\n", "Voici."]);
}
