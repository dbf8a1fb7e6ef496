//! Further offers of the same search, and the honest word when there are none.

use super::{follow_up::wants_more, step::Reply, view::View};
use crate::{language::Pending, locale::Locale, travel::Offer};

/// The answer with how many offers are new, where more were asked for.
pub(super) fn opened(view: &View<'_>, offers: &[Offer], answer: String) -> String {
    if !wants_more(view) {
        return answer;
    }
    let opening = match (offers.len(), view.locale()) {
        (1, locale) => locale
            .pick("Voici une offre de plus.", "Here is one more offer.")
            .to_owned(),
        (new, Locale::Fr) => format!("Voici {new} offres de plus."),
        (new, Locale::En) => format!("Here are {new} more offers."),
    };
    format!("{opening} {answer}")
}

/// All offers were shown.
pub(super) fn none(view: &View<'_>) -> Reply {
    let text = view.locale().pick(
        "Il n’y en a pas d’autres : c’est tout ce que la recherche trouve. Quelle offre \
         préférez-vous, ou que souhaitez-vous changer ?",
        "There are no others: this is all that the search finds. Which offer do you prefer, or \
         what would you like to change?",
    );
    Reply::asking(text, Pending::WhichOffer)
}
