//! A stretch of text that is, or may be, a call.

use super::names::Edge;
use super::{Written, balance::Balance, calls, literal, tag::Tag};
use crate::{ToolSpec, message::ToolCall};

/// Most bytes of it that are kept: what is longer cannot be read.
const MAX_RAW: usize = 32 * 1_024;
/// Most bytes of what only may be a call: they are held back.
const MAX_DOUBTFUL: usize = 8 * 1_024;
/// Most tags of it that wait for their end.
const MAX_OPEN: usize = 64;

/// What ends it.
#[derive(Clone, Debug)]
pub(super) enum Until {
    /// The tag that closes the first one.
    Tag,
    /// The bracket that closes the first one.
    Bracket(Balance),
    /// The end of a fence.
    Fence,
    /// A token of Harmony.
    Channel,
}

/// How sure it is that it is a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It stands within the model's own markers.
    Own,
    /// It looks like one, and begins the answer.
    First,
    /// It looks like one, amid other text.
    Amid,
    /// It is marked, within a code fence that is the answer.
    Quoted,
    /// It is what a tool is said to have answered.
    Result,
}

/// What has come of it.
#[derive(Clone, Debug)]
pub(super) struct Capture {
    pub(super) until: Until,
    pub(super) mark: Mark,
    /// The tool, where the text holds its arguments alone.
    pub(super) recipient: Option<String>,
    raw: String,
    too_long: bool,
    /// Stems of the tags that are open.
    open: Vec<String>,
}

impl Capture {
    pub(super) fn new(until: Until, mark: Mark) -> Self {
        Self {
            until,
            mark,
            recipient: None,
            raw: String::new(),
            too_long: false,
            open: Vec::new(),
        }
    }

    /// One that a tag opens.
    pub(super) fn tagged(tag: &Tag, mark: Mark, until: Until) -> Self {
        let mut capture = Self::new(until, mark);
        capture.open.push(tag.stem.clone());
        capture
    }

    pub(super) fn push(&mut self, text: &str) {
        if text.len() > MAX_RAW - self.raw.len() {
            self.too_long = true;
        } else if !self.too_long {
            self.raw.push_str(text);
        }
    }

    /// Whether it may be text, and is too long to hold back.
    pub(super) fn is_doubtful(&self) -> bool {
        matches!(self.mark, Mark::First | Mark::Amid) && self.raw.len() >= MAX_DOUBTFUL
    }

    /// Takes a tag of calls; whether it ends this one.
    pub(super) fn tag(&mut self, tag: &Tag) -> bool {
        match tag.edge {
            Edge::Open => {
                // Once more the same: the first one was forgotten to be closed.
                if !tag.empty && self.open.last() != Some(&tag.stem) && self.open.len() < MAX_OPEN {
                    self.open.push(tag.stem.clone());
                }
                false
            }
            Edge::Close => {
                let at = self.open.iter().rposition(|stem| *stem == tag.stem);
                self.open.truncate(at.unwrap_or(0));
                self.open.is_empty()
            }
        }
    }

    /// The stem of the tag that opened it.
    pub(super) fn stem(&self) -> &str {
        self.open.first().map_or("", String::as_str)
    }

    /// Whether its fence has ended: a line of backticks that is not its first one.
    pub(super) fn is_fence_over(&self) -> bool {
        let text = self.raw.trim_end_matches(' ');
        let Some((before, line)) = text.rsplit_once('\n') else {
            return false;
        };
        line.trim_start().starts_with("```") && !before.is_empty()
    }

    /// What it was: a call, or text after all. `over`: the text ended before it did.
    pub(super) fn conclude(
        self,
        tools: &[ToolSpec],
        over: bool,
    ) -> Result<Option<Written>, String> {
        if self.mark == Mark::Result {
            return Ok(None);
        }
        let found = if self.too_long {
            None
        } else {
            self.read(tools)
        };
        let is_one = match self.mark {
            Mark::Own | Mark::Quoted | Mark::Result => true,
            Mark::First => found.is_some() || (over && self.names_a_tool(tools)),
            Mark::Amid => match &found {
                Some(found) => found
                    .iter()
                    .all(|call| calls::is_offered(&call.name, tools)),
                None => over && self.names_a_tool(tools),
            },
        };
        if !is_one {
            return Err(self.raw);
        }
        let (may_run, marked) = (self.mark != Mark::Quoted, self.mark == Mark::Own);
        Ok(Some(Written {
            calls: found.filter(|_| may_run).unwrap_or_default(),
            marked,
            raw: self.raw,
        }))
    }

    fn read(&self, tools: &[ToolSpec]) -> Option<Vec<ToolCall>> {
        if let Some(name) = &self.recipient {
            let arguments = literal::whole(&self.raw)?;
            return Some(vec![calls::call(name, calls::arguments_of(&arguments)?)]);
        }
        match (&self.until, self.mark) {
            (Until::Bracket(_), Mark::First | Mark::Amid) if self.raw.starts_with(['{', '[']) => {
                calls::of_json(&self.raw, tools).or_else(|| {
                    let by_name = self.raw.starts_with('[');
                    by_name.then(|| calls::read(&self.raw, tools)).flatten()
                })
            }
            (Until::Fence, _) => {
                let inside = self.raw.trim().trim_end_matches('`');
                let (_, inside) = inside.split_once('\n')?;
                match self.mark {
                    Mark::First => calls::of_json(inside, tools),
                    _ => calls::read(inside, tools),
                }
            }
            _ => calls::read(&self.raw, tools),
        }
    }

    /// Whether it has a tool's name for a value: JSON that was cut.
    fn names_a_tool(&self, tools: &[ToolSpec]) -> bool {
        let quoted = |name: &str| {
            let at = self.raw.find(name).filter(|at| *at > 0);
            at.and_then(|at| self.raw.get(at - 1..at))
                .is_some_and(|mark| matches!(mark, "\"" | "'" | "." | "["))
        };
        tools
            .iter()
            .any(|tool| self.raw.starts_with(tool.name) || quoted(tool.name))
    }
}
