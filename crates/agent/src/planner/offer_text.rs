//! Offers in words.

use super::phrases;
use crate::{
    locale::Locale,
    travel::{Offer, Segment, Slice, format},
};

/// `862,40 €, Air France, LYS 10:05 → JFK 15:30, 11 h 25, 1 escale (Paris)`; both ways of a return, each of several legs.
pub(crate) fn line(offer: &Offer, locale: Locale) -> String {
    let price = format::money(offer.total, locale);
    let carriers = carriers(offer);
    match &*offer.slices {
        [] => price,
        [only] => format!("{price}, {carriers}, {}", slice(only, locale)),
        [out, back] if offer.is_return() => format!(
            "{price}, {carriers} ; {} {} ; {} {}",
            locale.pick("aller", "out"),
            slice(out, locale),
            locale.pick("retour", "back"),
            slice(back, locale)
        )
        .replace(" ;", locale.pick(" ;", ";")),
        legs => {
            let legs: Vec<_> = legs.iter().map(|leg| slice(leg, locale)).collect();
            let legs = legs.join(locale.pick(" ; ", "; "));
            format!("{price}, {carriers}, {legs}")
        }
    }
}

/// `431,20 €, 11 h 25, 1 escale (Paris)`: what an offer is compared by, each direction's time apart.
pub(crate) fn figures(offer: &Offer, locale: Locale) -> String {
    let price = format::money(offer.total, locale);
    let times: Vec<_> = offer
        .slices
        .iter()
        .map(|slice| format::duration(slice.duration, locale))
        .collect();
    let most = offer.slices.iter().max_by_key(|slice| slice.stops);
    match most {
        Some(slice) => format!("{price}, {}, {}", times.join(" + "), stops(slice, locale)),
        None => price,
    }
}

/// Carriers without repetition, in order.
pub(crate) fn carriers(offer: &Offer) -> String {
    let mut names: Vec<&str> = Vec::new();
    for segment in offer.slices.iter().flat_map(|slice| &slice.segments) {
        if !names.contains(&&*segment.carrier.name) {
            names.push(&segment.carrier.name);
        }
    }
    names.join(" + ")
}

/// Airports, local times, duration and stops of one direction.
fn slice(slice: &Slice, locale: Locale) -> String {
    let times = times(slice).map_or_else(String::new, |times| format!("{times}, "));
    let duration = format::duration(slice.duration, locale);
    format!("{times}{duration}, {}", stops(slice, locale))
}

/// `LYS 10:05 → JFK 15:30`, in local times.
pub(super) fn times(slice: &Slice) -> Option<String> {
    let (first, last) = (slice.segments.first()?, slice.segments.last()?);
    Some(format!(
        "{} {} → {} {}",
        slice.origin.iata,
        format::clock(first.departing_at.civil()),
        slice.destination.iata,
        arrival(first, last)
    ))
}

/// The time of arrival, with the days since the departure: `07:30 +1`.
fn arrival(first: &Segment, last: &Segment) -> String {
    let (from, to) = (first.departing_at.civil(), last.arriving_at.civil());
    let clock = format::clock(to);
    match (to.date() - from.date()).get_days() {
        0 => clock,
        days => format!("{clock} {days:+}"),
    }
}

/// `direct`, `1 escale (Paris)`.
pub(super) fn stops(slice: &Slice, locale: Locale) -> String {
    let via = slice.segments.split_last().map(|(_, connecting)| {
        let cities = connecting.iter().map(|segment| &*segment.destination.city);
        cities.collect::<Vec<_>>().join(", ")
    });
    match (slice.stops, via.unwrap_or_default()) {
        (0, _) => locale.pick("direct", "nonstop").to_owned(),
        (1, via) => format!("1 {} ({via})", locale.pick("escale", "stop")),
        (stops, via) => format!("{stops} {} ({via})", locale.pick("escales", "stops")),
    }
}

/// Baggage, conditions and emissions of an offer.
pub(crate) fn terms(offer: &Offer, locale: Locale) -> String {
    let terms = [
        bags(offer, locale),
        conditions(offer, locale),
        emissions(offer, locale),
    ];
    phrases::capitalised(&format!("{}.", terms.join(", ")))
}

/// `1 bagage en soute`.
pub(crate) fn bags(offer: &Offer, locale: Locale) -> String {
    match (offer.baggage.checked, locale) {
        (0, _) => locale
            .pick("sans bagage en soute", "no checked bag")
            .to_owned(),
        (1, _) => locale.pick("1 bagage en soute", "1 checked bag").to_owned(),
        (bags, Locale::Fr) => format!("{bags} bagages en soute"),
        (bags, Locale::En) => format!("{bags} checked bags"),
    }
}

/// `non remboursable, modifiable`.
pub(super) fn conditions(offer: &Offer, locale: Locale) -> String {
    let refund = if offer.conditions.refundable {
        locale.pick("remboursable", "refundable")
    } else {
        locale.pick("non remboursable", "not refundable")
    };
    let change = if offer.conditions.changeable {
        locale.pick("modifiable", "changeable")
    } else {
        locale.pick("non modifiable", "not changeable")
    };
    format!("{refund}, {change}")
}

/// `environ 1 240 kg de CO₂`, for the whole party.
pub(crate) fn emissions(offer: &Offer, locale: Locale) -> String {
    let emissions = format::integer(offer.emissions_kg.into(), locale);
    match locale {
        Locale::Fr => format!("environ {emissions}{}kg de CO₂", format::NBSP),
        Locale::En => format!("about {emissions} kg of CO₂"),
    }
}

/// What the times and fares are worth, with the source's name.
pub(crate) fn provenance(offer: &Offer, locale: Locale) -> String {
    let source = &offer.source;
    match (offer.illustrative, locale) {
        (true, Locale::Fr) => format!(
            "Horaires (heures locales) et tarifs **illustratifs** : ils viennent d’un programme \
             de vols calculé (source : {source}) et ne sont pas réservables."
        ),
        (true, Locale::En) => format!(
            "Times (local) and fares are **illustrative**: they come from a computed schedule \
             (source: {source}) and cannot be booked."
        ),
        (false, Locale::Fr) => format!("Horaires en heures locales. Source : {source}."),
        (false, Locale::En) => format!("Times are local. Source: {source}."),
    }
}
