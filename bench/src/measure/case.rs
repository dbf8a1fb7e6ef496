//! The kinds of load, and which servers meet them.

use std::time::Duration;

use testkit::llm::Delivery;

use crate::variant::Variant;

/// The pace of a real model.
const FIRST_TOKEN: Duration = Duration::from_millis(300);
const BETWEEN_TOKENS: Duration = Duration::from_millis(20);

/// A kind of load.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// So many clients that want the answer whole.
    Json(usize),
    /// So many clients that read a stream, as fast as it can be.
    Sse(usize),
    /// So many clients that read a stream at the pace of a real model.
    Streams(usize),
}

impl Case {
    /// Those of a comparison; `streams` are measured with half of them as well.
    pub(crate) fn all(streams: usize) -> Vec<Self> {
        let mut cases: Vec<Self> = [1, 16, 64].map(Self::Json).into();
        cases.extend([1, 16].map(Self::Sse));
        if streams > 0 {
            cases.extend([streams / 2, streams].map(Self::Streams));
        }
        cases
    }

    pub(crate) fn name(self) -> String {
        match self {
            Self::Json(clients) => format!("JSON, {clients}"),
            Self::Sse(clients) => format!("SSE, {clients}"),
            Self::Streams(clients) => format!("{clients} realistic streams"),
        }
    }

    pub(crate) fn clients(self) -> usize {
        match self {
            Self::Json(clients) | Self::Sse(clients) | Self::Streams(clients) => clients,
        }
    }

    /// Those that are worth comparing under this load: whether it is with `most` of the
    /// realistic streams, and whether conversations are stored.
    pub(crate) fn variants(self, most: usize, stored: bool) -> Vec<Variant> {
        use Variant::{Floor, FloorWhole, Ours, OursInMemory, OursStored, OursTight, OursUntraced};
        let mut variants = match self {
            // What is left out is told by the others.
            Self::Json(64) => vec![Floor, FloorWhole, Ours],
            Self::Json(_) => vec![Floor, FloorWhole, Ours, OursUntraced, OursInMemory],
            Self::Sse(1) => vec![Floor, Ours, OursInMemory],
            Self::Sse(_) => vec![Floor, Ours, OursUntraced, OursInMemory],
            Self::Streams(streams) if streams < most => vec![Floor, OursTight],
            Self::Streams(_) => vec![Floor, Ours, OursTight],
        };
        if stored && matches!(self, Self::Json(1 | 16)) {
            variants.push(OursStored);
        }
        variants
    }

    /// How the model answers.
    pub(crate) fn delivery(self) -> Delivery {
        match self {
            Self::Json(_) => Delivery::AtOnce,
            Self::Sse(_) => Delivery::ByToken,
            Self::Streams(_) => Delivery::Paced {
                first: FIRST_TOKEN,
                between: BETWEEN_TOKENS,
            },
        }
    }
}
