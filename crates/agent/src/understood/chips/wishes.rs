//! How: cabin, stops, airline, part of the day; and what is wanted or refused beside them.
//!
//! Two wishes of which one implies the other are one chip: "in the evening, not in the morning".

use super::chip_of;
use crate::{
    language::{Feature, Polarity, TripRequest, Wish},
    locale::Locale,
    planner::{phrases, wish_text},
    travel::{Cabin, CarrierCode, DayPart, carrier},
    understood::{Chip, ChipKind},
};

/// The wishes that have a field of their own.
pub(super) fn fields(trip: &TripRequest, locale: Locale) -> impl Iterator<Item = Chip> {
    let airline = trip.airline.as_ref().map(|airline| airline.code);
    [
        trip.cabin.map(|class| cabin(class, locale)),
        trip.max_stops.map(|most| stops(most, locale)),
        trip.departure.map(|part| departure(part, locale)),
        airline.map(|code| with(code, locale)),
    ]
    .into_iter()
    .flatten()
}

/// The other wishes, in the order said.
pub(super) fn others(trip: &TripRequest, locale: Locale) -> impl Iterator<Item = Chip> {
    trip.wishes
        .iter()
        .filter(|wish| !wish_text::is_implied(wish, trip))
        .filter_map(move |wish| {
            let label = wish_text::one(wish, locale)?;
            Some(chip_of(ChipKind::Wish, label).removed_by(taken_back(wish, locale)))
        })
}

fn cabin(cabin: Cabin, locale: Locale) -> Chip {
    let chip = chip_of(ChipKind::Wish, phrases::cabin(cabin, locale))
        .changed_by(locale.pick("Plutôt en classe ", "Rather in "));
    if cabin == Cabin::Economy {
        return chip;
    }
    chip.removed_by(locale.pick("En classe économique", "In economy"))
}

fn stops(most: u8, locale: Locale) -> Chip {
    let (fr, en) = match most {
        0 => ("vol direct".to_owned(), "nonstop".to_owned()),
        1 => ("1 escale au plus".to_owned(), "1 stop at most".to_owned()),
        _ => (
            format!("{most} escales au plus"),
            format!("{most} stops at most"),
        ),
    };
    chip_of(ChipKind::Wish, locale.pick(&fr, &en))
        .removed_by(locale.pick("Peu importe les escales", "Any number of stops"))
        .changed_by(locale.pick("Au maximum 1 escale", "At most 1 stop"))
}

fn departure(part: DayPart, locale: Locale) -> Chip {
    let label = match part {
        DayPart::Morning => locale.pick("départ le matin", "morning departure"),
        DayPart::Afternoon => locale.pick("départ l’après-midi", "afternoon departure"),
        DayPart::Evening => locale.pick("départ le soir", "evening departure"),
        DayPart::Night => locale.pick("départ la nuit", "night departure"),
    };
    chip_of(ChipKind::Wish, label)
        .removed_by(locale.pick("Peu importe l’heure de départ", "Any departure time"))
        .changed_by(locale.pick("Départ plutôt le ", "Leaving in the "))
}

fn with(code: CarrierCode, locale: Locale) -> Chip {
    let name =
        carrier::by_code(code).map_or_else(|| code.to_string(), |known| known.name.to_owned());
    let (label, remove) = match locale {
        Locale::Fr => (format!("avec {name}"), format!("Pas forcément avec {name}")),
        Locale::En => (
            format!("with {name}"),
            format!("Not necessarily with {name}"),
        ),
    };
    chip_of(ChipKind::Wish, label)
        .removed_by(remove)
        .changed_by(locale.pick("Plutôt avec ", "Rather with "))
}

/// The message after which a wish does not matter any more.
fn taken_back(wish: &Wish, locale: Locale) -> String {
    let refused = wish.polarity == Polarity::Refused;
    let whatever = |fr: &str, en: &str| locale.pick(fr, en).to_owned();
    // What is refused is fine again; what is wanted is no condition any more.
    let named = |name: String| match (refused, locale) {
        (true, Locale::Fr) => format!("{name} me va aussi"),
        (true, Locale::En) => format!("{name} is fine too"),
        (false, Locale::Fr) => format!("Pas forcément {name}"),
        (false, Locale::En) => format!("Not necessarily {name}"),
    };
    match &wish.feature {
        Feature::Airline(Some(code)) => named(wish_text::airline(*code)),
        Feature::Alliance(alliance) => named(wish_text::alliance_name(*alliance).to_owned()),
        Feature::Airline(None) => whatever("Peu importe la compagnie", "Any airline"),
        Feature::Via(codes) => {
            let places = wish_text::places(codes, locale);
            match (refused, locale) {
                (true, Locale::Fr) => format!("Passer par {places} me va aussi"),
                (true, Locale::En) => format!("Via {places} is fine too"),
                (false, Locale::Fr) => format!("Pas forcément via {places}"),
                (false, Locale::En) => format!("Not necessarily via {places}"),
            }
        }
        Feature::LowCost if refused => whatever(
            "Les compagnies low-cost me vont",
            "Low-cost airlines are fine",
        ),
        Feature::LowCost => whatever(
            "Pas forcément low-cost",
            "Not necessarily low-cost airlines",
        ),
        Feature::CheckedBag if refused => whatever(
            "Avec ou sans bagage en soute",
            "With or without a checked bag",
        ),
        Feature::CheckedBag => {
            whatever("Pas besoin de bagage en soute", "No need for a checked bag")
        }
        Feature::Refundable => whatever("Pas forcément remboursable", "Not necessarily refundable"),
        Feature::LowEmissions => whatever(
            "Peu importe l’empreinte carbone",
            "Regardless of the carbon footprint",
        ),
        Feature::Overnight if refused => {
            whatever("Les vols de nuit me vont", "Overnight flights are fine")
        }
        Feature::Overnight | Feature::Departure(_) => {
            whatever("Peu importe l’heure de départ", "Any departure time")
        }
        Feature::Arrival(_) => whatever("Peu importe l’heure d’arrivée", "Any arrival time"),
        Feature::ReturnDeparture(_) => whatever("Peu importe l’heure du retour", "Any return time"),
        Feature::ReturnArrival(_) => whatever(
            "Peu importe l’heure d’arrivée au retour",
            "Any arrival time on the way back",
        ),
        Feature::Cabin(_) => whatever("Peu importe la classe", "Any cabin"),
        Feature::Stops(_) => whatever("Peu importe les escales", "Any number of stops"),
        Feature::Budget => whatever("Sans limite de budget", "No budget limit"),
    }
}
