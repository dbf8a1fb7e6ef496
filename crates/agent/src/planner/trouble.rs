//! Searches that found nothing, failed, or could not be made.

use super::{answer, calendar::Chosen, phrases, step::Reply, view::View};
use crate::{
    locale::Locale,
    tools::search_flights::SearchFlightsArgs,
    travel::{Cabin, format},
    understanding::{Pending, SlotName},
};

/// A bare place is another departure: it is the one that the texts name.
const OTHERWISE: Pending = Pending::Change {
    bare: SlotName::Origin,
};

/// No flight fits: what could be relaxed, and a question.
pub(super) fn no_offers(view: &View<'_>, search: &SearchFlightsArgs) -> Reply {
    let locale = view.locale();
    let route = answer::headline(view, search);
    let wishes = relaxable(search, locale);
    let text = match locale {
        Locale::Fr => format!(
            "Je n’ai trouvé aucun vol : {route}. Que préférez-vous assouplir : {} ?",
            phrases::list(&wishes, "ou")
        ),
        Locale::En => format!(
            "I found no flight: {route}. What would you rather relax: {}?",
            phrases::list(&wishes, "or")
        ),
    };
    Reply::asking(text, OTHERWISE)
}

/// Wishes that narrowed the search; dates and departure always can be changed.
fn relaxable(search: &SearchFlightsArgs, locale: Locale) -> Vec<String> {
    let wishes = [
        (
            search.max_stops.is_some_and(|stops| stops < 2),
            locale.pick("le nombre d’escales", "the number of stops"),
        ),
        (
            search.airline.is_some(),
            locale.pick("la compagnie", "the airline"),
        ),
        (
            search.max_price.is_some(),
            locale.pick("le budget", "the budget"),
        ),
        (
            search.departure_time.is_some(),
            locale.pick("l’heure de départ", "the time of departure"),
        ),
        (
            search.cabin.is_some_and(|cabin| cabin != Cabin::Economy),
            locale.pick("la cabine", "the cabin"),
        ),
        (true, locale.pick("les dates", "the dates")),
        (
            true,
            locale.pick("la ville de départ", "the departure city"),
        ),
    ];
    let wishes = wishes.iter().filter(|(applies, _)| *applies);
    wishes.map(|(_, wish)| (*wish).to_owned()).collect()
}

/// No day of the window has a flight.
pub(super) fn no_day(view: &View<'_>) -> Reply {
    let (trip, locale) = (&view.context.trip, view.locale());
    let route = phrases::route(trip, locale).unwrap_or_default();
    let when = trip
        .depart_date
        .as_ref()
        .map(|span| phrases::when(span, locale));
    let when = when.unwrap_or_default();
    let text = match locale {
        Locale::Fr => format!(
            "Je n’ai trouvé aucun vol {when} pour **{route}**. Souhaitez-vous essayer un autre \
             mois ou un autre aéroport de départ ?"
        ),
        Locale::En => format!(
            "I found no flight {when} for **{route}**. Would you like to try another month or \
             another departure airport?"
        ),
    };
    Reply::asking(text, OTHERWISE)
}

/// A tool failed: what that means and what to do.
pub(super) fn failed(error: &str, view: &View<'_>) -> Reply {
    let locale = view.locale();
    let bad = error.strip_prefix("bad arguments: ").unwrap_or_default();
    let begins = |names: &[&str]| names.iter().any(|name| bad.starts_with(name));
    if begins(&["adults", "children_ages", "infants"]) {
        let text = locale.pick(
            "Cette recherche n’accepte pas ce groupe : il faut de 1 à 9 sièges, des enfants \
                 de 2 à 11 ans et un adulte pour chaque bébé. Combien d’adultes, d’enfants et de \
                 bébés voyagent ?",
            "The search does not take this party: it needs 1 to 9 seats, children aged 2 to \
                 11 and one adult per infant. How many adults, children and infants are \
                 travelling?",
        );
        return Reply::asking(text, Pending::slot(SlotName::Passengers));
    }
    if begins(&["date", "return_date", "month"]) {
        let text = locale.pick(
            "La recherche a refusé ces dates. Quand souhaitez-vous partir ?",
            "The search refused these dates. When would you like to leave?",
        );
        return Reply::asking(text, Pending::slot(SlotName::DepartDate));
    }
    if begins(&["departure", "arrival", "no airport"]) {
        let end = match begins(&["departure"]) {
            true => SlotName::Origin,
            false => SlotName::Destination,
        };
        let text = locale.pick(
            "La recherche ne connaît pas l’un de ces aéroports. Pouvez-vous indiquer une \
                 grande ville proche, ou un code comme LYS ?",
            "The search does not know one of these airports. Could you give a larger city \
                 nearby, or a code such as LYS?",
        );
        return Reply::asking(text, Pending::slot(end));
    }
    if error.contains("too long") {
        let text = locale.pick(
            "La recherche de vols a pris trop de temps et n’a rien rendu. Voulez-vous que je \
                 réessaie ?",
            "The flight search took too long and returned nothing. Shall I try again?",
        );
        return Reply::asking(text, Pending::Search);
    }
    let text = locale.pick(
        "La recherche de vols a échoué de notre côté ; votre demande est bien notée. \
             Voulez-vous que je réessaie ?",
        "The flight search failed on our side; your request is noted. Shall I try again?",
    );
    Reply::asking(text, Pending::Search)
}

/// No search can be made in this round: says what is known so far.
pub(super) fn cannot_search(view: &View<'_>, chosen: Option<&Chosen>) -> Reply {
    let locale = view.locale();
    let route = phrases::route(&view.context.trip, locale).unwrap_or_default();
    let cheapest = chosen.and_then(|chosen| chosen.cheapest.first());
    let text = match (cheapest, locale) {
        (Some(day), _) => {
            let (date, price) = (
                format::date(day.date, locale),
                format::money(day.price, locale),
            );
            match locale {
                Locale::Fr => format!(
                    "**{route}** : le jour le moins cher est le {date}, dès {price} (tarif \
                     illustratif). Souhaitez-vous que je cherche les vols de ce jour ?"
                ),
                Locale::En => format!(
                    "**{route}**: the cheapest day is {date}, from {price} (an illustrative \
                     fare). Shall I search the flights of that day?"
                ),
            }
        }
        (None, Locale::Fr) => format!(
            "Votre demande est notée ({route}), mais je n’ai pas pu lancer la recherche cette \
             fois. Voulez-vous que je réessaie ?"
        ),
        (None, Locale::En) => format!(
            "Your request is noted ({route}), but I could not start the search this time. Shall \
             I try again?"
        ),
    };
    Reply::asking(text, Pending::Search)
}
