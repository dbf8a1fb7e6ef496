//! Medians, ratios to the bare server of the same round, and the tables.

use std::fmt::Write;

use serde::Serialize;

use crate::{
    conversation::Stretch,
    round::Measured,
    setting::{Case, Variant},
};

/// Everything that was measured.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    pub(crate) conversation: Option<Vec<Stretch>>,
}

struct Row {
    round: usize,
    case: Case,
    variant: Variant,
    measured: Measured,
}

#[derive(Serialize)]
struct Raw<'a> {
    round: usize,
    case: String,
    variant: &'static str,
    #[serde(flatten)]
    measured: &'a Measured,
    cpu_times_the_floor: Option<f64>,
}

impl Report {
    pub(crate) fn add(&mut self, round: usize, case: Case, variant: Variant, measured: Measured) {
        self.rows.push(Row {
            round,
            case,
            variant,
            measured,
        });
    }

    /// How many answers were wrong, or none at all.
    pub(crate) fn errors(&self) -> usize {
        self.rows.iter().map(|row| row.measured.errors).sum()
    }

    /// Each measurement by itself.
    pub(crate) fn json(&self) -> anyhow::Result<String> {
        let raw = self.rows.iter().map(|row| Raw {
            round: row.round,
            case: row.case.name(),
            variant: row.variant.name(),
            measured: &row.measured,
            cpu_times_the_floor: self.ratio(row, Variant::Floor),
        });
        let all = serde_json::json!({
            "measurements": raw.collect::<Vec<_>>(), "conversation": self.conversation,
        });
        Ok(serde_json::to_string_pretty(&all)?)
    }

    /// A table for each load.
    pub(crate) fn markdown(&self) -> String {
        let mut text = String::new();
        let mut cases: Vec<Case> = Vec::new();
        for row in &self.rows {
            if !cases.contains(&row.case) {
                cases.push(row.case);
            }
        }
        for case in cases {
            let _ = write!(
                text,
                "\n{}\n\n| | CPU ms a chat | × floor | × floor with whole answers | chats/s | median ms | P99 ms | first \
                 text median, P99 ms | memory at rest, peak, after MiB | spans a chat | ready ms | wrong answers |\n\
                 |---|---|---|---|---|---|---|---|---|---|---|---|\n",
                case.name()
            );
            for variant in case.variants() {
                text.push_str(&self.line(case, variant));
            }
        }
        if let Some(stretches) = &self.conversation {
            text.push_str("\nOne conversation, JSON\n\n| turns | CPU ms a turn |\n|---|---|\n");
            for Stretch { from, to, cpu_ms } in stretches {
                let _ = writeln!(text, "| {from} to {to} | {cpu_ms:.2} |");
            }
        }
        text
    }

    fn line(&self, case: Case, variant: Variant) -> String {
        let rows = self.rows.iter();
        let rows = rows.filter(|row| row.case == case && row.variant == variant);
        let rows: Vec<&Row> = rows.collect();
        let of = |value: &dyn Fn(&Measured) -> Option<f64>| {
            median(rows.iter().filter_map(|row| value(&row.measured)).collect())
        };
        let times = |floor: Variant| {
            median(
                rows.iter()
                    .filter_map(|row| self.ratio(row, floor))
                    .collect(),
            )
        };
        let cells = [
            variant.name().to_owned(),
            shown(of(&|m| Some(m.cpu_ms)), 3),
            shown(times(Variant::Floor), 1),
            shown(times(Variant::FloorWhole), 1),
            shown(of(&|m| Some(m.chats_a_second)), 1),
            shown(of(&|m| Some(m.median_ms)), 2),
            shown(of(&|m| Some(m.p99_ms)), 2),
            format!(
                "{}, {}",
                shown(of(&|m| m.first_median_ms), 1),
                shown(of(&|m| m.first_p99_ms), 1)
            ),
            format!(
                "{}, {}, {}",
                shown(of(&|m| Some(m.rest_mib)), 0),
                shown(of(&|m| Some(m.peak_mib)), 0),
                shown(of(&|m| m.after_mib), 0)
            ),
            shown(of(&|m| Some(m.spans_a_chat)), 1),
            shown(of(&|m| Some(m.ready_ms)), 0),
            rows.iter()
                .map(|row| row.measured.errors)
                .sum::<usize>()
                .to_string(),
        ];
        format!("| {} |\n", cells.join(" | "))
    }

    /// Processor time as a multiple of the floor's in the same round.
    fn ratio(&self, row: &Row, floor: Variant) -> Option<f64> {
        let mut rows = self.rows.iter();
        let paired = rows.find(|other| {
            other.round == row.round && other.case == row.case && other.variant == floor
        })?;
        Some(row.measured.cpu_ms / paired.measured.cpu_ms)
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 => Some((values.get(middle.checked_sub(1)?)? + values.get(middle)?) / 2.0),
        _ => values.get(middle).copied(),
    }
}

fn shown(value: Option<f64>, digits: usize) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.digits$}"))
}
