//! Days and spans of days, as short as a title needs them.

use jiff::civil::Date;

use crate::{locale::Locale, travel::format};

/// `3–8 mars` or `March 3–8`; with years where there are two, and a whole month by its name.
#[must_use]
pub fn span(from: Date, to: Date, locale: Locale) -> String {
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    if from < to && from == from.first_of_month() && to == from.last_of_month() {
        return format::month(from, locale);
    }
    if same_month {
        let month = format::month_of_year(from.month(), locale);
        let days = match from == to {
            true => day(from, locale),
            false => format!("{}–{}", day(from, locale), day(to, locale)),
        };
        return match locale {
            Locale::Fr => format!("{days} {month}"),
            Locale::En => format!("{month} {days}"),
        };
    }
    let years = from.year() != to.year();
    let end = |date| match (locale, years) {
        (Locale::Fr, false) => format!(
            "{} {}",
            day(date, locale),
            format::short_month(date, locale)
        ),
        (Locale::En, false) => format!(
            "{} {}",
            format::short_month(date, locale),
            day(date, locale)
        ),
        (Locale::Fr, true) => format!(
            "{} {} {}",
            day(date, locale),
            format::short_month(date, locale),
            date.year()
        ),
        (Locale::En, true) => format!(
            "{} {}, {}",
            format::short_month(date, locale),
            day(date, locale),
            date.year()
        ),
    };
    format!("{} – {}", end(from), end(to))
}

fn day(date: Date, locale: Locale) -> String {
    match (locale, date.day()) {
        (Locale::Fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn spans_are_as_short_as_they_can_be() {
        let cases = [
            (date(2027, 3, 3), date(2027, 3, 8), "3–8 mars", "March 3–8"),
            (date(2027, 3, 1), date(2027, 3, 1), "1er mars", "March 1"),
            (
                date(2027, 3, 1),
                date(2027, 3, 31),
                "mars 2027",
                "March 2027",
            ),
            (
                date(2027, 2, 28),
                date(2027, 3, 3),
                "28 févr. – 3 mars",
                "Feb 28 – Mar 3",
            ),
            (
                date(2026, 12, 28),
                date(2027, 1, 3),
                "28 déc. 2026 – 3 janv. 2027",
                "Dec 28, 2026 – Jan 3, 2027",
            ),
        ];
        for (from, to, fr, en) in cases {
            assert_eq!(span(from, to, Locale::Fr), fr);
            assert_eq!(span(from, to, Locale::En), en);
        }
    }
}
