//! Names of months and weekdays, with their abbreviations and typing errors of one letter.

use crate::text::words;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use crate::text::{initials::ByInitial, typos::one_edit_apart};

/// How much a word is a name of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    /// Nothing else: "janvier".
    Sure,
    /// Also another word, an abbreviation or a guess: "may", "jan", "janvir".
    Weak,
}

/// Names by what they stand for, and how surely.
type Table<T> = LazyLock<ByInitial<(T, Strength)>>;

static MONTHS: Table<i8> = LazyLock::new(|| {
    let month = |number: u32| i8::try_from(number).ok();
    table(words::DAY_MONTH, words::DAY_UNCERTAIN_MONTH, month)
});
static WEEKDAYS: Table<Weekday> = LazyLock::new(|| {
    let weekday = |number: u32| Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok();
    table(words::DAY_WEEKDAY, words::DAY_UNCERTAIN_WEEKDAY, weekday)
});

/// Names with their number in the year or the week.
type Names = &'static [(&'static str, u32)];

fn table<T>(sure: Names, weak: Names, value: fn(u32) -> Option<T>) -> ByInitial<(T, Strength)> {
    let sure = sure.iter().map(|name| (name, Strength::Sure));
    let weak = weak.iter().map(|name| (name, Strength::Weak));
    ByInitial::new(
        sure.chain(weak)
            .filter_map(|((name, number), strength)| Some((*name, (value(*number)?, strength)))),
    )
}

/// What a word stands for; a typing error is never in the first letter.
fn lookup<T: Copy>(table: &Table<T>, word: &str) -> Option<(T, Strength)> {
    if let Some(known) = table.get(word) {
        return Some(*known);
    }
    if word.len() < 5 || words::DAY_NOT_A_NAME.contains(&word) {
        return None;
    }
    let mut near = table.beginning_as(word).iter();
    near.find(|(name, _)| name.len() >= 5 && one_edit_apart(name, word))
        .map(|(_, (value, _))| (*value, Strength::Weak))
}

/// The month of a folded word, 1 to 12.
pub(crate) fn month(word: &str) -> Option<(i8, Strength)> {
    lookup(&MONTHS, word)
}

/// Whether the folded word is a month in English, where the day may come second.
pub(crate) fn is_english_month(word: &str) -> bool {
    words::DAY_ENGLISH_MONTH.contains(&word)
}

/// The weekday of a folded word.
pub(crate) fn weekday(word: &str) -> Option<(Weekday, Strength)> {
    lookup(&WEEKDAYS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_letter_is_forgiven() {
        for (word, number) in [
            ("janvir", 1),
            ("febuary", 2),
            ("septembr", 9),
            ("augsut", 8),
        ] {
            assert_eq!(month(word), Some((number, Strength::Weak)), "{word}");
        }
        assert_eq!(month("marche"), None);
        assert_eq!(weekday("wendesday").unwrap().0, Weekday::Wednesday);
        assert_eq!(weekday("vendrdi").unwrap().0, Weekday::Friday);
        assert_eq!(weekday("money"), None);
    }
}
