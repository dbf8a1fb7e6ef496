//! Days with a name: fixed ones, those that follow Easter, and American weekdays.

use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

use super::{Context, Point, names};

#[derive(Clone, Copy)]
enum Rule {
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i32),
    /// The nth weekday of a month; negative counts from its end.
    Nth(i8, Weekday, i8),
}

const HOLIDAYS: &[(&str, Rule)] = &[
    ("noel", Rule::Fixed(12, 25)),
    ("christmas", Rule::Fixed(12, 25)),
    ("xmas", Rule::Fixed(12, 25)),
    ("christmas day", Rule::Fixed(12, 25)),
    ("christmas eve", Rule::Fixed(12, 24)),
    ("veille de noel", Rule::Fixed(12, 24)),
    ("boxing day", Rule::Fixed(12, 26)),
    ("nouvel an", Rule::Fixed(12, 31)),
    ("reveillon", Rule::Fixed(12, 31)),
    ("saint sylvestre", Rule::Fixed(12, 31)),
    ("new year s eve", Rule::Fixed(12, 31)),
    ("new years eve", Rule::Fixed(12, 31)),
    ("nye", Rule::Fixed(12, 31)),
    ("new year s", Rule::Fixed(12, 31)),
    ("new year", Rule::Fixed(12, 31)),
    ("new years", Rule::Fixed(12, 31)),
    ("jour de l an", Rule::Fixed(1, 1)),
    ("premier de l an", Rule::Fixed(1, 1)),
    ("new year s day", Rule::Fixed(1, 1)),
    ("new years day", Rule::Fixed(1, 1)),
    ("epiphanie", Rule::Fixed(1, 6)),
    ("saint valentin", Rule::Fixed(2, 14)),
    ("st valentin", Rule::Fixed(2, 14)),
    ("valentine s day", Rule::Fixed(2, 14)),
    ("valentines day", Rule::Fixed(2, 14)),
    ("valentine s", Rule::Fixed(2, 14)),
    ("valentines", Rule::Fixed(2, 14)),
    ("saint patrick", Rule::Fixed(3, 17)),
    ("st patrick s day", Rule::Fixed(3, 17)),
    ("fete du travail", Rule::Fixed(5, 1)),
    ("may day", Rule::Fixed(5, 1)),
    ("fete nationale", Rule::Fixed(7, 14)),
    ("bastille day", Rule::Fixed(7, 14)),
    ("independence day", Rule::Fixed(7, 4)),
    ("assomption", Rule::Fixed(8, 15)),
    ("halloween", Rule::Fixed(10, 31)),
    ("toussaint", Rule::Fixed(11, 1)),
    ("all saints day", Rule::Fixed(11, 1)),
    ("all saints", Rule::Fixed(11, 1)),
    ("armistice", Rule::Fixed(11, 11)),
    ("mardi gras", Rule::Easter(-47)),
    ("good friday", Rule::Easter(-2)),
    ("vendredi saint", Rule::Easter(-2)),
    ("paques", Rule::Easter(0)),
    ("easter", Rule::Easter(0)),
    ("easter sunday", Rule::Easter(0)),
    ("dimanche de paques", Rule::Easter(0)),
    ("easter monday", Rule::Easter(1)),
    ("lundi de paques", Rule::Easter(1)),
    ("ascension", Rule::Easter(39)),
    ("pentecote", Rule::Easter(49)),
    ("lundi de pentecote", Rule::Easter(50)),
    ("pentecost", Rule::Easter(49)),
    ("whit monday", Rule::Easter(50)),
    ("thanksgiving", Rule::Nth(11, Weekday::Thursday, 4)),
    ("thanksgiving day", Rule::Nth(11, Weekday::Thursday, 4)),
    ("black friday", Rule::Nth(11, Weekday::Thursday, 4)),
    ("labor day", Rule::Nth(9, Weekday::Monday, 1)),
    ("memorial day", Rule::Nth(5, Weekday::Monday, -1)),
    ("mlk day", Rule::Nth(1, Weekday::Monday, 3)),
];

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
pub(crate) fn easter(year: i16) -> Option<Date> {
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

fn in_year(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
        Rule::Nth(month, weekday, nth) => {
            date(year, month, 1).nth_weekday_of_month(nth, weekday).ok()
        }
    }
}

/// Reads a holiday at `at`: the next one.
pub(crate) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let mut from = at + usize::from(tokens.is(at, &["l", "le", "la"]));
    // "le jeudi de l'Ascension"
    if names::weekday(tokens.word(from)).is_some() && tokens.is(from + 1, &["de", "d", "of"]) {
        from += 2;
        from += usize::from(tokens.is(from, &["l", "la"]));
    }
    let mut found: Option<(Rule, usize)> = None;
    for (phrase, rule) in HOLIDAYS {
        if let Some(length) = tokens.phrase(from, phrase)
            && found.is_none_or(|(_, longest)| length > longest)
        {
            found = Some((*rule, length));
        }
    }
    let (rule, length) = found?;
    // Airports and islands are named after holidays: "Christmas Island", "Easter Island".
    if tokens.is(from + length, &["island"]) || tokens.is(from.wrapping_sub(2), &["ile"]) {
        return None;
    }
    let year = ctx.today.year();
    let day = (year..=year + 1)
        .filter_map(|year| in_year(rule, year))
        .find(|day| *day >= ctx.today)?;
    let shift = if tokens.preceded(at, &["lendemain de", "the day after", "day after"]) {
        1
    } else if tokens.preceded(at, &["veille de", "the day before", "day before"]) {
        -1
    } else {
        0
    };
    let day = day.saturating_add(shift.days());
    Some((Point::Span(day, day), from + length))
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
}
