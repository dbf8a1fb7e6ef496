//! Within a thought.

use super::{Found, MAX_DOUBT, Mode, Scanner};
use crate::markup::{
    names::{Edge, Topic},
    opening::RESPONSE,
    tag::{Look, Tag, tag},
};

/// A thought that is open.
#[derive(Debug, Default)]
pub(super) struct Thought {
    pub(super) depth: u32,
    /// Nothing but blanks has come since it was opened.
    pub(super) empty: bool,
    /// Granite's, which a phrase ends.
    pub(super) is_process: bool,
    /// What may turn out to be the answer if nothing closes the thought: what follows its inner end, or
    /// a call or an answer that begins within it.
    pub(super) after: Option<String>,
}

impl Scanner {
    pub(super) fn thought(&mut self, text: &str, over: bool) -> Option<usize> {
        let Mode::Thought(thought) = &mut self.mode else {
            return Some(0);
        };
        if self.found.last() != Some(&Found::Thought) {
            self.found.push(Found::Thought);
        }
        let is_mark = |c| matches!(c, '<' | '[' | '◁') || (thought.is_process && c == 'H');
        let first = text.chars().next()?;
        let mut taken = first.len_utf8();
        if is_mark(first) {
            if first == 'H' {
                if let Some(phrase) = RESPONSE.iter().find(|phrase| text.starts_with(**phrase)) {
                    self.mode = Mode::Text;
                    self.spacing.cut();
                    return Some(phrase.len());
                }
                if !over && RESPONSE.iter().any(|phrase| phrase.starts_with(text)) {
                    return None;
                }
            }
            match tag(text, &self.tools) {
                Look::Found(tag, length) => {
                    let raw = text.get(..length).unwrap_or_default();
                    if thought.tag(&tag, raw) {
                        self.mode = Mode::Text;
                        self.spacing.cut();
                    }
                    return Some(length);
                }
                Look::More if !over => return None,
                _ => {}
            }
        } else {
            let more = text.get(taken..).unwrap_or_default();
            taken += more.find(is_mark).unwrap_or(more.len());
        }
        thought.push(text.get(..taken).unwrap_or_default());
        Some(taken)
    }
}

impl Thought {
    /// Takes a tag; whether it ends the thought.
    fn tag(&mut self, tag: &Tag, raw: &str) -> bool {
        match (tag.topic, tag.edge) {
            (Topic::Thought, Edge::Open) if tag.empty => {}
            (Topic::Thought, Edge::Open) => {
                // A template and the model may both open it.
                self.depth += u32::from(!self.empty);
                self.push(raw);
            }
            (Topic::Thought, Edge::Close) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return true;
                }
                self.after = Some(String::new());
            }
            (Topic::Call | Topic::Wrapper | Topic::Channel, Edge::Open) => {
                self.after.get_or_insert_default();
                self.push(raw);
            }
            _ => self.push(raw),
        }
        self.empty &= matches!((tag.topic, tag.edge), (Topic::Thought, Edge::Open));
        false
    }

    fn push(&mut self, text: &str) {
        self.empty &= text.trim().is_empty() || text.starts_with('<');
        if let Some(after) = &mut self.after
            && after.len() + text.len() <= MAX_DOUBT
        {
            after.push_str(text);
        }
    }
}
