//! What it takes to search among conversations.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use anyhow::ensure;
use serde::Serialize;

use crate::{
    client::Client,
    process::Server,
    setting::Setting,
    stored::{COMMON, Person, RARE, Stored},
    times::{median, percentile, shown, sorted},
    variant::Variant,
};

/// What comes first is not counted.
const WARM: Duration = Duration::from_millis(300);
/// Lines of a page of the list.
const PAGE: usize = 30;

/// Searches of one person for one word. Times in milliseconds.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Searched {
    who: String,
    what: &'static str,
    count: usize,
    median_ms: f64,
    p99_ms: f64,
    cpu_ms: f64,
}

/// People with many and with few conversations look for a common and a rare word, one search after the
/// other.
pub(crate) async fn measure(
    setting: &Setting,
    stored: &Stored,
    counted: Duration,
) -> anyhow::Result<Vec<Searched>> {
    let server = setting.start(Variant::OursStored).await?;
    let mut all = Vec::new();
    for person in [Some(&stored.many), stored.few.first()]
        .into_iter()
        .flatten()
    {
        let api = "/api/conversations?q=";
        let common = person.conversations.min(PAGE);
        for (what, path, found) in [
            ("common word", format!("{api}{COMMON}"), common),
            ("rare word", format!("{api}{RARE}"), person.rare),
            ("both", format!("{api}{COMMON}%20{RARE}"), person.rare),
            ("no word, the list", "/api/conversations".to_owned(), common),
            ("common word, the page", format!("/?q={COMMON}"), common),
        ] {
            let look = Look { what, path, found };
            all.push(look.repeat(&server, person, counted).await?);
        }
    }
    server.stop().await?;
    Ok(all)
}

struct Look {
    what: &'static str,
    path: String,
    /// How many lines there must be.
    found: usize,
}

impl Look {
    async fn repeat(
        self,
        server: &Server,
        person: &Person,
        counted: Duration,
    ) -> anyhow::Result<Searched> {
        let mut client = Client::known(&server.address, Some(&person.cookie));
        let warm = Instant::now();
        while warm.elapsed() < WARM {
            self.once(&mut client).await?;
        }
        let (cpu, begun, mut times) = (server.cpu_ms()?, Instant::now(), Vec::new());
        while begun.elapsed() < counted {
            times.push(self.once(&mut client).await?);
        }
        let cpu_ms = (server.cpu_ms()? - cpu) / times.len() as f64;
        let (count, times) = (times.len(), sorted(times));
        Ok(Searched {
            who: format!("{} conversations", person.conversations),
            what: self.what,
            count,
            median_ms: percentile(&times, 50).unwrap_or_default(),
            p99_ms: percentile(&times, 99).unwrap_or_default(),
            cpu_ms,
        })
    }

    async fn once(&self, client: &mut Client) -> anyhow::Result<Duration> {
        let took = client.get(&self.path).await?;
        let body = String::from_utf8_lossy(client.body());
        let found = match self.path.starts_with("/api/") {
            true => body.matches(r#""updated_at""#).count(),
            false => body.matches("<li class=\"conversation").count(),
        };
        ensure!(
            found == self.found,
            "{}: {found} found instead of {}",
            self.path,
            self.found
        );
        Ok(took)
    }
}

/// Medians over the rounds.
pub(crate) fn table(rounds: &[Vec<Searched>], stored: usize) -> String {
    let mut text = format!(
        "\nSearch among {stored} stored conversations\n\n| whose | what | median ms | P99 ms | CPU ms |\n|---|---|---|---|---|\n"
    );
    for (at, one) in rounds.first().into_iter().flatten().enumerate() {
        let of = |value: fn(&Searched) -> f64| {
            let values = rounds.iter().filter_map(|round| round.get(at)).map(value);
            shown(median(values.collect()), 2)
        };
        let (middle, late, cpu) = (
            of(|one| one.median_ms),
            of(|one| one.p99_ms),
            of(|one| one.cpu_ms),
        );
        let _ = writeln!(
            text,
            "| {} | {} | {middle} | {late} | {cpu} |",
            one.who, one.what
        );
    }
    text
}
