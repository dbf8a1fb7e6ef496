//! A finished span as it is kept, shown and stored: owned, compact, JSON in text form.

use std::{borrow::Cow, collections::HashSet, sync::Arc, time::SystemTime};

use opentelemetry::trace::{SpanKind, Status as OtelStatus};
use opentelemetry_sdk::trace::SpanData;
use serde::{Deserialize, Serialize};

use crate::{
    attribute::{ALLOCATION, Attributes},
    ids::{SpanId, TraceId},
};

/// A finished span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// The trace that it belongs to.
    pub trace_id: TraceId,
    /// Its own id.
    pub span_id: SpanId,
    /// The span above it; `None` for the root of the trace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<SpanId>,
    /// Whether the span above it belongs to another process.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub remote_parent: bool,
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its role in a remote interaction.
    pub kind: Kind,
    /// Start, in nanoseconds since 1970.
    pub start_ns: u64,
    /// End, in nanoseconds since 1970.
    pub end_ns: u64,
    /// What was recorded on it.
    pub attributes: Attributes,
    /// What happened during it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Spans of other traces that it belongs with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<crate::SpanRef>,
    /// Whether it failed.
    pub status: Status,
    /// Whether it was also exported.
    pub sampled: bool,
}

/// Something that happened at one moment of a span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its name; `exception` for an error.
    pub name: Cow<'static, str>,
    /// When, in nanoseconds since 1970.
    pub at_ns: u64,
    /// What was recorded on it.
    pub attributes: Attributes,
}

/// The role of a span in a remote interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Work inside this process.
    Internal,
    /// Answers a request from outside.
    Server,
    /// Asks another service.
    Client,
    /// Puts work into a queue.
    Producer,
    /// Takes work from a queue.
    Consumer,
}

/// Whether a span failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It did not fail.
    Unset,
    /// It was marked as a success by hand.
    Ok,
    /// It failed, with this message.
    Error(Box<str>),
}

/// A log line that was written inside a trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The span in which it was written.
    pub span_id: SpanId,
    /// When, in nanoseconds since 1970.
    pub at_ns: u64,
    /// The line: one JSON object.
    pub json: Arc<str>,
}

/// What is known of a trace, in the order in which its spans ended: children come first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Its id.
    pub trace_id: TraceId,
    /// Its finished spans.
    pub spans: Vec<Arc<Span>>,
    /// Its log lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Spans and lines that were not kept because the trace was too large.
    #[serde(default)]
    pub truncated: u32,
}

/// What an `Arc` and its place in a list add to its content, in bytes.
const SHARED: usize = ALLOCATION + 4 * size_of::<usize>();

impl Span {
    /// End minus start, in milliseconds.
    pub fn duration_ms(&self) -> f64 {
        self.end_ns.saturating_sub(self.start_ns) as f64 / 1e6
    }

    /// Whether it failed.
    pub fn is_error(&self) -> bool {
        matches!(self.status, Status::Error(_))
    }

    /// Its address.
    pub fn address(&self) -> crate::SpanRef {
        crate::SpanRef {
            trace_id: self.trace_id,
            span_id: self.span_id,
        }
    }

    /// Estimated memory, in bytes.
    pub(crate) fn size(&self) -> usize {
        let events = self.events.iter();
        SHARED
            + size_of::<Self>()
            + self.attributes.heap()
            + events
                .map(|event| size_of::<Event>() + event.attributes.heap())
                .sum::<usize>()
            + self.links.len() * size_of::<crate::SpanRef>()
            + if let Status::Error(message) = &self.status {
                message.len()
            } else {
                0
            }
    }
}

impl Line {
    /// Estimated memory, in bytes.
    pub(crate) fn size(&self) -> usize {
        SHARED + size_of::<Self>() + self.json.len()
    }
}

impl Trace {
    /// Some local roots with everything below them, and the lines written there.
    ///
    /// A caller that continues its own trace may have several roots in one trace. One that hangs below
    /// another, by a caller that passed its address on, is a root of its own all the same.
    pub fn below(&self, roots: impl IntoIterator<Item = SpanId>) -> Trace {
        let mut inside: HashSet<SpanId> = roots.into_iter().collect();
        // Children end before their parents, so the first pass from the back finds all of
        // them; the others are for a child that ended late.
        let mut known = 0;
        while known != inside.len() {
            known = inside.len();
            for span in self.spans.iter().rev() {
                let local = span.parent.filter(|_| !span.remote_parent);
                if local.is_some_and(|parent| inside.contains(&parent)) {
                    inside.insert(span.span_id);
                }
            }
        }
        let spans = self
            .spans
            .iter()
            .filter(|span| inside.contains(&span.span_id))
            .cloned();
        let lines = self
            .lines
            .iter()
            .filter(|line| inside.contains(&line.span_id))
            .cloned();
        Trace {
            trace_id: self.trace_id,
            spans: spans.collect(),
            lines: lines.collect(),
            truncated: self.truncated,
        }
    }
}

pub(crate) fn unix_ns(time: SystemTime) -> u64 {
    let since = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

impl From<&SpanData> for Span {
    fn from(data: &SpanData) -> Self {
        let events = data.events.iter().map(|event| Event {
            name: event.name.clone(),
            at_ns: unix_ns(event.timestamp),
            attributes: event.attributes.as_slice().into(),
        });
        let links = data.links.iter().map(|link| crate::SpanRef {
            trace_id: link.span_context.trace_id().into(),
            span_id: link.span_context.span_id().into(),
        });
        Self {
            trace_id: data.span_context.trace_id().into(),
            span_id: data.span_context.span_id().into(),
            parent: SpanId::known(data.parent_span_id),
            remote_parent: data.parent_span_is_remote,
            name: data.name.clone(),
            kind: match data.span_kind {
                SpanKind::Internal => Kind::Internal,
                SpanKind::Server => Kind::Server,
                SpanKind::Client => Kind::Client,
                SpanKind::Producer => Kind::Producer,
                SpanKind::Consumer => Kind::Consumer,
            },
            start_ns: unix_ns(data.start_time),
            end_ns: unix_ns(data.end_time),
            attributes: data.attributes.as_slice().into(),
            events: events.collect(),
            links: links.collect(),
            status: match &data.status {
                OtelStatus::Unset => Status::Unset,
                OtelStatus::Ok => Status::Ok,
                OtelStatus::Error { description } => Status::Error((&**description).into()),
            },
            sampled: data.span_context.is_sampled(),
        }
    }
}
