//! Answers with offers: three lines above the cards, which hold the rest.

use jiff::ToSpan;

use super::{
    advice, ask, calendar, compare, days::Days, offer_text, phrases, read_as, step::Reply,
    typography, view::View, wish_text,
};
use crate::{
    capability::flights::propose_offer::ProposeOffer,
    language::{Pending, PlaceKind},
    locale::Locale,
    travel::{Cabin, FlightSearch, Iata, Leg, Offer, Party, format},
};

/// Days that are named after the cheapest one.
const RUNNERS_UP: usize = 2;

/// The answer to a search that found offers.
pub(super) fn offers(
    view: &View<'_>,
    days: &Days,
    offers: &[Offer],
    search: &FlightSearch,
) -> String {
    let lines = [
        opening(view, days, offers, search),
        advice::recommendation(offers, view.locale()),
        closing(offers, is_proposed(view), view.locale()),
    ];
    lines.join("\n\n")
}

/// What the built-in model says of offers that a card shows, too: why one of them is advised, and the
/// question that ends the answer. A page that shows the card may fold it away.
#[must_use]
pub fn beside_a_card(offers: &[Offer], proposed: bool, locale: Locale) -> [String; 2] {
    let advice = advice::recommendation(offers, locale);
    [advice, closing(offers, proposed, locale)].map(|text| typography::spaced(text, locale))
}

/// What it says of an offer that a proposal shows, too: the offer in words, and the question for a yes.
#[must_use]
pub fn beside_a_proposal(offer: &Offer, locale: Locale) -> [String; 2] {
    let said = in_words(offer, locale);
    [said, take_it(locale).to_owned()].map(|text| typography::spaced(text, locale))
}

fn in_words(offer: &Offer, locale: Locale) -> String {
    let line = offer_text::line(offer, locale);
    format!("{line}. {}", offer_text::terms(offer, locale))
}

const fn take_it(locale: Locale) -> &'static str {
    locale.pick(
        "Souhaitez-vous retenir cette offre ?",
        "Would you like to take this offer?",
    )
}

/// The answer for one of several trips: what was searched, and the offer that fits.
pub(super) fn brief(
    view: &View<'_>,
    days: &Days,
    offers: &[Offer],
    search: &FlightSearch,
) -> String {
    let locale = view.locale();
    let picks = compare::picks(offers);
    let best = picks.iter().find(|pick| pick.recommended);
    let best = best.map(|pick| advice::of(pick, offers.len(), locale));
    let lines = [Some(opening(view, days, offers, search)), best];
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    lines.join(" ")
}

/// What was searched, how many offers there are, and what was assumed.
fn opening(view: &View<'_>, days: &Days, offers: &[Offer], search: &FlightSearch) -> String {
    let locale = view.locale();
    let headline = headline(view, search);
    let count = match (offers.len(), locale) {
        (1, _) => locale.pick("une seule offre", "one offer only").to_owned(),
        (count, Locale::Fr) => format!("{count} offres"),
        (count, Locale::En) => format!("{count} offers"),
    };
    let headline = match locale {
        Locale::Fr => format!("{headline} : {count}."),
        Locale::En => format!("{headline}: {count}."),
    };
    let opening = [
        Some(headline),
        read_as::towns(view),
        candidates(view),
        read_as::order_of_dates(view),
        assumptions(view),
        cheapest_days(view, days),
    ];
    let opening: Vec<_> = opening.into_iter().flatten().collect();
    opening.join(" ")
}

/// `**Lyon → New York**, le …, retour le …, pour 2 adultes en classe économique`.
pub(super) fn headline(view: &View<'_>, search: &FlightSearch) -> String {
    let (trip, locale) = (&view.context.trip, view.locale());
    let route = phrases::route(trip, locale).unwrap_or_default();
    let departs = search.depart().unwrap_or_default();
    let depart = format::date(departs, locale);
    let back = search
        .way_back()
        .map(|leg| format::date(leg.depart, locale));
    let back = match (back, locale) {
        _ if !search.onward().is_empty() => further_legs(search.onward(), locale),
        (Some(day), Locale::Fr) => format!(", retour le {day}"),
        (Some(day), Locale::En) => format!(", returning on {day}"),
        (None, _) => locale.pick(", aller simple", ", one-way").to_owned(),
    };
    let party = phrases::party(&trip.party.clone().unwrap_or_default(), locale);
    let cabin = phrases::cabin(search.cabin, locale);
    let around = |days: u8| {
        let day = |by: i64| format::date(departs.saturating_add(by.days()), locale);
        match locale {
            Locale::Fr => format!(
                "entre le {} et le {}",
                day(-i64::from(days)),
                day(days.into())
            ),
            Locale::En => format!("between {} and {}", day(-i64::from(days)), day(days.into())),
        }
    };
    let depart = match (search.flexible_days, locale) {
        (1.., _) => around(search.flexible_days),
        (0, Locale::Fr) => format!("le {depart}"),
        (0, Locale::En) => format!("on {depart}"),
    };
    let wishes = wish_text::list(trip, locale);
    let wishes = wishes
        .iter()
        .map(|wish| format!(", {wish}"))
        .collect::<String>();
    match locale {
        Locale::Fr => format!("**{route}**, {depart}{back}, pour {party} en {cabin}{wishes}"),
        Locale::En => format!("**{route}** {depart}{back}, for {party} in {cabin}{wishes}"),
    }
}

/// `, puis Rome → Athènes le …`.
fn further_legs(legs: &[Leg], locale: Locale) -> String {
    let name = |codes: &[Iata]| phrases::city(codes, locale).unwrap_or_default();
    let legs = legs.iter().map(|leg| {
        let route = format!("{} → {}", name(&leg.origins), name(&leg.destinations));
        let day = format::date(leg.depart, locale);
        match locale {
            Locale::Fr => format!(", puis {route} le {day}"),
            Locale::En => format!(", then {route} on {day}"),
        }
    });
    legs.collect()
}

/// The cities that were compared where a country or a region was named.
fn candidates(view: &View<'_>) -> Option<String> {
    let (trip, locale) = (&view.context.trip, view.locale());
    let place = trip.destination.as_ref()?;
    let wide = match place.kind {
        PlaceKind::Country | PlaceKind::Region | PlaceKind::City => place.codes.len() > 1,
        // Of a town they are told with their distance.
        PlaceKind::Airport | PlaceKind::Metro | PlaceKind::Town => false,
    };
    let mut cities: Vec<String> = Vec::new();
    for code in place.codes.iter().filter(|_| wide) {
        let city = phrases::city(&[*code], locale).map(str::to_owned);
        cities.extend(city.filter(|city| !cities.contains(city)));
    }
    if cities.len() < 2 {
        return None;
    }
    let cities = phrases::list(&cities, locale.pick("et", "and"));
    Some(match locale {
        Locale::Fr => format!("Arrivées comparées : {cities}."),
        Locale::En => format!("Arrivals compared: {cities}."),
    })
}

/// What was assumed because nothing was said.
fn assumptions(view: &View<'_>) -> Option<String> {
    let (trip, locale) = (&view.context.trip, view.locale());
    let all_read = view.context.reading.left_over.is_empty();
    let one_way = trip.one_way.is_none()
        && trip.return_date.is_none()
        && trip.stay_days.is_none()
        && trip.onward.is_empty();
    let defaults = [
        (trip.party.is_none(), locale.pick("un adulte", "one adult")),
        (trip.cabin.is_none(), phrases::cabin(Cabin::Economy, locale)),
        (one_way, locale.pick("un aller simple", "a one-way trip")),
    ];
    let defaults: Vec<_> = defaults
        .iter()
        .filter(|(assumed, _)| *assumed)
        .map(|(_, name)| (*name).to_owned())
        .collect();
    let defaults = (!defaults.is_empty()).then(|| {
        let assumed = phrases::list(&defaults, locale.pick("et", "and"));
        match locale {
            // With words left over, more may have been said.
            Locale::Fr if all_read => format!("Faute de précision, j’ai supposé : {assumed}."),
            Locale::En if all_read => format!("As nothing else was said, I assumed: {assumed}."),
            Locale::Fr => format!("J’ai supposé : {assumed}."),
            Locale::En => format!("I assumed: {assumed}."),
        }
    });
    let unknown_age = |party: &Party| party.children.contains(&None);
    let ages = trip
        .party
        .as_ref()
        .is_some_and(unknown_age)
        .then(|| match locale {
            Locale::Fr => {
                format!(
                    "J’ai compté {} ans pour les enfants dont l’âge n’est pas précisé.",
                    Party::ASSUMED_AGE
                )
            }
            Locale::En => {
                format!(
                    "I assumed an age of {} for children whose age was not given.",
                    Party::ASSUMED_AGE
                )
            }
        });
    let sentences: Vec<_> = defaults.into_iter().chain(ages).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// How the day was chosen, where there was a choice.
fn cheapest_days(view: &View<'_>, days: &Days) -> Option<String> {
    let locale = view.locale();
    let span = view.context.trip.depart_date.as_ref()?;
    if !days.flexible() || days.out.is_exact() {
        return None;
    }
    let chosen = calendar::choose(view, days)?;
    let Some((first, others)) = chosen.cheapest.split_first() else {
        return Some(
            locale
                .pick(
                    "Je n’ai pas pu comparer les jours : c’est le premier de la période.",
                    "I could not compare the days: this is the first one of the period.",
                )
                .to_owned(),
        );
    };
    let when = phrases::when(span, locale);
    let (day, price) = (
        format::short_date(first.date, locale),
        format::money(first.price, locale),
    );
    let mut text = match locale {
        Locale::Fr => format!("Jour le moins cher {when} : {day}, dès {price}"),
        Locale::En => format!("Cheapest day {when}: {day}, from {price}"),
    };
    let others = others.iter().take(RUNNERS_UP).map(|day| {
        let date = format::short_date(day.date, locale);
        format!("{date} ({})", format::money(day.price, locale))
    });
    let others: Vec<_> = others.collect();
    if !others.is_empty() {
        let others = phrases::list(&others, locale.pick("puis", "then"));
        text.push_str(locale.pick(" ; ensuite ", "; next "));
        text.push_str(&others);
    }
    text.push('.');
    if calendar::is_partial(view, days) {
        text.push_str(locale.pick(
            " Une partie de la période n’a pas pu être comparée.",
            " Part of the period could not be compared.",
        ));
    }
    Some(text)
}

fn is_proposed(view: &View<'_>) -> bool {
    view.last::<ProposeOffer>()
        .is_some_and(|done| done.outcome.is_ok())
}

/// The proposal, or a question about which offer is wanted.
fn closing(offers: &[Offer], proposed: bool, locale: Locale) -> String {
    match compare::recommended(offers).filter(|_| proposed) {
        Some(offer) => {
            let price = format::money(offer.total, locale);
            match locale {
                Locale::Fr => format!(
                    "Je vous propose l’offre n° 1, à {price}. Souhaitez-vous retenir cette offre ?"
                ),
                Locale::En => {
                    format!("I suggest offer no. 1, at {price}. Would you like to take this offer?")
                }
            }
        }
        None => locale
            .pick(
                "Quelle offre préférez-vous ? Un numéro suffit.",
                "Which offer do you prefer? A number will do.",
            )
            .to_owned(),
    }
}

/// The answer to a choice among the shown offers.
pub(super) fn chosen(view: &View<'_>, number: usize, offer: &Offer, proposed: bool) -> Reply {
    let locale = view.locale();
    let said = in_words(offer, locale);
    let provenance = offer_text::provenance(offer, locale);
    let closing = if proposed {
        take_it(locale)
    } else {
        locale.pick(
            "Je n’ai pas pu la proposer à la confirmation : voulez-vous que je relance la \
             recherche ?",
            "I could not put it up for confirmation: shall I search again?",
        )
    };
    let text = match locale {
        Locale::Fr => {
            format!("Offre n° {number} : {said}\n\n{provenance}\n\n{closing}")
        }
        Locale::En => {
            format!("Offer no. {number}: {said}\n\n{provenance}\n\n{closing}")
        }
    };
    match proposed {
        true => Reply::asking(text, ask::about_offers(view)),
        false => Reply::asking(text, Pending::Search),
    }
}

/// A number that no shown offer has.
pub(super) fn no_such_offer(view: &View<'_>) -> Reply {
    let text = match (view.context.offers.len(), view.locale()) {
        (1, locale) => locale
            .pick(
                "Je n’ai qu’une offre à vous montrer. Souhaitez-vous la retenir ?",
                "There is only one offer. Would you like to take it?",
            )
            .to_owned(),
        (count, Locale::Fr) => {
            format!("Il n’y a que {count} offres. Laquelle souhaitez-vous, de 1 à {count} ?")
        }
        (count, Locale::En) => {
            format!("There are only {count} offers. Which one would you like, from 1 to {count}?")
        }
    };
    let only = view.context.live_proposal();
    let only = only.filter(|_| view.context.offers.len() == 1);
    Reply::asking(text, only.map_or(Pending::WhichOffer, ask::yes))
}
