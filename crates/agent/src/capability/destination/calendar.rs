//! Public holidays and school holidays in words.

use guide::{
    holidays::{self, Holiday},
    school::{self, SchoolBreak, Zone},
};
use jiff::civil::Date;

use super::{
    card::{Part, span},
    found::ContextFound,
};
use crate::{
    capability::wording::counted, locale::Locale, planner::phrases, sheet::Fact, travel::format,
};

/// Days that a sentence names.
const MOST_NAMED: usize = 5;

/// "Du … au …": the days that were looked at, at the beginning of a sentence.
fn during(found: &ContextFound, locale: Locale) -> String {
    let (from, to) = found.calendar;
    let text = span(from, to, locale);
    match (locale, text.starts_with("du ")) {
        (Locale::Fr, true) => phrases::capitalised(&text),
        (Locale::Fr, false) if from < to => format!("En {text}"),
        (Locale::Fr, false) => format!("Le {text}"),
        (Locale::En, _) if from == to => format!("On {text}"),
        (Locale::En, _) if from == from.first_of_month() && to == from.last_of_month() => {
            format!("In {text}")
        }
        (Locale::En, _) => format!("From {text}"),
    }
}

/// "sam. 1er mai (Fête du Travail)".
fn named(day: &Holiday, locale: Locale) -> String {
    let date = format::short_date(day.date, locale);
    let name = day.name(locale);
    let open = match day.estimated {
        true => locale.pick(", à un jour près", ", give or take a day"),
        false => "",
    };
    format!("{date} ({name}{open})")
}

/// The sentence on public holidays.
pub(super) fn holidays(found: &ContextFound, locale: Locale) -> String {
    let country = found.country_name(locale);
    let Some(days) = &found.context.holidays else {
        let (first, last) = holidays::COVERED;
        let (first, last) = (format::month(first, locale), format::month(last, locale));
        return match locale {
            Locale::Fr => format!(
                "{country}\u{a0}: ma table des jours fériés (de {first} à {last} au plus) ne couvre \
                 pas ces dates."
            ),
            Locale::En => format!(
                "{country}: my table of public holidays ({first} to {last} at most) does not cover \
                 those days."
            ),
        };
    };
    let opening = during(found, locale);
    if days.is_empty() {
        return match locale {
            Locale::Fr => format!("{opening}, **aucun jour férié** national ({country})."),
            Locale::En => {
                format!("{opening}, there is **no** national public holiday ({country}).")
            }
        };
    }
    let count = counted(
        days.len(),
        ["jour férié", "jours fériés"],
        ["public holiday", "public holidays"],
        locale,
    );
    let names = days.iter().take(MOST_NAMED).map(|day| named(day, locale));
    let names: Vec<_> = names.collect();
    let more = match days.len() > MOST_NAMED {
        true => locale.pick(" ; la suite est dans la fiche", "; the rest is on the card"),
        false => "",
    };
    let colon = locale.pick("\u{a0}:", ":");
    format!(
        "{opening} ({country}), **{count}**{colon} {}{more}.",
        names.join(", ")
    )
}

/// Public holidays as facts.
pub(super) fn holiday_facts(found: &ContextFound, locale: Locale) -> Part {
    let Some(days) = &found.context.holidays else {
        return Part::note(holidays(found, locale));
    };
    let facts = days.iter().map(|day| {
        let mut fact = Fact::new(format::short_date(day.date, locale), day.name(locale));
        fact.note = day.estimated.then(|| {
            locale
                .pick(
                    "calendrier lunaire : à un jour près",
                    "lunar calendar: give or take a day",
                )
                .to_owned()
        });
        fact
    });
    let mut part = Part::facts(facts.collect(), holidays::SOURCE);
    if days.is_empty() {
        let label = locale.pick("Jours fériés", "Public holidays");
        part.facts
            .push(Fact::new(label, locale.pick("aucun", "none")));
    }
    part
}

fn zones(known: &SchoolBreak, locale: Locale) -> String {
    let names: Vec<_> = known
        .zones
        .iter()
        .map(|zone| zone.as_str().to_owned())
        .collect();
    match (known.zones.len(), locale) {
        (3.., Locale::Fr) => "toutes les zones".to_owned(),
        (3.., Locale::En) => "all zones".to_owned(),
        (1, _) => format!("zone {}", names.concat()),
        _ => format!("zones {}", phrases::list(&names, locale.pick("et", "and"))),
    }
}

fn days_of(from: Date, to: Date, locale: Locale) -> String {
    let (from, to) = (format::short_date(from, locale), format::date(to, locale));
    match locale {
        Locale::Fr => format!("du {from} au {to}"),
        Locale::En => format!("{from} to {to}"),
    }
}

/// The sentence on French school holidays; `zone`: the one asked for.
pub(super) fn school(found: &ContextFound, zone: Option<Zone>, locale: Locale) -> String {
    let Some(breaks) = &found.context.school else {
        return locale
            .pick(
                "Mon calendrier des vacances scolaires françaises ne couvre pas ces dates.",
                "My calendar of French school holidays does not cover those days.",
            )
            .to_owned();
    };
    let opening = during(found, locale);
    let met = |known: &&SchoolBreak| zone.is_none_or(|zone| known.zones.contains(&zone));
    let told: Vec<_> = breaks.iter().filter(met).collect();
    let of_zone = zone
        .map(|zone| format!(" (zone {})", zone.as_str()))
        .unwrap_or_default();
    if told.is_empty() {
        return match locale {
            Locale::Fr => format!("{opening}, **pas de vacances scolaires** françaises{of_zone}."),
            Locale::En => format!("{opening}, there are **no** French school holidays{of_zone}."),
        };
    }
    let each = told.iter().take(MOST_NAMED).map(|known| {
        let zones = match zone {
            Some(zone) => format!("zone {}", zone.as_str()),
            None => zones(known, locale),
        };
        format!(
            "{} ({zones}) **{}**",
            known.period.label(locale).replace('\'', "’"),
            days_of(known.from, known.to, locale)
        )
    });
    let each: Vec<_> = each.collect();
    let text = each.join(locale.pick(" ; ", "; "));
    match locale {
        Locale::Fr => format!("{opening}, vacances scolaires françaises\u{a0}: {text}."),
        Locale::En => format!("{opening}, French school holidays: {text}."),
    }
}

/// School holidays as facts.
pub(super) fn school_facts(found: &ContextFound, locale: Locale) -> Part {
    let Some(breaks) = &found.context.school else {
        return Part::note(school(found, None, locale));
    };
    let facts = breaks.iter().map(|known| {
        let label = format!(
            "{}, {}",
            phrases::capitalised(known.period.label(locale)).replace('\'', "’"),
            zones(known, locale)
        );
        Fact::new(label, days_of(known.from, known.to, locale))
    });
    let mut part = Part::facts(facts.collect(), school::SOURCE);
    if breaks.is_empty() {
        let label = locale.pick("Vacances scolaires françaises", "French school holidays");
        part.facts
            .push(Fact::new(label, locale.pick("aucune", "none")));
    }
    part
}
