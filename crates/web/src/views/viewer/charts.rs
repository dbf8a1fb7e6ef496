//! The charts of an hour: what is drawn, and its numbers.

use agent::locale::Locale;

use super::{
    chart::{self, Series},
    trace::elapsed,
};
use crate::{
    i18n::{metrics::MetricsTexts, viewer::ViewerTexts},
    traces::{
        stats::{Percentiles, Stats, Tool},
        summary::Status,
    },
    views::format,
};

/// A chart with its numbers.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What the numbers leave out.
    pub(super) note: Option<String>,
    /// The value at its top; `None` where there is nothing.
    pub(super) most: Option<String>,
    pub(super) series: Vec<Series>,
    pub(super) is_line: bool,
    /// Buckets that have something: clock time, and a value for each series.
    pub(super) rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    /// Left edge of the bucket in the chart.
    pub(super) x: f64,
    pub(super) time: String,
    pub(super) values: Vec<String>,
}

/// Values of a series with its name.
struct Values {
    class: &'static str,
    label: String,
    each: Vec<Option<f64>>,
}

/// All charts of the buckets, with the figures of the whole beside their names.
pub(super) fn charts(series: &[Stats], whole: &Stats, draw: &Draw) -> Vec<Chart> {
    let m = MetricsTexts::of(draw.locale);
    let values = |class, label: &str, of: &dyn Fn(&Stats) -> f64| Values {
        class,
        label: label.to_owned(),
        each: series.iter().map(|stats| Some(of(stats))).collect(),
    };
    let status = |class, label, status: Status| {
        values(class, label, &move |stats: &Stats| {
            let count = stats.requests.by_status.get(&status);
            count.copied().unwrap_or_default() as f64
        })
    };
    let percentile = |class, label: &str, of: fn(&Percentiles) -> f64| Values {
        class,
        label: label.to_owned(),
        each: series
            .iter()
            .map(|stats| stats.latency_ms.as_ref().map(of))
            .collect(),
    };
    let tools = |of: fn(&Tool) -> u64| {
        move |stats: &Stats| stats.tools.values().map(of).sum::<u64>() as f64
    };
    let (named, others) = frequent(whole);
    let errors = CLASSES.iter().zip(&named).map(|(class, kind)| {
        let label = if kind.is_empty() { m.no_type } else { kind };
        values(class, label, &|stats: &Stats| {
            stats.errors.get(*kind).copied().unwrap_or_default() as f64
        })
    });
    let others = (!others.is_empty()).then(|| {
        values("rest", m.others, &|stats: &Stats| {
            let count = |kind: &&str| stats.errors.get(*kind).copied().unwrap_or_default();
            others.iter().map(count).sum::<u64>() as f64
        })
    });
    let errors = errors.chain(others);
    let unpriced = (whole.llm.unpriced_calls > 0).then(|| {
        let (v, calls) = (ViewerTexts::of(draw.locale), whole.llm.unpriced_calls);
        let note = if calls == 1 {
            v.unpriced_one
        } else {
            v.unpriced
        };
        note.replace("{n}", &format::integer(calls, draw.locale))
    });
    let count: Shown = |value, locale| format::integer(value.round() as u64, locale);
    let usd: Shown = format::usd;
    vec![
        draw.bars(
            "requests",
            m.requests,
            count,
            vec![
                status("good", m.ok, Status::Ok),
                status("sun", m.stopped, Status::Stopped),
                status("bad", m.failed, Status::Error),
            ],
        ),
        draw.steps(
            "latency",
            m.latency,
            elapsed,
            whole.latency_ms,
            vec![
                percentile("good", "p50", |p| p.p50),
                percentile("sun", "p95", |p| p.p95),
                percentile("bad", "p99", |p| p.p99),
            ],
        ),
        draw.bars(
            "tokens",
            m.tokens,
            count,
            vec![
                values("good", m.prompt, &|s| s.llm.tokens.prompt as f64),
                values("sun", m.completion, &|s| s.llm.tokens.completion as f64),
            ],
        ),
        draw.bars(
            "cost",
            m.cost,
            usd,
            vec![values("good", m.total, &|s| s.llm.estimated_cost_usd)],
        )
        .with_note(unpriced),
        draw.bars("errors", m.errors, count, errors.collect())
            .with_note((!whole.errors.is_empty()).then(|| m.errors_explained.to_owned())),
        draw.bars(
            "tools",
            m.tools,
            count,
            vec![
                values("good", m.ok, &tools(|tool| tool.succeeded)),
                values("sun", m.stopped, &tools(|tool| tool.stopped)),
                values("bad", m.failed, &tools(|tool| tool.failed)),
            ],
        ),
    ]
}

/// Colours of the most frequent errors.
const CLASSES: [&str; 4] = ["bad", "sun", "third", "fourth"];

/// The most frequent kinds of errors, and those without a colour of their own.
fn frequent(whole: &Stats) -> (Vec<&str>, Vec<&str>) {
    let mut kinds: Vec<(&str, u64)> = whole.errors.iter().map(|(k, n)| (&**k, *n)).collect();
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
    let mut kinds: Vec<&str> = kinds.into_iter().map(|(kind, _)| kind).collect();
    let others = kinds.split_off(kinds.len().min(CLASSES.len()));
    (kinds, others)
}

impl Chart {
    fn with_note(self, note: Option<String>) -> Self {
        Self { note, ..self }
    }
}

/// A value as people read it.
type Shown = fn(f64, Locale) -> String;

/// Draws charts.
pub(super) struct Draw {
    pub(super) locale: Locale,
    /// Start of each bucket.
    pub(super) times: Vec<String>,
}

impl Draw {
    fn bars(&self, id: &'static str, title: &'static str, shown: Shown, all: Vec<Values>) -> Chart {
        let plain: Vec<Vec<f64>> = all
            .iter()
            .map(|values| values.each.iter().map(|v| v.unwrap_or_default()).collect())
            .collect();
        let sum = |bucket: usize| plain.iter().map(|values| values[bucket]).sum::<f64>();
        let most = chart::largest((0..self.times.len()).map(sum));
        let paths = chart::bars(&plain, most);
        let totals = plain.iter().map(|values| values.iter().sum::<f64>());
        let figures = totals.map(|total| shown(total, self.locale)).collect();
        self.chart(id, title, shown, most, (all, figures, paths), false)
    }

    /// Percentiles are of the whole hour where they stand beside a name: they do not add up.
    fn steps(
        &self,
        id: &'static str,
        title: &'static str,
        shown: Shown,
        whole: Option<Percentiles>,
        all: Vec<Values>,
    ) -> Chart {
        let most = chart::largest(all.iter().flat_map(|v| v.each.iter().copied().flatten()));
        let paths = all.iter().map(|v| chart::steps(&v.each, most)).collect();
        let figures = whole.map_or_else(Vec::new, |p| vec![p.p50, p.p95, p.p99]);
        let figures = figures.into_iter().map(|ms| shown(ms, self.locale));
        let figures = figures.chain(std::iter::repeat_with(String::new));
        let figures = figures.take(all.len()).collect();
        self.chart(id, title, shown, most, (all, figures, paths), true)
    }

    fn chart(
        &self,
        id: &'static str,
        title: &'static str,
        shown: Shown,
        most: f64,
        (all, figures, paths): (Vec<Values>, Vec<String>, Vec<String>),
        is_line: bool,
    ) -> Chart {
        let width = chart::WIDTH / self.times.len().max(1) as f64;
        let something = |bucket: &usize| {
            all.iter()
                .any(|v| v.each[*bucket].is_some_and(|value| is_line || value > 0.0))
        };
        let row = |bucket: usize| Row {
            x: bucket as f64 * width,
            time: self.times[bucket].clone(),
            values: all
                .iter()
                .map(|v| v.each[bucket].map_or_else(String::new, |v| shown(v, self.locale)))
                .collect(),
        };
        let rows = (0..self.times.len()).filter(something).map(row).collect();
        let series = all.into_iter().zip(figures).zip(paths);
        Chart {
            id,
            title,
            note: None,
            most: (most > 0.0).then(|| shown(most, self.locale)),
            rows,
            series: series
                .map(|((values, figure), path)| Series {
                    class: values.class,
                    label: values.label,
                    figure,
                    path,
                })
                .collect(),
            is_line,
        }
    }
}
