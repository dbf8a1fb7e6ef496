//! When the days with a name fall: fixed ones, those that follow Easter, nth weekdays of a month, and
//! those of other calendars.

use std::sync::LazyLock;

use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use rustc_hash::FxHashMap;

use travel::fold::key;

/// One day of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i32),
    /// The nth weekday of a month, and so many days more; a negative nth counts from its end.
    Nth(i8, Weekday, i8, i32),
}

impl Day {
    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
            Self::Nth(month, weekday, nth, more) => {
                let day = date(year, month, 1).nth_weekday_of_month(nth, weekday);
                day.ok()?.checked_add(more.days()).ok()
            }
        }
    }

    /// `12-25`, `easter+39`, `11 thursday 4 +1`.
    fn parse(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix("easter") {
            return Some(Self::Easter(days.parse().ok()?));
        }
        if let Some((month, day)) = text.split_once('-').filter(|_| !text.contains(' ')) {
            return Some(Self::Fixed(month.parse().ok()?, day.parse().ok()?));
        }
        let mut words = text.split(' ');
        let month = words.next()?.parse().ok()?;
        let (weekday, _) = super::names::weekday(words.next()?)?;
        let nth = words.next()?.parse().ok()?;
        let more = words.next().map_or(Some(0), |more| more.parse().ok())?;
        Some(Self::Nth(month, weekday, nth, more))
    }
}

/// When a holiday is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Yearly(Stretch),
    /// Known for some years.
    Dates(Vec<(Date, Date)>),
}

/// From one day of the year to another, perhaps of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch(Day, Day);

impl Rule {
    /// Its first and last day in the year in which it begins.
    pub(super) fn in_year(&self, year: i16) -> Option<(Date, Date)> {
        match self {
            Self::Yearly(Stretch(from, to)) => {
                let from = from.in_year(year)?;
                let to = to
                    .in_year(year)
                    .filter(|to| *to >= from)
                    .or_else(|| to.in_year(year + 1))?;
                Some((from, to))
            }
            Self::Dates(spans) => spans.iter().find(|(from, _)| from.year() == year).copied(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let ends = |text: &str| {
            let (from, to) = text.split_once("..").unwrap_or((text, text));
            (from.to_owned(), to.to_owned())
        };
        if text.starts_with("20") {
            let spans = text.split(", ").map(|span| {
                let (from, to) = ends(span);
                Some((from.parse().ok()?, to.parse().ok()?))
            });
            return Some(Self::Dates(spans.collect::<Option<_>>()?));
        }
        let (from, to) = ends(text);
        Some(Self::Yearly(Stretch(Day::parse(&from)?, Day::parse(&to)?)))
    }
}

type Names = FxHashMap<String, Vec<(String, Rule)>>;

/// Names by their first word.
static HOLIDAYS: LazyLock<Names> = LazyLock::new(|| {
    let mut by_first = Names::default();
    for line in include_str!("../../../data/holidays.tsv").lines() {
        let Some((rule, names)) = line.split_once('\t') else {
            continue;
        };
        let Some(rule) = Rule::parse(rule) else {
            continue;
        };
        for name in names.split(", ").map(key) {
            let first = name.split(' ').next().unwrap_or_default().to_owned();
            by_first
                .entry(first)
                .or_default()
                .push((name, rule.clone()));
        }
    }
    by_first
});

/// The holiday with the longest name that begins with `first` and, by `length`, stands there.
pub(super) fn standing(
    first: &str,
    length: impl Fn(&str) -> Option<usize>,
) -> Option<(&'static Rule, usize)> {
    let names = HOLIDAYS.get(first)?.iter();
    names
        .filter_map(|(name, rule)| Some((rule, length(name)?)))
        .max_by_key(|(_, length)| *length)
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let golden = year % 19;
    let (century, rest) = (year / 100, year % 100);
    let epact =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let shift = (golden + 11 * epact + 22 * weekday) / 451;
    let number = epact + weekday - 7 * shift + 114;
    let (month, day) = (
        i8::try_from(number / 31).ok()?,
        i8::try_from(number % 31 + 1).ok()?,
    );
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, month, day) in [
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        for line in include_str!("../../../data/holidays.tsv").lines().skip(1) {
            let (rule, _) = line.split_once('\t').unwrap();
            let rule = Rule::parse(rule).unwrap_or_else(|| panic!("{line}"));
            assert!(rule.in_year(2027).is_some(), "{line}");
        }
    }
}
