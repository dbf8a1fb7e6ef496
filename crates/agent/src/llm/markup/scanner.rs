//! Reads a model's text as it comes, and takes thoughts and calls out of it. Pure: whatever pieces
//! the text comes in, what is shown is the same. Each character is looked at a bounded number of
//! times: a marker is short, and what is judged is not judged again.

use std::sync::Arc;

use super::{
    Written,
    balance::Balance,
    capture::{Capture, Mark, Until},
    code::Code,
    harmony::{self, Message},
    names::{Edge, PYTHON_TAG, Topic},
    opening::{self, Opening, RESPONSE},
    spacing::Spacing,
    tag::{BRACKETS, Look, Tag, tag},
};
use crate::llm::ToolSpec;

/// Most bytes between two of Harmony's tokens that are no text.
const MAX_HEADER: usize = 256;
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

/// A thought that is open.
#[derive(Debug, Default)]
struct Thought {
    depth: u32,
    /// Nothing but blanks has come since it was opened.
    empty: bool,
    /// Granite's, which a phrase ends.
    is_process: bool,
    /// What may turn out to be the answer if nothing closes the thought: what follows its inner end, or
    /// a call or an answer that begins within it.
    after: Option<String>,
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
        }
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
        std::mem::take(&mut self.found)
    }

    fn run(&mut self, over: bool) {
        let text = std::mem::take(&mut self.rest);
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
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
                let end = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
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
            _ => more.find(['<', '[', '◁', '{', '`', '~', '\n']).unwrap_or(more.len()),
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
            Opening::Json | Opening::Named => Capture::new(Until::Bracket(Balance::default()), mark),
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

    fn thought(&mut self, text: &str, over: bool) -> Option<usize> {
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

    fn call(&mut self, text: &str, over: bool) -> Option<usize> {
        if let Mode::Call(capture) = &self.mode
            && capture.is_doubtful()
            && let Mode::Call(capture) = std::mem::replace(&mut self.mode, Mode::Text)
        {
            self.conclude(*capture, false);
            return Some(0);
        }
        let Mode::Call(capture) = &mut self.mode else {
            return Some(0);
        };
        let first = text.chars().next()?;
        let mut taken = first.len_utf8();
        let ended = match &mut capture.until {
            Until::Bracket(balance) if balance.has_begun() || !matches!(first, '[' | '<') => {
                let closed = balance.push(first);
                capture.push(text.get(..taken).unwrap_or_default());
                closed
            }
            // Mistral's inner marks stand before the first bracket of the JSON.
            Until::Bracket(balance) => match tag(text, &self.tools) {
                Look::Found(_, length) => {
                    taken = length;
                    capture.push(text.get(..length).unwrap_or_default());
                    false
                }
                Look::More if !over && capture.mark == Mark::Own => return None,
                _ => {
                    balance.push(first);
                    capture.push(text.get(..taken).unwrap_or_default());
                    false
                }
            },
            Until::Fence => {
                capture.push(text.get(..taken).unwrap_or_default());
                first == '`' && capture.is_fence_over()
            }
            Until::Tag | Until::Channel => match tag(text, &self.tools) {
                Look::Found(tag, length) => {
                    let by_channel = matches!(capture.until, Until::Channel);
                    if by_channel && tag.topic == Topic::Channel {
                        // The token is for what follows.
                        taken = 0;
                        true
                    } else {
                        taken = length;
                        capture.push(text.get(..length).unwrap_or_default());
                        match tag.topic {
                            Topic::Call | Topic::Result if !by_channel => capture.tag(&tag),
                            Topic::Leaked => {
                                capture.stem() == PYTHON_TAG && tag.stem.starts_with('e')
                            }
                            _ => false,
                        }
                    }
                }
                Look::More if !over => return None,
                // Its closing tag was cut: what belongs to nobody is not read.
                Look::More if text.len() >= SURE => {
                    taken = text.len();
                    false
                }
                _ => {
                    let more = text.get(taken..).unwrap_or_default();
                    taken += more.find(['<', '[', '◁']).unwrap_or(more.len());
                    capture.push(text.get(..taken).unwrap_or_default());
                    false
                }
            },
        };
        if ended && let Mode::Call(capture) = std::mem::replace(&mut self.mode, Mode::Text) {
            let goes_on = match (&capture.until, &capture.recipient) {
                (Until::Channel, _) => Mode::Hidden,
                (_, Some(_)) => Mode::Analysis(None),
                _ => Mode::Text,
            };
            self.conclude(*capture, false);
            self.mode = goes_on;
        }
        Some(taken)
    }

    /// A call is over, or what looked like one.
    fn conclude(&mut self, capture: Capture, over: bool) {
        match capture.conclude(&self.tools, over) {
            Ok(written) => {
                self.found.extend(written.map(Found::Call));
                self.spacing.cut();
            }
            Err(text) => self.show(&text),
        }
    }

    /// Between Harmony's tokens, and where its message is not for the person.
    fn harmony(&mut self, text: &str, over: bool) -> Option<usize> {
        let first = text.chars().next()?;
        if first == '<' {
            match tag(text, &self.tools) {
                Look::Found(tag, length) if tag.topic == Topic::Channel => {
                    let header = match std::mem::replace(&mut self.mode, Mode::Text) {
                        Mode::Header(header) | Mode::Between(header) => header,
                        _ => String::new(),
                    };
                    self.token(&tag.stem, header);
                    return Some(length);
                }
                Look::More if !over => return None,
                _ => {}
            }
        }
        let taken = match &mut self.mode {
            Mode::Header(header) => {
                let is_call = header.contains("to=");
                if header.len() > MAX_HEADER || (is_call && first == '{') {
                    // Its tokens are lost.
                    let header = std::mem::take(header);
                    self.message(&header, true);
                    return Some(0);
                }
                header.push(first);
                first.len_utf8()
            }
            Mode::Between(between) => {
                if !harmony::may_be_header(between, first) {
                    let text = std::mem::take(between);
                    self.mode = Mode::Text;
                    self.show(&text);
                    return Some(0);
                }
                between.push(first);
                first.len_utf8()
            }
            _ => {
                if self.found.last() != Some(&Found::Thought) {
                    self.found.push(Found::Thought);
                }
                let skip = first.len_utf8();
                let more = text.get(skip..).unwrap_or_default();
                skip + more.find('<').unwrap_or(more.len())
            }
        };
        Some(taken)
    }

    /// A token of Harmony, after what a header or the text between messages has held.
    fn token(&mut self, name: &str, mut header: String) {
        match name {
            "message" => self.message(&header, false),
            "end" | "return" | "call" => self.mode = Mode::Between(String::new()),
            _ => {
                header.push_str(match name {
                    "channel" => harmony::CHANNEL,
                    _ => " ",
                });
                self.mode = Mode::Header(header);
            }
        }
        self.spacing.cut();
    }

    /// A message begins. `bare`: without its tokens, so that its JSON alone tells where it ends.
    fn message(&mut self, header: &str, bare: bool) {
        self.mode = match harmony::read(header) {
            (Message::Answer, rest) => {
                if bare {
                    self.show(rest);
                }
                Mode::Text
            }
            (Message::Call(name), _) => {
                let until = match bare {
                    true => Until::Bracket(Balance::default()),
                    false => Until::Channel,
                };
                let mut capture = Capture::new(until, Mark::Own);
                capture.recipient = Some(name);
                Mode::Call(Box::new(capture))
            }
            (Message::Hidden, _) => {
                self.found.push(Found::Opened);
                Mode::Hidden
            }
        };
    }

    /// Harmony without its tokens: the role and the channel of each message are one word.
    fn analysis(&mut self, text: &str, over: bool) -> Option<usize> {
        let Mode::Analysis(doubt) = &mut self.mode else {
            return Some(0);
        };
        if self.found.last() != Some(&Found::Thought) {
            self.found.push(Found::Thought);
        }
        let first = text.chars().next()?;
        let mut taken = first.len_utf8();
        match harmony::word(text) {
            Look::Found(word, length) => {
                match word {
                    harmony::Word::Final => self.mode = Mode::Text,
                    harmony::Word::Commentary => self.mode = Mode::Header(harmony::CHANNEL.to_owned() + "commentary"),
                    harmony::Word::Analysis => self.mode = Mode::Analysis(None),
                }
                self.spacing.cut();
                return Some(length);
            }
            Look::More if !over => return None,
            _ if first == '<' => match tag(text, &self.tools) {
                Look::Found(tag, length) if tag.topic == Topic::Channel => {
                    self.token(&tag.stem, String::new());
                    return Some(length);
                }
                Look::More if !over => return None,
                _ => {}
            },
            _ => {
                let more = text.get(taken..).unwrap_or_default();
                taken += more.find(['a', '<']).unwrap_or(more.len());
            }
        }
        if let Some(kept) = doubt {
            match kept.len() + taken > MAX_DOUBT {
                true => *doubt = None,
                false => kept.push_str(text.get(..taken).unwrap_or_default()),
            }
        }
        Some(taken)
    }

    /// Shows so many bytes of a text.
    fn shown(&mut self, text: &str, length: usize) -> usize {
        self.show(text.get(..length).unwrap_or(text));
        length
    }

    fn show(&mut self, text: &str) {
        self.code.push(text);
        let text = self.spacing.push(text);
        if text.is_empty() {
            return;
        }
        match self.found.last_mut() {
            Some(Found::Text(last)) => last.push_str(&text),
            _ => self.found.push(Found::Text(text)),
        }
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
