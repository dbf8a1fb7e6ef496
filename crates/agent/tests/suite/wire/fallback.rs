//! Turns that change the provider on their way, and chains that end.

use std::sync::Arc;

use agent::{
    llm::{Circuit, ModelErrorKind},
    planner::Planner,
};
use serde_json::json;
use testkit::llm::{Answer, Ending, Fault, LlmRequest, Reply, ToolCall};

use super::{
    super::{spans_of_a_turn::rooted, spans_recorder::Recorder, support::request},
    scene::{BOTH, CALM, WISH, agent, attempts, messages, model, other, play, serve},
};

/// Two calls with ids that not every provider would give.
fn search() -> Answer {
    let call = |id: &str, city: &str| ToolCall {
        id: id.to_owned(),
        name: "show".to_owned(),
        arguments: vec![json!({"city": city}).to_string()],
    };
    Answer {
        calls: vec![
            call("functions.show:0", "Rome"),
            call("functions.show:1", "Oslo"),
        ],
        ..Answer::text("Voyons.")
    }
}

fn told(request: &LlmRequest) -> Vec<String> {
    let results = request.tool_results().into_iter();
    results.map(|result| result.text).collect()
}

#[tokio::test]
async fn the_second_provider_goes_on_with_the_tools_results_of_the_first() {
    for protocol in BOTH {
        for (failure, kind) in [
            (Reply::from(Fault::status(401)), "authentication"),
            (
                Answer::text("Voi").ending(Ending::CutAfter(0)).into(),
                "connection",
            ),
        ] {
            let (recorder, _guard) = Recorder::install();
            let first = serve(move |request| match request.number {
                0 => search().into(),
                _ => failure.clone(),
            })
            .await;
            let second = serve(|request| match request.number {
                0 => Answer::call("show", json!({"city": "Riga"})),
                _ => Answer::text("Voici."),
            })
            .await;
            let models = vec![model(protocol, &first), model(other(protocol), &second)];
            let played = play(&agent(models, CALM), rooted(WISH)).await;
            assert_eq!(played.answer(), "Voyons.\n\nVoici.");
            let requests = second.requests();
            assert_eq!(
                told(&requests[0]),
                ["An offer for Rome.", "An offer for Oslo."]
            );
            // It stays there, and its own prompts begin alike.
            assert_eq!(told(&requests[1]), ["An offer for Riga."]);
            assert!(messages(&requests[1]).starts_with(&messages(&requests[0])));
            assert_eq!(requests.len(), 2);
            let providers: Vec<_> = played.asked().iter().map(|(who, _)| *who).collect();
            let (one, two) = (providers[0], providers[providers.len() - 1]);
            assert_ne!(one, two);
            // Numbers begin anew with each request of the turn.
            let spans = recorder.spans();
            let attempts = attempts(&spans);
            let tries = first.requests().len() - 1;
            let fell = tries.to_string();
            let next = (tries + 1).to_string();
            let word = Some(kind);
            assert_eq!(attempts[0], ("1", None, None, true));
            assert_eq!(attempts[tries], (&*fell, word, Some("fallback"), false));
            assert_eq!(attempts[tries + 1], (&*next, None, None, true));
            assert_eq!(attempts[tries + 2], ("1", None, None, true));
            assert_eq!(attempts.len(), first.requests().len() + requests.len());
        }
    }
}

#[tokio::test]
async fn the_built_in_model_answers_when_nobody_else_does() {
    for protocol in BOTH {
        let (first, second) = (
            serve(|_| Fault::status(403)).await,
            serve(|_| Reply::Reset).await,
        );
        let models = vec![
            model(protocol, &first),
            model(other(protocol), &second),
            Arc::new(Planner),
        ];
        let played = play(&agent(models, CALM), request("Bonjour")).await;
        assert!(!played.answer().is_empty());
        assert_eq!((first.requests().len(), second.requests().len()), (1, 3));
        assert_eq!(played.asked().last(), Some(&("builtin", 1)));
    }
}

#[tokio::test]
async fn a_provider_that_keeps_failing_is_not_even_connected_to() {
    for protocol in BOTH {
        let (broken, spare) = (
            serve(|_| Fault::status(401)).await,
            serve(|_| Answer::text("Oui.")).await,
        );
        let models = vec![model(protocol, &broken), model(other(protocol), &spare)];
        let agent = agent(models, CALM);
        for _ in 0..7 {
            assert_eq!(play(&agent, request("Bonjour")).await.answer(), "Oui.");
        }
        assert_eq!((broken.requests().len(), spare.requests().len()), (5, 7));
        let circuits = agent.models().states().into_iter();
        let circuits: Vec<_> = circuits.map(|state| state.circuit).collect();
        assert_eq!(circuits, [Circuit::Open, Circuit::Closed]);
    }
}

#[tokio::test]
async fn a_dying_provider_is_not_hammered() {
    for protocol in BOTH {
        let (dying, spare) = (
            serve(|_| Fault::status(400)).await,
            serve(|_| Fault::status(500)).await,
        );
        let models = vec![model(protocol, &dying), model(other(protocol), &spare)];
        let agent = agent(models, CALM);
        let mut failures = Vec::new();
        for _ in 0..4 {
            failures.extend(play(&agent, request("Bonjour")).await.failure());
        }
        // Its circuit opens with the fifth failure, in the second turn: the sixth try is not made.
        assert_eq!(spare.requests().len(), 5);
        assert_eq!(failures[..2], [ModelErrorKind::Server; 2]);
        // From then on, what fails is the one that is asked.
        assert_eq!(failures[2..], [ModelErrorKind::BadRequest; 2]);
        // A request that is refused as wrong says nothing of the provider's health.
        assert_eq!(dying.requests().len(), 4);
    }
}
