//! What is wanted or refused of the flights, in a few words each.

use jiff::civil::Time;

use super::phrases;
use crate::{
    language::{Feature, Polarity, TimeWindow, TripRequest, Wish},
    locale::Locale,
    travel::{Alliance, Cabin, CarrierCode, Country, DayPart, Iata, airport, carrier, country},
};

/// Every wish of the trip that no other part of it tells.
pub(crate) fn list(trip: &TripRequest, locale: Locale) -> Vec<String> {
    let wishes = trip.wishes.iter().filter(|wish| !is_implied(wish, trip));
    let wishes = wishes.filter_map(|wish| one(wish, locale));
    let out = hours(trip.window, ["", ""], locale);
    let back = hours(trip.return_window, ["retour : ", "way back: "], locale);
    wishes.chain(out).chain(back).collect()
}

/// Whether another part of the trip says it: of "in the evening, not in the morning" one is enough.
pub(crate) fn is_implied(wish: &Wish, trip: &TripRequest) -> bool {
    let (out, back) = (trip.window, trip.return_window);
    match wish.feature {
        Feature::Cabin(_) => trip.cabin.is_some(),
        Feature::Stops(_) => trip.max_stops.is_some(),
        Feature::Overnight => wish.polarity != Polarity::Refused && trip.departure.is_some(),
        Feature::Departure(_) => {
            trip.departure.is_some()
                || out.departure_after.is_some()
                || out.departure_before.is_some()
        }
        Feature::Arrival(_) => out.arrival_after.is_some() || out.arrival_before.is_some(),
        Feature::ReturnDeparture(_) => {
            back.departure_after.is_some() || back.departure_before.is_some()
        }
        Feature::ReturnArrival(_) => back.arrival_after.is_some() || back.arrival_before.is_some(),
        _ => false,
    }
}

/// A wish in a few words; `None` for one that other parts of the trip tell.
pub(crate) fn one(wish: &Wish, locale: Locale) -> Option<String> {
    let refused = wish.polarity == Polarity::Refused;
    let pick = |fr: &str, en: &str| Some(locale.pick(fr, en).to_owned());
    match (&wish.feature, refused) {
        (Feature::Airline(Some(code)), true) => {
            Some(format!("{} {}", locale.pick("sans", "no"), airline(*code)))
        }
        (Feature::LowCost, true) => pick("sans low-cost", "no low-cost"),
        (Feature::LowCost, false) => pick("low-cost seulement", "low-cost only"),
        (Feature::Alliance(alliance), false) => Some(alliance_name(*alliance).to_owned()),
        (Feature::Via(codes), false) => Some(format!("via {}", places(codes, locale))),
        (Feature::Via(codes), true) => {
            let without = locale.pick("sans passer par", "not via");
            Some(format!("{without} {}", places(codes, locale)))
        }
        (Feature::Alliance(alliance), true) => {
            let name = alliance_name(*alliance);
            Some(format!("{} {name}", locale.pick("sans", "no")))
        }
        (Feature::Cabin(cabin), true) => Some(
            match cabin {
                Cabin::First => locale.pick("pas en première classe", "not in first class"),
                Cabin::Business => locale.pick("pas en classe affaires", "not in business class"),
                Cabin::PremiumEconomy => {
                    locale.pick("pas en premium économique", "not in premium economy")
                }
                Cabin::Economy => locale.pick("pas en classe économique", "not in economy"),
            }
            .to_owned(),
        ),
        (Feature::Departure(part), true) => {
            Some(part_of_day(["départ", "departure"], *part, true, locale))
        }
        (Feature::Arrival(part), _) => {
            Some(part_of_day(["arrivée", "arrival"], *part, refused, locale))
        }
        (Feature::ReturnDeparture(part), _) => {
            Some(part_of_day(["retour", "way back"], *part, refused, locale))
        }
        (Feature::ReturnArrival(part), _) => Some(part_of_day(
            ["arrivée au retour", "arrival back"],
            *part,
            refused,
            locale,
        )),
        (Feature::CheckedBag, true) => pick("sans bagage en soute", "no checked bag"),
        (Feature::CheckedBag, false) => pick("bagage en soute compris", "checked bag included"),
        (Feature::Refundable, false) => pick("remboursable", "refundable"),
        (Feature::LowEmissions, false) => pick("peu de CO₂", "low emissions"),
        (Feature::Overnight, true) => pick("sans vol de nuit", "no night flight"),
        _ => None,
    }
}

/// `départ le matin`, `way back not in the evening`.
fn part_of_day(what: [&str; 2], part: DayPart, refused: bool, locale: Locale) -> String {
    let [fr, en] = what;
    let when = match part {
        DayPart::Morning => locale.pick("le matin", "in the morning"),
        DayPart::Afternoon => locale.pick("l’après-midi", "in the afternoon"),
        DayPart::Evening => locale.pick("le soir", "in the evening"),
        DayPart::Night => locale.pick("la nuit", "at night"),
    };
    let not = if refused {
        locale.pick("pas ", "not ")
    } else {
        ""
    };
    format!("{} {not}{when}", locale.pick(fr, en))
}

/// The name of an airline.
pub(crate) fn airline(code: CarrierCode) -> String {
    carrier::by_code(code).map_or_else(|| code.to_string(), |known| known.name.to_owned())
}

/// The name of an alliance.
pub(crate) const fn alliance_name(alliance: Alliance) -> &'static str {
    match alliance {
        Alliance::StarAlliance => "Star Alliance",
        Alliance::Oneworld => "oneworld",
        Alliance::Skyteam => "SkyTeam",
    }
}

/// The cities, at most three by name; of more, their country.
pub(crate) fn places(codes: &[Iata], locale: Locale) -> String {
    if codes.len() > 3
        && let Some(country) = country_of(codes)
    {
        return country.name(locale).to_owned();
    }
    let city = |code: &Iata| phrases::city(&[*code], locale).map(str::to_owned);
    let mut names: Vec<_> = codes.iter().take(3).filter_map(city).collect();
    if codes.len() > 3 {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// The country in which all of these are, if it is one.
fn country_of(codes: &[Iata]) -> Option<&'static Country> {
    let mut countries = codes.iter().flat_map(|code| airport::resolve(*code));
    let first = countries.next()?.country;
    let one = countries.all(|airport| airport.country == first);
    country::by_code(first).filter(|_| one)
}

fn hours(
    window: TimeWindow,
    way: [&'static str; 2],
    locale: Locale,
) -> impl Iterator<Item = String> {
    let hour = move |fr: &str, en: &str, time: Option<Time>| {
        let at = match locale {
            Locale::Fr => time?
                .strftime("%-H h %M")
                .to_string()
                .replace(" h 00", " h"),
            Locale::En => time?.strftime("%H:%M").to_string(),
        };
        let [fr_way, en_way] = way;
        Some(format!(
            "{}{} {at}",
            locale.pick(fr_way, en_way),
            locale.pick(fr, en)
        ))
    };
    [
        hour("départ après", "departure after", window.departure_after),
        hour("départ avant", "departure before", window.departure_before),
        hour("arrivée après", "arrival after", window.arrival_after),
        hour("arrivée avant", "arrival before", window.arrival_before),
    ]
    .into_iter()
    .flatten()
}
