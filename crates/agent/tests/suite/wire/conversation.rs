//! Conversations of several turns: each prompt begins with the one before, whoever is asked.

use std::sync::Arc;

use agent::{
    Agent, conversation::PastMessage, event::TurnEvent, message::Message, turn::TurnRequest,
};
use serde_json::json;
use testkit::llm::{Answer, Ending, Entry, LlmRequest, LlmServer};

use super::{
    super::support::request,
    scene::{BOTH, CALM, Played, agent, alone, messages, model, other, play, serve},
};

/// Plays a conversation: each turn has the history of those before, as it is stored.
async fn talk<const N: usize>(agent: &Arc<Agent>, said: [&str; N]) -> Vec<Played> {
    let mut next = request("");
    let mut all = Vec::with_capacity(N);
    for message in said {
        let turn = TurnRequest {
            message: message.to_owned(),
            ..next.clone()
        };
        let played = play(agent, turn).await;
        if let Some(TurnEvent::Ended { state, .. }) = played.0.last() {
            next.state = (**state).clone();
        }
        let past = |by_agent, text: &str, transcript| {
            Arc::new(PastMessage {
                by_agent,
                text: text.to_owned(),
                transcript,
            })
        };
        next.history.push(past(false, message, Vec::new()));
        // As the store gives it back.
        let stored = serde_json::to_string(&played.transcript()).unwrap();
        let transcript: Vec<Message> = serde_json::from_str(&stored).unwrap();
        next.history.push(past(true, &played.said(), transcript));
        all.push(played);
    }
    all
}

/// Calls two tools, one of them wrongly, whenever the person has just spoken.
fn searching(request: &LlmRequest) -> Answer {
    match request.tool_results().is_empty() {
        true => Answer::text("Je cherche. ")
            .and_call("show", json!({"city": "Rome"}))
            .and_raw_call("show", "{\"city\":"),
        false => Answer::text("Voici un vol."),
    }
}

const WISHES: [&str; 3] = [
    "Je veux un vol pour Rome",
    "Plutôt un vol pour Oslo",
    "Un vol pour New York le 12 janvier",
];

fn assert_prefixes(server: &LlmServer, count: usize) {
    let requests = server.requests();
    assert_eq!(requests.len(), count);
    for pair in requests.windows(2) {
        let (before, after) = (messages(&pair[0]), messages(&pair[1]));
        assert!(after.starts_with(&before), "{before:#?}\n{after:#?}");
        assert!(after.len() > before.len());
        for key in ["tools", "system"] {
            assert_eq!(pair[0].body[key], pair[1].body[key], "{key}");
        }
    }
}

#[tokio::test]
async fn each_prompt_begins_with_the_one_before() {
    for protocol in BOTH {
        let server = serve(searching).await;
        for played in talk(&alone(protocol, &server), WISHES).await {
            assert_eq!(played.answer(), "Je cherche. \n\nVoici un vol.");
        }
        assert_prefixes(&server, 6);
    }
}

#[tokio::test]
async fn small_talk_after_a_search_has_neither_tools_nor_their_results() {
    for protocol in BOTH {
        let server = serve(|request| match request.tool_names().is_empty() {
            true => Answer::text("Avec plaisir !"),
            false => searching(request),
        })
        .await;
        let said = [WISHES[0], "Merci beaucoup !", WISHES[1]];
        let all = talk(&alone(protocol, &server), said).await;
        assert_eq!(all[1].answer(), "Avec plaisir !");
        let requests = server.requests();
        assert_eq!(requests.len(), 5);
        let light = &requests[2];
        let entries = light.conversation();
        assert!(!entries.iter().any(|entry| matches!(entry, Entry::Tool(_))));
        let texts = entries.iter().filter_map(|entry| match entry {
            Entry::Assistant { text, calls } => {
                assert!(calls.is_empty());
                Some(&**text)
            }
            _ => None,
        });
        assert_eq!(texts.collect::<Vec<_>>(), ["Je cherche. \n\nVoici un vol."]);
        // The search after it finds all of the first again.
        assert!(messages(&requests[3]).starts_with(&messages(&requests[1])));
    }
}

#[tokio::test]
async fn a_conversation_goes_on_with_another_provider() {
    for protocol in BOTH {
        let (before, after) = (serve(searching).await, serve(searching).await);
        let other = other(protocol);
        // Between the turns the operator has changed the model.
        let agents = [alone(protocol, &before), alone(other, &after)];
        let mut history = Vec::new();
        for (agent, said) in agents.iter().zip(WISHES) {
            let turn = TurnRequest {
                history: history.clone(),
                ..request(said)
            };
            let played = play(agent, turn).await;
            assert_eq!(played.answer(), "Je cherche. \n\nVoici un vol.");
            history = vec![
                Arc::new(PastMessage {
                    by_agent: false,
                    text: said.to_owned(),
                    transcript: Vec::new(),
                }),
                Arc::new(PastMessage {
                    by_agent: true,
                    text: played.said(),
                    transcript: played.transcript(),
                }),
            ];
        }
        let told = |server: &LlmServer| {
            let requests = server.requests();
            let entries = requests[1].conversation().into_iter();
            let of_tools = entries.filter_map(|entry| match entry {
                Entry::Tool(result) => Some(result.text),
                _ => None,
            });
            of_tools.collect::<Vec<_>>()
        };
        let (first, second) = (told(&before), told(&after));
        assert_eq!((first.len(), second.len()), (2, 4));
        assert!(second.starts_with(&first));
    }
}

#[tokio::test]
async fn an_answer_that_broke_is_history_like_any_other() {
    for protocol in BOTH {
        let server = serve(|request| match request.number {
            0 => Answer::text("Je cherche. ").and_call("show", json!({"city": "Rome"})),
            // In the middle of the next answer.
            1 => Answer::text("Voici un vol.").ending(Ending::CutAfter(2)),
            _ => Answer::text("Voici encore."),
        })
        .await;
        let all = talk(&alone(protocol, &server), [WISHES[0], WISHES[1]]).await;
        assert!(all[0].failure().is_some());
        assert_eq!(all[0].said(), "Je cherche. \n\nVoici un ");
        assert_eq!(all[1].answer(), "Voici encore.");
        assert_prefixes(&server, 3);
        assert!(
            messages(&server.requests()[2])
                .iter()
                .any(|m| m.contains("Voici un"))
        );
    }
}

#[tokio::test]
async fn two_agents_send_the_same_bytes_for_the_same_turn() {
    for protocol in BOTH {
        let server = serve(|_| Answer::text("Bien.")).await;
        for _ in 0..2 {
            play(
                &agent(vec![model(protocol, &server)], CALM),
                request(WISHES[0]),
            )
            .await;
        }
        let requests = server.requests();
        assert_eq!(requests[0].body.to_string(), requests[1].body.to_string());
    }
}
