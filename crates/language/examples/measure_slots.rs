//! Measures reading on a set: `cargo run --example measure_slots -- SET.jsonl [today] [-v]`.
//!
//! A slot is exact when its folded surface (dates: both ends) equals the expected one; a missing
//! and a spurious one are errors; the denominator is the lines where either side has the slot.

use std::{collections::BTreeMap, env, error::Error, fs, io::Write, time::Instant};

use jiff::{Zoned, civil::Date, tz::TimeZone};
use language::{
    fold,
    window::{Line, SlotsView},
};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let arguments: Vec<String> = env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "-v");
    let path = arguments.first().ok_or("which set?")?;
    let today: Option<Date> = arguments.get(1).and_then(|day| day.parse().ok());
    let now: Zoned = "2026-11-22T12:00:00+00:00[UTC]"
        .parse::<Zoned>()?
        .with_time_zone(TimeZone::UTC);
    language::warm_up();
    let mut scores: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut lines, mut spent) = (0_u32, std::time::Duration::ZERO);
    for row in fs::read_to_string(path)?.lines() {
        let expected: Value = serde_json::from_str(row)?;
        let line = line(&expected, today);
        let started = Instant::now();
        let reading = line.reading(&now);
        spent += started.elapsed();
        lines += 1;
        let found = serde_json::to_value(SlotsView::from(&reading))?;
        for (slot, want) in wanted(&expected) {
            let got = found.get(&slot).filter(|value| !value.is_null());
            if want.is_none() && got.is_none() {
                continue;
            }
            let right = matches!((&want, got), (Some(want), Some(got)) if exact(&slot, want, got));
            let score = scores.entry(slot.clone()).or_default();
            score.0 += usize::from(right);
            score.1 += 1;
            if verbose && !right {
                let want = want.map_or("-".to_owned(), |v| v.to_string());
                let got = got.map_or("-".to_owned(), ToString::to_string);
                writeln!(
                    out,
                    "{slot}: {:?} [{:?}]\n    want {want}\n    got  {got}",
                    line.text, line.previous
                )?;
            }
        }
    }
    for (slot, (right, all)) in &scores {
        writeln!(
            out,
            "{slot:<14} {right:>4} / {all:<4} {:.1} %",
            100.0 * *right as f64 / *all as f64
        )?;
    }
    writeln!(out, "{:?} a message over {lines}", spent / lines.max(1))?;
    Ok(())
}

fn line(row: &Value, today: Option<Date>) -> Line {
    let text = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    let locale = text("locale").or_else(|| text("lang"));
    Line {
        text: text("text").unwrap_or_default(),
        previous: text("previous")
            .or_else(|| text("prev_system"))
            .filter(|p| !p.is_empty()),
        locale: locale.and_then(|name| serde_json::from_value(Value::String(name)).ok()),
        // The dialogues of SGD are American.
        month_first: row.get("raw_slots").is_some(),
        today: today.or_else(|| text("today").and_then(|day| day.parse().ok())),
        pending_proposal: false,
    }
}

/// Every slot that the set knows, with what it expects. The dialogues of SGD have raw reading.
fn wanted(row: &Value) -> Vec<(String, Option<Value>)> {
    let names = [
        "origin",
        "destination",
        "depart_date",
        "return_date",
        "passengers",
        "cabin",
        "max_stops",
        "airline",
        "budget",
    ];
    let Some(raw) = row.get("raw_slots") else {
        return names
            .iter()
            .map(|name| ((*name).to_owned(), row["slots"].get(*name).cloned()))
            .collect();
    };
    let get = |name: &str| {
        raw.get(name)
            .filter(|slot| slot["surface"] != "dontcare")
            .cloned()
    };
    let either = |a: &str, b: &str| get(a).or_else(|| get(b));
    vec![
        (
            "origin".to_owned(),
            either("origin_city", "origin").or_else(|| get("origin_airport")),
        ),
        (
            "destination".to_owned(),
            either("destination_city", "destination").or_else(|| get("destination_airport")),
        ),
        ("depart_date".to_owned(), get("departure_date")),
        ("return_date".to_owned(), get("return_date")),
        ("airline".to_owned(), get("airlines")),
        ("passengers".to_owned(), get("passengers")),
    ]
}

fn exact(slot: &str, want: &Value, got: &Value) -> bool {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(fold);
    match slot {
        "depart_date" | "return_date" => match want.get("canonical") {
            Some(day) => got["from"] == *day && got["to"] == *day,
            None => want["from"] == got["from"] && want["to"] == got["to"],
        },
        "origin" | "destination" | "airline" => text(want, "surface") == text(got, "surface"),
        "passengers" => match text(want, "canonical") {
            Some(count) => count.parse().ok() == got["adults"].as_u64(),
            None => want == got,
        },
        "budget" => {
            let amount = |value: &Value| text(value, "amount").and_then(|a| a.parse::<f64>().ok());
            amount(want) == amount(got) && want["currency"] == got["currency"]
        }
        _ => want == got,
    }
}
