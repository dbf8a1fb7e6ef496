//! How long a start takes until the server listens.

use std::{fmt::Write, time::Duration};

use serde::Serialize;

use crate::{
    process::Server,
    setting::Setting,
    times::{percentile, shown, sorted},
    variant::Variant,
};

/// Starts on one kind of database. Times in milliseconds.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Starts {
    database: String,
    median_ms: f64,
    slowest_ms: f64,
}

/// So many starts of each kind, one after the other.
pub(crate) async fn measure(setting: &Setting, starts: usize) -> anyhow::Result<Vec<Starts>> {
    let mut all = Vec::new();
    let mut times = Vec::new();
    for _ in 0..starts {
        times.push(once(setting.start(Variant::Ours).await?).await?);
    }
    all.push(Starts::of("no file yet".to_owned(), times));
    all.push(again(setting, Variant::Ours, "no conversation".to_owned(), starts).await?);
    if let Some(stored) = &setting.stored {
        once(setting.start(Variant::OursStored).await?).await?;
        let database = format!("{} conversations", stored.conversations);
        all.push(again(setting, Variant::OursStored, database, starts).await?);
    }
    Ok(all)
}

/// Starts on what the last server left.
async fn again(
    setting: &Setting,
    variant: Variant,
    database: String,
    starts: usize,
) -> anyhow::Result<Starts> {
    let mut times = Vec::new();
    for _ in 0..starts {
        times.push(once(setting.restart(variant).await?).await?);
    }
    Ok(Starts::of(database, times))
}

async fn once(server: Server) -> anyhow::Result<Duration> {
    let ready = server.ready;
    server.stop().await?;
    Ok(ready)
}

impl Starts {
    fn of(database: String, times: Vec<Duration>) -> Self {
        let times = sorted(times);
        Self {
            database,
            median_ms: percentile(&times, 50).unwrap_or_default(),
            slowest_ms: percentile(&times, 100).unwrap_or_default(),
        }
    }
}

pub(crate) fn table(starts: &[Starts]) -> String {
    let mut text =
        "\nStart\n\n| database | ready, median ms | slowest ms |\n|---|---|---|\n".to_owned();
    for Starts {
        database,
        median_ms,
        slowest_ms,
    } in starts
    {
        let (middle, slowest) = (shown(Some(*median_ms), 1), shown(Some(*slowest_ms), 1));
        let _ = writeln!(text, "| {database} | {middle} | {slowest} |");
    }
    text
}
