//! How far the airports are from the centre, and how far the clocks are from those at home.

use guide::{distance, time, time::TimeDifference};

use super::{
    card::Part,
    found::{ContextFound, airport_of},
};
use crate::{
    locale::Locale,
    planner::phrases,
    sheet::Fact,
    travel::format::{self, NBSP},
};

/// Airports that a sentence tells.
const MOST_AIRPORTS: usize = 4;

/// The sentence on the airports.
pub(super) fn airports(found: &ContextFound, locale: Locale) -> String {
    let name = found.name(locale);
    let ways = found.context.airports.iter().take(MOST_AIRPORTS);
    let each = ways.filter_map(|way| {
        let airport = airport_of(way.airport)?;
        let km = format::integer(way.road_km.into(), locale);
        Some(format!(
            "{} ({}) **{km}{NBSP}km**",
            airport.name, airport.iata
        ))
    });
    let each: Vec<_> = each.collect();
    if each.is_empty() {
        return match locale {
            Locale::Fr => {
                format!("Je ne connais pas la distance de l’aéroport au centre ({name}).")
            }
            Locale::En => format!("I do not know how far the airport is from the centre ({name})."),
        };
    }
    let each = phrases::list(&each, locale.pick("et", "and"));
    match locale {
        Locale::Fr => format!(
            "{name}, du centre par la route\u{a0}: {each}. C’est une estimation (ligne droite × 1,3)."
        ),
        Locale::En => format!(
            "{name}, from the centre by road: {each}. It is an estimate (straight line × 1.3)."
        ),
    }
}

/// The airports as facts.
pub(super) fn airport_facts(found: &ContextFound, locale: Locale) -> Part {
    let facts = found.context.airports.iter().filter_map(|way| {
        let airport = airport_of(way.airport)?;
        let km = format::integer(way.road_km.into(), locale);
        let mut fact = Fact::new(
            format!("{} ({})", airport.name, airport.iata),
            format!("{km}{NBSP}km"),
        );
        fact.note = Some(
            locale
                .pick(
                    "du centre par la route, estimation",
                    "from the centre by road, an estimate",
                )
                .to_owned(),
        );
        Some(fact)
    });
    let facts: Vec<_> = facts.collect();
    match facts.is_empty() {
        true => Part::default(),
        false => Part::facts(facts, distance::SOURCE),
    }
}

/// The difference to the clocks at home, or else to that of the device.
fn difference(found: &ContextFound, locale: Locale) -> Option<(TimeDifference, String)> {
    let by_home = found.context.time.zip(found.home_name(locale));
    if let Some((time, home)) = by_home {
        return Some((time, home.to_owned()));
    }
    let device = locale.pick("votre appareil", "your device");
    Some((found.device?, device.to_owned()))
}

/// "7 h de plus qu’à Paris".
fn ahead(found: &ContextFound, locale: Locale) -> Option<(String, String)> {
    let (time, reference) = difference(found, locale)?;
    let length = jiff::SignedDuration::from_mins(i64::from(time.minutes));
    let hours = format::duration(length, locale);
    let text = match (time.minutes.signum(), locale) {
        (0, Locale::Fr) => "aucun décalage".to_owned(),
        (0, Locale::En) => "the same time".to_owned(),
        (1, Locale::Fr) => format!("{hours} de plus"),
        (1, Locale::En) => format!("{hours} ahead"),
        (_, Locale::Fr) => format!("{hours} de moins"),
        (_, Locale::En) => format!("{hours} behind"),
    };
    Some((text, reference))
}

/// The sentence on the clocks.
pub(super) fn time(found: &ContextFound, locale: Locale) -> String {
    let name = found.name(locale);
    let Some((text, reference)) = ahead(found, locale) else {
        return match locale {
            Locale::Fr => format!("Je ne connais pas le décalage horaire ({name})."),
            Locale::En => format!("I do not know the time difference ({name})."),
        };
    };
    let day = format::date(found.when.from, locale);
    match locale {
        Locale::Fr => format!("{name}\u{a0}: **{text}** ({reference}), le {day}."),
        Locale::En => format!("{name}: **{text}** ({reference}), on {day}."),
    }
}

/// The clocks as a fact.
pub(super) fn time_facts(found: &ContextFound, locale: Locale) -> Part {
    let Some((text, reference)) = ahead(found, locale) else {
        return Part::default();
    };
    let mut fact = Fact::new(locale.pick("Décalage horaire", "Time difference"), text);
    fact.note = Some(match locale {
        Locale::Fr => format!("par rapport à {reference}"),
        Locale::En => format!("compared with {reference}"),
    });
    Part::fact(fact, time::SOURCE)
}
