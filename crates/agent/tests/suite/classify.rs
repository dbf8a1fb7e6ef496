//! A second opinion on messages that the classifier is unsure of.

use std::time::Duration;

use agent::{
    agent::{Classify, Options},
    booking::ProposalStatus,
    event::{TurnEnd, TurnEvent},
    faults::Faults,
    intent::{self, Context, Intent},
    llm::{Circuit, FinishReason, ModelErrorKind, ModelEvent, ToolChoice},
    message::Message,
    prompt::tier::Mode,
    turn::TurnRequest,
};

use super::{
    fixtures,
    spans_of_a_turn::{errors, named, rooted},
    spans_recorder::Recorder,
    support::{ScriptedModel, Step, World, request, says},
};

/// The classifier has a guess here, and no more.
const UNSURE: &str = "et sinon";

fn world(classify: Classify, answers: [Vec<Step>; 2]) -> World {
    let model = ScriptedModel::new("one", move |nth| answers[nth].clone());
    World::on(vec![model], &Faults::default()).with(Options {
        classify,
        ..Options::default()
    })
}

async fn intent_of(world: &World, request: TurnRequest) -> Intent {
    let events = world.run(request).await;
    let found = events.iter().find_map(|event| match event {
        TurnEvent::Intent { name, .. } => Some(*name),
        _ => None,
    });
    found.expect("an intent")
}

#[tokio::test(start_paused = true)]
async fn a_model_settles_what_the_classifier_is_unsure_of() {
    let unsure = intent::detect(UNSURE, Context::default());
    assert!(unsure.confidence < 0.6, "{unsure:?}");
    let world = world(Classify::Full, [says("Travel_info."), says("Voilà.")]);
    let (recorder, _guard) = Recorder::install();
    assert_eq!(intent_of(&world, rooted(UNSURE)).await, Intent::TravelInfo);
    let requests = world.requests();
    let [question, answer] = &requests[..] else {
        panic!("{} requests", requests.len());
    };
    // A cheap question: no history, no tools.
    assert!(question.tools.is_empty());
    assert_eq!(question.tool_choice, ToolChoice::None);
    assert!(matches!(
        &question.messages[..],
        [Message::System { .. }, Message::User { .. }]
    ));
    assert!(!answer.tools.is_empty(), "a turn of planning");
    let spans = recorder.spans();
    let calls = named(&spans, "llm.call");
    let purposes: Vec<_> = calls.iter().map(|span| span.value("llm.purpose")).collect();
    assert_eq!(purposes, [Some("classification"), Some("answer")]);
    let detect = named(&spans, "agent.detect_intent")[0];
    assert_eq!(calls[0].parent, Some(detect.id));
    for span in [detect, named(&spans, "agent.iteration")[0]] {
        assert_eq!(span.value("agent.intent.source"), Some("model"));
        assert_eq!(span.value("agent.intent"), Some("travel_info"));
    }
    // It is no round.
    let root = named(&spans, "agent.iteration")[0];
    assert_eq!(root.value("agent.iterations"), Some("1"));
}

#[tokio::test(start_paused = true)]
async fn the_classifier_stands_where_the_model_fails_or_says_yes() {
    let guess = intent::detect(UNSURE, Context::default()).intent;
    for reply in [
        says("confirmation"),
        says("I cannot tell."),
        vec![Step::Fail(ModelErrorKind::Server)],
        vec![Step::Hang],
        vec![Step::Event(ModelEvent::Finish(FinishReason::Length))],
    ] {
        let world = world(Classify::Full, [reply, says("Voilà.")]);
        let (recorder, _guard) = Recorder::install();
        assert_eq!(intent_of(&world, rooted(UNSURE)).await, guess);
        let spans = recorder.spans();
        let root = named(&spans, "agent.iteration")[0];
        assert_eq!(root.value("agent.intent.source"), Some("embedded"));
        assert!(errors(&spans).iter().all(|(name, _)| *name == "llm.call"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_model_is_asked_only_where_it_may_be() {
    let fast = || TurnRequest {
        mode: Mode::Fast,
        ..request(UNSURE)
    };
    for (classify, turn, asked) in [
        (Classify::Full, request("Bonjour"), 1),
        (Classify::Off, request(UNSURE), 1),
        (Classify::Full, fast(), 1),
        (Classify::Always, fast(), 2),
    ] {
        let world = world(classify, [says("planning"), says("Voilà.")]);
        world.run(turn).await;
        assert_eq!(world.requests().len(), asked, "{classify:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn our_own_impatience_opens_no_circuit() {
    const TURNS: usize = 6;
    // The answers say nothing of the provider's health either way.
    let model = ScriptedModel::new("one", |nth| match nth % 2 {
        0 => vec![Step::Hang],
        _ => vec![Step::Fail(ModelErrorKind::BadRequest)],
    });
    let world = World::on(vec![model], &Faults::default()).with(Options {
        classify: Classify::Full,
        ..Options::default()
    });
    for nth in 1..=TURNS {
        let (recorder, _guard) = Recorder::install();
        let (end, _) = world.end(rooted(UNSURE)).await;
        assert!(matches!(end, TurnEnd::Failed(_)), "{end:?}");
        assert_eq!(world.requests().len(), 2 * nth);
        let spans = recorder.spans();
        let calls = named(&spans, "llm.call").into_iter();
        let failures: Vec<_> = calls.map(|span| span.value("error.type")).collect();
        assert_eq!(failures, [Some("timeout"), Some("bad_request")]);
    }
    assert_eq!(world.agent.models().states()[0].circuit, Circuit::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_second_opinion_is_no_probe() {
    let model = ScriptedModel::new("one", |nth| match nth {
        0..5 => vec![Step::Fail(ModelErrorKind::Authentication)],
        _ => says("Voilà."),
    });
    let world = World::on(vec![model], &Faults::default()).with(Options {
        classify: Classify::Full,
        ..Options::default()
    });
    for _ in 0..5 {
        world.run(request("Bonjour")).await;
    }
    let circuit = || world.agent.models().states()[0].circuit;
    assert_eq!(circuit(), Circuit::Open);
    tokio::time::advance(Duration::from_secs(15)).await;
    assert_eq!(circuit(), Circuit::HalfOpen);
    let (recorder, _guard) = Recorder::install();
    world.run(rooted(UNSURE)).await;
    let purposes = |spans: &[_]| {
        let calls = named(spans, "llm.call").into_iter();
        let purposes = calls.map(|span| span.value("llm.purpose").map(str::to_owned));
        purposes.collect::<Vec<_>>()
    };
    assert_eq!(purposes(&recorder.spans()), [Some("answer".to_owned())]);
    // Once it is known to be back, it is asked again.
    world.run(rooted(UNSURE)).await;
    assert_eq!(purposes(&recorder.spans()).len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_model_rejects_no_proposal() {
    // As unsure as the other one, and no rejection with a proposal either.
    let message = "au pire";
    let seen = Context {
        pending_proposal: true,
        ..Context::default()
    };
    let guess = intent::detect(message, seen);
    assert!(guess.confidence < 0.6 && guess.intent != Intent::Rejection);
    for (pending, expected) in [(true, guess.intent), (false, Intent::Rejection)] {
        let world = world(Classify::Full, [says("rejection"), says("Voilà.")]);
        let mut turn = request(message);
        if pending {
            let offers = fixtures::three_offers();
            let offer = offers[0].clone();
            turn.state.proposal = Some(fixtures::proposal(offer, ProposalStatus::Pending));
            turn.state.offers = offers;
        }
        assert_eq!(intent_of(&world, turn).await, expected);
        assert_eq!(world.requests().len(), 2, "it was asked");
    }
}
