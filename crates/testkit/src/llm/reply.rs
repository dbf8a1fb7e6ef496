//! What the server does with a request.

use super::{Answer, Cuts, Fault, Pace};

/// One reply, as a script decides it.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The model answers.
    Answer(Answer),
    /// The provider reports an error instead.
    Fault(Fault),
    /// These bytes.
    Raw(Raw),
    /// The request is read, and nothing ever comes; until the client hangs up.
    Stall,
    /// The request is read, and the connection reset (RST).
    Reset,
}

/// A response given in full.
#[derive(Clone, Debug)]
pub struct Raw {
    /// HTTP status.
    pub status: u16,
    /// Headers besides those of the framing.
    pub headers: Vec<(String, String)>,
    /// The body, sent chunked.
    pub body: Vec<u8>,
    /// Waits before its first byte (`first`) and before each further part (`between`), and cuts. An
    /// event is what ends with an empty line.
    pub pace: Pace,
    /// Whether the connection stays open and silent after the body, until the client hangs up.
    pub stalls: bool,
}

impl Raw {
    /// A body of a content type, in one part.
    #[must_use]
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".into(), content_type.into())],
            body: body.into(),
            pace: Pace::default(),
            stalls: false,
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Never ends the body.
    #[must_use]
    pub fn stalling(mut self) -> Self {
        self.stalls = true;
        self
    }

    /// Sets where the body is cut.
    #[must_use]
    pub fn cut(mut self, cuts: Cuts) -> Self {
        self.pace.cuts = cuts;
        self
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

impl From<Fault> for Reply {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Raw> for Reply {
    fn from(raw: Raw) -> Self {
        Self::Raw(raw)
    }
}
