//! The figures above the list of traces.

use agent::locale::Locale;

use super::{
    metrics::{in_mebibytes, mebibytes},
    trace::elapsed,
};
use crate::{
    i18n::viewer::ViewerTexts, routes::viewer::stats::Overview, traces::summary::Status,
    views::format,
};

/// A figure with its name.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// The figures of an overview.
pub(super) fn figures(overview: &Overview, locale: Locale) -> Vec<Figure> {
    let v = ViewerTexts::of(locale);
    let stats = &overview.stats;
    let errors = stats.requests.by_status.get(&Status::Error).copied();
    let count = |n: u64| format::integer(n, locale);
    let mut figures = vec![
        (v.turns, count(stats.requests.total)),
        (v.errors, count(errors.unwrap_or_default())),
        (v.running, count(overview.running_turns as u64)),
    ];
    if let Some(latency) = &stats.latency_ms {
        figures.push(("p50", elapsed(latency.p50, locale)));
        figures.push(("p95", elapsed(latency.p95, locale)));
        figures.push(("p99", elapsed(latency.p99, locale)));
    }
    let recent = &overview.recent;
    let budget = mebibytes(recent.budget_bytes, locale);
    let memory = format!("{} / {budget}", in_mebibytes(recent.bytes, locale));
    let tokens = stats.llm.tokens.total.unsigned_abs();
    figures.push((v.tokens, count(tokens)));
    // Tokens without a price make the sum a lower bound.
    let at_least = if stats.llm.unpriced_calls > 0 {
        "≥ "
    } else {
        ""
    };
    let cost = format::usd(stats.llm.estimated_cost_usd, locale);
    figures.push((v.cost, format!("{at_least}{cost}")));
    figures.push((v.memory, memory));
    figures
        .into_iter()
        .map(|(name, value)| Figure { name, value })
        .collect()
}
