//! The last hour as small charts.

use agent::locale::Locale;
use askama::Template;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::charts::{Chart, Draw, charts};
use crate::{
    i18n::{metrics::MetricsTexts, viewer::ViewerTexts},
    routes::viewer::stats::Overview,
    traces::{series::Buckets, stats::Stats, summary::timestamp},
    views::{Frame, format},
};

/// The page of charts.
#[derive(Debug, Template)]
#[template(path = "metrics.html")]
pub struct MetricsPage {
    frame: Frame,
    facts: Vec<(&'static str, String)>,
    /// Telemetry was lost, and why that may be.
    lost: Option<&'static str>,
    /// What was pushed out of memory, where something was.
    cut: Option<String>,
    charts: Vec<Chart>,
    /// Clock times at the start, the middle and the end.
    times: [String; 3],
}

impl MetricsPage {
    /// The page in the frame, with times of the zone.
    #[must_use]
    pub fn new(
        frame: Frame,
        zone: &TimeZone,
        overview: &Overview,
        series: &[Stats],
        buckets: Buckets,
    ) -> Self {
        let locale = frame.locale;
        let clock = |at: Timestamp| zone.to_datetime(at).strftime("%H:%M").to_string();
        let start = |bucket: usize| clock(timestamp(buckets.start_ns(bucket)));
        let draw = Draw {
            locale,
            times: (0..buckets.count).map(start).collect(),
        };
        let m = MetricsTexts::of(locale);
        let cut = overview
            .recent
            .is_window_cut
            .then_some(overview.stats.oldest)
            .flatten();
        Self {
            facts: facts(overview, locale),
            lost: (overview.telemetry_lost > 0).then_some(m.lost_explained),
            cut: cut.map(|oldest| m.oldest.replace("{time}", &clock(oldest))),
            charts: charts(series, &overview.stats, &draw),
            times: [
                start(0),
                start(buckets.count / 2),
                clock(overview.window.to),
            ],
            frame,
        }
    }

    fn m(&self) -> &'static MetricsTexts {
        MetricsTexts::of(self.frame.locale)
    }
}

fn facts(overview: &Overview, locale: Locale) -> Vec<(&'static str, String)> {
    let (v, m) = (ViewerTexts::of(locale), MetricsTexts::of(locale));
    let memory = match overview.recent.traces {
        1 => m.memory_of_one,
        _ => m.memory_of,
    };
    let memory = memory
        .replace("{used}", &mebibytes(overview.recent.bytes, locale))
        .replace("{budget}", &mebibytes(overview.recent.budget_bytes, locale))
        .replace(
            "{n}",
            &format::integer(overview.recent.traces as u64, locale),
        );
    let uptime = i64::try_from(overview.uptime_seconds).unwrap_or(i64::MAX);
    vec![
        (v.running, overview.running_turns.to_string()),
        (m.memory, memory),
        (m.lost, format::integer(overview.telemetry_lost, locale)),
        (
            m.uptime,
            format::duration(SignedDuration::from_secs(uptime), locale),
        ),
    ]
}

/// `1.2 MiB`.
pub(super) fn mebibytes(bytes: usize, locale: Locale) -> String {
    let unit = locale.pick("Mio", "MiB");
    format!("{}\u{a0}{unit}", in_mebibytes(bytes, locale))
}

/// `1.2`.
pub(super) fn in_mebibytes(bytes: usize, locale: Locale) -> String {
    let number = format!("{:.1}", bytes as f64 / f64::from(1 << 20));
    let number = number.strip_suffix(".0").unwrap_or(&number);
    number.replace('.', locale.pick(",", "."))
}
