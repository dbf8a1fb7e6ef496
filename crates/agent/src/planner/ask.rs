//! Questions: one at a time, after a word on what was understood.

use super::{phrases, step::Reply, view::View};
use crate::{
    booking::Proposal,
    capability::flights::propose_offer::ProposeOffer,
    language::{Ambiguity, Pending, SlotName},
    locale::Locale,
};

/// The question for a slot.
pub(super) const fn question(slot: SlotName, locale: Locale) -> &'static str {
    match slot {
        SlotName::Origin => locale.pick("D’où partez-vous ?", "Where are you leaving from?"),
        SlotName::Destination => {
            locale.pick("Où souhaitez-vous aller ?", "Where would you like to go?")
        }
        SlotName::DepartDate => locale.pick(
            "Quand souhaitez-vous partir ?",
            "When would you like to leave?",
        ),
        SlotName::ReturnDate => locale.pick(
            "Quand souhaitez-vous revenir ?",
            "When would you like to return?",
        ),
        SlotName::Passengers => locale.pick(
            "Combien d’adultes, d’enfants et de bébés voyagent ?",
            "How many adults, children and infants are travelling?",
        ),
    }
}

/// Asks for a missing slot; `note` comes before the question.
pub(super) fn missing(view: &View<'_>, slot: SlotName, note: Option<String>) -> Reply {
    let locale = view.locale();
    let understood = if view.context.reading.change_trip() {
        acknowledgement(view)
    } else if view.awaits(slot) && note.is_none() && is_short(&view.message) {
        Some(hint(slot, locale).to_owned())
    } else {
        None
    };
    let parts = [note, understood, Some(question(slot, locale).to_owned())];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Reply::asking(text, Pending::slot(slot))
}

/// A few words are meant as the answer to the question; a sentence may be about something else.
fn is_short(message: &str) -> bool {
    message.split_whitespace().count() <= 3
}

/// `New York en janvier 2027, pour 2 adultes, d’accord.`
fn acknowledgement(view: &View<'_>) -> Option<String> {
    let (trip, locale) = (&view.context.trip, view.locale());
    let when = trip
        .depart_date
        .as_ref()
        .map(|span| phrases::when(span, locale));
    let back = trip.return_date.as_ref().map(|span| {
        let when = phrases::when(span, locale);
        match locale {
            Locale::Fr => format!("retour {when}"),
            Locale::En => format!("returning {when}"),
        }
    });
    let party = trip.party.as_ref().map(|party| {
        let party = phrases::party(party, locale);
        format!("{} {party}", locale.pick("pour", "for"))
    });
    let route: Vec<_> = phrases::route(trip, locale)
        .into_iter()
        .chain(when)
        .collect();
    let route = Some(route.join(" ")).filter(|route| !route.is_empty());
    let known: Vec<_> = [route, back, party].into_iter().flatten().collect();
    if known.is_empty() {
        return None;
    }
    let known = phrases::capitalised(&known.join(", "));
    Some(match locale {
        Locale::Fr => format!("{known}, d’accord."),
        Locale::En => format!("{known}, all right."),
    })
}

/// What would answer the question, when the answer was not understood.
const fn hint(slot: SlotName, locale: Locale) -> &'static str {
    match slot {
        SlotName::Origin | SlotName::Destination => locale.pick(
            "Je n’ai pas reconnu de lieu : une ville, un aéroport ou un code comme LYS convient.",
            "I did not recognise a place: a city, an airport or a code such as LYS will do.",
        ),
        SlotName::DepartDate | SlotName::ReturnDate => locale.pick(
            "Je n’ai pas reconnu de date : « le 12 janvier » ou « vendredi prochain » convient.",
            "I did not recognise a date: “January 12” or “next Friday” will do.",
        ),
        SlotName::Passengers => locale.pick(
            "Je n’ai pas reconnu de voyageurs : « 2 adultes et 1 enfant » convient.",
            "I did not recognise the travellers: “2 adults and 1 child” will do.",
        ),
    }
}

/// Asks which of the places that share a name is meant.
pub(super) fn which(view: &View<'_>, ambiguity: &Ambiguity) -> Reply {
    let locale = view.locale();
    let name = phrases::quoted(&ambiguity.surface, locale);
    let intro = match locale {
        Locale::Fr => format!("{name} peut désigner plusieurs lieux :"),
        Locale::En => format!("{name} can mean several places:"),
    };
    let labels: Vec<_> = ambiguity
        .options
        .iter()
        .map(|place| phrases::label(place, locale))
        .collect();
    let options = (1..)
        .zip(&ambiguity.options)
        .zip(&labels)
        .map(|((n, place), text)| {
            let shared = labels.iter().filter(|other| *other == text).count() > 1;
            let codes: Vec<_> = place.codes.iter().map(ToString::to_string).collect();
            match phrases::airport_name(place).filter(|_| shared) {
                Some(airport) => format!("{n}. {text} ({}, {airport})", codes.join(", ")),
                None => format!("{n}. {text} ({})", codes.join(", ")),
            }
        });
    let options: Vec<_> = options.collect();
    let question = match ambiguity.slot {
        SlotName::Origin => locale.pick(
            "Duquel de ces lieux partez-vous ?",
            "Which one are you leaving from?",
        ),
        _ => locale.pick(
            "Dans lequel de ces lieux souhaitez-vous aller ?",
            "Which one would you like to go to?",
        ),
    };
    let text = format!("{intro}\n\n{}\n\n{question}", options.join("\n"));
    Reply::asking(text, Pending::WhichPlace(ambiguity.clone()))
}

/// What a text waits for that ends with the offers: the yes to the one that was proposed, or a choice.
pub(super) fn about_offers(view: &View<'_>) -> Pending {
    let done = view.last::<ProposeOffer>();
    let proposed = done.and_then(|done| done.found());
    proposed.map_or(Pending::WhichOffer, yes)
}

/// The yes to a proposal.
pub(super) fn yes(proposal: &Proposal) -> Pending {
    Pending::Yes {
        proposal: proposal.id.to_string(),
    }
}
