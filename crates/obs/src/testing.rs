//! Telemetry in memory, for tests on a current-thread runtime.

use std::sync::{Arc, Mutex, PoisonError};

use tracing::dispatcher::{self, DefaultGuard};

use crate::{
    attribute::Attributes,
    config::{Config, LogStream},
    metrics::Capture,
    points::{Point, PointValue},
    recent::Recent,
    telemetry::{InitError, Telemetry},
    trace::Span,
    vocabulary::Vocabulary,
};

/// Log lines that were written to memory.
#[derive(Clone, Debug, Default)]
pub struct Lines(Arc<Mutex<String>>);

impl Lines {
    pub(crate) fn push(&self, line: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_str(line);
    }

    /// The lines so far, each parsed; a line that is not JSON is `null`.
    pub fn all(&self) -> Vec<serde_json::Value> {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap_or_default())
            .collect()
    }

    /// The lines with this message.
    pub fn with_message(&self, message: &str) -> Vec<serde_json::Value> {
        self.all()
            .into_iter()
            .filter(|line| line["message"] == message)
            .collect()
    }
}

/// Telemetry that exports nothing and is installed for this thread while it lives.
///
/// On a multi-thread runtime, spans made on other threads would not be seen.
#[derive(Debug)]
pub struct TestTelemetry {
    telemetry: Telemetry,
    lines: Lines,
    points: Arc<Mutex<Vec<Point>>>,
    _installed: DefaultGuard,
}

impl TestTelemetry {
    /// Installs it for the current thread.
    pub fn install(vocabulary: Vocabulary) -> Result<Self, InitError> {
        Self::with_config(Config::default(), vocabulary)
    }

    /// The same with parts of a configuration: nothing is exported, lines go to memory.
    pub fn with_config(config: Config, vocabulary: Vocabulary) -> Result<Self, InitError> {
        let lines = Lines::default();
        let points = Arc::new(Mutex::new(Vec::new()));
        let kept = points.clone();
        let capture: Capture =
            Box::new(move |all| *kept.lock().unwrap_or_else(PoisonError::into_inner) = all);
        let config = Config {
            traces: None,
            metrics: None,
            logs: None,
            log_stream: LogStream::Memory(lines.clone()),
            ..config
        };
        let telemetry = Telemetry::build(config, vocabulary, Some(capture))?;
        let installed = dispatcher::set_default(telemetry.dispatch());
        // Another test may have seen the call sites before this subscriber existed.
        tracing::callsite::rebuild_interest_cache();
        Ok(Self {
            telemetry,
            lines,
            points,
            _installed: installed,
        })
    }

    /// The telemetry itself.
    pub fn telemetry(&self) -> &Telemetry {
        &self.telemetry
    }

    /// The recent traces.
    pub fn recent(&self) -> &Recent {
        self.telemetry.recent()
    }

    /// The log lines.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Every finished span, in the order in which they ended.
    ///
    /// # Panics
    /// When a span has two attributes of the same name: a backend keeps only one of them.
    pub fn spans(&self) -> Vec<Arc<Span>> {
        let mut traces = self.recent().list(usize::MAX, |_| true);
        traces.reverse();
        let spans: Vec<_> = traces.into_iter().flat_map(|trace| trace.spans).collect();
        spans.iter().for_each(|span| assert_no_duplicates(span));
        spans
    }

    /// The finished spans of one name.
    ///
    /// # Panics
    /// As [`TestTelemetry::spans`].
    pub fn named(&self, name: &str) -> Vec<Arc<Span>> {
        self.spans()
            .into_iter()
            .filter(|span| span.name == name)
            .collect()
    }

    /// The finished spans as trees, one line per span: two spaces per level, then the name.
    ///
    /// # Panics
    /// As [`TestTelemetry::spans`].
    pub fn tree(&self) -> String {
        let mut spans = self.spans();
        spans.sort_by_key(|span| span.start_ns);
        let ids: Vec<_> = spans.iter().map(|span| span.span_id).collect();
        let mut text = String::new();
        for span in &spans {
            if span.parent.is_none_or(|parent| !ids.contains(&parent)) {
                draw(span, &spans, 0, &mut text);
            }
        }
        text
    }

    /// All series of an instrument now.
    pub fn points(&self, instrument: &str) -> Vec<Point> {
        // Without any measurement there is nothing to collect, and that is no failure here.
        let _ = self.telemetry.collect();
        let points = self.points.lock().unwrap_or_else(PoisonError::into_inner);
        points
            .iter()
            .filter(|point| point.name == instrument)
            .cloned()
            .collect()
    }

    /// The sum over all series of an instrument that have these labels: of the totals, of the
    /// values of a gauge, or of the values in a histogram.
    pub fn sum(&self, instrument: &str, labels: &[(&str, &str)]) -> f64 {
        self.matching(instrument, labels)
            .map(|point| match point.value {
                PointValue::Sum(value) | PointValue::Gauge(value) => value,
                PointValue::Histogram { sum, .. } => sum,
            })
            .sum()
    }

    /// The number of values in all series of a histogram that have these labels.
    pub fn count(&self, instrument: &str, labels: &[(&str, &str)]) -> u64 {
        self.matching(instrument, labels)
            .map(|point| match point.value {
                PointValue::Histogram { count, .. } => count,
                _ => 0,
            })
            .sum()
    }

    fn matching(&self, instrument: &str, labels: &[(&str, &str)]) -> impl Iterator<Item = Point> {
        let points = self.points(instrument);
        points
            .into_iter()
            .filter(move |point| has(&point.labels, labels))
    }
}

fn has(attributes: &Attributes, wanted: &[(&str, &str)]) -> bool {
    wanted.iter().all(|(key, text)| {
        attributes
            .get(key)
            .is_some_and(|value| value.to_string() == *text)
    })
}

fn draw(span: &Span, all: &[Arc<Span>], level: usize, text: &mut String) {
    text.push_str(&"  ".repeat(level));
    text.push_str(&span.name);
    text.push('\n');
    for child in all
        .iter()
        .filter(|child| child.parent == Some(span.span_id))
    {
        draw(child, all, level + 1, text);
    }
}

fn assert_no_duplicates(span: &Span) {
    let mut names: Vec<_> = span.attributes.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1], "recorded twice on span {}", span.name);
    }
}
