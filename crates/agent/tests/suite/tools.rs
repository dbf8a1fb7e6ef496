//! Tool calls: side by side, refused, late, broken.

use std::sync::Arc;

use agent::{
    capability::flights::check_price::CheckPrice,
    conversation::ConversationState,
    event::{Card, TurnEnd, TurnEvent, TurnFailure},
    faults::Faults,
    llm::{ModelError, ModelErrorKind},
    locale::Locale,
    message::{Message, ToolCall},
    prompt::tier::Tier,
    sources::offline::OfflineFlights,
    tools::{Registry, ToolContext},
    travel::Currency,
};

use super::{
    fixtures,
    support::{Step, TOOL_TIMEOUT, World, calls, request, says},
};

/// Runs one call, then an answer; what the model was told of the call, and whether the turn went on.
async fn told(name: &str, arguments: &str) -> (Result<String, String>, TurnEnd) {
    let world = World::new([calls(&[("a", name, arguments)]), says("Voilà.")]);
    let (end, _) = world.end(request("Un vol pour Rome")).await;
    let requests = world.requests();
    let Some(Message::Tool { text, failed, .. }) = requests.last().unwrap().messages.last() else {
        panic!("no tool message: {:?}", requests.last());
    };
    let told = if *failed {
        Err(text.clone())
    } else {
        Ok(text.clone())
    };
    (told, end)
}

#[tokio::test(start_paused = true)]
async fn calls_of_a_round_run_at_the_same_time() {
    // Each waits for the other at a barrier: one after the other, they would never end.
    let world = World::new([
        calls(&[
            (
                "a",
                "show",
                r#"{"city": "Rome", "meet": true, "millis": 30}"#,
            ),
            (
                "b",
                "show",
                r#"{"city": "Oslo", "meet": true, "millis": 10}"#,
            ),
        ]),
        says("Voici."),
    ]);
    let events = world.run(request("Un vol pour Rome")).await;
    let line = |event: &TurnEvent| match event {
        TurnEvent::ToolStarted { id, .. } => Some(format!("start {id}")),
        TurnEvent::ToolFinished { id, latency_ms, .. } => Some(format!("end {id} {latency_ms}")),
        TurnEvent::Card(Card::FlightOffers { offers, .. }) => {
            Some(format!("card {}", offers[0].id.0))
        }
        _ => None,
    };
    let lines: Vec<_> = events.iter().filter_map(line).collect();
    assert_eq!(
        lines,
        [
            "start a",
            "start b",
            "end b 10",
            "end a 30",
            "card Rome",
            "card Oslo"
        ]
    );
    let requests = world.requests();
    let told: Vec<_> = requests[1].messages[3..]
        .iter()
        .map(|message| match message {
            Message::Tool { call_id, .. } => &**call_id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, ["a", "b"]);
}

#[tokio::test(start_paused = true)]
async fn a_bad_call_is_told_to_the_model_and_the_turn_goes_on() {
    for (name, arguments, problem) in [
        (
            "fly",
            "{}",
            "unknown tool; the tools are act, propose_offer, show",
        ),
        ("show", "city: Rome", "bad arguments: expected value"),
        ("show", "{", "bad arguments: EOF"),
        ("show", "[1]", "bad arguments: they must be a JSON object"),
        ("show", "null", "bad arguments: missing field `city`"),
        ("show", "{}", "bad arguments: missing field `city`"),
        ("show", "", "bad arguments: missing field `city`"),
        (
            "show",
            r#"{"town": "Rome"}"#,
            "bad arguments: unknown field `town`",
        ),
        (
            "show",
            r#"{"city": {"name": "Rome"}}"#,
            "bad arguments: city: invalid type: map",
        ),
        (
            "act",
            r#"{"deed": "dance"}"#,
            "bad arguments: deed: unknown variant `dance`",
        ),
        ("act", r#"{"deed": "refuse"}"#, "the scripted tool refuses"),
        ("act", r#"{"deed": "panic"}"#, "the tool failed internally"),
        ("act", r#"{"deed": "hang"}"#, "the tool took too long"),
        (
            "propose_offer",
            r#"{"offer_id": "x"}"#,
            "no offer of the last search has this id",
        ),
    ] {
        let (told, end) = told(name, arguments).await;
        let told = told.expect_err(name);
        assert!(told.starts_with(problem), "{name} {arguments}: {told}");
        assert_eq!(end, TurnEnd::Ok, "{name} {arguments}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_is_shown_as_null_and_the_error_is_in_the_event() {
    let script = [calls(&[("a", "show", "{")]), says("Voilà.")];
    let events = World::new(script).run(request("Un vol pour Rome")).await;
    let started = events.iter().find_map(|event| match event {
        TurnEvent::ToolStarted { arguments, .. } => Some(arguments.clone()),
        _ => None,
    });
    assert_eq!(started, Some(serde_json::Value::Null));
    let finished = events.iter().find_map(|event| match event {
        TurnEvent::ToolFinished {
            success,
            result_count,
            error,
            ..
        } => Some((*success, *result_count, error.clone().unwrap())),
        _ => None,
    });
    let (success, count, error) = finished.unwrap();
    assert_eq!((success, count), (false, 0));
    assert!(error.starts_with("bad arguments"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_tool_that_takes_too_long_is_stopped_and_the_others_are_kept() {
    let start = tokio::time::Instant::now();
    let world = World::new([
        calls(&[
            ("a", "act", r#"{"deed": "hang"}"#),
            ("b", "show", r#"{"city": "Rome"}"#),
        ]),
        says("Voici."),
    ]);
    let (end, state) = world.end(request("Un vol pour Rome")).await;
    assert_eq!((end, start.elapsed()), (TurnEnd::Ok, TOOL_TIMEOUT));
    assert_eq!(state.offers[0].id.0, "Rome");
    assert_eq!(world.open(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_fatal_error_ends_the_turn() {
    let world = World::new([calls(&[("a", "act", r#"{"deed": "fatal"}"#)])]);
    let (end, _) = world.end(request("Un vol pour Rome")).await;
    let failure = TurnFailure::Tool {
        name: "act".to_owned(),
        detail: "the scripted tool is broken".to_owned(),
    };
    assert_eq!(failure.error_type(), "tool_failed");
    assert_eq!(end, TurnEnd::Failed(failure));
    assert_eq!(world.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn injected_faults_come_at_the_nth_call() {
    let faults = Faults::parse("tool_error:2, panic:3,model_delay:2=1500,nonsense,panic:x");
    let script = |nth| match nth {
        0..3 => calls(&[("a", "show", r#"{"city": "Rome"}"#)]),
        _ => says("Voici."),
    };
    let world = World::with_faults(script, &faults);
    let start = tokio::time::Instant::now();
    let events = world.run(request("Un vol pour Rome")).await;
    assert_eq!(start.elapsed().as_millis(), 1500);
    let errors: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            TurnEvent::ToolFinished { error, .. } => Some(error.as_deref()),
            _ => None,
        })
        .collect();
    let broken = "the tool failed internally";
    assert_eq!(errors, [None, Some("injected tool error"), Some(broken)]);
}

#[tokio::test(start_paused = true)]
async fn no_model_gets_a_price_checked_without_the_persons_yes() {
    let registry = Registry::new(TOOL_TIMEOUT, Faults::default())
        .with(CheckPrice::new(Arc::new(OfflineFlights)));
    let offer = fixtures::three_offers().remove(0);
    let status = agent::booking::ProposalStatus::Pending;
    let context = ToolContext {
        now: fixtures::NOW.parse().unwrap(),
        locale: Locale::Fr,
        currency: Currency::eur(),
        state: Arc::new(ConversationState {
            proposal: Some(fixtures::proposal(offer, status)),
            ..ConversationState::default()
        }),
        confirmed: None,
        tier: Tier::Full,
        direct: None,
        conversation: None,
        capture_content: false,
    };
    for (arguments, problem) in [
        ("{}", "the person has not confirmed a proposal"),
        ("", "the person has not confirmed a proposal"),
        (r#"{"confirmed": true}"#, "bad arguments: unknown field"),
    ] {
        let call = ToolCall {
            id: "a".to_owned(),
            name: "check_price".to_owned(),
            arguments: arguments.to_owned(),
        };
        match registry.dispatch(&context, call).await.result {
            Err(told) => assert!(told.to_string().starts_with(problem), "{told}"),
            Ok(output) => panic!("{output:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_model_that_panics_between_tool_rounds_leaves_nothing_running() {
    let world = World::new([
        calls(&[("a", "show", r#"{"city": "Rome"}"#)]),
        vec![Step::Panic],
    ]);
    let (end, state) = world.end(request("Un vol pour Rome")).await;
    let panicked = ModelError::new(ModelErrorKind::BadResponse, "the adapter panicked");
    assert_eq!(end, TurnEnd::Failed(TurnFailure::Model(panicked)));
    assert_eq!(state.offers.len(), 1, "what was shown stays");
    assert_eq!(world.open(), (0, 0));
}

#[test]
fn the_schemas_of_all_tools_hold_only_what_every_server_takes() {
    const KEYWORDS: [&str; 9] = [
        "description",
        "enum",
        "items",
        "maximum",
        "minimum",
        "maxItems",
        "minItems",
        "required",
        "type",
    ];
    fn walk(schema: &serde_json::Value, at: &str) {
        for (key, value) in schema.as_object().unwrap() {
            match key.as_str() {
                "properties" => {
                    for (name, schema) in value.as_object().unwrap() {
                        walk(schema, &format!("{at}.{name}"));
                    }
                }
                "items" => walk(value, &format!("{at}[]")),
                key => assert!(KEYWORDS.contains(&key), "{at}: {key}"),
            }
        }
        assert!(schema["type"].is_string(), "{at}: {}", schema["type"]);
    }
    let tools = agent::capability::registry(
        TOOL_TIMEOUT,
        Faults::default(),
        &agent::capability::Sources::offline(),
    );
    let specs = tools.specs(Tier::Full);
    assert_eq!(specs.len(), tools.labels().count());
    for spec in specs.iter() {
        walk(&spec.parameters, spec.name);
    }
    let search = specs.iter().find(|spec| spec.name == "search_flights");
    let search = &search.unwrap().parameters["properties"];
    // What was said of each value stays, and so do the bounds.
    assert_eq!(search["cabin"]["enum"].as_array().unwrap().len(), 4);
    assert!(
        search["date"]["description"]
            .as_str()
            .unwrap()
            .contains("YYYY-MM-DD")
    );
    assert_eq!(search["adults"]["maximum"], 255);
}

#[tokio::test(start_paused = true)]
async fn what_the_schemas_no_longer_forbid_is_refused_when_a_call_is_read() {
    for arguments in [r#"{"offer_id": "a", "surprise": 1}"#, r#"{}"#] {
        let (told, end) = told("propose_offer", arguments).await;
        assert!(
            told.unwrap_err().starts_with("bad arguments"),
            "{arguments}"
        );
        assert_eq!(end, TurnEnd::Ok);
    }
}
