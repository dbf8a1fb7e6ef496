//! Streamed turns: the events, their order, and how a reader comes back.

use reqwest::{Method, header};
use serde_json::{Value, json};

use super::{
    problem::{refused, refused_field},
    server::Server,
    visitor::{Events, SentEvent, Visitor},
};

/// A trip that is searched at once.
pub(super) fn search() -> String {
    format!("Un vol Lyon New York le {}", super::dates::in_days(40))
}

pub(super) fn names(events: &[SentEvent]) -> Vec<&str> {
    events.iter().map(|event| event.name.as_str()).collect()
}

/// Checks the order that the contract names, and that the parts agree with the whole.
fn follows_the_contract(events: &[SentEvent]) {
    let names = names(events);
    let first = ["started", "intent", "understood"];
    assert_eq!(names[..3], first, "{names:?}");
    let (last, middle) = names[3..].split_last().unwrap();
    assert_eq!(*last, "completed");
    let allowed = ["tool_started", "tool_finished", "card", "delta", "proposal"];
    assert!(
        middle.iter().all(|name| allowed.contains(name)),
        "{names:?}"
    );
    assert!(events.windows(2).all(|pair| pair[0].id < pair[1].id));

    let whole = &events.last().unwrap().data;
    let of = |name: &'static str| events.iter().filter(move |event| event.name == name);
    for id in [
        "conversation_id",
        "user_message_id",
        "message_id",
        "trace_id",
    ] {
        assert_eq!(events[0].data[id], whole[id]);
    }
    assert_eq!(events[1].data["name"], whole["intent"]["name"]);
    assert_eq!(events[1].data["confidence"], whole["intent"]["confidence"]);
    assert_eq!(events[2].data["understood"], whole["understood"]);
    assert_eq!(events[2].data["left_over"], whole["left_over"]);
    let text: String = of("delta")
        .map(|event| event.data["text"].as_str().unwrap())
        .collect();
    assert_eq!(whole["reply"], text);
    let cards: Vec<_> = of("card").map(|event| event.data.clone()).collect();
    assert_eq!(whole["cards"], Value::Array(cards));
    let calls = whole["tool_calls"].as_array().unwrap();
    assert_eq!(of("tool_started").count(), calls.len());
    for call in calls {
        let place = |name: &str| {
            let event = |event: &SentEvent| event.name == name && event.data["id"] == call["id"];
            events.iter().position(event).unwrap()
        };
        let (started, finished) = (place("tool_started"), place("tool_finished"));
        assert!(started < finished);
        assert_eq!(events[started].data["name"], call["name"]);
        assert_eq!(events[started].data["arguments"], call["arguments"]);
        for language in ["fr", "en"] {
            for event in [started, finished] {
                let text = events[event].data["text"][language].as_str().unwrap();
                assert!(!text.is_empty() && !text.contains('{'), "{text}");
            }
        }
        for field in ["success", "result_count", "latency_ms"] {
            assert_eq!(events[finished].data[field], call[field]);
        }
    }
}

#[tokio::test]
async fn events_come_in_order_and_agree_with_the_answer() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    for message in [&search(), "bonjour", "What currency is used in Japan?"] {
        let events = visitor.stream(message).await.collect().await;
        follows_the_contract(&events);
    }
    let events = visitor.stream(&search()).await.collect().await;
    let count = |name: &str| {
        names(&events)
            .iter()
            .filter(|known| **known == name)
            .count()
    };
    assert!(count("delta") > 1, "the answer comes in pieces");
    assert_eq!(count("card"), 1);
    let body = json!({"message": "salut", "stream": false});
    let request = visitor
        .request(Method::POST, "/api/chat")
        .header(header::ACCEPT, "text/event-stream")
        .json(&body);
    let response = visitor.send(request).await;
    let trace = response.headers()["x-trace-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let events = Events::new(response).collect().await;
    follows_the_contract(&events);
    assert_eq!(events[0].data["trace_id"], trace);
}

async fn resumed(visitor: &Visitor, message: &str, after: u64) -> Vec<SentEvent> {
    let response = visitor.resume(message, after).await;
    assert_eq!(response.status(), 200);
    Events::new(response).collect().await
}

#[tokio::test]
async fn a_reader_resumes_in_the_middle_and_after_the_end() {
    let server = Server::start(&[("TEST_FAULTS", "model_delay:2=1500")]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream(&search()).await;
    let mut seen = Vec::new();
    // The second call of the model waits, so the turn is in its middle here.
    while seen
        .last()
        .is_none_or(|event: &SentEvent| event.name != "tool_finished")
    {
        seen.push(stream.next().await.unwrap());
    }
    drop(stream);
    let message = seen[0].data["message_id"].as_str().unwrap().to_owned();
    let last = seen.last().unwrap().id;
    let rest = resumed(&visitor, &message, last).await;
    assert_eq!(rest[0].id, last + 1);
    seen.extend(rest);
    follows_the_contract(&seen);
    assert_eq!(seen.last().unwrap().data["status"], "ok");

    // It is over now, and every part of it can still be read.
    for after in [0, 1, last, seen.last().unwrap().id - 1] {
        let events = resumed(&visitor, &message, after).await;
        assert_eq!(events, seen[after as usize..], "after {after}");
    }
    let end = seen.last().unwrap().id;
    assert_eq!(resumed(&visitor, &message, end).await, []);
    let path = format!("/api/turns/{message}/events");
    let from_the_start = Events::new(visitor.get(&path).await).collect().await;
    assert_eq!(from_the_start, seen);

    let bad = visitor
        .request(Method::GET, &path)
        .header("last-event-id", "x");
    refused_field(visitor.send(bad).await, "Last-Event-ID", "bad id").await;
}

#[tokio::test]
async fn two_readers_see_the_same_turn_and_a_stranger_none() {
    let server = Server::start(&[("TEST_FAULTS", "model_delay:1=1000")]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let mut first = visitor.stream("bonjour").await;
    let started = first.next().await.unwrap();
    let message = started.data["message_id"].as_str().unwrap();
    let second = Events::new(visitor.resume(message, 0).await);
    refused(stranger.resume(message, 0).await, 404, "running").await;
    let path = format!("/api/turns/{message}");
    let stop = stranger.request(Method::DELETE, &path);
    refused(stranger.send(stop).await, 404, "stop").await;
    let (rest, second) = tokio::join!(first.collect(), second.collect());
    assert_eq!(second[0], started);
    assert_eq!(second[1..], rest);
    assert_eq!(rest.last().unwrap().data["status"], "ok");
    refused(stranger.resume(message, 0).await, 404, "ended").await;
}

#[tokio::test]
async fn the_events_of_an_earlier_process_are_gone() {
    let folder = super::folder::Folder::new();
    let mut server = Server::start(&[("DATABASE_URL", &folder.database())]).await;
    let visitor = server.visitor();
    let answer = visitor.say("bonjour", None).await;
    let message = answer["message_id"].as_str().unwrap();
    server.terminate().await;
    let server = Server::start(&[("DATABASE_URL", &folder.database())]).await;
    let visitor = visitor.moved_to(&server.url);
    refused(visitor.resume(message, 0).await, 410, "restarted").await;
}

#[tokio::test]
async fn streams_are_kept_by_no_cache() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let body = json!({"message": "bonjour", "stream": true});
    let asked = visitor.post("/api/chat", &body).await;
    let is_private = |response: &reqwest::Response| {
        let headers = response.headers();
        assert!(
            headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/event-stream")
        );
        assert_eq!(headers["cache-control"], "no-store", "{}", response.url());
    };
    is_private(&asked);
    let events = Events::new(asked).collect().await;
    let message = events[0].data["message_id"].as_str().unwrap();
    is_private(&visitor.resume(message, 0).await);
    is_private(&visitor.get("/api/traces/live").await);
}

/// The texts of all deltas.
fn text<'a>(events: impl IntoIterator<Item = &'a SentEvent>) -> String {
    let deltas = events.into_iter().filter(|event| event.name == "delta");
    deltas
        .map(|event| event.data["text"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_reader_comes_back_to_a_turn_whose_events_had_to_go() {
    let server = Server::start(&[("ENDED_TURNS_MEMORY_MIB", "1")]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let whole = visitor.stream(&search()).await.collect().await;
    let message = whole[0].data["message_id"].as_str().unwrap();
    // Later turns push its events out, and not what is known of its text.
    let mut turns = 0;
    while names(&resumed(&visitor, message, 1).await).contains(&"intent") {
        visitor.say(&search(), None).await;
        turns += 1;
        assert!(turns < 50, "1 MiB never holds the events of so many turns");
    }
    let last = whole.len();
    for seen in 0..=last {
        let rest = resumed(&visitor, message, seen as u64).await;
        let both = whole[..seen].iter().chain(&rest);
        assert_eq!(text(both), whole[last - 1].data["reply"], "after {seen}");
        assert!(rest.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert!(rest.first().is_none_or(|event| event.id > seen as u64));
        let names = names(&rest);
        match seen {
            0 => assert_eq!(names, ["started", "delta", "completed"]),
            _ => assert!(
                [&["delta", "completed"][..], &["completed"], &[]].contains(&&names[..]),
                "{names:?}"
            ),
        }
        if seen < last {
            assert_eq!(rest.last(), whole.last(), "after {seen}");
        }
    }
    refused(stranger.resume(message, 0).await, 404, "not theirs").await;
}

#[tokio::test]
async fn without_memory_for_ended_turns_their_events_are_gone_at_once() {
    let server = Server::start(&[("ENDED_TURNS_MEMORY_MIB", "0")]).await;
    let visitor = server.visitor();
    let events = visitor.stream("bonjour").await.collect().await;
    follows_the_contract(&events);
    let message = events[0].data["message_id"].as_str().unwrap();
    // The turn leaves the registry just after its last event.
    let response = super::stopping::until(|| async {
        let response = visitor.resume(message, 0).await;
        (response.status() != 200).then_some(response)
    });
    refused(response.await, 410, "nothing is kept").await;
}
