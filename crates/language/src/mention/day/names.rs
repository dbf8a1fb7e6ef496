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

static MONTHS: Table<i8> = LazyLock::new(|| table(MONTH_NAMES));
static WEEKDAYS: Table<Weekday> = LazyLock::new(|| table(WEEKDAY_NAMES));

const MONTH_NAMES: &[(&str, i8, Strength)] = &[
    ("janvier", 1, Strength::Sure),
    ("january", 1, Strength::Sure),
    ("fevrier", 2, Strength::Sure),
    ("february", 2, Strength::Sure),
    ("mars", 3, Strength::Sure),
    ("march", 3, Strength::Weak),
    ("avril", 4, Strength::Sure),
    ("april", 4, Strength::Sure),
    ("mai", 5, Strength::Sure),
    ("may", 5, Strength::Weak),
    ("juin", 6, Strength::Sure),
    ("june", 6, Strength::Sure),
    ("juillet", 7, Strength::Sure),
    ("july", 7, Strength::Sure),
    ("aout", 8, Strength::Sure),
    ("august", 8, Strength::Sure),
    ("septembre", 9, Strength::Sure),
    ("september", 9, Strength::Sure),
    ("octobre", 10, Strength::Sure),
    ("october", 10, Strength::Sure),
    ("novembre", 11, Strength::Sure),
    ("november", 11, Strength::Sure),
    ("decembre", 12, Strength::Sure),
    ("december", 12, Strength::Sure),
    ("jan", 1, Strength::Weak),
    ("janv", 1, Strength::Weak),
    ("feb", 2, Strength::Weak),
    ("fev", 2, Strength::Weak),
    ("fevr", 2, Strength::Weak),
    ("mar", 3, Strength::Weak),
    ("apr", 4, Strength::Weak),
    ("avr", 4, Strength::Weak),
    ("jun", 6, Strength::Weak),
    ("jul", 7, Strength::Weak),
    ("juil", 7, Strength::Weak),
    ("aug", 8, Strength::Weak),
    ("aou", 8, Strength::Weak),
    ("sep", 9, Strength::Weak),
    ("sept", 9, Strength::Weak),
    ("oct", 10, Strength::Weak),
    ("nov", 11, Strength::Weak),
    ("dec", 12, Strength::Weak),
];

const WEEKDAY_NAMES: &[(&str, Weekday, Strength)] = &[
    ("lundi", Weekday::Monday, Strength::Sure),
    ("monday", Weekday::Monday, Strength::Sure),
    ("mardi", Weekday::Tuesday, Strength::Sure),
    ("tuesday", Weekday::Tuesday, Strength::Sure),
    ("mercredi", Weekday::Wednesday, Strength::Sure),
    ("wednesday", Weekday::Wednesday, Strength::Sure),
    ("jeudi", Weekday::Thursday, Strength::Sure),
    ("thursday", Weekday::Thursday, Strength::Sure),
    ("vendredi", Weekday::Friday, Strength::Sure),
    ("friday", Weekday::Friday, Strength::Sure),
    ("samedi", Weekday::Saturday, Strength::Sure),
    ("saturday", Weekday::Saturday, Strength::Sure),
    ("dimanche", Weekday::Sunday, Strength::Sure),
    ("sunday", Weekday::Sunday, Strength::Sure),
    ("lun", Weekday::Monday, Strength::Weak),
    ("mon", Weekday::Monday, Strength::Weak),
    ("mar", Weekday::Tuesday, Strength::Weak),
    ("tue", Weekday::Tuesday, Strength::Weak),
    ("tues", Weekday::Tuesday, Strength::Weak),
    ("mer", Weekday::Wednesday, Strength::Weak),
    ("wed", Weekday::Wednesday, Strength::Weak),
    ("jeu", Weekday::Thursday, Strength::Weak),
    ("thu", Weekday::Thursday, Strength::Weak),
    ("thur", Weekday::Thursday, Strength::Weak),
    ("thurs", Weekday::Thursday, Strength::Weak),
    ("ven", Weekday::Friday, Strength::Weak),
    ("fri", Weekday::Friday, Strength::Weak),
    ("sam", Weekday::Saturday, Strength::Weak),
    ("sat", Weekday::Saturday, Strength::Weak),
    ("dim", Weekday::Sunday, Strength::Weak),
    ("sun", Weekday::Sunday, Strength::Weak),
];

fn table<T: Copy>(names: &'static [(&str, T, Strength)]) -> ByInitial<(T, Strength)> {
    let rows = names.iter().copied();
    ByInitial::new(rows.map(|(name, value, strength)| (name, (value, strength))))
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
