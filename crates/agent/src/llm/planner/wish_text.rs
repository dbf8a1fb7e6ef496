//! What is wanted or refused of the flights, in a few words each.

use jiff::civil::Time;

use super::phrases;
use crate::{
    locale::Locale,
    travel::{Alliance, CarrierCode, Iata, carrier},
    understanding::{Feature, Polarity, TimeWindow, TripRequest, Wish},
};

/// Every wish of the trip that no other part of it tells.
pub(crate) fn list(trip: &TripRequest, locale: Locale) -> Vec<String> {
    let wishes = trip.wishes.iter().filter_map(|wish| one(wish, locale));
    let out = hours(trip.window, ["", ""], locale);
    let back = hours(trip.return_window, ["retour : ", "way back: "], locale);
    wishes.chain(out).chain(back).collect()
}

fn one(wish: &Wish, locale: Locale) -> Option<String> {
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
        (Feature::CheckedBag, false) => pick("bagage en soute compris", "checked bag included"),
        (Feature::Refundable, false) => pick("remboursable", "refundable"),
        (Feature::LowEmissions, false) => pick("peu de CO₂", "low emissions"),
        (Feature::Overnight, true) => pick("sans vol de nuit", "no night flight"),
        _ => None,
    }
}

pub(super) fn airline(code: CarrierCode) -> String {
    carrier::by_code(code).map_or_else(|| code.to_string(), |known| known.name.to_owned())
}

pub(super) const fn alliance_name(alliance: Alliance) -> &'static str {
    match alliance {
        Alliance::StarAlliance => "Star Alliance",
        Alliance::Oneworld => "oneworld",
        Alliance::Skyteam => "SkyTeam",
    }
}

/// The cities, at most three by name.
pub(super) fn places(codes: &[Iata], locale: Locale) -> String {
    let city = |code: &Iata| phrases::city(&[*code], locale).map(str::to_owned);
    let mut names: Vec<_> = codes.iter().take(3).filter_map(city).collect();
    if codes.len() > 3 {
        names.push("…".to_owned());
    }
    names.join(", ")
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
