//! Facts about a place, as the question asks for them.

use jiff::{SignedDuration, Zoned};

use super::super::{phrases, view::View};
use crate::{
    capability::place::get_place_facts::{Leg, PlaceFacts},
    language::Topic,
    locale::Locale,
    travel::format,
};

/// Answers what was asked, and only that.
pub(super) fn text(topic: Topic, facts: &PlaceFacts, view: &View<'_>) -> String {
    let locale = view.locale();
    let needs_leg = matches!(topic, Topic::Distance | Topic::FlightTime);
    match (topic, &facts.from) {
        (Topic::Time | Topic::TimeDifference, _) => time(facts, view),
        (Topic::Currency, _) => currency(facts, locale),
        (Topic::Plugs, _) => plugs(facts, locale),
        (Topic::Dialling, _) => dialling(facts, locale),
        (Topic::Distance, Some(leg)) => distance(facts, leg, locale),
        (Topic::FlightTime, Some(leg)) => flight_time(facts, leg, locale),
        _ if needs_leg => from_where(facts, locale),
        _ => overview(facts, view),
    }
}

fn city(facts: &PlaceFacts, locale: Locale) -> &'static str {
    facts.airport.city(locale)
}

fn country(facts: &PlaceFacts, locale: Locale) -> &'static str {
    facts
        .country
        .map_or_else(|| city(facts, locale), |country| country.name(locale))
}

fn time(facts: &PlaceFacts, view: &View<'_>) -> String {
    let locale = view.locale();
    let now = &facts.local_time;
    let (at, clock) = (
        phrases::capitalised(&phrases::at_city(city(facts, locale), locale)),
        format::clock(now.datetime()),
    );
    let day = format::date(now.date(), locale);
    let zone = facts.airport.time_zone.replace('_', " ");
    let utc = now.strftime("UTC%:z").to_string();
    let reference = facts.from.as_ref().map_or_else(
        || {
            locale
                .pick("à l’heure de votre appareil", "the clock of your device")
                .to_owned()
        },
        |leg| {
            let city = leg.airport.city(locale);
            match locale {
                Locale::Fr => format!("à l’heure de {city}"),
                Locale::En => format!("the time in {city}"),
            }
        },
    );
    let other = facts
        .from
        .as_ref()
        .map_or(&view.context.now, |leg| &leg.local_time);
    let difference = difference(now, other, &reference, locale);
    match locale {
        Locale::Fr => {
            format!("{at}, il est **{clock}** ({day}, fuseau {zone}, {utc}), {difference}.")
        }
        Locale::En => {
            format!("{at}, it is **{clock}** ({day}, time zone {zone}, {utc}), {difference}.")
        }
    }
}

fn difference(here: &Zoned, there: &Zoned, reference: &str, locale: Locale) -> String {
    let seconds = i64::from(here.offset().seconds()) - i64::from(there.offset().seconds());
    let hours = format::duration(SignedDuration::from_secs(seconds), locale);
    match (seconds.signum(), locale) {
        (0, Locale::Fr) => format!("sans décalage par rapport {reference}"),
        (0, Locale::En) => format!("the same as {reference}"),
        (1, Locale::Fr) => format!("soit {hours} de plus par rapport {reference}"),
        (1, Locale::En) => format!("{hours} ahead of {reference}"),
        (_, Locale::Fr) => format!("soit {hours} de moins par rapport {reference}"),
        (_, Locale::En) => format!("{hours} behind {reference}"),
    }
}

fn currency(facts: &PlaceFacts, locale: Locale) -> String {
    let country = country(facts, locale);
    match (facts.country.and_then(|country| country.currency()), locale) {
        (Some(currency), Locale::Fr) => format!(
            "{country} : la monnaie est le {} ({currency}).",
            currency.name(locale)
        )
        .replace("le euro", "l’euro"),
        (Some(currency), Locale::En) => {
            format!(
                "{country}: the currency is the {} ({currency}).",
                currency.name(locale)
            )
        }
        (None, Locale::Fr) => format!("Je ne connais pas la monnaie de ce pays ({country})."),
        (None, Locale::En) => format!("I do not know the currency of {country}."),
    }
}

fn plugs(facts: &PlaceFacts, locale: Locale) -> String {
    let name = country(facts, locale);
    let Some(country) = facts.country else {
        return unknown(name, locale);
    };
    let kinds: Vec<_> = country.plugs.split('/').map(str::to_owned).collect();
    let kinds = phrases::list(&kinds, locale.pick("et", "and"));
    match locale {
        Locale::Fr => {
            format!("{name} : prises de type {kinds}. Pour comparer, la France a les types C et E.")
        }
        Locale::En => format!(
            "{name}: plug types {kinds}. For comparison, the United Kingdom has type G and France \
             types C and E."
        ),
    }
}

fn dialling(facts: &PlaceFacts, locale: Locale) -> String {
    let name = country(facts, locale);
    match (facts.country, locale) {
        (Some(country), Locale::Fr) => {
            format!(
                "{name} : l’indicatif téléphonique est le {}.",
                country.dialling
            )
        }
        (Some(country), Locale::En) => {
            format!("{name}: the dialling code is {}.", country.dialling)
        }
        (None, _) => unknown(name, locale),
    }
}

fn unknown(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!("Je n’ai pas cette information pour {name}."),
        Locale::En => format!("I do not have this information for {name}."),
    }
}

fn distance(facts: &PlaceFacts, leg: &Leg, locale: Locale) -> String {
    let km = format::integer(leg.distance_km.into(), locale);
    let (from, to) = (leg.airport.city(locale), city(facts, locale));
    match locale {
        Locale::Fr => format!(
            "{from} – {to} : environ {km}{}km à vol d’oiseau.",
            format::NBSP
        ),
        Locale::En => format!("{from} – {to}: about {km} km as the crow flies."),
    }
}

fn flight_time(facts: &PlaceFacts, leg: &Leg, locale: Locale) -> String {
    let time = format::duration(leg.flight_time, locale);
    let (from, to) = (leg.airport.city(locale), city(facts, locale));
    match locale {
        Locale::Fr => format!(
            "{from} – {to} : environ {time} en vol direct, estimées d’après la distance ; une \
             escale rallonge le voyage."
        ),
        Locale::En => format!(
            "{from} – {to}: about {time} nonstop, estimated from the distance; a stop makes it \
             longer."
        ),
    }
}

fn from_where(facts: &PlaceFacts, locale: Locale) -> String {
    let to = city(facts, locale);
    match locale {
        Locale::Fr => format!(
            "Il me manque la ville de départ : posez la question avec les deux villes, par exemple \
             « temps de vol Lyon – {to} »."
        ),
        Locale::En => format!(
            "I need the city that you start from: ask with both cities, such as “flight time from \
             London to {to}”."
        ),
    }
}

/// Everything that is known, for a question about a place as such.
fn overview(facts: &PlaceFacts, view: &View<'_>) -> String {
    let locale = view.locale();
    let opening = locale.pick(
        "Voici ce que je sais de ce lieu :",
        "Here is what I know of the place:",
    );
    let mut lines = vec![
        time(facts, view),
        currency(facts, locale),
        plugs(facts, locale),
    ];
    lines.push(dialling(facts, locale));
    lines.extend(
        facts
            .from
            .as_ref()
            .map(|leg| flight_time(facts, leg, locale)),
    );
    let lines: Vec<_> = lines.iter().map(|line| format!("- {line}")).collect();
    format!("{opening}\n\n{}", lines.join("\n"))
}
