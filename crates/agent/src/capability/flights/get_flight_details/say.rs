//! What the built-in model says of one offer.

use super::{GetFlightDetails, GetFlightDetailsArgs, OfferDetails, card};
use crate::{
    capability::asking,
    locale::Locale,
    planner::{Brief, LookUp, Progress, Reply, View, named_offer, offer_text},
};

/// The next step for a question about an offer.
pub(in super::super) fn step(view: &View<'_>, _brief: &Brief<'_>) -> Progress {
    let locale = view.locale();
    let Some(number) = named_offer(view) else {
        let text = locale.pick(
            "Je ne vous ai encore montré aucune offre : d’où partez-vous, pour où et quand ?",
            "I have not shown you any offer yet: where from, where to and when?",
        );
        return Progress::Say(Reply::from(text.to_owned()));
    };
    let args = GetFlightDetailsArgs {
        offer_id: None,
        offer: Some(format!("#{number}")),
    };
    match view.look_up::<GetFlightDetails, OfferDetails>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(answer(found, locale).into()),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

fn answer(found: &OfferDetails, locale: Locale) -> String {
    let offer = &found.offer;
    let number = found
        .number
        .map_or_else(String::new, |number| match locale {
            Locale::Fr => format!("Offre n° {number} : "),
            Locale::En => format!("Offer no. {number}: "),
        });
    let line = offer_text::line(offer, locale);
    let terms = offer_text::terms(offer, locale);
    let standing = card::standing(found, locale);
    let standing = match locale {
        Locale::Fr => format!("Le prix tient-il encore ? **{standing}**."),
        Locale::En => format!("Does the price still stand? **{standing}**."),
    };
    let provenance = offer_text::provenance(offer, locale);
    format!("{number}{line}. {terms}\n\n{standing}\n\n{provenance}")
}
