//! Rules: which instrument a finished span feeds, with which value and labels.

use crate::vocabulary::{Literal, Outcome};

/// One row: finished spans of one name feed one instrument.
///
/// Several rules may feed the same instrument (one per label value, or from several spans).
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Name of the span.
    pub span: &'static str,
    /// All must hold, or the rule does not apply.
    pub when: &'static [When],
    /// Name of the instrument.
    pub instrument: &'static str,
    /// Kind of the instrument.
    pub kind: Kind,
    /// Unit of the value, such as `ms`.
    pub unit: &'static str,
    /// What the instrument shows.
    pub description: &'static str,
    /// The point's attributes.
    pub labels: &'static [Label],
    /// What is recorded.
    pub value: Value,
}

/// Kind of an instrument.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A sum of whole numbers that only grows.
    Counter,
    /// A sum that only grows and may have a fraction.
    FloatCounter,
    /// A distribution over these upper bounds. The SDK's default buckets suit no unit.
    Histogram(&'static [f64]),
    /// A gauge that shows the sum of all values since the start.
    CumulativeGauge,
}

/// What a rule records.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// 1 for each span.
    One,
    /// The span's duration in milliseconds.
    DurationMs,
    /// The span's duration in seconds.
    DurationS,
    /// A numeric attribute; without it nothing is recorded.
    Attribute(&'static str),
    /// The first attribute minus the second (0 when missing), never below 0; without the
    /// first nothing is recorded.
    Difference(&'static str, &'static str),
}

/// A condition on the finished span.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// It ended so.
    Ended(Outcome),
    /// It has the attribute.
    Present(&'static str),
    /// It does not have the attribute.
    Absent(&'static str),
    /// The attribute has this value.
    Equals(&'static str, Literal),
}

/// One attribute of a point.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    pub(crate) key: &'static str,
    pub(crate) source: Source,
    pub(crate) missing: Option<&'static str>,
    pub(crate) closed: Option<&'static [&'static str]>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    Attribute(&'static str),
    Constant(Literal),
    Outcome {
        ok: &'static str,
        error: &'static str,
        stopped: &'static str,
    },
}

/// What a value outside a closed set becomes.
pub(crate) const OTHER: &str = "_OTHER";

impl Label {
    /// The span's attribute of the same name.
    pub const fn same(key: &'static str) -> Self {
        Self::from(key, key)
    }

    /// The span's attribute `attribute`, as `key`.
    pub const fn from(key: &'static str, attribute: &'static str) -> Self {
        Self::new(key, Source::Attribute(attribute))
    }

    /// Always `value`.
    pub const fn constant(key: &'static str, value: Literal) -> Self {
        Self::new(key, Source::Constant(value))
    }

    /// A word for each [`Outcome`].
    pub const fn outcome(
        key: &'static str,
        ok: &'static str,
        error: &'static str,
        stopped: &'static str,
    ) -> Self {
        Self::new(key, Source::Outcome { ok, error, stopped })
    }

    /// The value when the attribute is missing; without this the label is left out.
    pub const fn or(mut self, value: &'static str) -> Self {
        self.missing = Some(value);
        self
    }

    /// Bounds the cardinality: any other value becomes `_OTHER`.
    pub const fn among(mut self, values: &'static [&'static str]) -> Self {
        self.closed = Some(values);
        self
    }

    const fn new(key: &'static str, source: Source) -> Self {
        Self {
            key,
            source,
            missing: None,
            closed: None,
        }
    }
}

impl Rule {
    /// Counts the spans; [`Rule::value`] makes it sum something else.
    pub const fn counter(span: &'static str, instrument: &'static str) -> Self {
        Self {
            span,
            when: &[],
            instrument,
            kind: Kind::Counter,
            unit: "",
            description: "",
            labels: &[],
            value: Value::One,
        }
    }

    /// The distribution of the spans' durations in milliseconds; [`Rule::value`] makes it
    /// that of something else.
    pub const fn histogram(
        span: &'static str,
        instrument: &'static str,
        buckets: &'static [f64],
    ) -> Self {
        let mut rule = Self::counter(span, instrument);
        rule.kind = Kind::Histogram(buckets);
        rule.unit = "ms";
        rule.value = Value::DurationMs;
        rule
    }

    /// Sets the kind.
    pub const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the unit.
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Sets the description.
    pub const fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Sets the labels.
    pub const fn labels(mut self, labels: &'static [Label]) -> Self {
        self.labels = labels;
        self
    }

    /// Sets the value.
    pub const fn value(mut self, value: Value) -> Self {
        self.value = value;
        self
    }

    /// Sets the conditions.
    pub const fn when(mut self, conditions: &'static [When]) -> Self {
        self.when = conditions;
        self
    }
}
