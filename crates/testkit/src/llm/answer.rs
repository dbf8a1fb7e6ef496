//! What a scripted model says, in the words of no protocol.

use std::time::Duration;

use serde_json::Value;

use super::Cuts;

/// One answer of the model, how its bytes travel, and how it ends.
///
/// A *piece* is one delta of text or of a call's arguments. Pieces are counted from the start of
/// the answer, text first.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The text, one delta for each.
    pub text: Vec<String>,
    /// The tools that it calls.
    pub calls: Vec<ToolCall>,
    /// Tokens; `None` = the provider does not say.
    pub usage: Option<Usage>,
    /// Why it stops; `None` = `ToolCalls` where there are calls, else `Stop`.
    pub finish: Option<Finish>,
    /// The answer's id; `None` = made from the number of the request.
    pub id: Option<String>,
    /// The model that answers; `None` = the one asked for.
    pub model: Option<String>,
    /// Timing and cuts.
    pub pace: Pace,
    /// What a client must get over: after how many pieces, and what.
    pub noise: Vec<(usize, Noise)>,
    /// How it ends.
    pub ending: Ending,
}

/// A tool call of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToolCall {
    /// Its id; empty = made from the number of the request and the position of the call.
    pub id: String,
    /// The tool.
    pub name: String,
    /// The arguments' text, one delta for each piece: meant to be JSON together.
    pub arguments: Vec<String>,
}

/// Tokens of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Prompt tokens, those read from and written to the cache included.
    pub prompt: u64,
    /// Completion tokens.
    pub completion: u64,
    /// Prompt tokens read from the cache.
    pub cached: u64,
    /// Prompt tokens written to the cache.
    pub cache_write: u64,
    /// Completion tokens that were thought and not said. Anthropic's protocol does not tell them apart.
    pub reasoning: u64,
}

/// Why a model stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// It is done.
    Stop,
    /// It wants tools.
    ToolCalls,
    /// No tokens left.
    Length,
    /// A filter of the provider stopped it (Anthropic: a refusal).
    ContentFilter,
}

/// How the bytes of an answer travel.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// Wait before the first piece; the head of the response is sent at once.
    pub first: Duration,
    /// Wait before each further piece.
    pub between: Duration,
    /// Where the bytes are cut.
    pub cuts: Cuts,
}

/// Something in a stream that a client must get over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Data that is not JSON.
    Malformed,
    /// An event of a type, or a chunk of an object, that no client knows.
    UnknownEvent,
    /// A chunk without choices and without usage, as Azure begins with. Anthropic: a ping.
    EmptyChoices,
    /// A comment line, which providers send to keep the connection open.
    Comment,
}

/// How an answer ends. Numbers count the pieces that are sent before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// As it should.
    #[default]
    Complete,
    /// Nothing more comes, and the connection stays open until the client hangs up.
    StallAfter(usize),
    /// The connection is reset (RST).
    ResetAfter(usize),
    /// The connection is closed (FIN) in the middle of the body: a client's HTTP layer notices.
    CloseAfter(usize),
    /// The body ends in good order, without finish reason and end mark: only a client that looks for
    /// them notices.
    CutAfter(usize),
    /// The provider reports an error inside the stream (OpenAI: a server error; Anthropic:
    /// overloaded) and ends.
    ErrorEventAfter(usize),
}

impl Answer {
    /// A text; each word is a piece.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::default().and_text(text)
    }

    /// One tool call, its arguments in several pieces.
    #[must_use]
    pub fn call(name: impl Into<String>, arguments: Value) -> Self {
        Self::default().and_call(name, arguments)
    }

    /// Adds text.
    #[must_use]
    pub fn and_text(mut self, text: impl AsRef<str>) -> Self {
        let words = text.as_ref().split_inclusive(' ');
        self.text.extend(words.map(str::to_owned));
        self
    }

    /// Adds a tool call.
    #[must_use]
    pub fn and_call(self, name: impl Into<String>, arguments: Value) -> Self {
        self.and_raw_call(name, &arguments.to_string())
    }

    /// Adds a tool call whose arguments are this text, JSON or not.
    #[must_use]
    pub fn and_raw_call(mut self, name: impl Into<String>, arguments: &str) -> Self {
        self.calls.push(ToolCall {
            id: String::new(),
            name: name.into(),
            arguments: arguments
                .split_inclusive([':', ',', ' '])
                .map(str::to_owned)
                .collect(),
        });
        self
    }

    /// Sets the tokens.
    #[must_use]
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.usage = Some(usage);
        self
    }

    /// Sets why it stops.
    #[must_use]
    pub fn with_finish(mut self, finish: Finish) -> Self {
        self.finish = Some(finish);
        self
    }

    /// Sets the model that answers.
    #[must_use]
    pub fn with_model(mut self, model: impl Into<String>) -> Self {
        self.model = Some(model.into());
        self
    }

    /// Sets where the bytes are cut.
    #[must_use]
    pub fn cut(mut self, cuts: Cuts) -> Self {
        self.pace.cuts = cuts;
        self
    }

    /// Sets the waits before the first piece and between pieces.
    #[must_use]
    pub fn slow(mut self, first: Duration, between: Duration) -> Self {
        self.pace.first = first;
        self.pace.between = between;
        self
    }

    /// Adds noise after so many pieces.
    #[must_use]
    pub fn noisy(mut self, after: usize, noise: Noise) -> Self {
        self.noise.push((after, noise));
        self
    }

    /// Sets how it ends.
    #[must_use]
    pub fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }

    /// Why it stops, said or derived.
    pub(super) fn finish_reason(&self) -> Finish {
        self.finish.unwrap_or(if self.calls.is_empty() {
            Finish::Stop
        } else {
            Finish::ToolCalls
        })
    }

    /// The id of the call at this position of the answer to request `number`.
    pub(super) fn call_id(&self, prefix: &str, number: usize, position: usize) -> String {
        match self.calls.get(position) {
            Some(call) if !call.id.is_empty() => call.id.clone(),
            _ => format!("{prefix}_{number}_{position}"),
        }
    }
}
