//! A step of an answer in words: what a tool does, and what became of it. The same while it runs and
//! after, in the language of the page.

use agent::{answer::ToolCallRecord, locale::Locale, step};
use serde_json::{Value, json};

use super::format;
use crate::i18n::{Texts, thread::ThreadTexts};

/// A step of a finished answer.
pub(crate) struct StepView {
    /// What is being done, without its arguments.
    pub(crate) label: &'static str,
    /// The same with its arguments.
    pub(crate) sentence: String,
    pub(crate) outcome: String,
    pub(crate) class: &'static str,
}

/// How a call ended, as an event or a record has it.
pub(crate) struct Ended<'a> {
    /// `None` = it was stopped.
    pub(crate) success: Option<bool>,
    pub(crate) result_count: u64,
    pub(crate) latency_ms: f64,
    pub(crate) error: Option<&'a str>,
    pub(crate) source: Option<&'a str>,
}

impl StepView {
    pub(crate) fn new(call: &ToolCallRecord, locale: Locale) -> Self {
        let ended = Ended {
            success: call.success,
            result_count: call.result_count,
            latency_ms: call.latency_ms,
            error: call.error.as_deref(),
            source: call.source.as_deref(),
        };
        Self {
            label: Texts::of(locale).tool(&call.name),
            sentence: step::sentence(&call.name, &call.arguments, locale),
            outcome: ended.words(locale),
            class: match call.success {
                Some(true) => "done",
                Some(false) => "failed",
                None => "stopped",
            },
        }
    }
}

impl Ended<'_> {
    /// `5 résultats · 12 ms · source : données hors ligne`.
    pub(crate) fn words(&self, locale: Locale) -> String {
        let t = Texts::of(locale);
        let what = match self.success {
            Some(true) if self.result_count == 0 => t.no_result.to_owned(),
            Some(true) => t.results.of(self.result_count),
            Some(false) => {
                let why = self.error.map(|error| step::failure(error, locale));
                ThreadTexts::of(locale)
                    .step_failed
                    .replace("{why}", why.unwrap_or(t.step_failed))
            }
            None => t.step_stopped.to_owned(),
        };
        let time = format::latency(self.latency_ms, locale);
        let source = self.source.map_or_else(String::new, |source| {
            format!(" · {} {}", t.receipt.source, step::source(source, locale))
        });
        format!("{what} · {time}{source}")
    }
}

/// A text in each language of the page: an event does not know who reads it.
pub(crate) fn in_each(text: impl Fn(Locale) -> String) -> Value {
    json!({"fr": text(Locale::Fr), "en": text(Locale::En)})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(success: Option<bool>, error: Option<&str>, source: Option<&str>) -> [String; 2] {
        let ended = Ended {
            success,
            result_count: 5,
            latency_ms: 12.0,
            error,
            source,
        };
        [Locale::Fr, Locale::En].map(|locale| ended.words(locale).replace('\u{a0}', " "))
    }

    #[test]
    fn an_end_tells_what_came_of_it_how_long_it_took_and_from_where() {
        assert_eq!(
            ended(Some(true), None, Some("offline")),
            [
                "5 résultats · 12 ms · source : données hors ligne",
                "5 results · 12 ms · source: offline data",
            ]
        );
        assert_eq!(
            ended(Some(false), Some("the source took too long"), None),
            [
                "échec : délai dépassé · 12 ms",
                "failed: took too long · 12 ms",
            ]
        );
        let [fr, _] = ended(Some(false), Some("bad arguments: {\"x\": 1}"), None);
        assert!(!fr.contains('{'), "{fr}");
        assert_eq!(ended(None, None, None)[1], "stopped · 12 ms");
    }
}
