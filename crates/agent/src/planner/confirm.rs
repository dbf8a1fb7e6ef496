//! Yes and no: what was selected, what it costs now, and what was not done.

use super::{
    offer_text, phrases,
    step::{Call, Reply, Step},
    view::View,
};
use crate::{
    booking::ProposalStatus,
    capability::flights::{PriceChecked, check_price::CheckPrice},
    language::{Pending, SlotName},
    locale::Locale,
    travel::{Money, Offer, format},
};

/// The person has confirmed: checks the price, then says what is selected.
pub(super) fn confirmed(view: &View<'_>) -> Step {
    let done = view.last::<CheckPrice>();
    if done.is_none() && view.can::<CheckPrice>() {
        return Call::of::<CheckPrice>(serde_json::json!({})).into();
    }
    let locale = view.locale();
    let price = match done.and_then(|done| done.found()) {
        Some(PriceChecked { now: None, before }) => {
            return Reply::asking(gone(before, locale), Pending::Search).into();
        }
        Some(PriceChecked { before, now }) => {
            let now = now.as_ref().map_or(before.total, |offer| offer.total);
            price(before.total, now, locale)
        }
        None => locale
            .pick(
                "Je n’ai pas pu vérifier son prix : il reste à contrôler.",
                "I could not check its price: it remains to be verified.",
            )
            .to_owned(),
    };
    let offer = view
        .context
        .proposal
        .as_ref()
        .map(|proposal| &proposal.offer);
    let line = offer.map(|offer| offer_text::line(offer, locale));
    let line = line.map_or_else(String::new, |line| match locale {
        Locale::Fr => format!(" : {line}"),
        Locale::En => format!(": {line}"),
    });
    let selected = match locale {
        Locale::Fr => format!("C’est noté, votre offre est retenue{line}. {price}"),
        Locale::En => format!("Done, your offer is selected{line}. {price}"),
    };
    let provenance = offer.map(|offer| offer_text::provenance(offer, locale));
    let parts = [
        Some(selected),
        Some(not_booked(locale).to_owned()),
        provenance,
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join("\n\n").into()
}

const fn not_booked(locale: Locale) -> &'static str {
    locale.pick(
        "**La réservation n’est pas encore proposée ici : rien n’a été réservé ni débité.**",
        "**Booking itself is not offered yet: nothing was booked or charged.**",
    )
}

fn price(before: Money, now: Money, locale: Locale) -> String {
    let (old, new) = (format::money(before, locale), format::money(now, locale));
    if before == now {
        return match locale {
            Locale::Fr => format!("Le prix, vérifié à l’instant, n’a pas changé : {new}."),
            Locale::En => format!("The price, checked just now, has not changed: {new}."),
        };
    }
    match locale {
        Locale::Fr => format!("Attention, le prix a changé : {new} au lieu de {old}."),
        Locale::En => format!("Please note that the price has changed: {new} instead of {old}."),
    }
}

fn gone(offer: &Offer, locale: Locale) -> String {
    let line = offer_text::line(offer, locale);
    let not_booked = not_booked(locale);
    match locale {
        Locale::Fr => format!(
            "L’offre que vous avez choisie n’est plus disponible ({line}). {not_booked}\n\n\
             Voulez-vous que je relance la recherche ?"
        ),
        Locale::En => format!(
            "The offer that you chose is no longer available ({line}). {not_booked}\n\n\
             Shall I search again?"
        ),
    }
}

/// A yes that cannot count as one, though there is or was a proposal: points at the button, or says
/// that it was confirmed before.
pub(super) fn not_now(view: &View<'_>) -> Option<String> {
    let (context, locale) = (view.context, view.locale());
    if let Some(proposal) = context.live_proposal() {
        let line = offer_text::line(&proposal.offer, locale);
        return Some(match locale {
            Locale::Fr => format!(
                "Pour confirmer cette offre ({line}), utilisez le bouton placé sous l’offre : je \
                 préfère être sûr que c’est bien elle."
            ),
            Locale::En => format!(
                "To confirm this offer ({line}), use the button under the offer: I would rather \
                 be sure that it is the one you mean."
            ),
        });
    }
    let proposal = context.proposal.as_ref()?;
    (proposal.status == ProposalStatus::Confirmed).then(|| {
        let already = locale.pick(
            "Cette offre est déjà retenue.",
            "This offer is already selected.",
        );
        let next = locale.pick(
            "Souhaitez-vous chercher un autre vol ?",
            "Would you like to search for another flight?",
        );
        format!("{already} {} {next}", not_booked(locale))
    })
}

/// Why there is nothing to confirm.
pub(super) fn nothing_to_confirm(view: &View<'_>) -> String {
    let locale = view.locale();
    let status = view
        .context
        .proposal
        .as_ref()
        .map(|proposal| proposal.status);
    let text = match status {
        Some(ProposalStatus::Pending) => locale.pick(
            "La proposition a expiré : il faut chercher à nouveau.",
            "The proposal has expired, so a new search is needed.",
        ),
        Some(ProposalStatus::Rejected) => locale.pick(
            "Cette offre avait été écartée.",
            "That offer had been dropped.",
        ),
        Some(ProposalStatus::Confirmed) | None => locale.pick(
            "Aucune offre n’attend votre confirmation pour le moment.",
            "No offer is waiting for your confirmation right now.",
        ),
    };
    text.to_owned()
}

/// The person said no.
pub(super) fn rejected(view: &View<'_>) -> Reply {
    let (context, locale) = (view.context, view.locale());
    if context.live_proposal().is_some() {
        let text = locale.pick(
            "Entendu, j’oublie cette offre. Que souhaitez-vous changer : le prix, l’horaire, \
                 les escales ou les dates ?",
            "All right, I have dropped that offer. What would you like to change: price, \
                 time, stops or dates?",
        );
        let bare = SlotName::DepartDate;
        return Reply::asking(text, Pending::Change { bare });
    }
    let route = phrases::route(&context.trip, locale);
    let bare = SlotName::Destination;
    let asks = match &route {
        Some(_) => Pending::Change { bare },
        None => Pending::slot(bare),
    };
    let text = match (route, locale) {
        (Some(route), Locale::Fr) => format!(
            "Entendu. Dites-moi ce qu’il faut changer pour {route}, ou donnez-moi une autre \
             destination."
        ),
        (Some(route), Locale::En) => format!(
            "All right. Tell me what to change about {route}, or give me another destination."
        ),
        (None, Locale::Fr) => {
            "Entendu. Si vous pensez à un autre voyage, donnez-moi une destination.".to_owned()
        }
        (None, Locale::En) => {
            "All right. If another trip comes to mind, give me a destination.".to_owned()
        }
    };
    Reply::asking(text, asks)
}
