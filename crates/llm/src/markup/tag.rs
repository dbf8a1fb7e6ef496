//! One tag at the beginning of a text: which it is, or whether more of the text must tell.

use super::names::{self, Edge, Form, Topic};
use crate::ToolSpec;

/// Most bytes of a tag's name.
const MAX_NAME: usize = 48;
/// Most bytes of a whole tag, with its attributes.
const MAX_TAG: usize = 192;

/// What a text begins with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Look<T> {
    /// Nothing of interest.
    No,
    /// The text is too short to tell.
    More,
    /// This, so many bytes long.
    Found(T, usize),
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) topic: Topic,
    pub(super) edge: Edge,
    /// What its two edges have in common.
    pub(super) stem: String,
    /// It is both edges: `<think/>`.
    pub(super) empty: bool,
}

/// Tags in brackets and other marks, which are written in this one way.
const LITERAL: [(&str, Topic, Edge, &str); 14] = [
    ("[THINK]", Topic::Thought, Edge::Open, ""),
    ("[/THINK]", Topic::Thought, Edge::Close, ""),
    ("◁think▷", Topic::Thought, Edge::Open, ""),
    ("◁/think▷", Topic::Thought, Edge::Close, ""),
    ("[TOOL_CALLS]", Topic::Call, Edge::Open, BRACKETS),
    ("[/TOOL_CALLS]", Topic::Call, Edge::Close, BRACKETS),
    ("[TOOL_CALL]", Topic::Call, Edge::Open, "tool_call"),
    ("[/TOOL_CALL]", Topic::Call, Edge::Close, "tool_call"),
    ("[TOOL_REQUEST]", Topic::Call, Edge::Open, "request"),
    ("[END_TOOL_REQUEST]", Topic::Call, Edge::Close, "request"),
    ("[ARGS]", Topic::Leaked, Edge::Open, ""),
    ("[CALL_ID]", Topic::Leaked, Edge::Open, ""),
    ("[TOOL_RESULTS]", Topic::Result, Edge::Open, "results"),
    ("[/TOOL_RESULTS]", Topic::Result, Edge::Close, "results"),
];

/// Mistral's `[TOOL_CALLS]`, which nothing closes: the call ends with its JSON.
pub(super) const BRACKETS: &str = "TOOL_CALLS";

/// The tag at the beginning of a text. Names of tools are tags as well: some models call by them.
pub(super) fn tag(text: &str, tools: &[ToolSpec]) -> Look<Tag> {
    match text.chars().next() {
        Some('<') => angle(text, tools),
        Some('[' | '◁') => literal(text),
        _ => Look::No,
    }
}

fn literal(text: &str) -> Look<Tag> {
    let mut partial = false;
    for (mark, topic, edge, stem) in LITERAL {
        if text.starts_with(mark) {
            let tag = Tag {
                topic,
                edge,
                stem: stem.to_owned(),
                empty: false,
            };
            return Look::Found(tag, mark.len());
        }
        partial |= mark.starts_with(text);
    }
    if partial { Look::More } else { Look::No }
}

fn angle(text: &str, tools: &[ToolSpec]) -> Look<Tag> {
    let mut form = Form::default();
    let mut rest = text.get(1..).unwrap_or_default();
    form.slash = eat(&mut rest, is_slash);
    form.lead = eat(&mut rest, is_pipe);
    // DeepSeek's second alphabet: `<｜DSML｜invoke …>`.
    if form.lead {
        match rest.strip_prefix("DSML") {
            Some("") => return Look::More,
            Some(more) => {
                rest = more;
                form.lead = false;
                if !eat(&mut rest, is_pipe) {
                    return Look::No;
                }
            }
            None if !rest.is_empty() && "DSML".starts_with(rest) => return Look::More,
            None => {}
        }
    }
    form.slash |= eat(&mut rest, is_slash);
    let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let (raw, after) = rest.split_at(end);
    if end > MAX_NAME {
        return Look::No;
    }
    let name: String = raw.chars().map(folded).collect();
    let tool = |name: &str| tools.iter().any(|tool| tool.name == name);
    if after.is_empty() {
        let begins = |name: &str| tools.iter().any(|tool| tool.name.starts_with(name));
        return match names::begins(&name) || begins(&name) {
            true => Look::More,
            false => Look::No,
        };
    }
    let mut rest = after;
    form.trail = eat(&mut rest, is_pipe);
    let (topic, edge, stem) = match names::lookup(&name, form) {
        Some(known) => known,
        None if tool(&name) && !form.lead && !form.trail => {
            let edge = if form.slash { Edge::Close } else { Edge::Open };
            (Topic::Call, edge, &*name)
        }
        None => return Look::No,
    };
    // Attributes: nothing that opens another tag.
    let Some(close) = rest.find(['>', '<']) else {
        return match text.len() < MAX_TAG {
            true if may_follow(rest, &name) => Look::More,
            _ => Look::No,
        };
    };
    let (attributes, end) = rest.split_at(close);
    if !end.starts_with('>') || !may_follow(attributes, &name) {
        return Look::No;
    }
    let length = text.len() - end.len() + 1;
    if length > MAX_TAG {
        return Look::No;
    }
    let tag = Tag {
        topic,
        edge,
        stem: stem.to_owned(),
        empty: attributes.ends_with('/'),
    };
    Look::Found(tag, length)
}

/// Whether this may stand between a tag's name and its end.
fn may_follow(attributes: &str, name: &str) -> bool {
    match attributes.chars().next() {
        None => true,
        Some('=') => name == "function" || name == "invoke" || name == "tool",
        Some(c) => c.is_whitespace() || c == '/',
    }
}

fn eat(rest: &mut &str, mark: fn(char) -> bool) -> bool {
    match rest.chars().next() {
        Some(c) if mark(c) => {
            *rest = rest.get(c.len_utf8()..).unwrap_or_default();
            true
        }
        _ => false,
    }
}

const fn is_slash(c: char) -> bool {
    c == '/'
}

/// ASCII's, and the wide one of DeepSeek.
const fn is_pipe(c: char) -> bool {
    matches!(c, '|' | '｜')
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '▁')
}

fn folded(c: char) -> char {
    match c {
        '-' | '▁' => '_',
        c => c.to_ascii_lowercase(),
    }
}
