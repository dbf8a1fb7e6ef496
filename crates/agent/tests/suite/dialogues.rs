//! Dialogues by another hand than the grammar's, with the built-in model and the offline schedule: what
//! the last turn searches, or says.
//!
//! A fixture is `## kind`, then blocks of `> message` lines and what follows from the last one: `search:`
//! with arguments (`-` = absent, `|` parts alternatives), `reply:` with words of which one must be said.
//! The bars stand just below what is reached; they are to rise, never to fall.

use std::{collections::BTreeMap, fmt::Write, fs, sync::Arc};

use agent::{
    Agent,
    conversation::{ConversationState, PastMessage},
    event::TurnEvent,
    faults::Faults,
    llm::Chain,
    locale::Locale,
    planner::Planner,
    turn::TurnRequest,
};
use futures::StreamExt;
use serde_json::Value;

use super::support::{PATIENT, TOOL_TIMEOUT, request};

/// Sunday, 29 November 2026.
const NOW: &str = "2026-11-29T09:00:00+01:00[Europe/Paris]";

#[derive(Default)]
struct Dialogue {
    kind: String,
    messages: Vec<String>,
    search: Option<String>,
    reply: Option<String>,
}

fn dialogues(file: &str) -> Vec<Dialogue> {
    let path = format!("{}/tests/eval/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (mut all, mut kind) = (Vec::new(), String::new());
    let mut open = Dialogue::default();
    for line in text.lines().chain([""]) {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut kind);
        } else if let Some(message) = line.strip_prefix("> ") {
            open.messages.push(message.to_owned());
        } else if let Some(search) = line.strip_prefix("search: ") {
            open.search = Some(search.to_owned());
        } else if let Some(reply) = line.strip_prefix("reply: ") {
            open.reply = Some(reply.to_owned());
        } else if line.is_empty() && !open.messages.is_empty() {
            open.kind.clone_from(&kind);
            all.push(std::mem::take(&mut open));
        }
    }
    all
}

/// What a turn called and said.
#[derive(Default)]
struct Said {
    searches: Vec<Value>,
    reply: String,
}

async fn talk(agent: &Arc<Agent>, locale: Locale, messages: &[String]) -> Said {
    let (mut state, mut history) = (ConversationState::default(), Vec::new());
    let mut last = Said::default();
    for message in messages {
        let past = |by_agent, text: &str| {
            Arc::new(PastMessage {
                by_agent,
                text: text.to_owned(),
                transcript: Vec::new(),
            })
        };
        let mut turn = TurnRequest {
            history: history.clone(),
            state: state.clone(),
            locale: Some(locale),
            now: NOW.parse().unwrap(),
            ..request(message)
        };
        turn.fallback_locale = locale;
        last = Said::default();
        let events: Vec<_> = agent.run_turn(turn).collect().await;
        for event in events {
            match event {
                TurnEvent::ToolStarted {
                    name, arguments, ..
                } if name == "search_flights" => {
                    last.searches.push(arguments);
                }
                TurnEvent::Delta(text) => last.reply.push_str(&text),
                TurnEvent::Ended { state: after, .. } => state = *after,
                _ => {}
            }
        }
        history.push(past(false, message));
        history.push(past(true, &last.reply));
    }
    last
}

fn fits(search: &Value, wanted: &str) -> bool {
    wanted.split_whitespace().all(|argument| {
        let (name, values) = argument.split_once('=').unwrap_or((argument, "-"));
        let got = &search[name];
        values.split('|').any(|value| match got {
            Value::Null => value == "-",
            Value::String(text) => text == value || is_same_number(text, value),
            // Ages.
            Value::Array(items) if !value.starts_with('[') => {
                let items: Vec<_> = items.iter().map(ToString::to_string).collect();
                items.join(",") == value
            }
            other => serde_json::from_str::<Value>(value).is_ok_and(|value| value == *other),
        })
    })
}

fn is_same_number(left: &str, right: &str) -> bool {
    matches!((left.parse::<f64>(), right.parse::<f64>()), (Ok(left), Ok(right)) if left == right)
}

async fn assert_reached(file: &str, locale: Locale, bar: f64) {
    let tools = agent::capability::registry(
        TOOL_TIMEOUT,
        Faults::default(),
        &agent::capability::Sources::offline(),
    );
    let chain = Chain::new(vec![Arc::new(Planner)], PATIENT);
    let agent = Arc::new(Agent::new(tools, Faults::default()).on(chain));
    let (mut right, mut all) = (0_u32, 0_u32);
    let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut misses = String::new();
    for dialogue in dialogues(file) {
        let said = talk(&agent, locale, &dialogue.messages).await;
        let searched = dialogue.search.as_ref();
        let searched = searched.is_some_and(|want| said.searches.iter().any(|got| fits(got, want)));
        let reply = said.reply.to_lowercase();
        let told = dialogue.reply.as_ref().is_some_and(|words| {
            words
                .split('|')
                .any(|word| reply.contains(&word.trim().to_lowercase()))
        });
        let good = searched || told;
        let kind = kinds.entry(dialogue.kind.clone()).or_default();
        (all, kind.1) = (all + 1, kind.1 + 1);
        if good {
            (right, kind.0) = (right + 1, kind.0 + 1);
        } else {
            writeln!(
                misses,
                "{} | searched {:?}, said {:?}; want {:?} {:?}",
                dialogue.messages.join(" // "),
                said.searches
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>(),
                said.reply,
                dialogue.search,
                dialogue.reply
            )
            .unwrap();
        }
    }
    assert!(all >= 60, "{file} has {all} dialogues");
    let reached = f64::from(right) / f64::from(all);
    assert!(
        reached >= bar,
        "{file}: {right} of {all} right\n{kinds:?}\n{misses}"
    );
}

#[tokio::test]
async fn french_dialogues() {
    assert_reached("dialogues_fr.txt", Locale::Fr, 0.92).await;
}

#[tokio::test]
async fn english_dialogues() {
    assert_reached("dialogues_en.txt", Locale::En, 0.92).await;
}
