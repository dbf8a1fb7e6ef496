//! Two traces beside each other: what they sum up to, and their steps.

use agent::{
    locale::Locale,
    telemetry::names::{DETECT_INTENT, LLM_CALL, TOOL_CALL},
};
use askama::Template;
use jiff::tz::TimeZone;
use obs::{Span, Trace};

use super::{
    span::{category, subject},
    trace::{elapsed, moment, title},
    waterfall::{Extent, rows},
};
use crate::{
    i18n::{compare::CompareTexts, viewer, viewer::ViewerTexts},
    traces::{
        alignment::{Pair, align},
        summary::{Summary, named, root},
    },
    views::{Frame, format},
};

/// The comparison.
#[derive(Debug, Template)]
#[template(path = "compare.html")]
pub struct ComparePage {
    frame: Frame,
    a: Side,
    b: Side,
    facts: Vec<Fact>,
    steps: Vec<Step>,
}

/// One of the two.
#[derive(Debug)]
struct Side {
    trace_id: String,
    title: String,
    started: String,
}

/// A fact of both.
#[derive(Debug, PartialEq)]
struct Fact {
    name: &'static str,
    a: String,
    b: String,
    difference: Difference,
}

/// How the second differs from the first.
#[derive(Debug, Default, PartialEq)]
struct Difference {
    text: String,
    /// Names its colour: more of it, less, or neither.
    class: &'static str,
}

/// A step of one or both.
#[derive(Debug)]
struct Step {
    name: String,
    subject: Option<String>,
    category: &'static str,
    a: Option<Time>,
    b: Option<Time>,
    difference: Difference,
}

#[derive(Debug)]
struct Time {
    span_id: String,
    text: String,
    is_error: bool,
}

impl ComparePage {
    /// The comparison of two traces, with times of the zone.
    #[must_use]
    pub fn new(frame: Frame, zone: &TimeZone, a: &Trace, b: &Trace) -> Self {
        let locale = frame.locale;
        let ordered = |trace: &Trace| -> Vec<_> {
            let rows = rows(&trace.spans, Extent::of(&trace.spans)).into_iter();
            rows.map(|row| row.span).collect()
        };
        let pairs = align(&ordered(a), &ordered(b), label);
        let (a, b) = (Summed::new(a), Summed::new(b));
        Self {
            a: Side::new(&a, zone, locale),
            b: Side::new(&b, zone, locale),
            facts: facts(&a, &b, locale),
            steps: pairs.iter().filter_map(|pair| step(pair, locale)).collect(),
            frame,
        }
    }

    fn sides(&self) -> [(&'static str, &Side); 2] {
        [(self.c().first, &self.a), (self.c().second, &self.b)]
    }

    fn times<'a>(&'a self, step: &'a Step) -> [(&'a str, Option<&'a Time>); 2] {
        let (a, b) = (step.a.as_ref(), step.b.as_ref());
        [(&self.a.trace_id, a), (&self.b.trace_id, b)]
    }

    fn c(&self) -> &'static CompareTexts {
        CompareTexts::of(self.frame.locale)
    }
}

impl Side {
    fn new(summed: &Summed<'_>, zone: &TimeZone, locale: Locale) -> Self {
        let summary = summed.summary.as_ref();
        Self {
            trace_id: summed.trace.trace_id.to_string(),
            title: summary.map_or_else(
                || ViewerTexts::of(locale).trace.to_owned(),
                |s| title(s, locale),
            ),
            started: summary.map_or_else(String::new, |s| moment(s.started_at, zone, locale)),
        }
    }
}

/// A trace with what it sums up to.
struct Summed<'a> {
    trace: &'a Trace,
    /// A turn that runs has no root yet, and so no sums.
    summary: Option<Summary>,
}

impl<'a> Summed<'a> {
    fn new(trace: &'a Trace) -> Self {
        let root = root(&trace.spans, true);
        Self {
            trace,
            summary: root.map(|root| Summary::new(root, &trace.spans)),
        }
    }
}

/// What makes two spans the same step.
fn label(span: &Span) -> String {
    if span.name == DETECT_INTENT {
        // Another outcome of the same step.
        return DETECT_INTENT.to_owned();
    }
    format!("{} {}", span.name, subject(span).unwrap_or_default())
}

fn facts(a: &Summed<'_>, b: &Summed<'_>, locale: Locale) -> Vec<Fact> {
    let (v, c) = (ViewerTexts::of(locale), CompareTexts::of(locale));
    let text = |name, of: &dyn Fn(&Summary) -> String| Fact {
        name,
        a: a.summary.as_ref().map(of).unwrap_or_default(),
        b: b.summary.as_ref().map(of).unwrap_or_default(),
        difference: Difference::default(),
    };
    let number = |name, shown: &dyn Fn(f64) -> String, of: &dyn Fn(&Summed<'_>) -> Option<f64>| {
        let (in_a, in_b) = (of(a), of(b));
        let side = |value: Option<f64>| value.map_or_else(|| v.unknown.to_owned(), shown);
        Fact {
            name,
            a: side(in_a),
            b: side(in_b),
            difference: in_a.zip(in_b).map_or_else(Difference::default, |(a, b)| {
                difference(a, b, shown, locale)
            }),
        }
    };
    let ms = |ms: f64| elapsed(ms, locale);
    let count = |n: f64| format::integer(n.round() as u64, locale);
    let of = |value: fn(&Summary) -> Option<f64>| {
        move |summed: &Summed<'_>| summed.summary.as_ref().and_then(value)
    };
    let time = |name: &'static str| {
        move |summed: &Summed<'_>| {
            Some(
                named(&summed.trace.spans, name)
                    .map(Span::duration_ms)
                    .sum::<f64>(),
            )
        }
    };
    let calls = |name: &'static str| {
        move |summed: &Summed<'_>| Some(named(&summed.trace.spans, name).count() as f64)
    };
    vec![
        text(v.status, &|s| viewer::status(s.status, locale).to_owned()),
        text(v.model, &|s| s.model.clone().unwrap_or_default()),
        number(v.duration, &ms, &of(|s| Some(s.duration_ms))),
        number(c.llm_time, &ms, &time(LLM_CALL)),
        number(c.tool_time, &ms, &time(TOOL_CALL)),
        number(v.rounds, &count, &of(|s| s.iterations.map(|n| n as f64))),
        number(c.llm_calls, &count, &calls(LLM_CALL)),
        number(c.tool_calls, &count, &calls(TOOL_CALL)),
        number(v.tokens, &count, &of(|s| Some(s.tokens as f64))),
        number(
            v.cost,
            &|usd| format::usd(usd, locale),
            &of(|s| s.estimated_cost_usd),
        ),
    ]
}

/// `+12 ms (+34%)`.
fn difference(a: f64, b: f64, shown: &dyn Fn(f64) -> String, locale: Locale) -> Difference {
    if a == b {
        return Difference {
            text: "=".to_owned(),
            class: "same",
        };
    }
    let (sign, class) = if b > a {
        ("+", "more")
    } else {
        ("−", "less")
    };
    let amount = shown((b - a).abs());
    let share = (b - a).abs() / a;
    let text = match share.is_finite() {
        true => {
            let percent = format::percent(share, locale);
            format!("{sign}{amount} ({sign}{percent})")
        }
        // From nothing to something is no percentage.
        false => format!("{sign}{amount}"),
    };
    Difference { text, class }
}

fn step(pair: &Pair, locale: Locale) -> Option<Step> {
    let any = pair.a.as_ref().or(pair.b.as_ref())?;
    let time = |span: &Span| Time {
        span_id: span.span_id.to_string(),
        text: elapsed(span.duration_ms(), locale),
        is_error: span.is_error(),
    };
    let both = pair.a.as_ref().zip(pair.b.as_ref());
    Some(Step {
        name: any.name.to_string(),
        subject: subject(any),
        category: category(&any.name),
        a: pair.a.as_deref().map(time),
        b: pair.b.as_deref().map(time),
        difference: both.map_or_else(Difference::default, |(a, b)| {
            difference(
                a.duration_ms(),
                b.duration_ms(),
                &|ms| elapsed(ms, locale),
                locale,
            )
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{TRACE, span, turn};

    fn trace(spans: Vec<std::sync::Arc<Span>>) -> Trace {
        Trace {
            trace_id: TRACE.parse().unwrap(),
            spans,
            lines: Vec::new(),
            truncated: 0,
        }
    }

    #[test]
    fn facts_and_steps_are_set_beside_each_other() {
        let a = trace(turn());
        let mut spans = turn();
        let slow = r#"{"tool.name": "check_price", "tool.success": true}"#;
        spans.insert(5, span("b6", Some("a1"), TOOL_CALL, 70, 74, slow));
        let b = trace(spans);
        let page = ComparePage::new(Frame::new(Locale::En, "/"), &TimeZone::UTC, &a, &b);
        let fact = |name: &str| page.facts.iter().find(|f| f.name == name).unwrap();
        assert_eq!(fact("Tool calls").difference.text, "+1 (+50%)");
        assert_eq!(fact("Duration").difference.text, "=");
        let steps = page.steps.iter().map(|step| {
            let side =
                |time: &Option<Time>| time.as_ref().map_or("-".to_owned(), |t| t.text.clone());
            format!("{} {} {}", step.name, side(&step.a), side(&step.b))
        });
        let steps: Vec<_> = steps.collect();
        assert_eq!(steps.len(), 7);
        assert!(
            steps.contains(&"tool.call - 4\u{a0}ms".to_owned()),
            "{steps:?}"
        );
    }

    #[test]
    fn what_is_not_known_is_no_zero() {
        let a = trace(turn());
        let mut running = turn();
        running.retain(|span| span.name != "agent.iteration");
        let page = ComparePage::new(
            Frame::new(Locale::En, "/"),
            &TimeZone::UTC,
            &a,
            &trace(running),
        );
        for (name, shown) in [("Duration", "100\u{a0}ms"), ("Estimated cost", "unknown")] {
            let fact = page.facts.iter().find(|f| f.name == name).unwrap();
            assert_eq!((fact.a.as_str(), fact.b.as_str()), (shown, "unknown"));
            assert_eq!(fact.difference.text, "");
        }
    }

    #[test]
    fn a_difference_says_which_way() {
        let shown = |ms: f64| elapsed(ms, Locale::En);
        let less = difference(200.0, 50.0, &shown, Locale::En);
        assert_eq!(
            (less.text.as_str(), less.class),
            ("−150\u{a0}ms (−75%)", "less")
        );
        assert_eq!(difference(0.0, 5.0, &shown, Locale::En).text, "+5\u{a0}ms");
    }
}
