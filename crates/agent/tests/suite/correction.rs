//! Replies that hold what no tool returned, and words that look like booking references.

use std::{sync::Arc, time::Duration};

use agent::{
    conversation::PastMessage,
    event::{TurnEnd, TurnEvent},
    llm::{ModelErrorKind, ToolChoice},
    message::Message,
    transcript::TranscriptBuilder,
    turn::TurnRequest,
};
use futures::StreamExt;

use super::{
    spans_of_a_turn::{named, rooted},
    spans_recorder::Recorder,
    support::{Step, World, calls, piece, request, says},
};

const WISH: &str = "Je veux aller à Rome";
/// No tool has said any of this.
const INVENTED: &str = "Le vol AF 1234 part à 10:35 et coûte 199 €.";

/// The reply, what is flagged, and the end.
fn told(events: &[TurnEvent]) -> (String, Vec<String>, &TurnEnd) {
    let (mut reply, mut flagged) = (String::new(), Vec::new());
    for event in events {
        match event {
            TurnEvent::Delta(text) => reply.push_str(text),
            TurnEvent::Ungrounded(facts) => flagged.clone_from(facts),
            TurnEvent::Ended { end, .. } => return (reply, flagged, end),
            _ => {}
        }
    }
    panic!("no end");
}

#[tokio::test(start_paused = true)]
async fn invented_facts_are_flagged_and_corrected_once() {
    let world = World::unchecked([
        calls(&[("a", "show", r#"{"city": "Rome"}"#)]),
        says(INVENTED),
        says("Je n’ai en fait ni numéro, ni horaire, ni prix pour ce vol."),
    ]);
    let (recorder, _guard) = Recorder::install();
    let events = world.run(rooted(WISH)).await;
    let (reply, flagged, end) = told(&events);
    assert_eq!(
        reply,
        format!("{INVENTED}\n\nJe n’ai en fait ni numéro, ni horaire, ni prix pour ce vol.")
    );
    assert_eq!(flagged, ["AF 1234", "10:35", "199 €"]);
    assert_eq!(end, &TurnEnd::Ok);
    // The model is told which, and may call nothing.
    let requests = world.requests();
    let last = requests.last().unwrap();
    assert_eq!(last.tool_choice, ToolChoice::None);
    let Some(Message::User { text, .. }) = last.messages.last() else {
        panic!("{:#?}", last.messages);
    };
    assert!(text.contains("AF 1234; 10:35; 199 €"), "{text}");
    // It is a call of its own, and no round.
    let spans = recorder.spans();
    let root = named(&spans, "agent.iteration")[0];
    assert_eq!(root.value("agent.ungrounded_facts"), Some("3"));
    assert_eq!(root.value("agent.iterations"), Some("2"));
    let calls = named(&spans, "llm.call");
    let purposes: Vec<_> = calls
        .iter()
        .map(|span| span.value("llm.purpose").unwrap())
        .collect();
    assert_eq!(purposes, ["answer", "answer", "correction"]);
    // What is kept of the turn is what was said: nobody wrote the request.
    let transcript = transcript(&events);
    let roles = transcript.iter().map(|message| match message {
        Message::System { .. } => "system",
        Message::User { .. } => "user",
        Message::Assistant { .. } => "assistant",
        Message::Tool { .. } => "tool",
    });
    assert_eq!(
        roles.collect::<Vec<_>>(),
        ["user", "assistant", "tool", "assistant"]
    );
    assert_eq!(transcript.last(), Some(&Message::assistant(reply)));
}

fn transcript(events: &[TurnEvent]) -> Vec<Message> {
    let mut transcript = TranscriptBuilder::default();
    events.iter().for_each(|event| transcript.push(event));
    transcript.finish()
}

#[tokio::test(start_paused = true)]
async fn an_invention_is_none_the_truer_for_being_repeated() {
    let correction = || says("Je n’en sais rien.");
    let world = World::unchecked([says(INVENTED), correction(), says(INVENTED), correction()]);
    let first = world.run(request(WISH)).await;
    let past = |by_agent, text: &str, transcript| {
        Arc::new(PastMessage {
            by_agent,
            text: text.to_owned(),
            transcript,
        })
    };
    let history = vec![
        past(false, WISH, Vec::new()),
        past(true, &told(&first).0, transcript(&first)),
    ];
    let again = TurnRequest {
        history,
        ..request("Tu es sûr ?")
    };
    let second = world.run(again).await;
    assert_eq!(told(&second).1, ["AF 1234", "10:35", "199 €"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_model_writes_into_an_argument_grounds_nothing() {
    let arguments = r#"{"city": "AF 1234 at 10:35 for 199 €", "nothing": 1}"#;
    let world = World::unchecked([
        calls(&[("a", "show", arguments)]),
        says(INVENTED),
        says("Je n’en sais rien."),
    ]);
    let events = world.run(request(WISH)).await;
    assert_eq!(told(&events).1.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_broke_off_or_was_stopped_is_flagged() {
    let breaks = vec![piece(INVENTED), Step::Fail(ModelErrorKind::Connection)];
    let events = World::unchecked([breaks]).run(request(WISH)).await;
    let (_, flagged, end) = told(&events);
    assert_eq!(flagged.len(), 3);
    assert!(matches!(end, TurnEnd::Failed(_)));

    let hangs = vec![piece(INVENTED), piece(" "), Step::Hang];
    let mut events = World::unchecked([hangs]).agent.run_turn(request(WISH));
    while !matches!(events.next().await, Some(TurnEvent::Delta(_))) {}
    events.stop();
    let rest: Vec<_> = events.collect().await;
    let flags =
        |event: &TurnEvent| matches!(event, TurnEvent::Ungrounded(facts) if facts.len() == 3);
    assert!(rest.iter().any(flags), "{rest:?}");
}

#[tokio::test(start_paused = true)]
async fn a_correction_that_hangs_does_not_fail_the_turn() {
    let world = World::unchecked([says(INVENTED), vec![piece("Je corrige "), Step::Hang]]);
    let hurried = TurnRequest {
        deadline: Duration::from_secs(3),
        ..request(WISH)
    };
    let start = tokio::time::Instant::now();
    let events = world.run(hurried).await;
    let (reply, flagged, end) = told(&events);
    assert_eq!((flagged.len(), end), (3, &TurnEnd::Ok));
    assert!(reply.ends_with("\n\nJe corrige "), "{reply}");
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn a_correction_that_fails_leaves_the_flag() {
    for failure in [
        vec![Step::Fail(ModelErrorKind::Authentication)],
        vec![Step::Fail(ModelErrorKind::BadResponse)],
    ] {
        let world = World::unchecked([says(INVENTED), failure]);
        let events = world.run(request(WISH)).await;
        let (reply, flagged, end) = told(&events);
        assert_eq!((&*reply, end), (INVENTED, &TurnEnd::Ok));
        assert_eq!(flagged.len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_person_said_or_a_tool_returned_is_no_invention() {
    let world = World::unchecked([says(
        "Un vol à moins de 300 € au départ de 10:35 ? Je regarde.",
    )]);
    let events = world
        .run(request("Rome pour moins de 300 €, départ à 10:35"))
        .await;
    let (_, flagged, _) = told(&events);
    assert!(flagged.is_empty(), "{flagged:?}");
    assert_eq!(world.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reference_that_no_one_knows_is_never_sent() {
    // Cut in the middle of the word.
    let mut steps = vec![piece("Votre réservation X7"), piece("K2P"), piece("Q est")];
    steps.extend(says(" confirmée."));
    let world = World::unchecked([steps]);
    let events = world.run(request("Bonjour")).await;
    let (reply, _, _) = told(&events);
    assert_eq!(reply, "Votre réservation •••••• est confirmée.");
    // Nor is it in what the next prompt repeats.
    let transcript = events.iter().filter_map(|event| match event {
        TurnEvent::Transcript(Message::Assistant { text, .. }) => Some(text),
        _ => None,
    });
    assert!(transcript.into_iter().all(|text| !text.contains("X7K2PQ")));
}
