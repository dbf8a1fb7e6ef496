//! The query that asks the price of an offer again.

use crate::{
    tools::ToolContext,
    travel::{FlightQuery, FlightSearch, Offer},
};

/// The search that found the offer, in the currency of its price: only so can both be compared.
pub(super) fn query(search: &FlightSearch, offer: &Offer, context: &ToolContext) -> FlightQuery {
    FlightQuery {
        search: FlightSearch {
            currency: offer.total.currency,
            ..search.clone()
        },
        limit: 1,
        skip: 0,
        locale: context.locale,
        now: context.now.timestamp(),
    }
}
