//! Tool: puts an offer to the person. It proposes; only the person confirms.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    booking::{Proposal, ProposalId, ProposalStatus},
    id,
    locale::Locale,
    tools::{Effect, Tool, ToolContext, ToolError, ToolOutput},
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
    const LABEL: (&'static str, &'static str) =
        ("Préparation de la proposition", "Preparing the proposal");
    const DIRECT: bool = false;
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
            search: search.search.clone(),
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
            data: proposal.into(),
        })
    }
}

/// One line: route, days, price; of a trip of several legs each with its day.
fn summarise(offer: &Offer, locale: Locale) -> String {
    let price = format::money(offer.total, locale);
    let day = |slice: &Slice| {
        let first = slice.segments.first()?;
        Some(format::short_date(
            first.departing_at.civil().date(),
            locale,
        ))
    };
    let route = |slice: &Slice| format!("{} – {}", slice.origin.city, slice.destination.city);
    let kind = match &*offer.slices {
        [] => return price,
        [_] => locale.pick("aller simple", "one-way"),
        _ if offer.is_return() => locale.pick("aller-retour", "return"),
        legs => {
            let legs = legs.iter().map(|leg| match day(leg) {
                Some(day) => format!("{} ({day})", route(leg)),
                None => route(leg),
            });
            let legs: Vec<_> = legs.collect();
            return format!("{}, {price}", legs.join(", "));
        }
    };
    let days: Vec<_> = offer.slices.iter().filter_map(day).collect();
    let first = offer.slices.first().map(route).unwrap_or_default();
    format!("{first}, {kind}, {}, {price}", days.join(" – "))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::travel::{Currency, FlightQuery, FlightSearch, Leg};

    fn offer(legs: &[(&str, &str, Date)]) -> Offer {
        let leg = |(from, to, day): &(&str, &str, Date)| {
            Leg::new(vec![from.parse().unwrap()], vec![to.parse().unwrap()], *day)
        };
        let query = FlightQuery {
            search: FlightSearch::new(legs.iter().map(leg).collect(), Currency::eur()),
            limit: 1,
            skip: 0,
            locale: Locale::Fr,
            now: "2026-11-29T10:00:00Z".parse().unwrap(),
        };
        schedule::search(&query).unwrap().offers.remove(0)
    }

    #[test]
    fn a_proposal_says_every_leg_of_what_it_proposes() {
        let (out, next, back) = (date(2027, 3, 3), date(2027, 3, 8), date(2027, 3, 14));
        let fr = |legs: &[(&str, &str, Date)]| summarise(&offer(legs), Locale::Fr);
        let single = fr(&[("LYS", "ROM", out)]);
        assert!(
            single.starts_with("Lyon – Rome, aller simple, mer. 3 mars"),
            "{single}"
        );
        let plain = fr(&[("LYS", "ROM", out), ("ROM", "LYS", next)]);
        assert!(
            plain.starts_with("Lyon – Rome, aller-retour, mer. 3 mars – lun. 8 mars"),
            "{plain}"
        );
        let three = fr(&[
            ("LYS", "ROM", out),
            ("ROM", "ATH", next),
            ("ATH", "LYS", back),
        ]);
        assert!(
            three.starts_with(
                "Lyon – Rome (mer. 3 mars), Rome – Athènes (lun. 8 mars), Athènes – Lyon (dim. 14 mars)"
            ),
            "{three}"
        );
        let open_jaw = fr(&[("LYS", "ROM", out), ("ATH", "LYS", back)]);
        assert!(!open_jaw.contains("aller-retour"), "{open_jaw}");
    }
}
