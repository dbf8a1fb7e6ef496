//! Reads a model's text as it comes, and takes thoughts and calls out of it. Pure: whatever pieces
//! the text comes in, what is shown is the same. Each character is looked at a bounded number of
//! times: a marker is short, and what is judged is not judged again.

mod call;
mod channels;
mod thought;

use std::sync::Arc;

use thought::Thought;

use super::{
    Written,
    balance::Balance,
    capture::{Capture, Mark, Until},
    code::Code,
    harmony::{self, Message},
    names::{Edge, Topic},
    opening::{self, Opening},
    spacing::Spacing,
    tag::{BRACKETS, Look, Tag, tag},
};
use crate::ToolSpec;

/// Most bytes that are kept of what may be text after all.
const MAX_DOUBT: usize = 256 * 1_024;
/// From so many bytes on, a marker that the text ends in the middle of is one.
const SURE: usize = 5;

/// What was found in a text.
#[derive(Debug, PartialEq)]
pub(super) enum Found {
    /// Text to show.
    Text(String),
    /// Some of a thought.
    Thought,
    /// A thought is opened here.
    Opened,
    /// A thought is closed here that nothing opened.
    Alone,
    /// A call.
    Call(Written),
}

/// What the text is at the moment.
#[derive(Debug)]
enum Mode {
    Text,
    Thought(Thought),
    Call(Box<Capture>),
    /// Between Harmony's `<|start|>` or `<|channel|>` and its `<|message|>`.
    Header(String),
    /// After its `<|end|>`: a header whose first token is missing, or text.
    Between(String),
    /// A message of Harmony that is not for the person.
    Hidden,
    /// The same without tokens. What it holds is text where no answer follows.
    Analysis(Option<String>),
    /// The word after a token that names who speaks.
    Role,
}

/// The reader of one text.
#[derive(Debug)]
pub(super) struct Scanner {
    tools: Arc<[ToolSpec]>,
    /// What is not judged yet: the beginning of a marker, perhaps.
    rest: String,
    mode: Mode,
    code: Code,
    spacing: Spacing,
    found: Vec<Found>,
    /// Whether a thought may be given up where it stays open.
    lenient: bool,
    /// Steps taken.
    #[cfg(test)]
    steps: usize,
}

impl Scanner {
    pub(super) fn new(tools: Arc<[ToolSpec]>) -> Self {
        Self {
            tools,
            rest: String::new(),
            mode: Mode::Text,
            code: Code::default(),
            spacing: Spacing::default(),
            found: Vec::new(),
            lenient: true,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// How many steps it took.
    #[cfg(test)]
    pub(super) const fn steps(&self) -> usize {
        self.steps
    }

    /// Takes more of the text.
    pub(super) fn push(&mut self, text: &str) -> Vec<Found> {
        self.rest.push_str(text);
        self.run(false);
        std::mem::take(&mut self.found)
    }

    /// The text is over.
    pub(super) fn finish(&mut self) -> Vec<Found> {
        self.run(true);
        match std::mem::replace(&mut self.mode, Mode::Text) {
            Mode::Text | Mode::Hidden | Mode::Role | Mode::Analysis(None) => {}
            Mode::Thought(thought) => {
                let after = thought.after.filter(|_| self.lenient).unwrap_or_default();
                if !after.trim().is_empty() {
                    // Once: what is given up is not given up again.
                    self.lenient = false;
                    self.rest = after;
                    let mut found = std::mem::take(&mut self.found);
                    found.extend(self.finish());
                    return found;
                }
            }
            Mode::Call(capture) => self.conclude(*capture, true),
            Mode::Header(header) => {
                if let (Message::Answer, rest) = harmony::read(&header) {
                    self.show(rest);
                }
            }
            Mode::Between(text) => {
                if !matches!(text.trim(), "assistant" | "assistantfinal") {
                    self.show(&text);
                }
            }
            Mode::Analysis(Some(text)) => self.show(&text),
        }
        let blanks = self.spacing.finish();
        self.emit(blanks);
        std::mem::take(&mut self.found)
    }

    fn run(&mut self, over: bool) {
        let text = std::mem::take(&mut self.rest);
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            #[cfg(test)]
            {
                self.steps += 1;
            }
            match self.step(rest, over) {
                Some(taken) => at += taken,
                None => break,
            }
        }
        let kept = text.get(at..).unwrap_or_default();
        // What was found may have put something in front of what comes.
        self.rest.insert_str(0, kept);
    }

    /// Judges the beginning of a text that is not empty; how many bytes it took, `None` = too few to
    /// tell.
    fn step(&mut self, text: &str, over: bool) -> Option<usize> {
        match &mut self.mode {
            Mode::Text => self.text(text, over),
            Mode::Thought(_) => self.thought(text, over),
            Mode::Call(_) => self.call(text, over),
            Mode::Header(_) | Mode::Between(_) | Mode::Hidden => self.harmony(text, over),
            Mode::Analysis(_) => self.analysis(text, over),
            Mode::Role => {
                let end = text.find(|c: char| !c.is_alphanumeric());
                if end != Some(0) {
                    return Some(end.unwrap_or(text.len()));
                }
                self.mode = Mode::Text;
                Some(0)
            }
        }
    }

    fn text(&mut self, text: &str, over: bool) -> Option<usize> {
        let first = text.chars().next()?;
        if self.code.is_inside(first) {
            // Up to what may end it.
            let length = match first {
                '`' | '~' | '\n' => 1,
                _ => text.find(['`', '~', '\n']).unwrap_or(text.len()),
            };
            return Some(self.shown(text, length));
        }
        if self.spacing.is_start() {
            if first.is_whitespace() {
                let end = text
                    .find(|c: char| !c.is_whitespace())
                    .unwrap_or(text.len());
                return Some(self.shown(text, end));
            }
            match opening::at_start(text, &self.tools) {
                Look::Found(opening, length) => {
                    self.open(opening, true);
                    return Some(length);
                }
                Look::More if !over => return None,
                _ => {}
            }
        }
        match first {
            '<' | '[' | '◁' => match tag(text, &self.tools) {
                Look::Found(tag, length) => {
                    self.tag(&tag, text.get(..length).unwrap_or_default());
                    return Some(length);
                }
                Look::More if !over => return None,
                // The text ends in the middle of a marker.
                Look::More if text.len() >= SURE => return Some(text.len()),
                _ => {}
            },
            '{' | '`' => match opening::within(text, self.code.is_line_start(), &self.tools) {
                Look::Found(opening, length) => {
                    self.open(opening, false);
                    return Some(length);
                }
                Look::More if !over => return None,
                _ => {}
            },
            _ => {}
        }
        let skip = first.len_utf8();
        let more = text.get(skip..).unwrap_or_default();
        let end = match first {
            '`' | '~' | '\n' => 0,
            _ => more
                .find(['<', '[', '◁', '{', '`', '~', '\n'])
                .unwrap_or(more.len()),
        };
        Some(self.shown(text, skip + end))
    }

    /// A tag amid text.
    fn tag(&mut self, tag: &Tag, raw: &str) {
        match (tag.topic, tag.edge) {
            (Topic::Thought, Edge::Open) if tag.empty => {}
            (Topic::Thought, Edge::Open) => {
                self.found.push(Found::Opened);
                self.mode = Mode::Thought(Thought {
                    depth: 1,
                    empty: true,
                    ..Thought::default()
                });
            }
            (Topic::Thought, Edge::Close) => {
                self.found.push(Found::Alone);
                self.spacing = Spacing::default();
                self.code = Code::default();
            }
            (Topic::Call | Topic::Result, Edge::Open) => {
                let mark = match tag.topic {
                    Topic::Call => Mark::Own,
                    _ => Mark::Result,
                };
                let until = match tag.stem == BRACKETS {
                    true => Until::Bracket(Balance::default()),
                    false => Until::Tag,
                };
                let mut capture = Capture::tagged(tag, mark, until);
                capture.push(raw);
                match tag.empty {
                    true => self.conclude(capture, false),
                    false => self.mode = Mode::Call(Box::new(capture)),
                }
            }
            (Topic::Channel, _) => self.token(&tag.stem, String::new()),
            (Topic::Role, _) => self.mode = Mode::Role,
            (Topic::Wrapper | Topic::Leaked, _) | (Topic::Call | Topic::Result, Edge::Close) => {}
        }
        if tag.topic != Topic::Leaked {
            self.spacing.cut();
        }
    }

    fn open(&mut self, opening: Opening, at_start: bool) {
        let mark = if at_start { Mark::First } else { Mark::Amid };
        let capture = match opening {
            Opening::Json | Opening::Named => {
                Capture::new(Until::Bracket(Balance::default()), mark)
            }
            Opening::Fenced => Capture::new(Until::Fence, mark),
            Opening::FencedTags => Capture::new(Until::Fence, Mark::Quoted),
            Opening::ToolFence => Capture::new(Until::Fence, Mark::Own),
            Opening::Harmony => {
                self.mode = Mode::Between(String::new());
                return;
            }
            Opening::Analysis { surely } => {
                self.mode = Mode::Analysis((!surely).then(String::new));
                return;
            }
            Opening::Recipient => {
                self.mode = Mode::Header(String::new());
                return;
            }
            Opening::Nothing => return self.spacing.cut(),
            Opening::Process => {
                self.found.push(Found::Opened);
                self.mode = Mode::Thought(Thought {
                    depth: 1,
                    is_process: true,
                    ..Thought::default()
                });
                return;
            }
        };
        self.mode = Mode::Call(Box::new(capture));
    }

    /// Shows so many bytes of a text.
    fn shown(&mut self, text: &str, length: usize) -> usize {
        self.show(text.get(..length).unwrap_or(text));
        length
    }

    fn show(&mut self, text: &str) {
        self.code.push(text);
        let text = self.spacing.push(text);
        self.emit(text);
    }

    fn emit(&mut self, text: String) {
        if text.is_empty() {
            return;
        }
        match self.found.last_mut() {
            Some(Found::Text(last)) => last.push_str(&text),
            _ => self.found.push(Found::Text(text)),
        }
    }
}
