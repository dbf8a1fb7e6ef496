//! Small phrases that answers are put together from.

use jiff::civil::Date;

use crate::{
    language::{DateSpan, Place, PlaceKind, TripRequest},
    locale::Locale,
    travel::{Cabin, Country, Iata, Party, airport, country, format},
};

/// Longest quotation of a person's words, in characters.
const QUOTE_CHARS: usize = 60;

/// The name of a place: of its city, its airport or its country.
pub(crate) fn place(place: &Place, locale: Locale) -> String {
    let city = city(&place.codes, locale);
    match place.kind {
        PlaceKind::Country => country::by_code(&place.country).map(|c| c.name(locale).to_owned()),
        PlaceKind::Airport => city
            .zip(place.codes.first())
            .map(|(city, code)| format!("{city} ({code})")),
        // A region: only its own name covers all of its airports.
        PlaceKind::Town => place.town.as_ref().map(|town| town.name.clone()),
        PlaceKind::City | PlaceKind::Region if place.codes.len() > 1 => None,
        PlaceKind::City | PlaceKind::Region | PlaceKind::Metro => city.map(str::to_owned),
    }
    .unwrap_or_else(|| capitalised(&plain(&place.surface)))
}

/// The city of the first code.
pub(crate) fn city(codes: &[Iata], locale: Locale) -> Option<&'static str> {
    let airports = airport::resolve(*codes.first()?);
    airports.first().map(|airport| airport.city(locale))
}

/// The country of a place.
pub(super) fn country_of(place: &Place) -> Option<&'static Country> {
    country::by_code(&place.country)
}

/// `Lyon → New York`, as far as it is known.
pub(super) fn route(trip: &TripRequest, locale: Locale) -> Option<String> {
    let name = |place: &Option<Place>| place.as_ref().map(|p| self::place(p, locale));
    match (name(&trip.origin), name(&trip.destination)) {
        (Some(from), Some(to)) => Some(format!("{from} → {to}")),
        (None, Some(to)) => Some(to),
        (Some(from), None) => Some(match locale {
            Locale::Fr => format!("départ : {from}"),
            Locale::En => format!("leaving from {from}"),
        }),
        (None, None) => None,
    }
}

/// `le mardi 12 janvier 2027`, `en janvier 2027`, `entre le … et le …`.
pub(super) fn when(span: &DateSpan, locale: Locale) -> String {
    let day = |date: Date| format::date(date, locale);
    let whole_month = span.from == span.from.first_of_month()
        && span.to == span.from.last_of_month()
        && span.from < span.to;
    match locale {
        Locale::Fr if span.from == span.to => format!("le {}", day(span.from)),
        Locale::Fr if whole_month => format!("en {}", format::month(span.from, locale)),
        Locale::Fr => format!("entre le {} et le {}", day(span.from), day(span.to)),
        Locale::En if span.from == span.to => format!("on {}", day(span.from)),
        Locale::En if whole_month => format!("in {}", format::month(span.from, locale)),
        Locale::En => format!("between {} and {}", day(span.from), day(span.to)),
    }
}

/// `2 adultes, 1 enfant et 1 bébé`.
pub(crate) fn party(party: &Party, locale: Locale) -> String {
    let counts = [
        (usize::from(party.adults), "adulte", "adult", "adults"),
        (party.children.len(), "enfant", "child", "children"),
        (usize::from(party.infants), "bébé", "infant", "infants"),
    ];
    let counts = counts.iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, fr, one, many)| match (locale, count) {
            (Locale::Fr, 1) => format!("1 {fr}"),
            (Locale::Fr, _) => format!("{count} {fr}s"),
            (Locale::En, 1) => format!("1 {one}"),
            (Locale::En, _) => format!("{count} {many}"),
        })
        .collect();
    list(&counts, locale.pick("et", "and"))
}

/// The name of a cabin.
pub(crate) const fn cabin(cabin: Cabin, locale: Locale) -> &'static str {
    match cabin {
        Cabin::Economy => locale.pick("classe économique", "economy"),
        Cabin::PremiumEconomy => locale.pick("classe premium économique", "premium economy"),
        Cabin::Business => locale.pick("classe affaires", "business class"),
        Cabin::First => locale.pick("première classe", "first class"),
    }
}

/// `a, b et c`.
pub(crate) fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// The person's own words, quoted.
pub(crate) fn quoted(words: &str, locale: Locale) -> String {
    let words = plain(words);
    match locale {
        Locale::Fr => format!("« {words} »"),
        Locale::En => format!("“{words}”"),
    }
}

/// That these words of the person were not understood; `None` where there are none.
pub(crate) fn not_taken_into_account<'a>(
    words: impl Iterator<Item = &'a str>,
    locale: Locale,
) -> Option<String> {
    let words: Vec<_> = words.map(|words| quoted(words, locale)).collect();
    let words = list(&words, locale.pick("et", "and"));
    (!words.is_empty()).then(|| match locale {
        Locale::Fr => format!("Je n’ai pas tenu compte de : {words}."),
        Locale::En => format!("I have not taken into account: {words}."),
    })
}

/// The sentence with a capital first letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// `à New York`, `au Caire`.
pub(crate) fn at_city(city: &str, locale: Locale) -> String {
    match (locale, city.strip_prefix("Le "), city.strip_prefix("Les ")) {
        (Locale::En, ..) => format!("in {city}"),
        (Locale::Fr, Some(rest), _) => format!("au {rest}"),
        (Locale::Fr, _, Some(rest)) => format!("aux {rest}"),
        (Locale::Fr, None, None) => format!("à {city}"),
    }
}

/// Words without what Markdown or HTML would read as markup, and not too many.
fn plain(words: &str) -> String {
    let blanked = words.chars().map(|c| match c {
        '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '\\' | '«' | '»' => ' ',
        c if c.is_control() => ' ',
        c => c,
    });
    let text: String = blanked.take(QUOTE_CHARS).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `San José, Costa Rica`.
pub(crate) fn label(place: &Place, locale: Locale) -> String {
    let name = city(&place.codes, locale);
    let name = name.map_or_else(|| self::place(place, locale), str::to_owned);
    match country_of(place) {
        Some(country) => format!("{name}, {}", country.name(locale)),
        None => name,
    }
}

/// The airport of the first code.
pub(crate) fn airport_name(place: &Place) -> Option<&'static str> {
    let airports = airport::resolve(*place.codes.first()?);
    airports.first().map(|airport| airport.name)
}
