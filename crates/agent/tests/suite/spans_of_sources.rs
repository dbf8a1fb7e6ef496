//! Each question to a source is a span below the call that asks, and the call says whom it asked.

use std::sync::Arc;

use agent::{
    capability::{
        self, Sources,
        stays::{StayQuery, StaySource},
    },
    conversation::ConversationState,
    faults::Faults,
    locale::Locale,
    message::ToolCall,
    prompt::tier::Tier,
    sources::SourceError,
    tools::{Finished, ToolContext},
    travel::Currency,
};
use async_trait::async_trait;
use guide::stays::{HotelPrice, Rental};
use serde_json::{Value, json};

use super::{
    spans_of_a_turn::{errors, named},
    spans_recorder::{Recorder, Seen},
    support::TOOL_TIMEOUT,
};

/// What each tool is asked, and which questions its sources get.
fn calls() -> Vec<(&'static str, Value, &'static [&'static str])> {
    let stay = json!({"city": "LIS", "check_in": "2027-03-11", "check_out": "2027-03-14"});
    let with = |name: &str, value: Value| {
        let mut all = stay.clone();
        all[name] = value;
        all
    };
    let way = json!({"departure": "LYS", "arrival": "LIS", "date": "2027-03-11"});
    let month = json!({"departure": "LYS", "arrival": "LIS", "month": "2027-03"});
    let mut window = month.clone();
    window["nights"] = 3.into();
    vec![
        ("search_flights", way, &["source.search"]),
        ("find_cheapest_dates", month, &["source.calendar"]),
        ("search_hotels", stay.clone(), &["source.hotels"]),
        ("search_vacation_rentals", stay.clone(), &["source.rental"]),
        ("get_destination_context", stay.clone(), &["source.context"]),
        (
            "find_cultural_activities",
            json!({"city": "LIS"}),
            &["source.sights"],
        ),
        (
            "recommend_restaurants",
            json!({"city": "LIS"}),
            &["source.dishes", "source.quarters"],
        ),
        ("create_visit_itinerary", stay.clone(), &["source.plan"]),
        (
            "calculate_total_cost",
            with("departure", "LYS".into()),
            &["source.search", "source.hotels"],
        ),
        ("find_trip_window", window, &["source.calendar"]),
        // As many places as it likes, and one question.
        (
            "suggest_destinations",
            json!({"departure": "LYS", "month": "2027-03", "warmth": "warm"}),
            &["source.calendar"],
        ),
    ]
}

async fn call(sources: &Sources, name: &str, arguments: &Value) -> (Finished, Vec<Seen>) {
    let (recorder, _guard) = Recorder::install();
    let context = ToolContext {
        now: "2026-11-29T09:00:00+01:00[Europe/Paris]".parse().unwrap(),
        locale: Locale::Fr,
        currency: Currency::eur(),
        state: Arc::new(ConversationState::default()),
        confirmed: None,
        tier: Tier::Full,
        direct: None,
        conversation: None,
        capture_content: false,
    };
    let call = ToolCall {
        id: "a".to_owned(),
        name: name.to_owned(),
        arguments: arguments.to_string(),
    };
    let tools = capability::registry(TOOL_TIMEOUT, Faults::default(), sources);
    let finished = tools.dispatch(&context, call).await;
    (finished, recorder.spans())
}

#[tokio::test]
async fn each_question_to_a_source_is_a_span_below_its_call() {
    for (name, arguments, wanted) in calls() {
        let (finished, spans) = call(&Sources::offline(), name, &arguments).await;
        assert!(finished.result.is_ok(), "{name}: {:?}", finished.result);
        let calls = named(&spans, "tool.call");
        let [tool] = calls[..] else {
            panic!("{name}: {spans:?}")
        };
        assert!(tool.value("tool.source").is_some(), "{name}");
        let asked = named(&spans, "source");
        let names: Vec<_> = asked.iter().map(|span| span.value("otel.name")).collect();
        let wanted: Vec<_> = wanted.iter().copied().map(Some).collect();
        assert_eq!(names, wanted, "{name}");
        for span in asked {
            assert_eq!(span.parent, Some(tool.id), "{name}");
            assert!(span.closed && span.value("tool.source").is_some(), "{name}");
            let count: usize = span.value("tool.result_count").unwrap().parse().unwrap();
            assert!(count > 0, "{name}");
        }
        assert_eq!(errors(&spans), [], "{name}");
    }
}

/// Nights that cannot be had.
struct Away(SourceError);

#[async_trait]
impl StaySource for Away {
    fn name(&self) -> &'static str {
        "away"
    }

    async fn hotels(&self, _: &StayQuery) -> Result<Vec<HotelPrice>, SourceError> {
        Err(self.0.clone())
    }

    async fn rental(&self, _: &StayQuery) -> Result<Option<Rental>, SourceError> {
        Ok(None)
    }
}

#[tokio::test]
async fn a_source_that_fails_marks_its_span_and_its_call() {
    let stay = json!({"city": "LIS", "check_in": "2027-03-11", "check_out": "2027-03-14"});
    for error in [
        SourceError::Unavailable,
        SourceError::Timeout,
        SourceError::RateLimited,
        SourceError::Unsupported("nights"),
    ] {
        let kind = error.error_type();
        let sources = Sources {
            stays: Arc::new(Away(error)),
            ..Sources::offline()
        };
        let (_, spans) = call(&sources, "search_hotels", &stay).await;
        assert_eq!(errors(&spans), [("tool.call", kind), ("source", kind)]);
        let (_, spans) = call(&sources, "search_vacation_rentals", &stay).await;
        let asked = named(&spans, "source");
        assert_eq!(asked[0].value("tool.source"), Some("away"));
        assert_eq!(asked[0].value("tool.result_count"), Some("0"));
        assert_eq!(errors(&spans), []);
    }
}
