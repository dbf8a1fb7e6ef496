//! `travel-agent understand`: a window on intent and reading.

use std::io::{BufRead, Write};

use agent::{
    intent,
    language::window::{Answer, Line},
};
use anyhow::Context;
use jiff::{Timestamp, tz::TimeZone};

use crate::config::Config;

/// Reads lines, plain or JSON objects, and prints one JSON object for each.
pub fn run(config: &Config) -> anyhow::Result<()> {
    let zone = config
        .default_time_zone
        .clone()
        .unwrap_or_else(TimeZone::system);
    let now = Timestamp::now().to_zoned(zone);
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in (1..).zip(std::io::stdin().lock().lines()) {
        let text = line.context("standard input cannot be read")?;
        if text.trim().is_empty() {
            continue;
        }
        let line: Line = if text.trim_start().starts_with('{') {
            serde_json::from_str(&text).with_context(|| format!("line {number}"))?
        } else {
            Line {
                text,
                ..Line::default()
            }
        };
        let context = intent::Context {
            previous: line.previous.as_deref(),
            pending_proposal: line.pending_proposal,
        };
        let detection = intent::detect(&line.text, context);
        let answer = Answer::new(&line, &detection, &now);
        serde_json::to_writer(&mut stdout, &answer)?;
        stdout.write_all(b"\n")?;
    }
    stdout.flush()?;
    Ok(())
}
