//! What a further stream holds, and what is kept when they are over.

use std::fmt::Write;

use crate::{
    case::Case,
    report::{Row, distinct},
    round::Measured,
    times::{median, shown},
};

const KIB: f64 = 1024.0;

/// Memory with half of the realistic streams and with all of them, where both were measured.
pub(crate) fn table(rows: &[Row]) -> String {
    let counts = distinct(rows.iter().filter_map(|row| match row.case {
        Case::Streams(streams) => Some(streams),
        _ => None,
    }));
    let [few, many] = counts[..] else {
        return String::new();
    };
    let mut text = format!(
        "\nMemory of realistic streams, MiB\n\n| | at rest | peak of {few}, of {many} | KiB a further stream | \
         above rest 5 s after, {few}, {many} |\n|---|---|---|---|---|\n"
    );
    for variant in distinct(rows.iter().map(|row| row.variant)) {
        let of = |streams: usize, value: fn(&Measured) -> Option<f64>| {
            let rows = rows.iter().filter(|row| row.case == Case::Streams(streams));
            let rows = rows.filter(|row| row.variant == variant);
            median(rows.filter_map(|row| value(&row.measured)).collect())
        };
        let peaks = [few, many].map(|streams| of(streams, |m| Some(m.peak_mib)));
        let [Some(low), Some(high)] = peaks else {
            continue;
        };
        let further = (high - low) * KIB / (many - few) as f64;
        let kept = |streams| shown(of(streams, |m| Some(m.after_mib? - m.rest_mib)), 0);
        let _ = writeln!(
            text,
            "| {} | {} | {low:.0}, {high:.0} | {further:.0} | {}, {} |",
            variant.name(),
            shown(of(many, |m| Some(m.rest_mib)), 0),
            kept(few),
            kept(many)
        );
    }
    text
}
