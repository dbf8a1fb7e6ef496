//! What the built-in model says of days.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    card::{is_cut, missing},
    create_visit_itinerary::{CreateVisitItinerary, CreateVisitItineraryArgs},
    found::ItineraryFound,
    wishes,
};
use crate::{
    capability::{arguments::ages, asking, tastes, wording},
    locale::Locale,
    planner::{Brief, LookUp, Progress, View},
};

/// Days of a plan where nobody said how many.
const USUAL_DAYS: u16 = 3;
/// Days ahead of a plan for which nobody said when.
const AHEAD: i64 = 30;

/// The next step for a question about days.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    let Some((check_in, check_out)) = brief.days.or_else(|| assumed(view, brief)) else {
        return asking::which_days(view, brief);
    };
    let exclude = tastes::refused(brief).into_iter();
    let (include, dropped) = wishes::said(place, &view.message);
    let args = CreateVisitItineraryArgs {
        city: place.code.to_string(),
        check_in,
        check_out,
        pace: brief.details.pace,
        adults: brief.party_is_said.then_some(brief.party.adults),
        children_ages: ages(&brief.party),
        interests: tastes::liked(brief),
        include,
        exclude: exclude.filter_map(wishes::key).chain(dropped).collect(),
        near: brief.said.near.clone(),
    };
    match view.look_up::<CreateVisitItinerary, ItineraryFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(told(found, brief, view.locale()).into()),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

/// Days that stand for those that nobody said: from a Tuesday, when most is open, of the month that
/// was said or about a month from now.
fn assumed(view: &View<'_>, brief: &Brief<'_>) -> Option<(Date, Date)> {
    let today = view.context.now.date();
    let length = i64::from(brief.nights.unwrap_or(USUAL_DAYS).max(1)) - 1;
    let first = match brief.within {
        Some((from, to)) if from == to => {
            return Some((from, from.checked_add(length.days()).ok()?));
        }
        Some((from, _)) => from.max(today.tomorrow().ok()?),
        None => today.checked_add(AHEAD.days()).ok()?,
    };
    let first = match first.weekday() {
        Weekday::Tuesday => first,
        _ => first.nth_weekday(1, Weekday::Tuesday).ok()?,
    };
    Some((first, first.checked_add(length.days()).ok()?))
}

fn told(found: &ItineraryFound, brief: &Brief<'_>, locale: Locale) -> String {
    let city = found.destination.name(locale);
    let at = wording::at(city, locale);
    let Some(plan) = &found.plan else {
        return match locale {
            Locale::Fr => format!(
                "Je ne connais aucun site {at} : je ne peux pas en faire un programme, et je n’en \
                 invente pas."
            ),
            Locale::En => {
                format!("I know no sights {at}: I cannot make a plan of them, and I invent none.")
            }
        };
    };
    let count = plan.days.len();
    let days = wording::counted(count, ["jour", "jours"], ["day", "days"], locale);
    let span = wording::days(found.first, found.last, locale);
    let pace = found.pace.label(locale);
    let children = match found.children {
        true => locale.pick(", avec des enfants", ", with children"),
        false => "",
    };
    let first = match locale {
        Locale::Fr => format!("Voici **{days} {at}**, {span}, à un rythme {pace}{children}."),
        Locale::En => format!("Here are **{days} {at}**, {span}, at a {pace} pace{children}."),
    };
    let mut said = vec![first];
    if brief.days.is_none() {
        let note = locale.pick(
            "J’ai supposé ces dates : dites-moi les vôtres, les jours de fermeture en dépendent.",
            "I assumed these dates: tell me yours, closing days depend on them.",
        );
        said.push(note.to_owned());
    }
    if found.with_flights {
        let note = locale.pick(
            "Vos vols sont comptés le premier et le dernier jour.",
            "Your flights are counted on the first and the last day.",
        );
        said.push(note.to_owned());
    }
    said.extend(exceptions(found, locale));
    let note = locale.pick(
        "Horaires et trajets sont des estimations.",
        "Times and ways are estimates.",
    );
    said.push(note.to_owned());
    said.join(" ")
}

/// What was asked for and cannot be.
fn exceptions(found: &ItineraryFound, locale: Locale) -> Vec<String> {
    let mut said = Vec::new();
    let wanted = found.left_out.iter().filter(|left| left.wanted);
    let wanted: Vec<_> = wanted.map(|left| missing(left, locale)).collect();
    if !wanted.is_empty() {
        let wanted = wording::list(&wanted, locale);
        said.push(match locale {
            Locale::Fr => format!("Je n’ai pas pu y mettre {wanted}."),
            Locale::En => format!("I could not fit in {wanted}."),
        });
    }
    if !found.unknown.is_empty() {
        let unknown: Vec<_> = found
            .unknown
            .iter()
            .map(|name| quoted(name, locale))
            .collect();
        let unknown = wording::list(&unknown, locale);
        said.push(match locale {
            Locale::Fr => format!("Je ne connais pas {unknown} là-bas."),
            Locale::En => format!("I do not know {unknown} there."),
        });
    }
    if let Some(days) = is_cut(found) {
        said.push(match locale {
            Locale::Fr => format!("Je ne planifie que {days} jours : la suite n’y est pas."),
            Locale::En => format!("I plan {days} days at most: the rest is not in it."),
        });
    }
    let planned = found.plan.as_ref().map_or(0, |plan| plan.days.len());
    if let free @ 1.. = found.free_days() {
        let filled = planned.saturating_sub(free);
        said.push(match locale {
            Locale::Fr => format!(
                "Mes tables remplissent {filled} de ces {planned} jours : {free} {}.",
                if free == 1 {
                    "reste libre"
                } else {
                    "restent libres"
                }
            ),
            Locale::En => format!(
                "My tables fill {filled} of these {planned} days: {free} {} free.",
                if free == 1 { "stays" } else { "stay" }
            ),
        });
    }
    said
}

pub(super) fn quoted(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!("« {name} »"),
        Locale::En => format!("“{name}”"),
    }
}
