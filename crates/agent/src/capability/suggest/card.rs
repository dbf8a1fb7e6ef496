//! Suggestions as a sheet, and as a text for models.

use guide::{
    region::Region,
    suggest::{Reason, SOURCES},
};

use super::found::{Suggested, SuggestionsFound};
use crate::{
    capability::wording::{self, counted},
    event::Card,
    locale::Locale,
    sheet::{Block, Item, Say, Sheet},
    travel::{Iata, airport, country, format},
};

/// The city of a code.
pub(super) fn city(code: Iata, locale: Locale) -> Option<&'static str> {
    let place = guide::destination::by_code(code).map(|place| place.name(locale));
    place.or_else(|| Some(airport::resolve(code).first()?.city(locale)))
}

/// "février 2027", "mer. 3 févr.".
pub(super) fn when(found: &SuggestionsFound, locale: Locale) -> String {
    match found.exact {
        true => format::date(found.from, locale),
        false => format::month(found.from, locale),
    }
}

/// "Asie", "hors Europe".
pub(super) fn within(found: &SuggestionsFound, locale: Locale) -> Option<String> {
    let named = |region: Region| region.label(locale);
    let out = |region| format!("{} {}", locale.pick("hors", "outside"), named(region));
    let within = found.region.map(|region| named(region).to_owned());
    within.or_else(|| found.exclude_region.map(out))
}

/// The sheet; `None` = there is nothing to suggest.
pub(super) fn card(found: &SuggestionsFound, locale: Locale) -> Option<Card> {
    if found.suggestions.is_empty() {
        return None;
    }
    let items = found
        .suggestions
        .iter()
        .map(|suggested| item(suggested, found, locale));
    let items = Block::Items {
        heading: None,
        items: items.collect(),
    };
    let title = locale.pick("Où partir", "Where to go");
    let mut sheet = Sheet::new("suggest_destinations", title).with(items);
    let people = counted(
        found.party.size(),
        ["personne", "personnes"],
        ["person", "people"],
        locale,
    );
    let from = found.departure.and_then(|code| city(code, locale));
    let from = from.map(|city| match locale {
        Locale::Fr => format!("au départ de {city}"),
        Locale::En => format!("from {city}"),
    });
    let nights = wording::nights(found.nights.into(), locale);
    let within = within(found, locale);
    let lead = [
        Some(when(found, locale)),
        Some(nights),
        Some(people),
        from,
        within,
    ];
    sheet.lead = Some(lead.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    let prices = match found.departure {
        Some(_) => locale.pick(
            "Prix des vols seuls, aller-retour pour tous, calculés et non cotés.",
            "Prices of the flights alone, there and back for all, computed and not quoted.",
        ),
        None => locale.pick(
            "Sans ville de départ, ni prix ni durée de vol.",
            "Without a city of departure, neither prices nor flight times.",
        ),
    };
    let order = locale.pick(
        "L’ordre est une règle à nous : vœux remplis, puis climat, distance, type et prix.",
        "The order is a rule of ours: wishes met, then climate, distance, kind and price.",
    );
    sheet.notes = vec![prices.to_owned(), order.to_owned()];
    sheet.sources = SOURCES
        .iter()
        .map(|source| wording::origin(source, locale))
        .collect();
    Some(Card::Sheet(Box::new(sheet)))
}

fn item(suggested: &Suggested, found: &SuggestionsFound, locale: Locale) -> Item {
    let country = country::by_code(suggested.suggestion.country);
    let name = suggested.name(locale);
    let title = match country.map(|country| country.name(locale)) {
        Some(country) if country != name => format!("{name}, {country}"),
        _ => name.to_owned(),
    };
    let reasons: Vec<_> = reasons(suggested, locale).collect();
    let mut item = Item::new(title, Some(reasons.join(" · ")).filter(|t| !t.is_empty()));
    item.note = misses(suggested, locale);
    item.say = Some(Say {
        label: locale.pick("Voir les vols", "See the flights").to_owned(),
        message: search(suggested, found, locale),
    });
    item
}

/// What speaks for it, in words.
pub(super) fn reasons(suggested: &Suggested, locale: Locale) -> impl Iterator<Item = String> {
    let reasons = suggested.suggestion.reasons.iter();
    reasons.map(move |reason| match reason {
        Reason::Price { price, .. } => price_text(*price, locale),
        other => other.label(locale).replace('\'', "’"),
    })
}

/// "vols dès 123 €".
pub(super) fn price_text(price: crate::travel::Money, locale: Locale) -> String {
    let amount = wording::about(price, locale);
    match locale {
        Locale::Fr => format!("vols dès {amount}"),
        Locale::En => format!("flights from {amount}"),
    }
}

/// What it misses, in words; `None` = it meets every wish.
pub(super) fn misses(suggested: &Suggested, locale: Locale) -> Option<String> {
    let misses = suggested.suggestion.misses.iter();
    let misses: Vec<_> = misses
        .map(|miss| miss.label(locale).replace('\'', "’"))
        .collect();
    let but = locale.pick("mais", "but");
    (!misses.is_empty()).then(|| format!("{but} {}", misses.join(", ")))
}

/// The message that looks for flights there.
fn search(suggested: &Suggested, found: &SuggestionsFound, locale: Locale) -> String {
    let to = suggested.name(locale);
    let from = found.departure.and_then(|code| city(code, locale));
    let route = match (from, locale) {
        (Some(from), Locale::Fr) => format!("Vols {from} – {to}"),
        (Some(from), Locale::En) => format!("Flights from {from} to {to}"),
        (None, Locale::Fr) => format!("Vols pour {to}"),
        (None, Locale::En) => format!("Flights to {to}"),
    };
    match (found.exact, locale) {
        (true, Locale::Fr) => format!("{route} le {}", when(found, locale)),
        (true, Locale::En) => format!("{route} on {}", when(found, locale)),
        (false, Locale::Fr) => format!("{route} en {}", when(found, locale)),
        (false, Locale::En) => format!("{route} in {}", when(found, locale)),
    }
}

/// The same for models that read text.
pub(super) fn text(found: &SuggestionsFound, locale: Locale) -> String {
    if found.suggestions.is_empty() {
        return "No destination is left to suggest.".to_owned();
    }
    let mut text = format!(
        "Destinations for {}{}, {} nights{} (order by a rule of ours; prices of flights alone, \
         computed):",
        found.from.strftime("%Y-%m"),
        if found.month_assumed {
            " (no date was given)"
        } else {
            ""
        },
        found.nights,
        if found.departure.is_none() {
            ", no departure: not priced"
        } else {
            ""
        }
    );
    for suggested in &found.suggestions {
        let reasons: Vec<_> = reasons(suggested, locale).collect();
        let misses = misses(suggested, locale).map(|misses| format!("; {misses}"));
        text.push_str(&format!(
            "\n{} ({}): {}{}",
            suggested.name(locale),
            suggested.suggestion.destination,
            reasons.join(", "),
            misses.unwrap_or_default()
        ));
    }
    text
}
