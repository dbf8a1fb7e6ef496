//! What holds of every trip that the tools plan, whoever asks: found by random questions, through the
//! tools themselves. A failure prints what was asked, and keeps its seed beside this file.

mod costs;
mod days;
mod suggestions;

use std::sync::Arc;

use agent::event::Card;
use agent::{
    capability::{self, Sources},
    conversation::ConversationState,
    faults::Faults,
    locale::Locale,
    message::ToolCall,
    prompt::tier::Tier,
    sheet::{Block, Sheet},
    tools::{ToolContext, ToolOutput},
    travel::Currency,
};
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::Value;

use super::support::TOOL_TIMEOUT;

/// Few: each is a whole trip. `PROPTEST_CASES` asks for more.
const CASES: u32 = 8;

/// Cities of every kind: large and small, near and far, with an airport and a metropolitan code.
const CITIES: [&str; 12] = [
    "LIS", "ROM", "OPO", "NYC", "TYO", "RAK", "KEF", "VCE", "BKK", "DKR", "SPU", "MAD",
];
const HOMES: [&str; 4] = ["LYS", "PAR", "LON", "TLS"];

fn config() -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(CASES),
    }
}

/// A day of the first half of 2027, and the day that comes so many nights later.
fn stay(day: u16, nights: u16) -> (Date, Date) {
    let first = Date::constant(2027, 1, 5)
        .checked_add(jiff::ToSpan::days(i64::from(day)))
        .unwrap();
    let last = first
        .checked_add(jiff::ToSpan::days(i64::from(nights)))
        .unwrap();
    (first, last)
}

/// Runs one tool in a conversation that remembers `state`.
fn call(
    state: &ConversationState,
    locale: Locale,
    name: &str,
    arguments: &Value,
) -> Arc<ToolOutput> {
    let context = ToolContext {
        now: "2026-11-29T09:00:00+01:00[Europe/Paris]".parse().unwrap(),
        locale,
        currency: Currency::eur(),
        state: Arc::new(state.clone()),
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
    let tools = capability::registry(TOOL_TIMEOUT, Faults::default(), &Sources::offline());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let finished = runtime.block_on(tools.dispatch(&context, call));
    match finished.result {
        Ok(output) => output,
        Err(error) => panic!("{name}({arguments}): {error}"),
    }
}

/// The same in a new conversation.
fn ask(locale: Locale, name: &str, arguments: &Value) -> Arc<ToolOutput> {
    call(&ConversationState::default(), locale, name, arguments)
}

fn sheet(output: &ToolOutput) -> &Sheet {
    match &output.card {
        Some(Card::Sheet(sheet)) => sheet,
        other => panic!("{other:?}"),
    }
}

/// Every table of a card, row by row.
fn rows(sheet: &Sheet) -> impl Iterator<Item = &Vec<String>> {
    let tables = sheet.blocks.iter().filter_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    tables.flatten()
}

/// The same question twice has the same answer, to the letter.
fn assert_same_twice(locale: Locale, name: &str, arguments: &Value) {
    let (one, other) = (ask(locale, name, arguments), ask(locale, name, arguments));
    assert_eq!(one.text, other.text);
    assert_eq!(one.card, other.card);
    assert_eq!(one.data.json(), other.data.json());
}

fn locale() -> impl Strategy<Value = Locale> {
    prop_oneof![Just(Locale::Fr), Just(Locale::En)]
}
