//! The tables that tell this crate what the application's spans mean.
//!
//! `obs` itself knows no span name. The binary hands one [`Vocabulary`] to [`crate::init`].

use opentelemetry::{KeyValue, Value as OtelValue};

use crate::rule::Rule;

/// All tables of one application.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Name of the instrumentation scope of its spans, instruments and log records.
    pub scope: &'static str,
    /// Targets whose spans are recorded, each with the modules below it: `agent` is also
    /// `agent::llm`. Everything else (HTTP libraries, this crate) makes no span.
    pub targets: &'static [&'static str],
    /// Names of the spans that end a unit of work; see [`crate::Recent::finished`].
    pub roots: &'static [&'static str],
    /// What a finished span gains before anyone sees it.
    pub completions: Vec<Completion>,
    /// Which instruments a finished span feeds.
    pub rules: Vec<Rule>,
    /// Gauges of spans that are open.
    pub in_flight: Vec<InFlight>,
    /// The counter of telemetry that was lost; its attribute is `signal`.
    pub dropped: &'static str,
    /// Attribute of spans that no one shall see: another span tells the same better.
    pub discarded: Option<&'static str>,
    /// What is done to texts of people before anyone sees them; `None`: there are none.
    pub content: Option<Content>,
}

/// Attributes and fields that hold what people, models and tools say.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    /// Attributes of spans and of their events: each text passes the function before the ring, the
    /// console and the exporter see it.
    pub attributes: &'static [(&'static str, Filter)],
    /// Fields of log lines, likewise.
    pub fields: &'static [(&'static str, Filter)],
}

/// What replaces a text. It must not use `tracing`.
pub type Filter = fn(&str) -> String;

impl Content {
    /// The filter of a log line's field.
    pub(crate) fn of_field(&self, name: &str) -> Option<Filter> {
        let found = self.fields.iter().find(|(field, _)| *field == name);
        found.map(|(_, filter)| *filter)
    }

    /// Filters attributes in place.
    pub(crate) fn filter(&self, attributes: &mut [KeyValue]) {
        for attribute in attributes {
            let name = attribute.key.as_str();
            let found = self.attributes.iter().find(|(content, _)| *content == name);
            if let Some((_, filter)) = found {
                attribute.value = filter(&attribute.value.as_str()).into();
            }
        }
    }
}

/// What a finished span of one name gains before anyone sees it.
///
/// Every span, whatever its name, also gains what a failed span must have: a message, an
/// `exception` event and `error.type`.
#[derive(Clone, Copy, Debug)]
pub struct Completion {
    /// Name of the span.
    pub span: &'static str,
    /// The attribute that tells how the work ended; see [`Outcome`].
    /// `None`: whatever did not fail is [`Outcome::Ok`].
    pub outcome: Option<&'static str>,
    /// Applied in order; a step never replaces an attribute that the span already has.
    pub steps: &'static [Step],
}

/// One attribute that is derived from the finished span.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The span's duration in milliseconds, as a number with fraction.
    DurationMs {
        /// Attribute that receives it.
        to: &'static str,
    },
    /// The same value under another name.
    Copy {
        /// Attribute that is read.
        from: &'static str,
        /// Attribute that receives it.
        to: &'static str,
    },
    /// A value under another name and in other words; unknown words pass unchanged.
    Translate {
        /// Attribute that is read.
        from: &'static str,
        /// Attribute that receives it.
        to: &'static str,
        /// Pairs of (read, written).
        words: &'static [(&'static str, &'static str)],
    },
    /// Always this value.
    Constant {
        /// Attribute that receives it.
        to: &'static str,
        /// The value.
        value: Literal,
    },
    /// A string as an array of one string.
    List {
        /// Attribute that is read.
        from: &'static str,
        /// Attribute that receives it.
        to: &'static str,
        /// Where `from` is absent but the first of these is present, the array holds the second.
        broken: Option<(&'static str, &'static str)>,
    },
    /// Milliseconds as seconds.
    Seconds {
        /// Attribute that is read, in milliseconds.
        from: &'static str,
        /// Attribute that receives it, in seconds.
        to: &'static str,
    },
    /// A value that depends on the outcome; `None` adds nothing.
    Outcome {
        /// Attribute that receives it.
        to: &'static str,
        /// Value for [`Outcome::Ok`].
        ok: Option<Literal>,
        /// Value for [`Outcome::Error`].
        error: Option<Literal>,
        /// Value for [`Outcome::Stopped`].
        stopped: Option<Literal>,
    },
}

/// How the work of a span ended, decided in one place.
///
/// A span with status ERROR is an error. Otherwise the outcome attribute of its
/// [`Completion`] decides: `true` or any word is ok, `false` or `"error"` is an error,
/// `"stopped"` is stopped, and none at all means that the future was dropped: stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It came to its end.
    Ok,
    /// It failed.
    Error,
    /// It was stopped before its end.
    Stopped,
}

/// A gauge of the open spans of one name.
#[derive(Clone, Copy, Debug)]
pub struct InFlight {
    /// Name of the span.
    pub span: &'static str,
    /// Name of the instrument.
    pub instrument: &'static str,
    /// Unit, such as `{request}`.
    pub unit: &'static str,
    /// What it shows.
    pub description: &'static str,
}

/// A value in a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Str(&'static str),
}

impl Literal {
    pub(crate) fn matches(self, value: &OtelValue) -> bool {
        match (self, value) {
            (Self::Bool(wanted), OtelValue::Bool(value)) => wanted == *value,
            (Self::Int(wanted), OtelValue::I64(value)) => wanted == *value,
            (Self::Str(wanted), OtelValue::String(value)) => wanted == value.as_str(),
            _ => false,
        }
    }
}

impl From<Literal> for OtelValue {
    fn from(literal: Literal) -> Self {
        match literal {
            Literal::Bool(value) => value.into(),
            Literal::Int(value) => value.into(),
            Literal::Str(value) => value.into(),
        }
    }
}
