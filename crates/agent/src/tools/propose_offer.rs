//! Tool: puts an offer to the person. It proposes; only the person confirms.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Effect, Tool, ToolContext, ToolData, ToolError, ToolOutput};
use crate::{
    booking::{Proposal, ProposalId, ProposalStatus},
    id,
    locale::Locale,
    travel::{Offer, Slice, format},
};

/// Arguments of a proposal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeOfferArgs {
    /// Id of an offer of the last search.
    pub offer_id: String,
}

/// Proposes one of the offers shown last.
pub struct ProposeOffer;

impl Tool for ProposeOffer {
    const NAME: &'static str = "propose_offer";
    const DESCRIPTION: &'static str = "Puts one offer of the last search to the person, who may \
        then confirm or reject it. It books nothing.";
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = ProposeOfferArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: ProposeOfferArgs,
    ) -> Result<ToolOutput, ToolError> {
        let state = &context.state;
        let offer = state
            .offers
            .iter()
            .find(|offer| offer.id.0 == args.offer_id);
        let (Some(offer), Some(search)) = (offer, &state.search) else {
            return Err(ToolError::respond(
                "no offer of the last search has this id",
            ));
        };
        let now = context.now.timestamp();
        let proposal = Proposal {
            id: ProposalId(id::new(now)),
            summary: summarise(offer, context.locale),
            expires_at: offer.expires_at,
            search: search.clone(),
            offer: offer.clone(),
            status: ProposalStatus::Pending,
        };
        Ok(ToolOutput {
            text: format!(
                "Proposed: {}. Ask the person for a yes or a no.",
                proposal.summary
            ),
            card: None,
            result_count: 1,
            source: None,
            effect: Some(Effect::Proposed(proposal.clone())),
            data: ToolData::Proposed(proposal),
        })
    }
}

/// One line: route, days, price.
fn summarise(offer: &Offer, locale: Locale) -> String {
    let price = format::money(offer.total, locale);
    let Some(out) = offer.slices.first() else {
        return price;
    };
    let day = |slice: &Slice| {
        let first = slice.segments.first()?;
        Some(format::short_date(
            first.departing_at.civil().date(),
            locale,
        ))
    };
    let kind = match offer.slices.len() {
        1 => locale.pick("aller simple", "one-way"),
        _ => locale.pick("aller-retour", "return"),
    };
    let days: Vec<_> = offer.slices.iter().filter_map(day).collect();
    format!(
        "{} – {}, {kind}, {}, {price}",
        out.origin.city,
        out.destination.city,
        days.join(" – "),
    )
}
