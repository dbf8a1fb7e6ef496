//! Rounds of model and tools: ids, and which tools are offered.

use agent::{
    event::TurnEvent,
    intent::{self, Context, Intent},
    llm::{FinishReason, ModelEvent},
    message::Message,
    prompt::tier::Mode,
    turn::TurnRequest,
};

use super::{
    support::{Step, World, calls, piece, request, says},
    turn::answered,
};

#[tokio::test(start_paused = true)]
async fn call_ids_are_unique_in_the_turn() {
    let rome = r#"{"city": "Rome"}"#;
    let again = || {
        calls(&[
            ("a", "show", rome),
            ("a", "show", rome),
            ("call_0", "show", rome),
            ("", "show", rome),
        ])
    };
    let world = World::new([again(), again(), says("Voici.")]);
    let events = answered(&world, request("Un vol pour Rome")).await;
    let started: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            TurnEvent::ToolStarted { id, .. } => Some(&**id),
            _ => None,
        })
        .collect();
    let mut unique = started.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!((started.len(), unique.len()), (8, 8), "{started:?}");
    // A provider's own id stays: it is how its console finds the call.
    assert_eq!(started[0], "a");
    // What the model reads carries the same ids, each call its answer.
    let requests = world.requests();
    let (mut called, mut told) = (Vec::new(), Vec::new());
    for message in &requests[2].messages {
        match message {
            Message::Assistant { tool_calls, .. } => {
                called.extend(tool_calls.iter().map(|call| &*call.id));
            }
            Message::Tool { call_id, .. } => told.push(&**call_id),
            Message::System { .. } | Message::User { .. } => {}
        }
    }
    assert_eq!((&called, &told), (&started, &started));
}

#[tokio::test(start_paused = true)]
async fn the_tier_decides_which_tools_are_offered() {
    let all = ["act", "propose_offer", "show"];
    for (message, mode, offered) in [
        ("Bonjour", Mode::Full, &all[..0]),
        ("Je veux aller à New York", Mode::Fast, &all[1..]),
        ("Je veux aller à New York", Mode::Full, &all[..]),
    ] {
        let world = World::new([says("Bien.")]);
        answered(
            &world,
            TurnRequest {
                mode,
                ..request(message)
            },
        )
        .await;
        let names: Vec<_> = world.requests()[0]
            .tools
            .iter()
            .map(|tool| tool.name)
            .collect();
        assert_eq!(names, offered, "{message}");
    }
    assert_eq!(
        intent::detect("Bonjour", Context::default()).intent,
        Intent::SmallTalk
    );
}

#[tokio::test(start_paused = true)]
async fn a_tool_that_was_not_offered_does_not_run() {
    let (hang, rome) = (r#"{"deed": "hang"}"#, r#"{"city": "Rome"}"#);
    let (wish, known) = (
        "Je veux aller à New York",
        "unknown tool; the tools are propose_offer, show",
    );
    let none = "unknown tool; there are none in this turn";
    for (message, mode, tool, arguments, refusal) in [
        ("Bonjour", Mode::Full, "show", rome, none),
        (wish, Mode::Fast, "act", hang, known),
    ] {
        let world = World::new([calls(&[("a", tool, arguments)]), says("Bien.")]);
        let turn = TurnRequest {
            mode,
            ..request(message)
        };
        let events = answered(&world, turn).await;
        assert!(
            !events
                .iter()
                .any(|event| matches!(event, TurnEvent::Card(_)))
        );
        match world.requests()[1].messages.last() {
            Some(Message::Tool {
                text, failed: true, ..
            }) => assert_eq!(text, refusal),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_did_not_end_by_itself_says_so() {
    for (finish, told) in [
        (FinishReason::Length, "dépassait la longueur"),
        (FinishReason::ContentFilter, "a retenu la suite"),
        (FinishReason::Refusal, "n’a pas voulu répondre"),
    ] {
        for said in ["Voici", ""] {
            let steps = vec![piece(said), Step::Event(ModelEvent::Finish(finish))];
            let events = World::new([steps]).run(request("Bonjour")).await;
            let reply: String = events
                .iter()
                .filter_map(|event| match event {
                    TurnEvent::Delta(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            assert!(reply.starts_with(said) && reply.contains(told), "{reply}");
        }
    }
}
