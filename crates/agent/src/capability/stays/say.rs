//! What the built-in model says of nights.

use super::{
    found::{HotelsFound, RentalFound},
    search_hotels::{SearchHotels, SearchHotelsArgs},
    search_vacation_rentals::{SearchVacationRentals, SearchVacationRentalsArgs},
};
use crate::{
    capability::{arguments::ages, asking, wording},
    language::Topic,
    locale::Locale,
    planner::{Brief, LookUp, Progress, View},
};

/// The next step for a question about nights.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    // Where to stay does not depend on the days; what it costs does.
    let some_days = || {
        (brief.topic == Topic::Quarters)
            .then(|| asking::some_days(view))
            .flatten()
    };
    let Some((check_in, check_out)) = brief.days.or_else(some_days) else {
        return asking::which_days(view, brief);
    };
    let (city, adults) = (place.code.to_string(), Some(brief.party.adults));
    let (children_ages, currency) = (ages(&brief.party), Some(view.currency().to_string()));
    match brief.topic {
        Topic::Rental => {
            let args = SearchVacationRentalsArgs {
                city,
                check_in,
                check_out,
                adults,
                children_ages,
                currency,
            };
            match view.look_up::<SearchVacationRentals, RentalFound>(&args) {
                LookUp::Open(call) => Progress::Call(call),
                LookUp::Found(found) => Progress::Say(rental(found, brief, view.locale()).into()),
                LookUp::Failed(error) => asking::failed(view, error),
                LookUp::Absent => Progress::Unable,
            }
        }
        _ => {
            let args = SearchHotelsArgs {
                city,
                check_in,
                check_out,
                adults,
                children_ages,
                rooms: brief.details.rooms,
                category: brief.details.category,
                currency,
            };
            match view.look_up::<SearchHotels, HotelsFound>(&args) {
                LookUp::Open(call) => Progress::Call(call),
                LookUp::Found(found) => Progress::Say(hotels(found, brief, view.locale()).into()),
                LookUp::Failed(error) => asking::failed(view, error),
                LookUp::Absent => Progress::Unable,
            }
        }
    }
}

fn hotels(found: &HotelsFound, brief: &Brief<'_>, locale: Locale) -> String {
    let at = wording::capitalised(&wording::at(found.destination.name(locale), locale));
    let Some(price) = found.taken() else {
        return no_figure(&at, locale);
    };
    let category = price.category.name(locale);
    let (total, night) = (
        wording::about(price.total, locale),
        wording::about(price.per_night, locale),
    );
    let nights = wording::nights(price.nights.into(), locale);
    let people = wording::counted(
        found.party.size(),
        ["personne", "personnes"],
        ["person", "people"],
        locale,
    );
    let text = match locale {
        Locale::Fr => format!(
            "{at}, comptez environ **{total}** pour {nights} ({people}) en catégorie {category}, \
             soit {night} la chambre et la nuit. C’est un prix indicatif : je ne connais ni ne \
             réserve aucun hôtel."
        ),
        Locale::En => format!(
            "{at}, expect about **{total}** for {nights} ({people}) in the {category} category, \
             {night} a room and night. It is an indicative price: I know no hotel by name and book \
             none."
        ),
    };
    asking::with_assumed_party(text, brief, locale)
}

fn rental(found: &RentalFound, brief: &Brief<'_>, locale: Locale) -> String {
    let at = wording::capitalised(&wording::at(found.destination.name(locale), locale));
    let Some(price) = &found.price else {
        return no_figure(&at, locale);
    };
    let (total, night) = (
        wording::about(price.total, locale),
        wording::about(price.per_night, locale),
    );
    let nights = wording::nights(price.nights.into(), locale);
    let text = match locale {
        Locale::Fr => format!(
            "{at}, un logement entier coûterait environ **{total}** pour {nights}, soit {night} la \
             nuit, ménage en plus. C’est une règle à nous sur le prix des chambres : je ne connais \
             ni ne réserve aucun logement."
        ),
        Locale::En => format!(
            "{at}, a place of your own would cost about **{total}** for {nights}, {night} a night \
             before cleaning. It is a rule of ours on room prices: I know no flat and book none."
        ),
    };
    asking::with_assumed_party(text, brief, locale)
}

fn no_figure(at: &str, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!("{at}, je ne connais pas le prix des nuits."),
        Locale::En => format!("{at}, I do not know what nights cost."),
    }
}
