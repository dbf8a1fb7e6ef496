//! Further offers of the same search, and the honest word when there are none.

use super::{flights::MOST_OFFERS, follow_up::wants_more, view::View};
use crate::{locale::Locale, travel::Offer};

/// The answer with how many offers are new, where more were asked for.
pub(super) fn opened(view: &View<'_>, offers: &[Offer], answer: String) -> String {
    if !wants_more(view) {
        return answer;
    }
    let (shown, locale) = (&view.context.offers, view.locale());
    let is_new = |offer: &&Offer| shown.iter().all(|other| other.id != offer.id);
    let new = offers.iter().filter(is_new).count();
    let opening = match (new, locale) {
        (0, _) if offers.len() >= usize::from(MOST_OFFERS) => match locale {
            Locale::Fr => {
                format!("Je ne peux pas afficher plus de {MOST_OFFERS} offres à la fois.")
            }
            Locale::En => format!("I cannot show more than {MOST_OFFERS} offers at once."),
        },
        (0, _) => locale
            .pick(
                "Il n’y en a pas d’autres : c’est tout ce que la recherche trouve.",
                "There are no others: this is all that the search finds.",
            )
            .to_owned(),
        (1, _) => locale
            .pick("Voici une offre de plus.", "Here is one more offer.")
            .to_owned(),
        (new, Locale::Fr) => format!("Voici {new} offres de plus."),
        (new, Locale::En) => format!("Here are {new} more offers."),
    };
    format!("{opening} {answer}")
}
