//! When: days, months, nights.

use jiff::civil::Date;

use super::{
    Phrase,
    read::{Arguments, counted},
};
use crate::{capability::wording, locale::Locale, travel::format};

/// In this order.
pub(super) const PHRASES: &[Phrase] = &[
    (&["date", "return_date"], |a, locale| {
        days(a, "date", "return_date", locale)
    }),
    (&["check_in", "check_out"], |a, locale| {
        days(a, "check_in", "check_out", locale)
    }),
    (&["from", "to"], |a, locale| {
        a.date("from").or_else(|| a.date("to"))?;
        let text = days(a, "from", "to", locale)?;
        Some(format!("{}{text}", locale.pick("départ ", "leaving ")))
    }),
    (&["month"], |a, locale| {
        let written = a.text("month")?;
        let first: Option<Date> = format!("{written}-01").parse().ok();
        Some(first.map_or(written, |first| format::month(first, locale)))
    }),
    (&["day"], |a, locale| {
        let written = a.text("day")?;
        Some(match a.date("day") {
            Some(date) => on(date, locale),
            None => format!("{}{written}", locale.pick("jour ", "day ")),
        })
    }),
    (&["nights"], |a, locale| {
        Some(wording::nights(a.count("nights")?, locale))
    }),
    (&["stay_days"], |a, locale| {
        Some(match a.count("stay_days")? {
            0 => locale
                .pick("retour le jour même", "back the same day")
                .to_owned(),
            nights => wording::nights(nights, locale),
        })
    }),
    (&["flexible_days"], |a, locale| {
        let days = a.count("flexible_days").filter(|days| *days > 0)?;
        let days = counted(days, ["jour", "jours"], ["day", "days"], locale);
        Some(format!("±\u{a0}{days}"))
    }),
];

/// "du 12 au 20 janvier"; what is no day as it was written.
fn days(a: &Arguments<'_>, first: &str, last: &str, locale: Locale) -> Option<String> {
    match (a.date(first), a.date(last)) {
        (Some(from), Some(to)) => Some(span(from, to, locale)),
        (Some(from), None) if a.text(last).is_none() => Some(on(from, locale)),
        (None, Some(to)) if a.text(first).is_none() => Some(match locale {
            Locale::Fr => format!("jusqu’au {}", day(to, true, locale)),
            Locale::En => format!("until {}", day(to, true, locale)),
        }),
        _ => {
            let texts = [a.text(first), a.text(last)];
            let texts: Vec<_> = texts.into_iter().flatten().collect();
            (!texts.is_empty()).then(|| texts.join(" – "))
        }
    }
}

/// "le 12 janvier".
fn on(date: Date, locale: Locale) -> String {
    let date = day(date, true, locale);
    format!("{}{date}", locale.pick("le ", "on "))
}

fn span(from: Date, to: Date, locale: Locale) -> String {
    if from == to {
        return on(from, locale);
    }
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    let with_year = |date: Date| {
        let text = day(date, true, locale);
        match (same_year, locale) {
            (true, _) => text,
            (false, Locale::Fr) => format!("{text} {}", date.year()),
            (false, Locale::En) => format!("{text}, {}", date.year()),
        }
    };
    match locale {
        Locale::Fr => {
            let first = if same_month {
                day(from, false, locale)
            } else {
                with_year(from)
            };
            format!("du {first} au {}", with_year(to))
        }
        Locale::En if same_month => format!("{} to {}", day(from, true, locale), to.day()),
        Locale::En => format!("{} to {}", with_year(from), with_year(to)),
    }
}

/// "1er mars", "March 1"; without its month "1er".
fn day(date: Date, month: bool, locale: Locale) -> String {
    let number = match (locale, date.day()) {
        (Locale::Fr, 1) => "1er".to_owned(),
        (_, number) => number.to_string(),
    };
    if !month {
        return number;
    }
    let month = format::month_of_year(date.month(), locale);
    match locale {
        Locale::Fr => format!("{number} {month}"),
        Locale::En => format!("{month} {number}"),
    }
}
