//! The bars, on sets written by another hand than the rules.

use jiff::Zoned;
use language::{
    fold,
    window::{Line, SlotsView},
};
use serde_json::Value;

/// Exactness of a slot: the folded surface of a place, both ends of a date; a missing and a
/// spurious slot are errors, and lines where neither side has the slot do not count.
fn exactness(set: &str, slot: &str) -> f64 {
    let path = format!("{}/tests/eval/{set}", env!("CARGO_MANIFEST_DIR"));
    let rows = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let now: Zoned = "2026-11-22T12:00:00+00:00[UTC]".parse().unwrap();
    let (mut right, mut all) = (0_u32, 0_u32);
    for row in rows.lines() {
        let expected: Value = serde_json::from_str(row).unwrap();
        let text = |name: &str| expected[name].as_str().map(str::to_owned);
        let line = Line {
            text: text("text").unwrap(),
            previous: text("previous"),
            locale: serde_json::from_value(expected["locale"].clone()).unwrap(),
            month_first: false,
            today: text("today").map(|day| day.parse().unwrap()),
            pending_proposal: expected["pending_proposal"] == true,
        };
        let found = serde_json::to_value(SlotsView::from(&line.reading(&now))).unwrap();
        let (want, got) = (&expected["slots"][slot], &found[slot]);
        if want.is_null() && got.is_null() {
            continue;
        }
        all += 1;
        let same = |name: &str| want[name].as_str().map(fold) == got[name].as_str().map(fold);
        let exact = match slot {
            "depart_date" | "return_date" => same("from") && same("to"),
            _ => same("surface"),
        };
        right += u32::from(exact && !want.is_null() && !got.is_null());
    }
    assert!(all >= 15, "{set} says little about {slot}");
    100.0 * f64::from(right) / f64::from(all)
}

#[test]
fn places_and_dates_reach_the_bars_in_both_languages() {
    for set in ["slots_fr.jsonl", "slots_en.jsonl"] {
        for (slot, bar) in [
            ("origin", 90.0),
            ("destination", 90.0),
            ("depart_date", 85.0),
            ("return_date", 85.0),
        ] {
            let reached = exactness(set, slot);
            assert!(reached >= bar, "{set}: {slot} {reached:.1} % < {bar} %");
        }
    }
}
