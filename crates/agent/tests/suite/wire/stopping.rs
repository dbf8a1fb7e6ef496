//! A turn that is stopped hangs up on its provider.

use std::{sync::Arc, time::Duration};

use agent::{
    agent::TurnEvents,
    event::{TurnEnd, TurnEvent, TurnFailure},
    turn::TurnRequest,
};
use futures::StreamExt;
use serde_json::json;
use testkit::llm::{Answer, Ending, LlmServer, Outcome, Protocol, Reply};

use super::{
    super::{
        spans_of_a_turn::{errors, rooted},
        spans_recorder::Recorder,
        support::request,
    },
    scene::{BOTH, CALM, WISH, agent_running, alone, chat_request, model, play, serve},
};

/// Ways to stop a turn.
#[derive(Clone, Copy, Debug)]
enum Stop {
    Said,
    Dropped,
}

const WAYS: [Stop; 2] = [Stop::Said, Stop::Dropped];

/// Runs a turn until this event.
async fn run_until(events: &mut TurnEvents, until: impl Fn(&TurnEvent) -> bool) {
    while let Some(event) = events.next().await {
        if until(&event) {
            return;
        }
    }
    panic!("the turn ended before");
}

/// Runs a turn until the server has its first request.
async fn run_until_asked(events: &mut TurnEvents, server: &LlmServer) {
    let ended = async { while events.next().await.is_some() {} };
    tokio::select! {
        () = ended => panic!("the turn ended before"),
        asked = server.wait_for_requests(1) => assert_eq!(asked.unwrap().len(), 1),
    }
}

/// Stops the turn; what it still says.
async fn stop(mut events: TurnEvents, way: Stop) -> Vec<TurnEvent> {
    match way {
        Stop::Said => {
            events.stop();
            events.collect().await
        }
        Stop::Dropped => Vec::new(),
    }
}

#[tokio::test]
async fn before_the_first_token() {
    for (protocol, way) in BOTH.into_iter().flat_map(|p| WAYS.map(|way| (p, way))) {
        for reply in [
            Reply::Stall,
            Answer::text("a").ending(Ending::StallAfter(0)).into(),
        ] {
            let (recorder, _guard) = Recorder::install();
            let server = serve(move |_| reply.clone()).await;
            let agent = alone(protocol, &server);
            let mut events = agent.run_turn(rooted("Bonjour"));
            run_until_asked(&mut events, &server).await;
            let rest = stop(events, way).await;
            server.wait_for_hang_up(0).await.unwrap();
            // What was asked is charged, as far as anybody knows.
            match (way, &rest[..]) {
                (Stop::Said, [TurnEvent::Usage { usage, .. }]) => {
                    assert!(usage.prompt > 50 && usage.completion == 0, "{usage:?}");
                }
                (Stop::Dropped, []) => {}
                _ => panic!("{protocol:?} {way:?}: {rest:?}"),
            }
            // To be stopped is no failure.
            let spans = recorder.spans();
            assert!(errors(&spans).is_empty() && spans.iter().all(|span| span.closed));
            assert_eq!(server.requests().len(), 1);
        }
    }
}

#[tokio::test]
async fn between_two_tokens() {
    for (protocol, way) in BOTH.into_iter().flat_map(|p| WAYS.map(|way| (p, way))) {
        let server = serve(|_| Answer::text("Bonjour à vous").ending(Ending::StallAfter(2))).await;
        let agent = alone(protocol, &server);
        let mut events = agent.run_turn(request("Bonjour"));
        run_until(&mut events, |event| {
            *event == TurnEvent::Delta("à ".to_owned())
        })
        .await;
        stop(events, way).await;
        server.wait_for_hang_up(0).await.unwrap();
        assert_eq!(server.requests().len(), 1, "{protocol:?} {way:?}");
    }
}

#[tokio::test]
async fn while_a_tool_runs() {
    for (protocol, way) in BOTH.into_iter().flat_map(|p| WAYS.map(|way| (p, way))) {
        let server = serve(|_| {
            Answer::call("act", json!({"deed": "hang"})).and_call("show", json!({"city": "Rome"}))
        })
        .await;
        let running = Arc::new(());
        let agent = agent_running(vec![model(protocol, &server)], CALM, Arc::clone(&running));
        let mut events = agent.run_turn(request(WISH));
        // One of the two has answered; the other never does.
        let finished = |event: &TurnEvent| matches!(event, TurnEvent::ToolFinished { .. });
        run_until(&mut events, finished).await;
        // This one, the tool's, and that of the call.
        assert_eq!(Arc::strong_count(&running), 3);
        stop(events, way).await;
        assert_eq!(Arc::strong_count(&running), 2, "{protocol:?} {way:?}");
        // Nothing was left to hang up on, and nothing more is asked.
        let requests = server.requests();
        assert_eq!(requests.len(), 1);
        assert_ne!(requests[0].outcome, Outcome::Answering);
    }
}

/// A server that stalls in the middle of each answer.
async fn stalling() -> LlmServer {
    serve(|_| Answer::text("Bonjour à vous").ending(Ending::StallAfter(1))).await
}

#[tokio::test]
async fn at_the_deadline_of_the_turn() {
    // What a process computes once must not use the deadline up.
    chat_request().await;
    let scene = async |protocol| {
        let server = stalling().await;
        let hasty = TurnRequest {
            deadline: Duration::from_secs(2),
            ..request("Bonjour")
        };
        let played = play(&alone(protocol, &server), hasty).await;
        assert_eq!(*played.end(), TurnEnd::Failed(TurnFailure::Deadline));
        assert_eq!(played.said(), "Bonjour ");
        server.wait_for_hang_up(0).await.unwrap();
    };
    futures::join!(scene(Protocol::OpenAi), scene(Protocol::Anthropic));
}

#[tokio::test]
async fn when_the_server_shuts_down() {
    for protocol in BOTH {
        let server = stalling().await;
        let request = request("Bonjour");
        let draining = request.draining.clone();
        let mut events = alone(protocol, &server).run_turn(request);
        run_until(&mut events, |event| matches!(event, TurnEvent::Delta(_))).await;
        draining.cancel();
        let rest: Vec<_> = events.collect().await;
        let Some(TurnEvent::Ended { end, .. }) = rest.last() else {
            panic!("{rest:?}");
        };
        assert_eq!(*end, TurnEnd::Failed(TurnFailure::Draining));
        server.wait_for_hang_up(0).await.unwrap();
    }
}
