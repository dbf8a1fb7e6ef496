//! Beginnings that carry no tag: a bare JSON call, a fence around one, a call by name, and what is
//! left of Harmony where a server has lost its tokens.

use super::names::{Edge, Topic};
use super::{
    calls,
    tag::{Look, tag},
};
use crate::ToolSpec;

/// Most blanks before what tells.
const MAX_BLANKS: usize = 64;
/// Most bytes of the first key, or of a fence's info string.
const MAX_WORD: usize = 40;

/// What may begin without a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// JSON that may be a call, to its last bracket.
    Json,
    /// `name(…)`, to its last bracket.
    Named,
    /// A fence around JSON that may be a call.
    Fenced,
    /// A fence around a call that is marked, which is shown to nobody and does not run either.
    FencedTags,
    /// A fence whose name says that it is a call.
    ToolFence,
    /// What may stand before a token of Harmony.
    Harmony,
    /// Harmony without its tokens: `analysis…assistantfinal…`. Surely, or perhaps.
    Analysis { surely: bool },
    /// `commentary to=functions.f json{…}` without its tokens.
    Recipient,
    /// `assistantfinal`: no text.
    Nothing,
    /// "Here is my thought process:", as Granite writes it.
    Process,
}

/// Info strings of fences that are calls.
const TOOL_FENCES: [&str; 5] = [
    "tool_code",
    "tool_call",
    "tool_calls",
    "tool_use",
    "function_call",
];

/// How Granite begins its thoughts.
const PROCESS: [&str; 3] = [
    "Here is my thought process:",
    "Here's my thought process:",
    "Here’s my thought process:",
];
/// How Granite ends them.
pub(super) const RESPONSE: [&str; 3] = [
    "Here is my response:",
    "Here's my response:",
    "Here’s my response:",
];

/// The beginning of a whole answer.
pub(super) fn at_start(text: &str, tools: &[ToolSpec]) -> Look<Opening> {
    let first = text.chars().next();
    match first {
        Some('{') => json(text, tools, Opening::Json),
        Some('[') => list(text, tools),
        Some('`' | '~') => fence(text, tools, true),
        _ => words(text, tools),
    }
}

/// The beginning of a line, or of anything within it.
pub(super) fn within(text: &str, line_start: bool, tools: &[ToolSpec]) -> Look<Opening> {
    match text.chars().next() {
        Some('{') => json(text, tools, Opening::Json),
        Some('`') if line_start => fence(text, tools, false),
        _ => Look::No,
    }
}

/// An object whose first key may be one of a call.
fn json(text: &str, tools: &[ToolSpec], opening: Opening) -> Look<Opening> {
    let inside = text.get(1..).unwrap_or_default();
    let Some(quoted) = after_blanks(inside) else {
        return Look::No;
    };
    let Some(quote @ ('"' | '\'')) = quoted.chars().next() else {
        return if quoted.is_empty() {
            Look::More
        } else {
            Look::No
        };
    };
    let key = quoted.get(1..).unwrap_or_default();
    match key.split_once(quote) {
        Some((key, _)) if calls::may_begin(key) || calls::is_offered(key, tools) => {
            Look::Found(opening, 0)
        }
        None if key.len() < MAX_WORD => Look::More,
        _ => Look::No,
    }
}

/// A list of such objects, or of calls by name.
fn list(text: &str, tools: &[ToolSpec]) -> Look<Opening> {
    let inside = text.get(1..).unwrap_or_default();
    match after_blanks(inside) {
        Some("") => Look::More,
        Some(item) if item.starts_with('{') => json(item, tools, Opening::Json),
        Some(item) => named(item, tools),
        None => Look::No,
    }
}

/// A tool's name and a bracket.
fn named(text: &str, tools: &[ToolSpec]) -> Look<Opening> {
    let mut look = Look::No;
    for tool in tools {
        if tool.name.starts_with(text) {
            look = Look::More;
        } else if let Some(rest) = text.strip_prefix(tool.name)
            && rest.starts_with(['(', '{'])
        {
            return Look::Found(Opening::Named, 0);
        }
    }
    look
}

/// A fence whose name, or whose content where it begins the answer, is a call.
fn fence(text: &str, tools: &[ToolSpec], at_start: bool) -> Look<Opening> {
    let Some(info) = text.strip_prefix("```") else {
        return if "```".starts_with(text) {
            Look::More
        } else {
            Look::No
        };
    };
    let (info, content) = match info.split_once('\n') {
        Some((info, content)) => (info, Some(content)),
        None => (info, None),
    };
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '\r');
    let may_be = match at_start {
        true => info.chars().all(is_plain),
        false => TOOL_FENCES
            .iter()
            .any(|known| known.starts_with(info.trim_end())),
    };
    if info.len() > MAX_WORD || !may_be {
        return Look::No;
    }
    let Some(content) = content else {
        return Look::More;
    };
    if TOOL_FENCES.contains(&info.trim()) {
        return Look::Found(Opening::ToolFence, 0);
    }
    let Some(content) = after_blanks(content).filter(|_| at_start) else {
        return Look::No;
    };
    match content.chars().next() {
        None => Look::More,
        Some('{') => json(content, tools, Opening::Fenced),
        Some('[') if tag(content, tools) == Look::No => match list(content, tools) {
            Look::Found(..) => Look::Found(Opening::Fenced, 0),
            other => other,
        },
        _ => match tag(content, tools) {
            Look::Found(tag, _) if (tag.topic, tag.edge) == (Topic::Call, Edge::Open) => {
                Look::Found(Opening::FencedTags, 0)
            }
            Look::More => Look::More,
            _ => Look::No,
        },
    }
}

fn words(text: &str, tools: &[ToolSpec]) -> Look<Opening> {
    if PROCESS.iter().any(|phrase| text.starts_with(phrase)) {
        return Look::Found(Opening::Process, 0);
    }
    let mut more = PROCESS.iter().any(|phrase| phrase.starts_with(text));
    for word in ["assistant", "analysis", "final", "commentary"] {
        match text.strip_prefix(word) {
            None => more |= word.starts_with(text),
            Some(rest) if rest.starts_with("<|") => return Look::Found(Opening::Harmony, 0),
            Some(rest) => more |= "<|".starts_with(rest),
        }
    }
    let bare = text.strip_prefix("assistant").unwrap_or(text);
    let is_led = bare.len() < text.len();
    if let Some(rest) = bare.strip_prefix("analysis") {
        match rest.chars().next() {
            None => more = true,
            Some(c) if is_led || c.is_alphanumeric() => {
                return Look::Found(Opening::Analysis { surely: true }, 0);
            }
            Some(c) if c.is_whitespace() => {
                return Look::Found(Opening::Analysis { surely: false }, 0);
            }
            Some(_) => {}
        }
    }
    for start in ["commentary to=", "to=functions."] {
        if bare.starts_with(start) {
            return Look::Found(Opening::Recipient, 0);
        }
        more |= start.starts_with(bare);
    }
    if is_led {
        if bare.starts_with("final") {
            return Look::Found(Opening::Nothing, "assistantfinal".len());
        }
        more |= ["analysis", "final"]
            .iter()
            .any(|word| word.starts_with(bare));
    }
    let lists = "functools[";
    if text.starts_with(lists) {
        return Look::Found(Opening::Named, 0);
    }
    more |= lists.starts_with(text);
    match named(text, tools) {
        Look::No if more => Look::More,
        look => look,
    }
}

/// What follows a few blanks; `None` where there are too many.
fn after_blanks(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (text.len() - rest.len() <= MAX_BLANKS).then_some(rest)
}
