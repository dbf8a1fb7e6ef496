//! Older turns in short: heads of tool results, and a summary of the turns that are left out.

use std::collections::VecDeque;

use llm::estimate;

use super::note::quoted;
use crate::message::Message;

/// Lines of a shortened tool result: what it is, and the first five offers, days or airports.
const HEAD_LINES: usize = 6;
/// Characters of each: id, price and route come first.
const LINE_CHARS: usize = 110;
/// Lines of a tool result that a summary keeps: what it is, and the first three results.
const FACT_LINES: usize = 4;
/// Characters of each: id, price, route and departure.
const FACT_CHARS: usize = 72;
/// Characters that a summary keeps of what a person asked.
const ASKED_CHARS: usize = 120;
/// Stands in the prompt where the summary is, as said by the person.
const SAID: &str = "(What follows was said before, in short.)";
/// Stands for the model's answer to it.
const ANSWERED: &str = "(noted)";

/// Tokens of the pair without its lines, at most.
const FRAME: usize = 50;

/// Shortens the tool results of a turn to their heads.
pub(super) fn shorten(turn: &mut [Message]) {
    for message in turn {
        if let Message::Tool { text, .. } = message {
            let head = head(text);
            if head.len() < text.len() {
                *text = head;
            }
        }
    }
}

fn head(text: &str) -> String {
    let mut lines: Vec<_> = text.lines().take(HEAD_LINES).map(cut).collect();
    if lines.len() < text.lines().count() {
        lines.push("(shortened)".to_owned());
    }
    lines.join("\n")
}

fn cut(line: &str) -> String {
    match line.char_indices().nth(LINE_CHARS) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// What was asked and found in turns that a prompt leaves out, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Summary {
    lines: VecDeque<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    text: String,
    /// With the end of the line.
    tokens: usize,
}

impl Summary {
    /// Adds a turn; the oldest lines go where all take more than `tokens`.
    pub(super) fn add(&mut self, turn: &[Message], tokens: usize) {
        for text in turn.iter().flat_map(facts) {
            // What was found again is one fact, with the turn that found it last.
            self.lines.retain(|known| known.text != text);
            let tokens = estimate::text(&text) + 1;
            self.lines.push_back(Line { text, tokens });
        }
        while self.tokens() > tokens && self.lines.pop_front().is_some() {}
    }

    /// Tokens that it takes in a prompt.
    pub(super) fn tokens(&self) -> usize {
        if self.lines.is_empty() {
            return 0;
        }
        FRAME + self.lines.iter().map(|line| line.tokens).sum::<usize>()
    }

    /// The summary as a pair of messages, so that the roles alternate; nothing without a line.
    pub(super) fn messages(&self) -> Vec<Message> {
        if self.lines.is_empty() {
            return Vec::new();
        }
        let lines: Vec<_> = self.lines.iter().map(|line| &*line.text).collect();
        let user = Message::User {
            text: SAID.to_owned(),
            note: format!("<earlier>\n{}\n</earlier>", lines.join("\n")),
        };
        vec![user, Message::assistant(ANSWERED)]
    }
}

fn facts(message: &Message) -> Vec<String> {
    match message {
        Message::User { text, .. } => vec![format!("asked: {}", quoted(text, ASKED_CHARS))],
        Message::Tool {
            name,
            text,
            failed: false,
            ..
        } => {
            let found = text.lines().take(FACT_LINES);
            let found = found
                .map(|line| format!("{}: {}", quoted(name, FACT_CHARS), quoted(line, FACT_CHARS)));
            found.collect()
        }
        Message::System { .. } | Message::Assistant { .. } | Message::Tool { .. } => Vec::new(),
    }
}
