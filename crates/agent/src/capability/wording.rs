//! How capabilities say what they share: a stay, a number of things, a source.

use guide::{
    Source,
    rates::Basis,
    stays::Stay,
    way::{Mode, Way},
};
use jiff::{
    SignedDuration,
    civil::{Date, Weekday},
};

use crate::{
    locale::Locale,
    planner::phrases,
    sheet::Origin,
    travel::{Money, format},
};

/// A source as a sheet names it.
pub(crate) fn origin(source: &Source, locale: Locale) -> Origin {
    Origin {
        name: source.name(locale).to_owned(),
        as_of: source.as_of.to_owned(),
        derived: source.derived,
    }
}

/// "3 nuits": a number and its noun.
pub(crate) fn counted(
    count: usize,
    fr: [&'static str; 2],
    en: [&'static str; 2],
    locale: Locale,
) -> String {
    // French counts zero and one as one.
    let many = match locale {
        Locale::Fr => count > 1,
        Locale::En => count != 1,
    };
    let [one, several] = match locale {
        Locale::Fr => fr,
        Locale::En => en,
    };
    format!(
        "{count}{}{}",
        format::NBSP,
        if many { several } else { one }
    )
}

/// "5 nuits".
pub(crate) fn nights(count: usize, locale: Locale) -> String {
    counted(count, ["nuit", "nuits"], ["night", "nights"], locale)
}

/// "du 3 mars au 8 mars".
pub(crate) fn days(from: Date, to: Date, locale: Locale) -> String {
    let (from, to) = (
        format::short_date(from, locale),
        format::short_date(to, locale),
    );
    match locale {
        Locale::Fr => format!("du {from} au {to}"),
        Locale::En => format!("{from} to {to}"),
    }
}

/// "du 3 mars au 8 mars · 5 nuits · 2 personnes".
pub(crate) fn stay(stay: Stay, people: usize, locale: Locale) -> String {
    let people = counted(
        people,
        ["personne", "personnes"],
        ["person", "people"],
        locale,
    );
    format!(
        "{} · {} · {people}",
        days(stay.check_in, stay.check_out, locale),
        nights(stay.nights().count(), locale)
    )
}

/// An amount that is only indicative, in whole units of its currency: "661 €".
pub(crate) fn about(amount: Money, locale: Locale) -> String {
    format::whole_money(amount, locale)
}

/// The same with a capital.
pub(crate) fn capitalised(text: &str) -> String {
    phrases::capitalised(text)
}

/// "à Lisbonne", "in Lisbon".
pub(crate) fn at(city: &str, locale: Locale) -> String {
    phrases::at_city(city, locale)
}

/// "1,3 km", "1.3 km".
pub(crate) fn kilometres(km: f64, locale: Locale) -> String {
    let written = match km {
        km if km < 10.0 => format!("{km:.1}"),
        km => format!("{km:.0}"),
    };
    let written = match locale {
        Locale::Fr => written.replace('.', ","),
        Locale::En => written,
    };
    format!("{written}{}km", format::NBSP)
}

/// "1 h 30", "45 min".
pub(crate) fn minutes(minutes: u16, locale: Locale) -> String {
    format::duration(SignedDuration::from_mins(minutes.into()), locale)
}

/// "12 min à pied", "25 min en transport".
pub(crate) fn way(way: Way, locale: Locale) -> String {
    let minutes = minutes(way.minutes, locale);
    let mode = match way.mode {
        Mode::Walk => locale.pick("à pied", "on foot"),
        Mode::Ride => locale.pick("en transport", "by transport"),
    };
    format!("{minutes} {mode}")
}

/// "le lundi", "le lundi et le mardi"; "on Monday".
pub(crate) fn weekdays(days: impl Iterator<Item = Weekday>, locale: Locale) -> String {
    let name = |day: Weekday| {
        let at = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
        let name = format::weekday_name(at, locale);
        match locale {
            Locale::Fr => format!("le {name}"),
            Locale::En => name.to_owned(),
        }
    };
    let names: Vec<_> = days.map(name).collect();
    let names = phrases::list(&names, locale.pick("et", "and"));
    match locale {
        Locale::Fr => names,
        Locale::En => format!("on {names}"),
    }
}

/// At which rates amounts were converted; `None` where none were.
pub(crate) fn rates(basis: Basis, of: Date, locale: Locale) -> Option<String> {
    let day = format::date(of, locale);
    match (basis, locale) {
        (Basis::Same, _) => None,
        (Basis::Ecb, Locale::Fr) => Some(format!("Montants convertis aux taux du {day}.")),
        (Basis::Ecb, Locale::En) => Some(format!("Amounts converted at the rates of {day}.")),
        (Basis::Illustrative, _) => {
            let note = locale.pick(
                "Montants convertis à des taux indicatifs, non officiels.",
                "Amounts converted at indicative, unofficial rates.",
            );
            Some(note.to_owned())
        }
    }
}

/// "a, b et c".
pub(crate) fn list(names: &[String], locale: Locale) -> String {
    phrases::list(names, locale.pick("et", "and"))
}
