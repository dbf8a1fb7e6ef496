//! Seasons of demand, as factors of a fare in thousandths.

use jiff::civil::{Date, date};

use crate::{
    places::Place,
    region::Region::{Caribbean, Europe, NorthAmerica, Oceania, SouthAmerica},
};

/// Latitude from which a place has summer and winter rather than a dry and a wet season.
const TEMPERATE: f64 = 15.0;

/// The factor of a day of departure between two places: the highest peak that either knows, else
/// the low season, else 1,000.
pub(super) fn factor(day: Date, from: &Place, to: &Place) -> u32 {
    let (from_peak, to_peak) = (peak(day, from), peak(day, to));
    match (from_peak, to_peak) {
        (None, None) if is_low(day) => 880,
        (from, to) => from.into_iter().chain(to).max().unwrap_or(1_000),
    }
}

/// Whether the day lies between two days of the year, `(month, day)`, both included.
fn within(day: Date, first: (i8, i8), last: (i8, i8)) -> bool {
    let today = (day.month(), day.day());
    if first <= last {
        (first..=last).contains(&today)
    } else {
        today >= first || today <= last
    }
}

fn is_low(day: Date) -> bool {
    within(day, (1, 9), (2, 5)) || within(day, (11, 4), (12, 12))
}

fn peak(day: Date, place: &Place) -> Option<u32> {
    let latitude = place.airport.latitude;
    let european = place.region == Europe;
    let christian = matches!(
        place.region,
        Europe | NorthAmerica | Caribbean | SouthAmerica | Oceania
    );
    let from_easter = (day - easter(day.year())).get_days();
    let peaks = [
        (within(day, (12, 18), (1, 4)), 1_350),
        (christian && (-9..=8).contains(&from_easter), 1_150),
        (latitude > TEMPERATE && within(day, (7, 1), (8, 31)), 1_280),
        (latitude > TEMPERATE && within(day, (6, 10), (9, 10)), 1_120),
        (
            latitude < -TEMPERATE && within(day, (12, 15), (1, 31)),
            1_220,
        ),
        (european && within(day, (2, 6), (3, 7)), 1_100),
        (european && within(day, (10, 17), (11, 3)), 1_080),
        (
            place.leisure && latitude < 30.0 && within(day, (12, 15), (4, 15)),
            1_150,
        ),
    ];
    peaks
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|&(_, factor)| factor)
        .max()
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year, month as i8, day as i8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Places;

    #[test]
    fn easter_falls_where_calendars_say() {
        assert_eq!(easter(2024), date(2024, 3, 31));
        assert_eq!(easter(2026), date(2026, 4, 5));
        assert_eq!(easter(2027), date(2027, 3, 28));
        assert_eq!(easter(2038), date(2038, 4, 25));
    }

    #[test]
    fn hemispheres_have_their_own_summer() {
        let places = Places::load();
        let factor = |day, from: &str, to: &str| {
            let node = |code: &str| places.node(code.parse().unwrap()).unwrap();
            super::factor(day, &places[node(from)], &places[node(to)])
        };
        assert_eq!(factor(date(2027, 7, 20), "CDG", "NCE"), 1_280);
        assert_eq!(factor(date(2027, 7, 20), "SYD", "MEL"), 1_000);
        assert_eq!(factor(date(2027, 1, 20), "SYD", "MEL"), 1_220);
        assert_eq!(factor(date(2027, 1, 20), "CDG", "NCE"), 880);
        assert_eq!(factor(date(2026, 12, 24), "CDG", "NCE"), 1_350);
        assert_eq!(factor(date(2027, 1, 2), "HND", "CTS"), 1_350);
    }
}
