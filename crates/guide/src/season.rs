//! The best months to go somewhere: a rule of ours on the climate of each month.

use crate::{
    Source,
    climate::{Climate, Month},
};

/// Where the months come from.
pub const SOURCE: Source = Source {
    id: "best_months",
    name: (
        "règle du projet : journées de 18 à 30 °C et dix jours de pluie au plus",
        "rule of the project: days of 18 to 30 °C and ten days of rain at most",
    ),
    as_of: "2026-11",
    licence: "MIT OR Apache-2.0",
    derived: true,
};

/// Highest temperature of an agreeable day, in °C: from so much, to so much.
const AGREEABLE_C: (f32, f32) = (18.0, 30.0);
/// The same, at best.
const BEST_C: f32 = 25.0;
/// Days of rain in a month at most.
const RAIN_DAYS: f32 = 10.0;
/// Months at most, and those that are told where none is agreeable.
const MOST: usize = 6;
const LEAST_BAD: usize = 3;

/// The best months of a climate.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Season {
    /// Months, 1 = January, in the order of the year; empty = too little is measured.
    pub months: Vec<i8>,
    /// Whether they keep to the rule; else they come nearest to it.
    pub agreeable: bool,
}

/// The months that keep to the rule, at most six, the best of them; where none does, the three that
/// come nearest.
#[must_use]
pub fn best(climate: &Climate) -> Season {
    let known = climate.months.iter().filter_map(judge);
    let mut known: Vec<(f32, bool, i8)> = known.collect();
    known.sort_by(|a, b| {
        b.1.cmp(&a.1)
            .then_with(|| a.0.total_cmp(&b.0))
            .then_with(|| a.2.cmp(&b.2))
    });
    let kept = known.iter().filter(|(_, kept, _)| *kept).count();
    let taken = if kept > 0 { kept.min(MOST) } else { LEAST_BAD };
    let mut months: Vec<_> = known.iter().take(taken).map(|(.., month)| *month).collect();
    months.sort_unstable();
    Season {
        months,
        agreeable: kept > 0,
    }
}

/// How far a month is from the best, and whether it keeps to the rule.
fn judge(month: &Month) -> Option<(f32, bool, i8)> {
    let (max, rain) = (month.max_c?, month.rain_days?);
    let kept = (AGREEABLE_C.0..=AGREEABLE_C.1).contains(&max) && rain <= RAIN_DAYS;
    Some(((max - BEST_C).abs() + rain * 0.5, kept, month.month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{climate, destination};

    fn of(code: &str) -> Season {
        best(climate::of(code.parse().unwrap()).unwrap())
    }

    #[test]
    fn months_keep_to_the_rule_or_are_said_not_to() {
        for place in destination::all() {
            let Some(climate) = climate::of(place.code) else {
                continue;
            };
            let season = best(climate);
            assert!(season.months.len() <= MOST && season.months.is_sorted());
            for number in &season.months {
                let month = climate.month(*number).unwrap();
                let kept = (18.0..=30.0).contains(&month.max_c.unwrap())
                    && month.rain_days.unwrap() <= 10.0;
                assert_eq!(kept, season.agreeable, "{} {number}", place.code);
            }
        }
    }

    #[test]
    fn months_are_those_that_people_know() {
        assert!(of("LIS").months.contains(&6) && !of("LIS").months.contains(&1));
        assert!(of("RAK").months.iter().all(|month| ![7, 8].contains(month)));
        let north = of("REK");
        assert!(!north.agreeable && north.months.contains(&7), "{north:?}");
    }
}
