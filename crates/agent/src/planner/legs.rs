//! The days of legs after the first: asked for, never guessed.

use super::{phrases, step::Reply, view::View};
use crate::{
    language::{Leg, Pending, SlotName, TripRequest},
    locale::Locale,
};

/// One question for every leg that has no day; `note` comes before it.
pub(super) fn question(view: &View<'_>, note: Option<String>) -> Option<Reply> {
    let (trip, locale) = (&view.context.trip, view.locale());
    let undated: Vec<_> = trip
        .undated()
        .map(|leg| format!("**{}**", route(trip, leg, locale)))
        .collect();
    let is_undated = |leg: &Leg| leg.date.is_none() && leg.nights.is_none();
    let nth = trip.onward.iter().position(is_undated)?;
    let list = phrases::list(&undated, locale.pick("et", "and"));
    let text = match (undated.len(), locale) {
        (1, Locale::Fr) => format!(
            "Quel jour pour le vol suivant, {list} ? Une date ou un nombre de nuits convient."
        ),
        (1, Locale::En) => {
            format!("Which day for the next flight, {list}? A date or a number of nights will do.")
        }
        (_, Locale::Fr) => format!(
            "Quels jours pour les vols suivants : {list} ? Des dates ou des nombres de nuits \
             conviennent, dans cet ordre."
        ),
        (_, Locale::En) => format!(
            "Which days for the next flights: {list}? Dates or numbers of nights will do, in \
             that order."
        ),
    };
    let text: Vec<_> = note.into_iter().chain([text]).collect();
    let asks = Pending::Slot {
        slot: SlotName::DepartDate,
        leg: nth + 1,
    };
    Some(Reply::asking(text.join(" "), asks))
}

/// `Rome → Athènes`; a leg that does not say where it begins or ends does so at home.
fn route(trip: &TripRequest, leg: &Leg, locale: Locale) -> String {
    let name = |place| phrases::place(place, locale);
    let home = trip.origin.as_ref();
    let from = leg.origin.as_ref().or(home).map(name).unwrap_or_default();
    let to = leg.destination.as_ref().or(home);
    format!("{from} → {}", to.map(name).unwrap_or_default())
}
