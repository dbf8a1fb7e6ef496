//! What an answered turn writes on its spans.

use agent::{telemetry::spans, turn::TurnRequest};
use tracing::Level;

use super::{
    spans_recorder::{Recorder, Seen},
    support::{World, calls, request, says},
};

pub(super) fn rooted(message: &str) -> TurnRequest {
    TurnRequest {
        root: spans::turn("page", message.chars().count()),
        ..request(message)
    }
}

/// The spans of a whole turn.
pub(super) async fn seen(world: &World) -> Vec<Seen> {
    let (recorder, _guard) = Recorder::install();
    world.run(rooted("Un vol pour Rome")).await;
    recorder.spans()
}

pub(super) fn named<'a>(spans: &'a [Seen], name: &str) -> Vec<&'a Seen> {
    spans.iter().filter(|span| span.name == name).collect()
}

/// Which spans are marked as failed: (name, error type).
pub(super) fn errors(spans: &[Seen]) -> Vec<(&str, &str)> {
    let failed = spans
        .iter()
        .filter(|span| span.value("otel.status_code") == Some("ERROR"));
    failed
        .map(|span| (span.name, span.value("error.type").unwrap()))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_turn_is_one_tree() {
    let world = World::new([
        calls(&[
            ("a", "show", r#"{"city": "Rome", "millis": 20}"#),
            ("b", "show", r#"{"city": "Oslo"}"#),
        ]),
        says("Voici."),
    ]);
    let spans = seen(&world).await;
    let names: Vec<_> = spans.iter().map(|span| span.name).collect();
    assert_eq!(
        names,
        [
            "agent.iteration",
            "agent.detect_intent",
            "llm.call",
            "tool.call",
            "tool.call",
            "llm.call"
        ]
    );
    assert_eq!(spans[0].parent, None);
    for span in &spans {
        assert!(span.closed, "{} is open", span.name);
        if span.name != "agent.iteration" {
            assert_eq!(span.parent, Some(spans[0].id), "{}", span.name);
        }
        for field in span.values.keys() {
            // Panics where a field is recorded twice.
            span.value(field);
        }
    }
    assert_eq!(errors(&spans), []);
    let root = &spans[0];
    for (field, value) in [
        ("agent.door", "page"),
        ("agent.intent", "planning"),
        ("agent.locale", "fr"),
        ("agent.reading.left_over", "0"),
        ("agent.prompt_type", "full"),
        ("agent.model_provider", "scripted"),
        ("agent.fast_mode", "false"),
        ("agent.iterations", "2"),
        ("agent.user_input_length", "16"),
        ("agent.response_length", "6"),
        ("session.id", "00000000-0000-0000-0000-000000000007"),
    ] {
        assert_eq!(root.value(field), Some(value), "{field}");
    }
    assert_eq!(
        root.events,
        [(Level::INFO, "Chat response ready".to_owned())]
    );
    for (field, value) in [
        ("llm.provider", "scripted"),
        ("llm.model", "script-1"),
        ("llm.tokens.prompt", "10"),
        ("llm.tokens.completion", "2"),
        ("llm.tokens.total", "12"),
        ("llm.tokens.cached", "4"),
        ("llm.estimated_cost_usd", "0.5"),
        ("llm.finish_reason", "stop"),
        ("llm.response_length", "6"),
        ("server.address", "model.test"),
        ("server.port", "443"),
    ] {
        assert_eq!(spans[5].value(field), Some(value), "{field}");
    }
    assert!(spans[5].value("llm.time_to_first_token_ms").is_some());
    for (field, value) in [
        ("tool.name", "show"),
        ("tool.success", "true"),
        ("tool.result_count", "1"),
        ("tool.source", "offline"),
        ("tool.city", "Rome"),
        ("gen_ai.tool.call.id", "a"),
    ] {
        assert_eq!(spans[3].value(field), Some(value), "{field}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_piece_of_text_is_no_first_token() {
    let spans = seen(&World::new([says("")])).await;
    let call = named(&spans, "llm.call")[0];
    assert!(!call.values.contains_key("llm.time_to_first_token_ms"));
}

#[tokio::test(start_paused = true)]
async fn no_word_of_the_conversation_is_recorded_unless_the_operator_wants_it() {
    let (asked, said) = ("Bonjour Zoé", "Enchanté.");
    for capture_content in [false, true] {
        let (recorder, _guard) = Recorder::install();
        let turn = TurnRequest {
            capture_content,
            ..rooted(asked)
        };
        World::new([says(said)]).run(turn).await;
        let spans = recorder.spans();
        let values = |span: &Seen| span.values.values().flatten().cloned().collect::<Vec<_>>();
        let on_spans = spans.iter().flat_map(values).collect::<Vec<_>>().join(" ");
        let logged: Vec<_> = spans.into_iter().flat_map(|span| span.logged).collect();
        for text in [asked, said] {
            assert_eq!(on_spans.contains(text), capture_content, "{on_spans}");
            assert_eq!(
                logged.iter().any(|value| value == text),
                capture_content,
                "{logged:?}"
            );
        }
    }
}
