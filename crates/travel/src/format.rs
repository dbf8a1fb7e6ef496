//! Money, dates and durations as people write them in French and English.
//!
//! French groups digits and sets units off with a no-break space, so that no line breaks inside a
//! price.

use jiff::{
    SignedDuration,
    civil::{Date, DateTime},
};

use super::Money;
use crate::locale::Locale;

/// Space that no line breaks at.
pub const NBSP: char = '\u{a0}';

const DAYS_FR: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];
const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_MONTHS_FR: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];

/// A price: `1 234,50 €` or `€1,234.50`, the spaces being no-break.
#[must_use]
pub fn money(money: Money, locale: Locale) -> String {
    let decimal = money.decimal();
    let (sign, digits) = match decimal.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", &*decimal),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = grouped(whole, locale);
    let symbol = money.currency.symbol();
    let mark = match fraction {
        "" => "",
        _ => locale.pick(",", "."),
    };
    match locale {
        Locale::Fr => format!("{sign}{whole}{mark}{fraction}{NBSP}{symbol}"),
        // A symbol of letters runs into the digits: `AED 12`, but `€12` and `CA$12`.
        Locale::En if symbol.ends_with(|c: char| c.is_alphabetic() || c == '.') => {
            format!("{sign}{symbol}{NBSP}{whole}{mark}{fraction}")
        }
        Locale::En => format!("{sign}{symbol}{whole}{mark}{fraction}"),
    }
}

/// An indicative price in whole units of its currency: `1 235 €` or `€1,235`, half a unit rounding up.
#[must_use]
pub fn whole_money(price: Money, locale: Locale) -> String {
    let exponent = price.currency.exponent();
    let unit = 10_i64.pow(exponent);
    let minor = (price.minor + unit / 2).div_euclid(unit) * unit;
    let text = money(Money { minor, ..price }, locale);
    let zeros = format!(
        "{}{:0<width$}",
        locale.pick(",", "."),
        "",
        width = exponent as usize
    );
    match exponent {
        0 => text,
        _ => text.replacen(&zeros, "", 1),
    }
}

/// A whole number in groups of three digits.
#[must_use]
pub fn integer(number: u64, locale: Locale) -> String {
    grouped(&number.to_string(), locale)
}

fn grouped(digits: &str, locale: Locale) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(match locale {
                Locale::Fr => NBSP,
                Locale::En => ',',
            });
        }
        text.push(digit);
    }
    text
}

/// `mardi 12 janvier 2027` or `Tuesday, January 12, 2027`.
#[must_use]
pub fn date(date: Date, locale: Locale) -> String {
    let weekday = weekday(date, locale);
    let month = month_name(date, locale);
    let (day, year) = (date.day(), date.year());
    match locale {
        Locale::Fr => format!("{weekday} {} {month} {year}", french_day(day)),
        Locale::En => format!("{weekday}, {month} {day}, {year}"),
    }
}

/// `mar. 12 janv.` or `Tue, Jan 12`, for lists.
#[must_use]
pub fn short_date(date: Date, locale: Locale) -> String {
    let weekday: String = weekday(date, locale).chars().take(3).collect();
    let month = short_month(date, locale);
    match locale {
        Locale::Fr => format!("{weekday}. {} {month}", french_day(date.day())),
        Locale::En => format!("{weekday}, {month} {}", date.day()),
    }
}

/// `janvier 2027` or `January 2027`.
#[must_use]
pub fn month(date: Date, locale: Locale) -> String {
    format!("{} {}", month_name(date, locale), date.year())
}

/// What a clock shows, in 24 hours: `07:30`.
#[must_use]
pub fn clock(time: DateTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `8 h 25` or `8h 25m`; `45 min` or `45m` below an hour. Negative durations count as positive.
#[must_use]
pub fn duration(duration: SignedDuration, locale: Locale) -> String {
    let minutes = duration.as_secs().unsigned_abs() / 60;
    match (minutes / 60, minutes % 60, locale) {
        (0, minutes, Locale::Fr) => format!("{minutes}{NBSP}min"),
        (0, minutes, Locale::En) => format!("{minutes}m"),
        (hours, 0, Locale::Fr) => format!("{hours}{NBSP}h"),
        (hours, 0, Locale::En) => format!("{hours}h"),
        (hours, minutes, Locale::Fr) => format!("{hours}{NBSP}h{NBSP}{minutes:02}"),
        (hours, minutes, Locale::En) => format!("{hours}h {minutes:02}m"),
    }
}

fn french_day(day: i8) -> String {
    match day {
        1 => "1er".to_owned(),
        day => day.to_string(),
    }
}

/// Name of a weekday, 0 = Monday, counted round.
#[must_use]
pub fn weekday_name(from_monday: usize, locale: Locale) -> &'static str {
    let at = from_monday % DAYS_FR.len();
    locale.pick(DAYS_FR[at], DAYS_EN[at])
}

/// Name of a month, 1 = January, counted round.
#[must_use]
pub fn month_of_year(month: i8, locale: Locale) -> &'static str {
    let at = usize::from(month.unsigned_abs()).saturating_sub(1) % MONTHS_FR.len();
    locale.pick(MONTHS_FR[at], MONTHS_EN[at])
}

/// `janv.` or `Jan`.
#[must_use]
pub fn short_month(date: Date, locale: Locale) -> &'static str {
    let at = month_index(date);
    locale.pick(SHORT_MONTHS_FR[at], &MONTHS_EN[at][..3])
}

fn weekday(date: Date, locale: Locale) -> &'static str {
    let at = date.weekday().to_monday_zero_offset().unsigned_abs();
    weekday_name(usize::from(at), locale)
}

fn month_name(date: Date, locale: Locale) -> &'static str {
    let at = month_index(date);
    locale.pick(MONTHS_FR[at], MONTHS_EN[at])
}

fn month_index(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{En, Fr};

    fn amount(text: &str, currency: &str) -> Money {
        Money::parse(text, currency.parse().unwrap()).unwrap()
    }

    #[test]
    fn an_indicative_price_has_whole_units() {
        let cases = [
            ("660.58", "EUR", "661\u{a0}€", "€661"),
            ("1234.49", "EUR", "1\u{a0}234\u{a0}€", "€1,234"),
            ("1234", "JPY", "1\u{a0}234\u{a0}¥", "¥1,234"),
        ];
        for (decimal, currency, fr, en) in cases {
            assert_eq!(whole_money(amount(decimal, currency), Fr), fr);
            assert_eq!(whole_money(amount(decimal, currency), En), en);
        }
    }

    #[test]
    fn prices_follow_the_locale() {
        let cases = [
            ("862.40", "EUR", "862,40\u{a0}€", "€862.40"),
            (
                "1234567.05",
                "EUR",
                "1\u{a0}234\u{a0}567,05\u{a0}€",
                "€1,234,567.05",
            ),
            ("12345", "JPY", "12\u{a0}345\u{a0}¥", "¥12,345"),
            ("-5.00", "EUR", "-5,00\u{a0}€", "-€5.00"),
            ("99.90", "AED", "99,90\u{a0}AED", "AED\u{a0}99.90"),
        ];
        for (text, currency, fr, en) in cases {
            assert_eq!(money(amount(text, currency), Fr), fr);
            assert_eq!(money(amount(text, currency), En), en);
        }
        assert_eq!(integer(6_123, Fr), "6\u{a0}123");
        assert_eq!(integer(123, En), "123");
    }

    #[test]
    fn dates_follow_the_locale() {
        let day: Date = "2027-01-12".parse().unwrap();
        assert_eq!(date(day, Fr), "mardi 12 janvier 2027");
        assert_eq!(date(day, En), "Tuesday, January 12, 2027");
        assert_eq!(short_date(day, Fr), "mar. 12 janv.");
        assert_eq!(short_date(day, En), "Tue, Jan 12");
        let first: Date = "2027-08-01".parse().unwrap();
        assert_eq!(date(first, Fr), "dimanche 1er août 2027");
        assert_eq!(month(first, En), "August 2027");
    }

    #[test]
    fn durations_follow_the_locale() {
        let cases = [
            (505, "8 h 25", "8h 25m"),
            (480, "8 h", "8h"),
            (45, "45 min", "45m"),
            (61, "1 h 01", "1h 01m"),
        ];
        for (minutes, fr, en) in cases {
            let time = SignedDuration::from_mins(minutes);
            assert_eq!(duration(time, Fr), fr.replace(' ', "\u{a0}"));
            assert_eq!(duration(time, En), en);
        }
    }
}
