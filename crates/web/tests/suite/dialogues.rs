//! Whole dialogues, written as fixtures in `tests/dialogues/{fr,en}/*.json`.
//!
//! A turn says what the person writes (`say`, or `press`: a button of the last proposal) and what
//! must be true of the answer. Dates are placeholders, because the server runs on today's clock.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{dates::today, placeholders::fill, server::Server, visitor::Visitor};

/// A fixture.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dialogue {
    /// Its file.
    #[serde(skip)]
    pub(super) name: String,
    /// What it shows.
    about: String,
    turns: Vec<Turn>,
}

impl Dialogue {
    /// The same without what is answered differently a minute later.
    pub(super) fn timeless(mut self) -> Self {
        self.turns.retain(|turn| !turn.clock);
        self
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    say: Option<String>,
    press: Option<String>,
    intent: String,
    /// Its answer tells the time of day: a minute later it is another one.
    #[serde(default)]
    clock: bool,
    /// Names of the tools that were called, in order.
    #[serde(default)]
    tools: Vec<String>,
    /// Some arguments of the calls; null: not said.
    #[serde(default)]
    arguments: BTreeMap<String, BTreeMap<String, Value>>,
    /// Parts of the reply, spaces of any kind taken as plain ones.
    #[serde(default)]
    facts: Vec<String>,
    /// What the reply must not say.
    #[serde(default)]
    never: Vec<String>,
    /// Types of the cards, in order.
    #[serde(default)]
    cards: Vec<String>,
    /// Fewest offers of the cards.
    offers: Option<usize>,
    /// What is true of every offer: `direct`, `carrier`, `cabin`, `slices`, `passengers`.
    #[serde(default)]
    every_offer: BTreeMap<String, Value>,
    /// No offer costs more.
    at_most: Option<f64>,
    /// Something waits for a yes.
    #[serde(default)]
    proposal: bool,
}

async fn answer(visitor: &Visitor, turn: &Turn, language: &str, last: &Value) -> Value {
    match (&turn.say, &turn.press) {
        (Some(words), None) => {
            let conversation = last.get("conversation_id");
            visitor
                .say(&fill(words, language, today()), conversation)
                .await
        }
        (None, Some(button)) => {
            let id = last["proposal"]["id"].as_str().expect("a proposal");
            let path = format!("/api/proposals/{id}/{button}");
            let response = visitor.post(&path, &json!({})).await;
            assert_eq!(response.status(), 200);
            response.json().await.unwrap()
        }
        _ => panic!("a turn either says or presses something"),
    }
}

/// What is wrong with an answer.
fn faults(turn: &Turn, language: &str, answer: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |what: &str, is: Value, wanted: Value| {
        if is != wanted {
            faults.push(format!("{what}: {is} instead of {wanted}"));
        }
    };
    let calls = answer["tool_calls"].as_array().unwrap();
    let of = |list: &Value, field: &str| -> Value {
        let list = list.as_array().unwrap();
        list.iter().map(|item| item[field].clone()).collect()
    };
    expect("locale", answer["locale"].clone(), json!(language));
    expect("status", answer["status"].clone(), json!("ok"));
    expect(
        "intent",
        answer["intent"]["name"].clone(),
        json!(turn.intent),
    );
    expect(
        "tools",
        of(&answer["tool_calls"], "name"),
        json!(turn.tools),
    );
    expect("cards", of(&answer["cards"], "type"), json!(turn.cards));
    expect(
        "proposal",
        json!(answer["proposal"].is_object()),
        json!(turn.proposal),
    );
    for call in calls {
        expect("success", call["success"].clone(), json!(true));
    }
    for (tool, arguments) in &turn.arguments {
        let call = calls.iter().find(|call| call["name"] == **tool);
        for (name, wanted) in arguments {
            let is = call.map_or(Value::Null, |call| call["arguments"][name].clone());
            let wanted = match wanted {
                Value::String(text) => json!(fill(text, language, today())),
                other => other.clone(),
            };
            expect(name, is, wanted);
        }
    }
    let reply = plain(answer["reply"].as_str().unwrap());
    for fact in &turn.facts {
        let said = reply.contains(&fill(fact, language, today()));
        expect(&format!("“{fact}” said"), json!(said), json!(true));
    }
    for words in &turn.never {
        expect(
            &format!("“{words}” said"),
            json!(reply.contains(words)),
            json!(false),
        );
    }
    let offers: Vec<_> = offers(answer).collect();
    if let Some(fewest) = turn.offers {
        let enough = offers.len() >= fewest;
        expect(&format!("{fewest} offers"), json!(enough), json!(true));
    }
    for (what, wanted) in &turn.every_offer {
        for offer in &offers {
            expect(what, property(offer, what), wanted.clone());
        }
    }
    for offer in &offers {
        let total: f64 = offer["total"]["amount"].as_str().unwrap().parse().unwrap();
        let cheap = turn.at_most.is_none_or(|most| total <= most);
        expect("cheap enough", json!(cheap), json!(true));
        expect("illustrative", offer["illustrative"].clone(), json!(true));
    }
    faults
}

/// With plain spaces and apostrophes, so that fixtures can be typed.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'")
}

fn offers(answer: &Value) -> impl Iterator<Item = &Value> {
    let cards = answer["cards"].as_array().unwrap();
    cards
        .iter()
        .filter_map(|card| card["offers"].as_array())
        .flatten()
}

/// A property of an offer that a fixture can name.
fn property(offer: &Value, name: &str) -> Value {
    let slices = offer["slices"].as_array().unwrap();
    let segments = || {
        slices
            .iter()
            .flat_map(|slice| slice["segments"].as_array().unwrap())
    };
    let common = |field: fn(&Value) -> &Value| {
        let mut values: Vec<_> = segments().map(field).collect();
        values.dedup();
        if values.len() == 1 {
            values[0].clone()
        } else {
            json!(values)
        }
    };
    match name {
        "direct" => json!(slices.iter().all(|slice| slice["stops"] == 0)),
        "carrier" => common(|segment| &segment["carrier"]["iata"]),
        "cabin" => common(|segment| &segment["cabin"]),
        "slices" => json!(slices.len()),
        "passengers" => {
            let kinds = offer["per_passenger"].as_array().unwrap().iter();
            kinds
                .map(|kind| {
                    (
                        kind["type"].as_str().unwrap().to_owned(),
                        kind["count"].clone(),
                    )
                })
                .collect()
        }
        _ => panic!("no property {name}"),
    }
}

/// Every dialogue of a language.
pub(super) fn dialogues(language: &str) -> Vec<Dialogue> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/dialogues")
        .join(language);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "ten dialogues a language");
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        let dialogue = serde_json::from_str(&text);
        let dialogue: Dialogue =
            dialogue.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.file_name().unwrap().display().to_string();
        Dialogue { name, ..dialogue }
    };
    files.iter().map(read).collect()
}

impl Dialogue {
    /// Has the dialogue; its answers.
    pub(super) async fn play(&self, visitor: &Visitor, language: &str) -> Vec<Value> {
        let mut answers: Vec<Value> = Vec::with_capacity(self.turns.len());
        for turn in &self.turns {
            let none = json!({});
            let last = answers.last().unwrap_or(&none);
            let answer = answer(visitor, turn, language, last).await;
            answers.push(answer);
        }
        answers
    }

    /// Everything that is wrong with the answers, a line each; empty = nothing.
    pub(super) fn verdict(&self, language: &str, answers: &[Value]) -> String {
        let mut wrong = String::new();
        for ((turn, answer), number) in self.turns.iter().zip(answers).zip(1..) {
            for fault in faults(turn, language, answer) {
                wrong += &format!("{}, turn {number} ({}): {fault}\n", self.name, self.about);
                wrong += &format!("    {}\n", answer["reply"]);
            }
        }
        wrong
    }
}

/// Has every dialogue of a language, and tells everything that went wrong.
async fn run(language: &str) {
    let server = Server::start(&[]).await;
    let mut wrong = String::new();
    for dialogue in dialogues(language) {
        let answers = dialogue.play(&server.visitor(), language).await;
        wrong += &dialogue.verdict(language, &answers);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[tokio::test]
async fn dialogues_in_french() {
    run("fr").await;
}

#[tokio::test]
async fn dialogues_in_english() {
    run("en").await;
}
