//! All that is known of one offer.

mod card;
mod say;

pub(super) use say::step;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::again;
use crate::{
    grounding::Ground,
    sources::{FlightSource, asked},
    tools::{Data, Tool, ToolContext, ToolError, ToolOutput},
    travel::Offer,
};

/// Arguments of a question for an offer.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetFlightDetailsArgs {
    /// Id of an offer that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<String>,
    /// Or its number in the list that was shown last, such as #2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
}

/// An offer, and what it costs now.
#[derive(Clone, Debug, Serialize)]
pub struct OfferDetails {
    /// Its number in the list shown last; `None` = it is not in it.
    pub number: Option<usize>,
    /// The offer as it was shown.
    pub offer: Offer,
    /// The offer as it is sold now: `Some(None)` = it is not; `None` = that could not be asked.
    pub now: Option<Option<Offer>>,
}

impl Data for OfferDetails {
    fn ground(&self, ground: &mut Ground) {
        ground.add_offer(&self.offer);
        self.now
            .iter()
            .flatten()
            .for_each(|now| ground.add_offer(now));
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}

/// Looks at offers that were shown, and asks one source for the price of now.
pub struct GetFlightDetails {
    source: Arc<dyn FlightSource>,
}

impl GetFlightDetails {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn FlightSource>) -> Self {
        Self { source }
    }
}

impl Tool for GetFlightDetails {
    const NAME: &'static str = "get_flight_details";
    const DESCRIPTION: &'static str = "All that is known of one offer that was shown: flights, time \
        on the ground, bags, change and refund, aircraft, CO2, price for each passenger, and whether \
        the price still stands. Give `offer_id` or its number as `offer`.";
    const LABEL: (&'static str, &'static str) = ("Détails de l’offre", "Looking at the offer");
    const DIRECT: bool = false;
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = GetFlightDetailsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: GetFlightDetailsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let (number, offer) = find(context, &args)?;
        let found = OfferDetails {
            number,
            offer: offer.clone(),
            now: self.price_now(context, offer).await,
        };
        Ok(ToolOutput {
            text: card::text(&found),
            card: Some(card::sheet(&found, context.locale)),
            result_count: 1,
            source: Some(self.source.name()),
            effect: None,
            data: found.into(),
        })
    }
}

impl GetFlightDetails {
    /// The offer as it is sold now; what cannot be asked leaves the rest of the answer as it is.
    async fn price_now(&self, context: &ToolContext, offer: &Offer) -> Option<Option<Offer>> {
        let state = &context.state;
        let proposal = state.proposal.as_ref();
        let proposed = proposal.filter(|proposal| proposal.offer.id == offer.id);
        let shown = || state.search.as_ref().map(|searched| &searched.search);
        let search = proposed.map_or_else(shown, |proposal| Some(&proposal.search))?;
        let query = again::query(search, offer, context);
        let now = self.source.reprice(offer, &query);
        let sold = |now: &Option<_>| now.iter().count();
        asked(self.source.name(), "reprice", sold, now).await.ok()
    }
}

/// The offer that is meant: one of those shown, that of the trip, or the proposed one.
fn find<'a>(
    context: &'a ToolContext,
    args: &GetFlightDetailsArgs,
) -> Result<(Option<usize>, &'a Offer), ToolError> {
    let state = &context.state;
    let unknown = || ToolError::respond("no offer that was shown has this id or number");
    let written = args.offer_id.as_deref().or(args.offer.as_deref());
    let written = written.ok_or_else(unknown)?.trim();
    let number: Option<usize> = written.trim_start_matches('#').parse().ok();
    if let Some(number) = number {
        let at = number.checked_sub(1).ok_or_else(unknown)?;
        let offer = state.offers.get(at).ok_or_else(unknown)?;
        return Ok((Some(number), offer));
    }
    let shown = state.offers.iter().position(|offer| offer.id.0 == written);
    let proposed = state.proposal.as_ref().map(|proposal| &proposal.offer);
    let others = [state.plan.flight.as_ref(), proposed];
    let other = || {
        others
            .into_iter()
            .flatten()
            .find(|offer| offer.id.0 == written)
    };
    match shown {
        Some(at) => Ok((Some(at + 1), &state.offers[at])),
        None => Ok((None, other().ok_or_else(unknown)?)),
    }
}
