//! A line of the list of traces.

use agent::{feedback::Score, locale::Locale};
use jiff::tz::TimeZone;

use super::{
    trace::{elapsed, moment, title},
    waterfall::AXIS,
};
use crate::{
    i18n::viewer::{self, ViewerTexts},
    traces::{summary::Status, table::Entry},
    views::format,
};

/// Longest question on a line, in characters; two lines of a wide screen.
const QUESTION: usize = 160;

/// A trace of the list.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) trace_id: String,
    /// What was asked, where the reader asked it.
    pub(super) question: Option<String>,
    pub(super) title: String,
    pub(super) status: Status,
    pub(super) status_label: &'static str,
    pub(super) error_type: Option<String>,
    pub(super) started_at: String,
    pub(super) started: String,
    pub(super) duration: String,
    /// Length of its bar, against the longest of the list.
    pub(super) bar: f64,
    pub(super) first_text: String,
    pub(super) tokens: String,
    pub(super) cost: String,
    /// Thumb up or down.
    pub(super) rating: Option<bool>,
    pub(super) rounds: String,
    pub(super) tools: String,
    pub(super) model: String,
    pub(super) door: String,
    pub(super) spans: usize,
}

impl Line {
    pub(super) fn new(entry: Entry, longest: f64, zone: &TimeZone, locale: Locale) -> Self {
        let trace = entry.summary;
        let dash = || "–".to_owned();
        let tokens = u64::try_from(trace.tokens)
            .ok()
            .filter(|tokens| *tokens > 0);
        let cost = match trace.estimated_cost_usd {
            None => Some(ViewerTexts::of(locale).unknown.to_owned()),
            Some(usd) => (usd > 0.0).then(|| format::usd(usd, locale)),
        };
        Self {
            question: entry.question.as_deref().and_then(shortened),
            title: title(&trace, locale),
            status: trace.status,
            status_label: viewer::status(trace.status, locale),
            error_type: trace.error_type,
            started_at: trace.started_at.to_string(),
            started: moment(trace.started_at, zone, locale),
            duration: elapsed(trace.duration_ms, locale),
            bar: (trace.duration_ms / longest.max(f64::MIN_POSITIVE) * AXIS)
                .max(4.0)
                .round(),
            first_text: entry
                .first_text_ms
                .map_or_else(dash, |ms| elapsed(ms, locale)),
            tokens: tokens.map_or_else(dash, |n| format::integer(n, locale)),
            cost: cost.unwrap_or_else(dash),
            rating: entry.score.map(|score| score == Score::Up),
            rounds: trace.iterations.map_or_else(dash, |n| n.to_string()),
            tools: trace.tools.join(", "),
            model: trace.model.unwrap_or_else(dash),
            door: trace.door.unwrap_or_else(dash),
            spans: trace.spans,
            trace_id: trace.trace_id,
        }
    }
}

/// On one line, and not longer than a list can hold.
fn shortened(question: &str) -> Option<String> {
    let words = question.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return None;
    }
    match words.char_indices().nth(QUESTION) {
        None => Some(words),
        Some((end, _)) => Some(format!("{}…", words[..end].trim_end())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_ends_between_characters() {
        assert_eq!(shortened(" a\n b "), Some("a b".to_owned()));
        assert_eq!(shortened("\n"), None);
        let long = shortened(&"é ".repeat(QUESTION)).unwrap();
        assert!(long.ends_with("é…") && long.chars().count() <= QUESTION + 1);
    }
}
