//! Whole trips, from the idea to the itinerary, the total and the panel: over HTTP, on the built-in
//! model, at a fixed hour.
//!
//! The dialogues (`tests/trips/{fr,en}.txt`, their form is in their heads) are by another hand than the
//! program's. Each line of a turn is checked: which tools ran with which arguments, what the answer or
//! its cards show, what the panel holds. The bars stand just below what is reached; they are to rise,
//! never to fall.

mod fixture;
mod panel;

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::old_file::{File, Opened};
use fixture::{Turn, Wanted, dialogues, folded};

/// No file at all: a new database.
const FILE: File = File {
    bytes: b"",
    cookie: "travel_agent_visitor=0123456701234567012345670123456701234567012345670123456701234567",
    now: || "2026-11-29T09:00:00Z".parse().unwrap(),
};

/// Lines that are right, of all, by what they say.
type Counts = BTreeMap<&'static str, (u32, u32)>;

/// Has every dialogue of a language; the lines that are right, and what is wrong with the others.
async fn play(text: &str, locale: &str) -> (Counts, Vec<String>) {
    let opened = Opened::new(&FILE).await;
    let (mut counts, mut misses) = (Counts::new(), Vec::new());
    for dialogue in dialogues(text) {
        let mut conversation = Value::Null;
        for turn in &dialogue.turns {
            let mut body = json!({"message": turn.message, "locale": locale});
            if !conversation.is_null() {
                body["conversation_id"] = conversation.clone();
            }
            let answer = opened.json(Method::POST, "/api/chat", Some(body)).await;
            assert_eq!(answer["status"], "ok", "{answer}");
            conversation = answer["conversation_id"].clone();
            let trip = trip(&opened, &conversation).await;
            for (kind, miss) in judge(turn, &answer, &trip) {
                let count = counts.entry(kind).or_default();
                count.1 += 1;
                match miss {
                    None => count.0 += 1,
                    Some(miss) => {
                        misses.push(format!("{} | {} | {miss}", dialogue.title, turn.message))
                    }
                }
            }
        }
    }
    (counts, misses)
}

async fn trip(opened: &Opened, conversation: &Value) -> Value {
    let path = format!("/api/trips/{}", conversation.as_str().unwrap());
    let (status, text) = opened.send(Method::GET, &path, None).await;
    match status.is_success() {
        true => serde_json::from_str(&text).unwrap(),
        false => Value::Null,
    }
}

/// Each line of a turn with what is wrong, if anything.
fn judge(turn: &Turn, answer: &Value, trip: &Value) -> Vec<(&'static str, Option<String>)> {
    let calls = answer["tool_calls"].as_array().unwrap();
    let shown = folded(&format!("{} {}", answer["reply"], answer["cards"]));
    let wanted = turn.wanted.iter().map(|wanted| match wanted {
        Wanted::Tool(tool) => {
            let right = calls.iter().any(|call| tool.fits(call));
            let made = || {
                calls
                    .iter()
                    .map(|call| format!("{}{}", call["name"], call["arguments"]))
            };
            let miss = || {
                format!(
                    "{tool:?}, but {:?}; {}",
                    made().collect::<Vec<_>>(),
                    answer["reply"]
                )
            };
            ("tool", (!right).then(miss))
        }
        Wanted::Shows(words) => {
            let right = words.iter().any(|word| shown.contains(&folded(word)));
            let miss = || format!("shows none of {words:?}: {}", answer["reply"]);
            ("shows", (!right).then(miss))
        }
        Wanted::Trip(parts) => ("trip", panel::miss(parts, trip)),
    });
    wanted.collect()
}

async fn assert_reached(text: &str, locale: &str, bar: f64) {
    let (counts, misses) = play(text, locale).await;
    let (right, all) = counts
        .values()
        .fold((0, 0), |(right, all), (good, of)| (right + good, all + of));
    let reached = f64::from(right) / f64::from(all);
    println!(
        "{locale}: {right} of {all} lines ({reached:.3})\n{counts:?}\n{}",
        misses.join("\n")
    );
    assert!(
        reached >= bar,
        "{right} of {all} lines ({reached:.3})\n{counts:?}\n{}",
        misses.join("\n")
    );
}

#[tokio::test]
async fn french_trips() {
    assert_reached(include_str!("../../tests/trips/fr.txt"), "fr", 0.985).await;
}

#[tokio::test]
async fn english_trips() {
    assert_reached(include_str!("../../tests/trips/en.txt"), "en", 0.97).await;
}

/// Written later, by someone who had read neither the program nor the first set.
#[tokio::test]
async fn french_trips_of_a_second_hand() {
    assert_reached(include_str!("../../tests/trips/fr_second.txt"), "fr", 0.915).await;
}

#[tokio::test]
async fn english_trips_of_a_second_hand() {
    assert_reached(include_str!("../../tests/trips/en_second.txt"), "en", 0.95).await;
}

#[test]
fn every_tool_is_wanted_four_times() {
    let texts = [
        include_str!("../../tests/trips/fr.txt"),
        include_str!("../../tests/trips/en.txt"),
        include_str!("../../tests/trips/fr_second.txt"),
        include_str!("../../tests/trips/en_second.txt"),
    ];
    let mut wanted: BTreeMap<String, u32> = BTreeMap::new();
    for turn in texts
        .iter()
        .flat_map(|text| dialogues(text))
        .flat_map(|dialogue| dialogue.turns)
    {
        for tool in turn.wanted {
            if let Wanted::Tool(tool) = tool {
                tool.names
                    .into_iter()
                    .for_each(|name| *wanted.entry(name).or_default() += 1);
            }
        }
    }
    assert!(wanted.len() >= 14, "{wanted:?}");
    assert!(wanted.values().all(|count| *count >= 4), "{wanted:?}");
}
