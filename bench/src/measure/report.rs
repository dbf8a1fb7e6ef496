//! Medians, ratios to the bare server of the same round, and the tables.

use std::fmt::Write;

use serde::Serialize;

use crate::{
    case::Case,
    conversation::Stretch,
    memory,
    round::Measured,
    search::{self, Searched},
    starts::{self, Starts},
    times::{median, shown},
    variant::Variant,
};

/// Everything that was measured.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    pub(crate) conversation: Option<Vec<Stretch>>,
    /// How many conversations are stored where some are, and the searches of each round.
    pub(crate) stored: usize,
    pub(crate) searches: Vec<Vec<Searched>>,
    pub(crate) starts: Vec<Starts>,
}

pub(crate) struct Row {
    round: usize,
    pub(crate) case: Case,
    pub(crate) variant: Variant,
    pub(crate) measured: Measured,
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
            "searches": self.searches, "starts": self.starts,
        });
        Ok(serde_json::to_string_pretty(&all)?)
    }

    /// A table for each load.
    pub(crate) fn markdown(&self) -> String {
        let mut text = String::new();
        for case in distinct(self.rows.iter().map(|row| row.case)) {
            let _ = write!(
                text,
                "\n{}\n\n| | CPU ms a chat | × floor | × floor with whole answers | chats/s | median, P99 ms | first \
                 event median, P99 ms | first text median, P99 ms | memory at rest, peak, after MiB | spans a chat | ready ms | wrong answers |\n\
                 |---|---|---|---|---|---|---|---|---|---|---|---|\n",
                case.name()
            );
            let rows = self.rows.iter().filter(|row| row.case == case);
            for variant in distinct(rows.map(|row| row.variant)) {
                text.push_str(&self.line(case, variant));
            }
        }
        text.push_str(&memory::table(&self.rows));
        if let Some(stretches) = &self.conversation {
            text.push_str("\nOne conversation, JSON\n\n| turns | CPU ms a turn |\n|---|---|\n");
            for Stretch { from, to, cpu_ms } in stretches {
                let _ = writeln!(text, "| {from} to {to} | {cpu_ms:.2} |");
            }
        }
        if !self.searches.is_empty() {
            text.push_str(&search::table(&self.searches, self.stored));
        }
        if !self.starts.is_empty() {
            text.push_str(&starts::table(&self.starts));
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
        let pair = |middle: Option<f64>, late: Option<f64>, digits| {
            format!("{}, {}", shown(middle, digits), shown(late, digits))
        };
        let cells = [
            variant.name().to_owned(),
            shown(of(&|m| Some(m.cpu_ms)), 3),
            shown(times(Variant::Floor), 1),
            shown(times(Variant::FloorWhole), 1),
            shown(of(&|m| Some(m.chats_a_second)), 1),
            pair(of(&|m| Some(m.median_ms)), of(&|m| Some(m.p99_ms)), 2),
            pair(of(&|m| m.started_median_ms), of(&|m| m.started_p99_ms), 2),
            pair(of(&|m| m.first_median_ms), of(&|m| m.first_p99_ms), 1),
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

/// Each once, in the order in which they came.
pub(crate) fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}
