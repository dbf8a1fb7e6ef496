//! Whole turns: text, tools in rounds, and what models get wrong about tools.

use std::sync::Arc;

use agent::{
    Agent,
    event::{Card, TurnEvent},
    faults::Faults,
    llm::Chain,
    prompt::tier::{Mode, Tier},
    tools::Registry,
    turn::TurnRequest,
};
use serde_json::json;
use testkit::llm::{Answer, Cuts, LlmRequest, Protocol, Usage};

use super::{
    super::support::{TOOL_TIMEOUT, request},
    scene::{BOTH, CALM, Played, WISH, alone, messages, model, play, serve},
};

const USAGE: Usage = Usage {
    prompt: 900,
    completion: 12,
    cached: 600,
    cache_write: 0,
    reasoning: 0,
};

/// What tools were told to the model since it last spoke.
fn results(request: &LlmRequest) -> Vec<String> {
    let results = request.tool_results().into_iter();
    results.map(|result| result.text).collect()
}

/// Whether a request leaves the model no tool to call.
fn is_last(request: &LlmRequest) -> bool {
    let choice = &request.body["tool_choice"];
    *choice == "none" || choice["type"] == "none"
}

fn rome() -> Answer {
    Answer::call("show", json!({"city": "Rome"}))
}

#[tokio::test]
async fn a_text_comes_piece_by_piece_with_its_tokens() {
    for protocol in BOTH {
        let text = "Bonjour ! Zürich, 東京\u{a0}: où voulez-vous aller ✈️ ?";
        let server = serve(move |_| Answer::text(text).with_usage(USAGE).cut(Cuts::Every(1))).await;
        let played = play(&alone(protocol, &server), request("Bonjour")).await;
        assert_eq!(played.answer(), text);
        let deltas = played.0.iter();
        let deltas = deltas.filter(|event| matches!(event, TurnEvent::Delta(_)));
        assert_eq!(deltas.count(), text.split_inclusive(' ').count());
        let usage = agent::llm::Usage {
            prompt: 900,
            completion: 12,
            cached: 600,
            cache_written: 0,
            reasoning: 0,
        };
        let told = TurnEvent::Usage {
            usage,
            cost_usd: None,
        };
        // Counts that come in parts are one account.
        let accounts = played.0.iter();
        let accounts: Vec<_> = accounts
            .filter(|event| matches!(event, TurnEvent::Usage { .. }))
            .collect();
        assert_eq!(accounts, [&told], "{protocol:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_tool_runs_between_two_requests() {
    for protocol in BOTH {
        let server = serve(|request| match request.number {
            0 => rome().and_text("Voyons. "),
            _ => Answer::text("Voici."),
        })
        .await;
        let played = play(&alone(protocol, &server), request(WISH)).await;
        assert_eq!(played.answer(), "Voyons. \n\nVoici.");
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(results(&requests[1]), ["An offer for Rome."]);
        // The second prompt begins with the first.
        assert!(messages(&requests[1]).starts_with(&messages(&requests[0])));
        for key in ["tools", "system", "model"] {
            assert_eq!(requests[0].body[key], requests[1].body[key], "{key}");
        }
    }
}

#[tokio::test]
async fn two_calls_of_one_answer_run_side_by_side() {
    for protocol in BOTH {
        let server = serve(|request| match request.number {
            // Each waits for the other.
            0 => Answer::call("show", json!({"city": "Rome", "meet": true, "millis": 20}))
                .and_call("show", json!({"city": "Oslo", "meet": true}))
                .cut(Cuts::Random(3)),
            _ => Answer::text("Voici."),
        })
        .await;
        let played = play(&alone(protocol, &server), request(WISH)).await;
        assert_eq!(played.answer(), "Voici.");
        let told = results(&server.requests()[1]);
        assert_eq!(told, ["An offer for Rome.", "An offer for Oslo."]);
    }
}

/// The model calls a tool wrongly, then as it should, then answers; what it was told of the first.
async fn corrected(protocol: Protocol, wrong: Answer) -> String {
    let server = serve(move |request| match request.number {
        0 => wrong.clone(),
        1 => rome(),
        _ => Answer::text("Voici."),
    })
    .await;
    let played = play(&alone(protocol, &server), request(WISH)).await;
    assert_eq!(played.answer(), "Voici.");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert_eq!(results(&requests[2]), ["An offer for Rome."]);
    results(&requests[1]).remove(0)
}

#[tokio::test]
async fn a_model_that_calls_wrongly_is_told_and_corrects_itself() {
    for protocol in BOTH {
        for broken in [
            r#"{"city": Rome}"#,
            r#"{"city": "Ro"#,
            "Rome",
            r#"["Rome"]"#,
        ] {
            let wrong = Answer::default().and_raw_call("show", broken);
            let told = corrected(protocol, wrong).await;
            assert!(told.contains("arguments"), "{protocol:?}, {broken}: {told}");
        }
        for invented in ["fly_me", "fly me!", "réserver", &"x".repeat(80)] {
            let wrong = Answer::call(invented, json!({"to": "Rome"}));
            let told = corrected(protocol, wrong).await;
            assert!(
                told.contains("act, propose_offer, show"),
                "{invented}: {told}"
            );
        }
    }
}

#[tokio::test]
async fn a_call_without_arguments_is_one_of_an_empty_object() {
    for protocol in BOTH {
        let silent = Answer::default().and_raw_call("show", "");
        let told = corrected(protocol, silent).await;
        assert!(told.contains("missing field `city`"), "{told}");
    }
}

#[tokio::test]
async fn a_fact_that_no_tool_told_is_sent_back_once() {
    for protocol in BOTH {
        let server = serve(|request| match request.number {
            0 => rome(),
            1 => Answer::text("Il coûte 99 €."),
            _ => Answer::text("Je ne connais pas le prix."),
        })
        .await;
        let played = play(&alone(protocol, &server), request(WISH)).await;
        assert_eq!(
            played.answer(),
            "Il coûte 99 €.\n\nJe ne connais pas le prix."
        );
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests[2].user_text().contains("99 €"), "{protocol:?}");
        assert!(is_last(&requests[2]));
        assert!(messages(&requests[2]).starts_with(&messages(&requests[1])));
    }
}

#[tokio::test]
async fn the_last_round_must_answer() {
    let fast = || TurnRequest {
        mode: Mode::Fast,
        ..request(WISH)
    };
    for protocol in BOTH {
        let server = serve(|request| match is_last(request) {
            true => Answer::text("Assez cherché."),
            false => rome(),
        })
        .await;
        let played = play(&alone(protocol, &server), fast()).await;
        assert_eq!(played.answer(), "Assez cherché.");
        let requests = server.requests();
        let last: Vec<_> = requests.iter().map(is_last).collect();
        assert_eq!(last, [false, false, false, false, true]);
        // They stay in the prompt: the history holds calls.
        assert_eq!(requests[4].body["tools"], requests[0].body["tools"]);
        // A model that calls all the same has answered with its text.
        let server = serve(|_| rome().and_text("Encore.")).await;
        let played = play(&alone(protocol, &server), fast()).await;
        assert_eq!(played.answer(), ["Encore."; 5].join("\n\n"));
        assert_eq!(server.requests().len(), 5);
    }
}

#[tokio::test]
async fn an_answer_of_nothing_becomes_an_apology() {
    for protocol in BOTH {
        let server = serve(|_| Answer::default()).await;
        let played = play(&alone(protocol, &server), request(WISH)).await;
        assert!(played.answer().contains("reformuler"), "{}", played.said());
    }
}

/// All tools that the server offers.
fn real_tools() -> Registry {
    agent::capability::registry(
        TOOL_TIMEOUT,
        Faults::default(),
        &agent::capability::Sources::offline(),
    )
}

fn offers(played: &Played) -> usize {
    let cards = played.0.iter().filter_map(|event| match event {
        TurnEvent::Card(Card::FlightOffers { offers, .. }) => Some(offers.len()),
        _ => None,
    });
    cards.sum()
}

#[tokio::test]
async fn the_real_tools_are_offered_and_answer() {
    for protocol in BOTH {
        let server = serve(|request| match request.number {
            0 => Answer::call("get_airport_code", json!({"city": "Rome"})).and_call(
                "search_flights",
                json!({"departure": "LYS", "arrival": "NYC", "date": "2027-01-12"}),
            ),
            _ => Answer::text("Voici les vols."),
        })
        .await;
        let chain = Chain::new(vec![model(protocol, &server)], CALM);
        let agent = Arc::new(Agent::new(real_tools(), Faults::default()).on(chain));
        let wish = "Je veux un vol Lyon – New York le 12 janvier 2027";
        let played = play(&agent, request(wish)).await;
        assert_eq!(played.answer(), "Voici les vols.");
        assert!(offers(&played) > 0);
        let requests = server.requests();
        let all = real_tools().specs(Tier::Full).len();
        assert_eq!(requests[0].tool_names().len(), all);
        let told = results(&requests[1]);
        assert!(told[0].contains("FCO"), "{told:?}");
        assert!(told[1].contains("LYS"), "{told:?}");
    }
}
