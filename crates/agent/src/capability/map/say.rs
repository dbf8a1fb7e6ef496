//! What the built-in model says of maps.

use super::{
    found::{DayOf, MapFound, Missing},
    generate_travel_map::{GenerateTravelMap, GenerateTravelMapArgs, Kind},
};
use crate::{
    capability::{asking, wording},
    language::{DayRef, Pending, Topic},
    locale::Locale,
    planner::{Brief, LookUp, Progress, Reply, View},
    sheet::Map,
    travel::format,
    trip::city_of,
};

/// Words for the whole journey, folded, as stems.
const ROUTE: &str =
    "trajet|vol |vols |route|parcours|voyage |trip |journey|flight|etapes|circuit|stopover";
/// Words for one day of it.
const DAY: &str = "jour |journee|day |programme|visites |sights |plan |planning ";

/// The next step for a question for a map.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let args = arguments(view, brief);
    match view.look_up::<GenerateTravelMap, MapFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(say(found, &args, view, brief)),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

fn arguments(view: &View<'_>, brief: &Brief<'_>) -> GenerateTravelMapArgs {
    let day = brief.said.day.as_ref().map(|day| match day {
        DayRef::Nth(number) => number.to_string(),
        DayRef::On(date) => date.to_string(),
    });
    let kind = if day.is_some() || view.words.any(DAY) {
        Some(Kind::Day)
    } else if view.words.any(ROUTE) {
        Some(Kind::Route)
    } else {
        None
    };
    // The trip's own place is no wish: a plan may go through several.
    let said = brief.place.is_some_and(|place| {
        let message = view.message.to_lowercase();
        message.contains(&place.surface.to_lowercase())
    });
    let trip = &view.context.trip;
    let only = || {
        let place = trip.destination.as_ref();
        let codes = place.map_or(&[][..], |place| &place.codes);
        trip.onward.is_empty()
            && brief
                .destination
                .is_some_and(|city| codes.iter().any(|code| city_of(*code) == city.code))
    };
    let city = brief.destination.filter(|_| match kind {
        Some(Kind::Route) => false,
        Some(Kind::Day) => said || only(),
        None => said,
    });
    GenerateTravelMapArgs {
        kind,
        city: city.map(|place| place.code.to_string()),
        day,
        stops: Vec::new(),
    }
}

fn say(
    found: &MapFound,
    args: &GenerateTravelMapArgs,
    view: &View<'_>,
    brief: &Brief<'_>,
) -> Reply {
    let locale = view.locale();
    match found {
        MapFound::Route(map) => route(map, locale).into(),
        MapFound::Day { day: None, .. } => locale
            .pick("Voici la carte.", "Here is the map.")
            .to_owned()
            .into(),
        MapFound::Day {
            day: Some(day),
            map,
            ..
        } => day_shown(day, map, args.day.is_some(), locale).into(),
        MapFound::Nothing(missing) => {
            let text = nothing(missing, locale);
            match missing {
                Missing::Places => text.into(),
                // The answer is of the plan, which comes first.
                Missing::Plan { .. } => {
                    let pending = Pending::Topic {
                        topic: Topic::Itinerary,
                        said: view.message.clone().into_owned(),
                    };
                    Reply::asking(text, pending)
                }
                _ => Reply::asking(text, asking::again(view, brief)),
            }
        }
    }
}

fn route(map: &Map, locale: Locale) -> String {
    let names: Vec<_> = map.pins.iter().map(|pin| pin.name.as_str()).collect();
    let names = names.join(", ");
    match (map.pins.len(), locale) {
        (1, Locale::Fr) => format!(
            "Je ne connais qu’un lieu de votre voyage, {names} : le voici sur la carte. D’où \
             partez-vous ?"
        ),
        (1, Locale::En) => format!(
            "I know one place of your trip only, {names}: here it is on the map. Where do you \
             leave from?"
        ),
        (_, Locale::Fr) => format!("Voici votre trajet sur la carte : {names}."),
        (_, Locale::En) => format!("Here is your route on the map: {names}."),
    }
}

fn day_shown(day: &DayOf, map: &Map, is_said: bool, locale: Locale) -> String {
    let (at, date) = (
        wording::at(&day.name, locale),
        format::short_date(day.date, locale),
    );
    let stops = wording::counted(
        map.pins.len(),
        ["étape", "étapes"],
        ["stop", "stops"],
        locale,
    );
    let text = match locale {
        Locale::Fr => format!(
            "Voici le **jour {}** {at} ({date}) : {stops} dans l’ordre de la visite, sans les rues.",
            day.number
        ),
        Locale::En => format!(
            "Here is **day {}** {at} ({date}): {stops} in the order of the visit, without streets.",
            day.number
        ),
    };
    if is_said || day.count < 2 {
        return text;
    }
    let others = match locale {
        Locale::Fr => format!(
            "Le programme compte {} jours : lequel voulez-vous voir ensuite ?",
            day.count
        ),
        Locale::En => format!(
            "The plan has {} days: which one would you like to see next?",
            day.count
        ),
    };
    format!("{text} {others}")
}

fn nothing(missing: &Missing, locale: Locale) -> String {
    match (missing, locale) {
        (Missing::Plan { city: Some(city) }, Locale::Fr) => format!(
            "Il n’y a pas encore de programme {} à dessiner. Combien de jours y restez-vous ? Je le \
             prépare, puis je le dessine.",
            wording::at(city, locale)
        ),
        (Missing::Plan { city: Some(city) }, Locale::En) => format!(
            "There is no plan {} to draw yet. How many days do you stay? I will make one, then draw \
             it.",
            wording::at(city, locale)
        ),
        (Missing::Plan { city: None }, Locale::Fr) => {
            "Il n’y a pas encore de programme à dessiner. Dites-moi par exemple « 3 jours à \
             Lisbonne » : je le prépare, puis je le dessine."
                .to_owned()
        }
        (Missing::Plan { city: None }, Locale::En) => {
            "There is no plan to draw yet. Tell me, say, “3 days in Lisbon”: I will make one, then \
             draw it."
                .to_owned()
        }
        (Missing::Day { count: 1 }, Locale::Fr) => {
            "Le programme ne compte qu’un jour : le jour 1. Je le dessine ?".to_owned()
        }
        (Missing::Day { count: 1 }, Locale::En) => {
            "The plan has one day only, day 1. Shall I draw it?".to_owned()
        }
        (Missing::Day { count }, Locale::Fr) => {
            format!("Le programme compte {count} jours : lequel dessiner ? Le jour 1 ?")
        }
        (Missing::Day { count }, Locale::En) => {
            format!("The plan has {count} days: which one shall I draw? Day 1?")
        }
        (Missing::Places, Locale::Fr) => {
            "Je ne connais la position d’aucune étape de ce jour : je ne peux pas le dessiner."
                .to_owned()
        }
        (Missing::Places, Locale::En) => {
            "I know the place of none of that day’s stops: I cannot draw it.".to_owned()
        }
        (Missing::Route, Locale::Fr) => {
            "Je ne sais pas encore où mène votre voyage : d’où partez-vous, et où allez-vous ?"
                .to_owned()
        }
        (Missing::Route, Locale::En) => {
            "I do not know yet where your trip goes: where do you leave from, and where to?"
                .to_owned()
        }
    }
}
