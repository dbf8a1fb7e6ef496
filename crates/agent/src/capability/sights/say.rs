//! What the built-in model says of sights.

use guide::{Destination, destination};

use super::{
    find_cultural_activities::{FindCulturalActivities, FindCulturalActivitiesArgs},
    find_nearby_attractions::{FindNearbyAttractions, FindNearbyAttractionsArgs},
    found::{FoundSight, NearbyFound, SightsFound},
    spot::{self, Spot},
};
use crate::{
    capability::{asking, tastes, wording},
    language::{self, Topic},
    locale::Locale,
    planner::{Brief, LookUp, Progress, View},
    travel::Interest,
};

/// Sights that a reply names; the others are on the card.
const NAMED: usize = 3;

/// The next step for a question about what there is to see.
pub(super) fn sights(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    // "Sights near the Prado" is about the spot, unless what is near it is asked besides.
    let mut asked = view.context.reading.asked();
    let besides = asked.any(|question| question.topic == Topic::Nearby);
    if brief.said.near.is_some() && !besides {
        return nearby(view, brief);
    }
    let args = FindCulturalActivitiesArgs {
        city: place.code.to_string(),
        interests: tastes::liked(brief),
        exclude: tastes::refused(brief),
        month: None,
        check_in: brief.days.map(|(first, _)| first),
        check_out: brief.days.map(|(_, last)| last),
        limit: None,
    };
    match view.look_up::<FindCulturalActivities, SightsFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(told(found, view.locale()).into()),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

/// The next step for a question about what is around a spot.
pub(super) fn nearby(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let near = brief
        .said
        .near
        .clone()
        .or_else(|| named_spot(brief))
        .or_else(|| brief.details.near.clone());
    // A sight of that very name tells its city.
    let by_spot = || spot::home(near.as_deref()?);
    let Some(place) = brief.destination.or_else(by_spot) else {
        return asking::which_place(view, brief);
    };
    let place = elsewhere(view, brief, place, near.as_deref()).unwrap_or(place);
    let args = FindNearbyAttractionsArgs {
        city: place.code.to_string(),
        near,
        radius_km: None,
        limit: None,
    };
    match view.look_up::<FindNearbyAttractions, NearbyFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(around(found, view.locale()).into()),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

/// A sight that is a name of its city as well: "the pyramids of Giza".
fn named_spot(brief: &Brief<'_>) -> Option<String> {
    let (place, named) = brief.destination.zip(brief.place)?;
    let is_city = [Locale::Fr, Locale::En]
        .iter()
        .any(|locale| language::fold(place.name(*locale)) == language::fold(&named.surface));
    let is_spot = || Spot::named(place, &named.surface).is_some();
    (!is_city && is_spot()).then(|| named.surface.clone())
}

/// The other city of the trip that has the spot, where this one has not; or else the only one of the country.
fn elsewhere(
    view: &View<'_>,
    brief: &Brief<'_>,
    place: &'static Destination,
    near: Option<&str>,
) -> Option<&'static Destination> {
    let near = near?;
    let has = |place: &&'static Destination| Spot::named(place, near).is_some();
    let is_said = brief
        .place
        .is_some_and(|place| view.message.contains(&place.surface));
    if is_said || has(&place) {
        return None;
    }
    let stays = view.context.stays.iter();
    let mut cities = stays.filter_map(|(city, ..)| destination::by_code(*city));
    let country = |place: &Destination| place.country().map(|country| country.code);
    let only = || spot::home(near).filter(|home| country(home) == country(place));
    cities.find(has).or_else(only)
}

fn told(found: &SightsFound, locale: Locale) -> String {
    let at = wording::capitalised(&wording::at(found.destination.name(locale), locale));
    if found.sights.is_empty() {
        return none(found, &at, locale);
    }
    let names = names(&found.sights, locale);
    let all = counted(found.sights.len(), locale);
    let first = match (found.interests.is_empty(), locale) {
        (true, Locale::Fr) => format!("{at}, à voir d’abord : **{names}**."),
        (true, Locale::En) => format!("{at}, see first: **{names}**."),
        (false, Locale::Fr) => format!("{at}, dans vos goûts : **{names}**."),
        (false, Locale::En) => format!("{at}, to your taste: **{names}**."),
    };
    let few = found.suited < found.limit;
    let rest = match (few, locale) {
        (true, Locale::Fr) => format!("Je n’y connais que cela : {all} sur la fiche."),
        (true, Locale::En) => format!("That is all I know there: {all} on the card."),
        (false, Locale::Fr) => format!(
            "La fiche en donne {}, avec durée de visite et jours de fermeture habituels.",
            found.sights.len()
        ),
        (false, Locale::En) => format!(
            "The card has {}, with usual visit times and closing days.",
            found.sights.len()
        ),
    };
    let (missing, exclude) = (missing(found), found.exclude.is_empty());
    let missing = (!missing.is_empty()).then(|| {
        let missing = tastes::labels(&missing, locale);
        match locale {
            Locale::Fr => format!(" Rien de connu là-bas pour : {missing}."),
            Locale::En => format!(" Nothing known there for: {missing}."),
        }
    });
    let without = (!exclude).then(|| {
        let without = tastes::labels(&found.exclude, locale);
        match locale {
            Locale::Fr => format!(" Sans {without}, comme demandé."),
            Locale::En => format!(" No {without}, as asked."),
        }
    });
    format!(
        "{first} {rest}{}{}",
        missing.unwrap_or_default(),
        without.unwrap_or_default()
    )
}

/// What is liked and of which nothing is known there.
fn missing(found: &SightsFound) -> Vec<Interest> {
    let met = |interest: &Interest| {
        let mut sights = found.sights.iter();
        sights.any(|found| tastes::meets(found.sight, &[*interest]))
    };
    let liked = found.interests.iter().copied();
    liked.filter(|interest| !met(interest)).collect()
}

fn none(found: &SightsFound, at: &str, locale: Locale) -> String {
    let liked = tastes::labels(&found.interests, locale);
    match (found.known, liked.is_empty(), locale) {
        (0, _, Locale::Fr) => format!(
            "{at}, je ne connais aucun site : mes tables n’en ont pas, et je n’en invente pas."
        ),
        (0, _, Locale::En) => {
            format!("{at} I know no sights: my tables have none, and I invent none.")
        }
        (known, true, Locale::Fr) => format!(
            "{at}, aucun des {known} sites que je connais ne reste une fois écarté ce que vous ne \
             voulez pas."
        ),
        (known, true, Locale::En) => format!(
            "{at}, none of the {known} sights that I know is left without what you do not want."
        ),
        (known, false, Locale::Fr) => format!(
            "{at}, je ne connais rien pour : {liked}. J’y connais {known} autres sites : voulez-vous \
             les voir ?"
        ),
        (known, false, Locale::En) => format!(
            "{at} I know nothing for: {liked}. I know {known} other sights there: would you like to \
             see them?"
        ),
    }
}

fn around(found: &NearbyFound, locale: Locale) -> String {
    let city = found.destination.name(locale);
    let at = wording::at(city, locale);
    let Some(spot) = found.spot else {
        return unknown(found, &at, locale);
    };
    let spot = spot.name(locale);
    let km = wording::kilometres(found.radius_km, locale);
    let Some(first) = found.sights.first() else {
        return match (&found.nearest, locale) {
            (Some(next), Locale::Fr) => format!(
                "Je ne connais rien d’autre à moins de {km} de {spot}. Le plus proche : **{}**, à {}.",
                next.sight.name(locale),
                distance(next, locale)
            ),
            (Some(next), Locale::En) => format!(
                "I know nothing else within {km} of {spot}. The nearest: **{}**, {} away.",
                next.sight.name(locale),
                distance(next, locale)
            ),
            (None, Locale::Fr) => format!("Je ne connais aucun site près de {spot}."),
            (None, Locale::En) => format!("I know no sights near {spot}."),
        };
    };
    let all = counted(found.sights.len(), locale);
    let (name, away) = (first.sight.name(locale), distance(first, locale));
    match locale {
        Locale::Fr => format!(
            "Autour de {spot} ({city}), je connais {all} à {km} au plus. Le plus proche : **{name}**, \
             à {away}. Distances estimées, sans plan des rues."
        ),
        Locale::En => format!(
            "Around {spot} ({city}) I know {all} within {km}. The nearest: **{name}**, {away} away. \
             Distances are estimates: I have no street map."
        ),
    }
}

fn unknown(found: &NearbyFound, at: &str, locale: Locale) -> String {
    let near = found.near.trim();
    let known: Vec<_> = found.known.iter().map(|name| (*name).to_owned()).collect();
    let known = wording::list(&known, locale);
    match (known.is_empty(), locale) {
        (true, Locale::Fr) => {
            format!("Je ne connais pas « {near} » {at}, ni aucun autre site de cette ville.")
        }
        (true, Locale::En) => {
            format!("I do not know “{near}” {at}, nor any other sight there.")
        }
        (false, Locale::Fr) => format!(
            "Je ne connais pas « {near} » {at}. J’y connais par exemple {known} : autour duquel \
             puis-je chercher ?"
        ),
        (false, Locale::En) => format!(
            "I do not know “{near}” {at}. I do know, for instance, {known}: which one shall I look \
             around?"
        ),
    }
}

fn distance(found: &FoundSight, locale: Locale) -> String {
    let way = found.way.map(|way| {
        let km = wording::kilometres(way.km, locale);
        format!("{km} ({})", wording::way(way, locale))
    });
    way.unwrap_or_default()
}

fn names(sights: &[FoundSight], locale: Locale) -> String {
    let names = sights.iter().take(NAMED);
    let names: Vec<_> = names
        .map(|found| found.sight.name(locale).to_owned())
        .collect();
    wording::list(&names, locale)
}

fn counted(count: usize, locale: Locale) -> String {
    wording::counted(count, ["site", "sites"], ["sight", "sights"], locale)
}
