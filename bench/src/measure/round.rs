//! One server under one load.

use std::{fmt, time::Duration};

use serde::Serialize;

use crate::{
    case::Case,
    client::Client,
    load, say,
    setting::Setting,
    times::{percentile, sorted},
    variant::Variant,
};

/// How long a server warms up.
const WARM: Duration = Duration::from_secs(1);
/// The same with realistic streams: the first answers are through.
const WARM_STREAMS: Duration = Duration::from_secs(5);
/// How long realistic streams are counted at least: several answers of each.
const LEAST_STREAMS: Duration = Duration::from_secs(10);
/// How long after the load the memory is looked at again.
const SETTLE: Duration = Duration::from_secs(5);
/// How many errors are told.
const ERRORS: usize = 3;

/// What was measured. Times in milliseconds, memory in MiB.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Measured {
    pub(crate) chats: usize,
    pub(crate) errors: usize,
    pub(crate) chats_a_second: f64,
    pub(crate) cpu_ms: f64,
    pub(crate) median_ms: f64,
    pub(crate) p99_ms: f64,
    /// Until the event that says that the turn has begun.
    pub(crate) started_median_ms: Option<f64>,
    pub(crate) started_p99_ms: Option<f64>,
    /// Until the first text of a stream.
    pub(crate) first_median_ms: Option<f64>,
    pub(crate) first_p99_ms: Option<f64>,
    pub(crate) rest_mib: f64,
    pub(crate) peak_mib: f64,
    /// A few seconds after the load; of realistic streams.
    pub(crate) after_mib: Option<f64>,
    pub(crate) spans_a_chat: f64,
    pub(crate) ready_ms: f64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.3} ms CPU, {:.1} chats/s, median {:.2} ms, P99 {:.2} ms, peak {:.0} MiB, {:.1} spans, {} wrong",
            self.cpu_ms,
            self.chats_a_second,
            self.median_ms,
            self.p99_ms,
            self.peak_mib,
            self.spans_a_chat,
            self.errors
        )
    }
}

/// Starts a server, loads it and ends it. Wrong answers are counted and told.
pub(crate) async fn measure(
    setting: &Setting,
    case: Case,
    variant: Variant,
    counted: Duration,
) -> anyhow::Result<Measured> {
    let question = setting.question(case);
    let server = setting.start(variant).await?;
    let rest_mib = server.resident_mib()?;
    let streams = matches!(case, Case::Streams(_));
    let (warm, counted) = match streams {
        true => (WARM_STREAMS, counted.max(LEAST_STREAMS)),
        false => (WARM, counted),
    };
    let (spans, answers) = (setting.sink.spans(), setting.model.answered());
    let stored = setting.stored.as_ref();
    let stored = stored.filter(|_| variant == Variant::OursStored);
    let clients = (0..case.clients()).map(|at| {
        let cookie = stored.map(|stored| stored.asker(at));
        Client::known(&server.address, cookie)
    });
    let load = load::run(&server, &question, clients.collect(), warm, counted).await?;
    let peak_mib = server.peak_mib()?;
    // What waits for export is there by then.
    tokio::time::sleep(if streams { SETTLE } else { WARM * 3 / 2 }).await;
    let spans = setting.sink.spans() - spans;
    let chats = (setting.model.answered() - answers) / 2;
    let after_mib = streams.then(|| server.resident_mib()).transpose()?;
    let ready_ms = server.ready.as_secs_f64() * 1e3;
    server.stop().await?;
    let told = load.errors.iter().take(ERRORS);
    let told: Vec<&str> = told.map(String::as_str).collect();
    if !told.is_empty() {
        say(&format!("wrong answers of {}: {told:#?}", variant.name()))?;
    }
    let whole = load.answered.iter().map(|one| one.whole);
    let whole = sorted(whole.collect());
    let started = load.answered.iter().filter_map(|one| one.started);
    let started = sorted(started.collect());
    let first = sorted(load.answered.iter().filter_map(|one| one.first).collect());
    let count = load.answered.len();
    Ok(Measured {
        chats: count,
        errors: load.errors.len(),
        chats_a_second: count as f64 / load.seconds,
        cpu_ms: load.cpu_ms / count.max(1) as f64,
        median_ms: percentile(&whole, 50).unwrap_or_default(),
        p99_ms: percentile(&whole, 99).unwrap_or_default(),
        started_median_ms: percentile(&started, 50),
        started_p99_ms: percentile(&started, 99),
        first_median_ms: percentile(&first, 50),
        first_p99_ms: percentile(&first, 99),
        rest_mib,
        peak_mib,
        after_mib,
        spans_a_chat: spans as f64 / chats.max(1) as f64,
        ready_ms,
    })
}
