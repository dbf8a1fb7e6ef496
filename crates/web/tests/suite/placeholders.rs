//! Dates in fixtures, relative to today.
//!
//! | placeholder | becomes |
//! |---|---|
//! | `{{date+30}}` | the day 30 days from today, `2026-12-22` |
//! | `{{day+30}}` | that day as people say it: `22 décembre`, `December 22` |
//! | `{{month+2}}` | the month after next, as people say it: `janvier`, `January` |
//! | `{{month_days+2}}` | that month, `2027-01` |
//! | `{{next 15}}` | the 15th of next month, `2026-12-15` |
//! | `{{next friday}}` | the first Friday after today, `2026-11-27` |

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

const FRENCH: [&str; 12] = [
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
const ENGLISH: [&str; 12] = [
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

/// Fills the placeholders of a text in the language `fr` or `en`.
pub(super) fn fill(text: &str, language: &str, today: Date) -> String {
    let mut parts = text.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (placeholder, rest) = part.split_once("}}").expect(text);
        filled.push_str(&value(placeholder, language, today));
        filled.push_str(rest);
    }
    filled
}

fn value(placeholder: &str, language: &str, today: Date) -> String {
    if let Some(which) = placeholder.strip_prefix("next ") {
        return match which.parse() {
            Ok(day) => month(today, 1).with().day(day).build().unwrap().to_string(),
            Err(_) if which == "friday" => {
                today.nth_weekday(1, Weekday::Friday).unwrap().to_string()
            }
            Err(_) => panic!("unknown placeholder {placeholder}"),
        };
    }
    let (name, count) = placeholder.split_once('+').expect(placeholder);
    let count: i32 = count.parse().expect(placeholder);
    match name {
        "date" => day(today, count).to_string(),
        "day" => {
            let day = day(today, count);
            match (language, day.day()) {
                ("fr", 1) => format!("1er {}", name_of(day, language)),
                ("fr", number) => format!("{number} {}", name_of(day, language)),
                (_, number) => format!("{} {number}", name_of(day, language)),
            }
        }
        "month" => name_of(month(today, count), language).to_owned(),
        "month_days" => month(today, count).strftime("%Y-%m").to_string(),
        _ => panic!("unknown placeholder {placeholder}"),
    }
}

fn day(today: Date, count: i32) -> Date {
    today.checked_add(count.days()).unwrap()
}

fn month(today: Date, count: i32) -> Date {
    let first = today.first_of_month();
    first.checked_add(count.months()).unwrap()
}

fn name_of(day: Date, language: &str) -> &'static str {
    let names = if language == "fr" { FRENCH } else { ENGLISH };
    names[usize::from(day.month().unsigned_abs()) - 1]
}

#[test]
fn placeholders_are_filled() {
    let today = jiff::civil::date(2026, 11, 22);
    for (text, language, filled) in [
        ("le {{day+9}} !", "fr", "le 1er décembre !"),
        ("on {{day+9}}", "en", "on December 1"),
        ("{{month+2}} {{month_days+2}}", "fr", "janvier 2027-01"),
        ("{{next 15}} {{next friday}}", "en", "2026-12-15 2026-11-27"),
        ("{{date+30}}", "en", "2026-12-22"),
    ] {
        assert_eq!(fill(text, language, today), filled);
    }
}
