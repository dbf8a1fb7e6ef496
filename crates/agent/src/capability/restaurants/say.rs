//! What the built-in model says of food.

use super::{
    found::FoodFound,
    recommend_restaurants::{RecommendRestaurants, RecommendRestaurantsArgs},
};
use crate::{
    capability::{asking, wording},
    locale::Locale,
    planner::{Brief, LookUp, Progress, View},
};

/// Names that a reply gives of each; the others are on the card.
const NAMED: usize = 3;

/// The next step for a question about food.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    let args = RecommendRestaurantsArgs {
        city: place.code.to_string(),
        near: brief.said.near.clone(),
        limit: None,
    };
    match view.look_up::<RecommendRestaurants, FoodFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(told(found, view.locale()).into()),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

fn told(found: &FoodFound, locale: Locale) -> String {
    let at = wording::at(found.destination.name(locale), locale);
    let dishes = found.dishes.iter().take(NAMED);
    let dishes: Vec<_> = dishes.map(|dish| dish.name(locale).to_owned()).collect();
    let quarters = found.quarters.iter().take(NAMED);
    let quarters: Vec<_> = quarters
        .map(|eating| eating.quarter.name(locale).to_owned())
        .collect();
    let (dishes, quarters) = (
        (!dishes.is_empty()).then(|| wording::list(&dishes, locale)),
        (!quarters.is_empty()).then(|| wording::list(&quarters, locale)),
    );
    let capital = wording::capitalised(&at);
    let eat = match (dishes, quarters, locale) {
        (Some(dishes), Some(quarters), Locale::Fr) => {
            format!("{capital}, goûtez **{dishes}** ; pour manger, allez vers {quarters}.")
        }
        (Some(dishes), Some(quarters), Locale::En) => {
            format!("{capital}, try **{dishes}**; to eat, head for {quarters}.")
        }
        (Some(dishes), None, Locale::Fr) => format!(
            "{capital}, goûtez **{dishes}**. Je ne connais pas de quartier réputé pour ses tables."
        ),
        (Some(dishes), None, Locale::En) => {
            format!("{capital}, try **{dishes}**. I know no quarter known for its tables.")
        }
        (None, Some(quarters), Locale::Fr) => format!(
            "{capital}, pour manger, allez vers {quarters}. Je n’ai pas de liste de plats du pays."
        ),
        (None, Some(quarters), Locale::En) => format!(
            "{capital}, to eat, head for {quarters}. I have no list of the country’s dishes."
        ),
        (None, None, Locale::Fr) => {
            format!("Je ne connais ni plats ni quartiers où manger {at}.")
        }
        (None, None, Locale::En) => format!("I know no dishes and no quarters to eat in {at}."),
    };
    let unknown = match (&found.near, found.spot) {
        (Some(near), None) => Some(match locale {
            Locale::Fr => format!(" Je ne connais pas « {near} » : c’est pour toute la ville."),
            Locale::En => format!(" I do not know “{near}”: this is for the whole city."),
        }),
        _ => None,
    };
    let owned = locale.pick(
        " Je ne connais aucun restaurant par son nom, et je n’en invente pas.",
        " I know no restaurant by name, and I invent none.",
    );
    format!("{eat}{}{owned}", unknown.unwrap_or_default())
}
