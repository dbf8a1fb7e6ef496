//! Questions about an offer that is on the screen, answered from it.

use super::{offer_text, view::View};
use crate::{intent::Intent, locale::Locale};

/// Words that ask for a detail of an offer.
const DETAILS: &str = "quelle compagnie|which airline|what airline|bagage|valise|baggage|luggage|\
         checked bag|escale ou|ou est l escale|where is the stop|where is the layover|\
         a quelle heure|what time|when does it|quelle duree|combien de temps|how long|\
         rembours|refund|co2|emission";

/// Words that point at the offer itself, which a general question does not.
const THIS_OFFER: &str = "ce vol|cette offre|l offre|le vol propose|this flight|this one|this offer|\
        the offer|that flight|that one|inclus|compris|included|include ";

/// Describes the proposed offer, or the recommended one, when the message asks about it and changes
/// nothing.
pub(super) fn of_shown_offer(view: &View<'_>) -> Option<String> {
    let (context, locale) = (view.context, view.locale());
    let asked = match context.intent {
        Intent::TravelInfo => view.words.any(DETAILS) && view.words.any(THIS_OFFER),
        // "Any airline will do" is a wish.
        _ => view.words.any(DETAILS) && !view.words.any("importe quel|any "),
    };
    if context.slots.change_trip() || !asked {
        return None;
    }
    let proposed = context.live_proposal().map(|proposal| &proposal.offer);
    let offer = proposed.or_else(|| context.offers.first())?;
    let line = offer_text::line(offer, locale);
    let terms = offer_text::terms(offer, locale);
    let provenance = offer_text::provenance(offer, locale);
    let closing = match proposed {
        Some(_) => locale.pick(
            "Souhaitez-vous retenir cette offre ?",
            "Would you like to take this offer?",
        ),
        None => locale.pick("Quelle offre préférez-vous ?", "Which offer do you prefer?"),
    };
    let opening = match locale {
        Locale::Fr => format!("L’offre que je vous conseille : {line}."),
        Locale::En => format!("The offer that I suggest: {line}."),
    };
    Some(format!("{opening} {terms}\n\n{provenance}\n\n{closing}"))
}
