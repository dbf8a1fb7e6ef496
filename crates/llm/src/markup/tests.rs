//! Texts of many templates: what is shown, what is called, and that no cut changes either.

mod calls;
mod holding;
mod quoting;
mod thoughts;

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use super::{
    Written,
    scanner::{Found, Scanner},
};
use crate::ToolSpec;

/// Two tools: one with arguments of each kind.
fn tools() -> Arc<[ToolSpec]> {
    let spec = |name, parameters: serde_json::Value| ToolSpec {
        name,
        description: "",
        parameters: parameters.into(),
    };
    let properties = json!({"properties": {
        "departure": {"type": "string"}, "arrival": {"type": "string"},
        "date": {"type": ["string", "null"]}, "adults": {"type": "integer"},
        "nonstop": {"type": "boolean"},
    }});
    [
        spec("search_flights", properties),
        spec(
            "get_airport_code",
            json!({"properties": {"city": {"type": "string"}}}),
        ),
    ]
    .into()
}

/// What a text shows, and the calls in it; a lone closing tag takes what came before.
fn read_in(pieces: &[&str]) -> (String, Vec<Written>) {
    let mut scanner = Scanner::new(tools());
    let mut found: Vec<_> = pieces
        .iter()
        .flat_map(|piece| scanner.push(piece))
        .collect();
    found.extend(scanner.finish());
    let (mut shown, mut written) = (String::new(), Vec::new());
    for found in found {
        match found {
            Found::Text(text) => shown.push_str(&text),
            Found::Call(call) => written.push(call),
            Found::Alone => {
                shown.clear();
                written.clear();
            }
            Found::Thought | Found::Opened => {}
        }
    }
    (shown, written)
}

/// The same of a whole text, once it is sure that it does not depend on how it comes.
#[track_caller]
fn read(text: &str) -> (String, Vec<Written>) {
    let whole = read_in(&[text]);
    for (at, _) in text.char_indices() {
        let (a, b) = text.split_at(at);
        assert_eq!(read_in(&[a, b]), whole, "cut at {at}: {a:?} {b:?}");
    }
    let letters: Vec<_> = text.split("").collect();
    assert_eq!(read_in(&letters), whole, "letter by letter: {text:?}");
    whole
}

#[track_caller]
fn shows(text: &str, expected: &str) {
    let (shown, written) = read(text);
    assert_eq!(shown, expected, "{text:?}");
    assert!(written.is_empty(), "{text:?} {written:?}");
}

/// What models have been seen to write, in pieces.
const PIECES: [&str; 40] = [
    "<think>",
    "</think>",
    "<thinking>",
    "</thinking>",
    "[THINK]",
    "[/THINK]",
    "<answer>",
    "</answer>",
    "<|channel|>",
    "analysis",
    "final",
    "<|message|>",
    "<|end|>",
    "<|start|>",
    "assistant",
    "commentary to=functions.search_flights ",
    "<tool_call>",
    "</tool_call>",
    "{\"name\": \"search_flights\", \"arguments\": {}}",
    "{\"name\":",
    "[TOOL_CALLS]",
    "<function=search_flights>",
    "</function>",
    "<invoke name=\"search_flights\">",
    "</invoke>",
    "```",
    "```json\n",
    "`",
    "\n",
    "\n\n",
    " ",
    "Voilà trois vols. ",
    "<",
    "[",
    "{",
    "a < b",
    "<|python_tag|>",
    "◁think▷",
    "Here is my thought process:",
    "Here is my response:",
];

proptest! {
    #[test]
    fn any_text_shows_the_same_however_it_is_cut(
        picked in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..24),
        cuts in prop::collection::vec(1_usize..9, 1..40),
    ) {
        let text: String = picked.iter().map(|(at, _)| PIECES[*at]).collect();
        let whole = read_in(&[&text]);
        let letters: Vec<char> = text.chars().collect();
        let (mut pieces, mut at, mut cuts) = (Vec::new(), 0, cuts.iter().cycle());
        while at < letters.len() {
            let end = letters.len().min(at + cuts.next().unwrap());
            pieces.push(letters[at..end].iter().collect::<String>());
            at = end;
        }
        let pieces: Vec<_> = pieces.iter().map(String::as_str).collect();
        prop_assert_eq!(read_in(&pieces), whole);
    }

    #[test]
    fn ordinary_text_is_shown_as_it_is(text in "[A-Za-z][A-Za-z0-9 .,;:!?éà€()*_#|>&/\n-]{0,200}") {
        let (shown, written) = read_in(&[&text]);
        prop_assert_eq!(shown, text);
        prop_assert!(written.is_empty());
    }
}

/// What is judged is not judged again: a text that is nothing but beginnings is read in the time that
/// its length takes.
#[test]
fn a_text_of_beginnings_takes_no_longer_than_its_length() {
    for piece in [
        "<",
        "<t",
        "<think",
        "[",
        "[TOOL_CALL",
        "{",
        "{\"name\":",
        "`",
        "```",
        "<think x=\"",
        "◁",
        "<think>",
        "</think>",
        "<tool_call>",
        "<answer>",
        "assistant",
        "<|channel|>",
        "<think><answer>",
        "{\"name\": \"search_flights\", \"arguments\": {",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let mut scanner = Scanner::new(tools());
        for letter in text.split_inclusive(|_| true) {
            scanner.push(letter);
        }
        scanner.finish();
        let steps = scanner.steps();
        assert!(
            steps < 8 * text.len() + 1_000,
            "{piece}: {steps} steps for {}",
            text.len()
        );
    }
}

/// What is withheld of an ordinary text is the beginning of a marker, and no more.
#[test]
fn an_ordinary_text_is_not_withheld() {
    let mut scanner = Scanner::new(tools());
    let mut shown = String::new();
    for letter in
        "Voici trois vols : AF 1 < AF 2, [1] puis {x}. `code`\n- un\n".split_inclusive(|_| true)
    {
        let before = shown.len();
        for found in scanner.push(letter) {
            if let Found::Text(text) = found {
                shown.push_str(&text);
            }
        }
        assert!(
            shown.len() > before || "<[{ \n".contains(letter),
            "{letter:?} after {shown:?}"
        );
    }
}
