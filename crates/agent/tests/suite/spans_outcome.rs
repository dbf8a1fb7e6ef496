//! Outcomes on spans: an error only where something failed, none where it was stopped.

use agent::{
    event::TurnEvent,
    store::{SqliteStore, Store},
};
use futures::StreamExt;
use tracing::Level;

use super::{
    spans_of_a_turn::{errors, named, rooted, seen},
    spans_recorder::Recorder,
    store::{finished, first_turn, next_turn},
    support::{Step, World, calls, piece, says},
};

#[tokio::test(start_paused = true)]
async fn only_what_failed_is_an_error() {
    let act = |deed: &str| format!(r#"{{"deed": "{deed}"}}"#);
    for (name, arguments, kind) in [
        ("fly", "{}".to_owned(), "unknown_tool"),
        ("show", "{".to_owned(), "bad_arguments"),
        ("show", "{}".to_owned(), "bad_arguments"),
        ("act", act("refuse"), "tool_error"),
        ("act", act("panic"), "panic"),
        ("act", act("hang"), "timeout"),
    ] {
        let world = World::new([calls(&[("a", name, &arguments)]), says("Voilà.")]);
        let spans = seen(&world).await;
        // The turn recovers: its root, and the calls of the model, are not marked.
        assert_eq!(errors(&spans), [("tool.call", kind)]);
        let tool = named(&spans, "tool.call")[0];
        assert_eq!(tool.value("tool.success"), Some("false"));
        let shown = if name == "fly" { "_OTHER" } else { name };
        assert_eq!(tool.value("tool.name"), Some(shown));
        assert!(tool.events.iter().all(|(level, _)| *level != Level::ERROR));
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_that_quotes_the_model_stays_off_the_span_and_its_log() {
    for arguments in [
        r#"{"jeanne@example.com": "Rome"}"#,
        r#"{"city": "Rome", "millis": "jeanne@example.com"}"#,
    ] {
        let world = World::new([calls(&[("a", "show", arguments)]), says("Voilà.")]);
        let spans = seen(&world).await;
        assert_eq!(errors(&spans), [("tool.call", "bad_arguments")]);
        let tool = named(&spans, "tool.call")[0];
        let description = "the arguments cannot be used";
        assert_eq!(tool.value("otel.status_description"), Some(description));
        assert_eq!(tool.logged, [description, "bad_arguments"]);
        assert!(!format!("{spans:?}").contains("jeanne"), "{spans:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_turn_marks_its_root_and_what_failed() {
    let fatal = calls(&[("a", "act", r#"{"deed": "fatal"}"#)]);
    for (script, expected) in [
        (
            fatal,
            [
                ("agent.iteration", "tool_failed"),
                ("tool.call", "tool_failed"),
            ]
            .to_vec(),
        ),
        (
            vec![piece("Bon")],
            vec![
                ("agent.iteration", "connection"),
                ("llm.call", "connection"),
            ],
        ),
        (
            vec![Step::Panic],
            vec![
                ("agent.iteration", "bad_response"),
                ("llm.call", "bad_response"),
            ],
        ),
        // The model did nothing wrong: it was cut off.
        (
            vec![piece("Bon"), Step::Hang],
            vec![("agent.iteration", "deadline")],
        ),
    ] {
        let spans = seen(&World::new([script])).await;
        assert_eq!(errors(&spans), expected);
        let root = &spans[0];
        assert!(!root.values.contains_key("agent.response_length"));
        let levels: Vec<_> = root.events.iter().map(|(level, _)| *level).collect();
        assert_eq!(levels, [Level::ERROR, Level::INFO]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stopped_turn_has_no_outcome() {
    for (script, tool) in [
        (vec![piece("Bon"), Step::Hang], false),
        (calls(&[("a", "act", r#"{"deed": "hang"}"#)]), true),
    ] {
        let (recorder, _guard) = Recorder::install();
        let world = World::new([script]);
        let mut events = world.agent.run_turn(rooted("Un vol pour Rome"));
        let last = |event: &TurnEvent| match event {
            TurnEvent::ToolStarted { .. } => tool,
            TurnEvent::Delta(_) => true,
            _ => false,
        };
        while !last(&events.next().await.unwrap()) {}
        assert!(futures::poll!(events.next()).is_pending());
        drop(events);
        let spans = recorder.spans();
        assert_eq!(errors(&spans), []);
        assert!(spans.iter().all(|span| span.closed));
        let root = &spans[0];
        assert!(!root.values.contains_key("agent.response_length"));
        assert_eq!(root.value("agent.iterations"), Some("1"));
        assert_eq!(
            root.events,
            [(Level::INFO, "Chat response ready".to_owned())]
        );
        let cut = spans.last().unwrap();
        assert_eq!(cut.name, if tool { "tool.call" } else { "llm.call" });
        assert!(!cut.values.contains_key("tool.success"));
        assert!(!cut.values.contains_key("llm.finish_reason"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_turn_stopped_before_it_began_is_recorded_too() {
    let (recorder, _guard) = Recorder::install();
    let world = World::new([says("Bonjour")]);
    drop(world.agent.run_turn(rooted("Bonjour")));
    let spans = recorder.spans();
    assert_eq!(spans.len(), 1);
    assert!(spans[0].closed);
    assert_eq!(spans[0].value("agent.intent"), Some("unknown"));
    assert_eq!(spans[0].value("agent.iterations"), Some("0"));
    assert!(spans[0].value("session.id").is_some());
    assert!(world.requests().is_empty());
}

#[tokio::test]
async fn a_refusal_of_the_store_is_no_failure() {
    let (recorder, _guard) = Recorder::install();
    let store = SqliteStore::open("sqlite::memory:").await.unwrap();
    let first = first_turn("Bonjour");
    store.begin_turn(&first).await.unwrap();
    store
        .begin_turn(&next_turn(&first, "Encore"))
        .await
        .unwrap_err();
    store
        .finish_turn(&finished(&first, "Bonjour !", None))
        .await
        .unwrap();
    let spans = recorder.spans();
    let stores = named(&spans, "store");
    let names: Vec<_> = stores
        .iter()
        .filter_map(|span| span.value("otel.name"))
        .collect();
    assert_eq!(
        names,
        ["store.begin_turn", "store.begin_turn", "store.finish_turn"]
    );
    assert_eq!(errors(&spans), []);
}
