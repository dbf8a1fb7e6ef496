//! How turns end other than with an answer, and that nothing runs on after them.

use std::time::Duration;

use agent::{
    answer::{AnswerBuilder, AnswerStatus, TurnIds},
    event::{TurnEnd, TurnEvent, TurnFailure},
    llm::{ModelError, ModelErrorKind},
    locale::Locale,
    turn::TurnRequest,
};
use futures::StreamExt;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::support::{DEADLINE, Step, World, calls, piece, request, says};

const HANG: &str = r#"{"deed": "hang"}"#;

fn failed(kind: ModelErrorKind, detail: &str) -> TurnEnd {
    TurnEnd::Failed(TurnFailure::Model(ModelError::new(kind, detail)))
}

/// Texts, and the end.
fn outcome(mut events: Vec<TurnEvent>) -> (String, TurnEnd) {
    let Some(TurnEvent::Ended { end, .. }) = events.pop() else {
        panic!("no end after {events:#?}");
    };
    let text = |event: TurnEvent| match event {
        TurnEvent::Delta(text) => text,
        _ => String::new(),
    };
    (events.into_iter().map(text).collect(), end)
}

#[tokio::test(start_paused = true)]
async fn a_failing_model_ends_the_turn_and_its_text_stays() {
    let limited = Step::Fail(ModelErrorKind::RateLimited);
    for (steps, text, end) in [
        (
            vec![limited.clone()],
            "",
            failed(ModelErrorKind::RateLimited, "scripted"),
        ),
        (
            vec![piece("Bon"), limited, piece("jour")],
            "Bon",
            failed(ModelErrorKind::RateLimited, "scripted"),
        ),
        (
            vec![piece("Bon")],
            "Bon",
            failed(
                ModelErrorKind::Connection,
                "the stream ended without a finish reason",
            ),
        ),
        (
            vec![piece("Bon"), Step::Panic],
            "Bon",
            failed(ModelErrorKind::BadResponse, "the adapter panicked"),
        ),
    ] {
        let world = World::new([steps]);
        let (said, ended) = outcome(world.run(request("Bonjour")).await);
        assert_eq!((&*said, ended), (text, end));
        assert_eq!(world.open(), (0, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_keeps_no_usage_event_and_no_fallback_text() {
    let world = World::new([vec![Step::Fail(ModelErrorKind::Authentication)]]);
    let events = world.run(request("Bonjour")).await;
    assert!(
        matches!(
            &events[..],
            [
                TurnEvent::Intent { .. },
                TurnEvent::Understood(_),
                TurnEvent::Transcript(_),
                TurnEvent::Round { number: 1, .. },
                TurnEvent::Ended { .. }
            ]
        ),
        "{events:#?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_a_turn_whatever_it_waits_for() {
    let start = tokio::time::Instant::now();
    let world = World::new([vec![piece("Bon"), Step::Hang]]);
    let (text, end) = outcome(world.run(request("Bonjour")).await);
    assert_eq!(
        (&*text, end),
        ("Bon", TurnEnd::Failed(TurnFailure::Deadline))
    );
    assert_eq!(start.elapsed(), DEADLINE);
    assert_eq!(world.open(), (0, 0));

    let world = World::new([calls(&[("a", "act", HANG)])]);
    let short = TurnRequest {
        deadline: Duration::from_secs(1),
        ..request("Un vol pour Rome")
    };
    let (_, end) = outcome(world.run(short).await);
    assert_eq!(end, TurnEnd::Failed(TurnFailure::Deadline));
    assert_eq!(world.open(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn draining_ends_a_turn() {
    let draining = CancellationToken::new();
    let world = World::new([vec![piece("Bon"), Step::Hang]]);
    let mut events = world.agent.run_turn(TurnRequest {
        draining: draining.clone(),
        ..request("Bonjour")
    });
    while events.next().await != Some(TurnEvent::Delta("Bon".to_owned())) {}
    assert_eq!(world.open(), (1, 0));
    draining.cancel();
    let (_, end) = outcome(events.collect().await);
    assert_eq!(end, TurnEnd::Failed(TurnFailure::Draining));
    assert_eq!(world.open(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn dropping_the_stream_stops_the_model() {
    let world = World::new([vec![piece("Bon"), Step::Hang]]);
    let mut events = world.agent.run_turn(request("Bonjour"));
    while events.next().await != Some(TurnEvent::Delta("Bon".to_owned())) {}
    assert_eq!(world.open(), (1, 0));
    drop(events);
    assert_eq!(world.open(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn dropping_the_stream_stops_all_tools() {
    let world = World::new([calls(&[("a", "act", HANG), ("b", "act", HANG)])]);
    let mut events = world.agent.run_turn(request("Un vol pour Rome"));
    let mut started = 0;
    while started < 2 {
        let event = events.next().await.unwrap();
        started += u32::from(matches!(event, TurnEvent::ToolStarted { .. }));
    }
    // The tools run as soon as the stream is polled again; it then waits for them.
    assert!(futures::poll!(events.next()).is_pending());
    assert_eq!(world.open(), (0, 2));
    drop(events);
    assert_eq!(world.open(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn an_answer_folded_from_the_events_says_how_the_turn_ended() {
    let fold = |events: &[TurnEvent]| {
        let ids = TurnIds {
            conversation: Uuid::from_u128(1),
            user_message: Uuid::from_u128(2),
            message: Uuid::from_u128(3),
            trace: "0".repeat(32),
        };
        let mut answer = AnswerBuilder::new(ids, Locale::Fr);
        for (event, after_ms) in events.iter().zip((1..).map(f64::from)) {
            answer.push(event, after_ms);
        }
        answer.finish(1.0)
    };
    let script = [
        calls(&[("a", "show", r#"{"city": "Rome"}"#), ("b", "none", "{}")]),
        says("Voici."),
    ];
    let events = World::new(script).run(request("Un vol pour Rome")).await;
    let answer = fold(&events);
    assert_eq!(answer.status, AnswerStatus::Ok);
    assert_eq!((&*answer.reply, answer.iterations), ("Voici.", 2));
    let first = events
        .iter()
        .position(|event| matches!(event, TurnEvent::Delta(_)));
    let first = first.map(|at| at as f64 + 1.0);
    assert_eq!(answer.time_to_first_text_ms, first);
    assert!(first.is_some());
    assert_eq!(answer.cards.len(), 1);
    let success: Vec<_> = answer.tool_calls.iter().map(|call| call.success).collect();
    assert_eq!(success, [Some(true), Some(false)]);
    assert_eq!(answer.usage.total_tokens, 24);
    assert_eq!(answer.usage.estimated_cost_usd, Some(1.0));

    let before_the_end = fold(&events[..events.len() - 1]);
    assert_eq!(before_the_end.status, AnswerStatus::Stopped);
    let failed = World::new([vec![piece("Bon")]])
        .run(request("Bonjour"))
        .await;
    assert_eq!(fold(&failed).status, AnswerStatus::Error);
    assert_eq!(fold(&failed).reply, "Bon");
}
