//! Tool: flight search.

mod arguments;
mod query;
mod values;

use std::sync::Arc;

pub use arguments::{FurtherLeg, SearchFlightsArgs, TimesOfDay};
pub(crate) use values::{
    check_horizon, check_party, parse_airlines, parse_codes, parse_currency, parse_party,
    parse_price, parse_stops,
};

use super::FlightsFound;
use crate::{
    conversation::Searched,
    event::Card,
    sources::{FlightSource, asked},
    tools::{Effect, Tool, ToolContext, ToolError, ToolOutput},
    travel::Found,
};

/// Searches flights in one source.
pub struct SearchFlights {
    source: Arc<dyn FlightSource>,
}

impl SearchFlights {
    /// Searches in `source`.
    #[must_use]
    pub fn new(source: Arc<dyn FlightSource>) -> Self {
        Self { source }
    }
}

impl Tool for SearchFlights {
    const NAME: &'static str = "search_flights";
    const DESCRIPTION: &'static str = "Searches flights: one-way, return, open jaw or several \
        cities, by the wishes and refusals given. Answers offers with price, times, stops and \
        carriers, and how many there are in all.";
    const LABEL: (&'static str, &'static str) = ("Recherche de vols", "Searching flights");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("departure", "tool.departure"),
        ("arrival", "tool.arrival"),
        ("date", "tool.date"),
        ("return_date", "tool.return_date"),
        ("cabin", "tool.cabin"),
    ];
    type Args = SearchFlightsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: SearchFlightsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let query = args.query(context)?;
        let found = self.source.search(&query);
        let offers = |found: &Found| found.offers.len();
        let found = asked(self.source.name(), "search", offers, found).await?;
        let text = describe(&found, query.skip, self.source.name());
        let Found { offers, in_all } = found;
        let found = FlightsFound {
            offers,
            searched: Searched {
                skip: query.skip,
                search: query.search,
            },
            found: in_all,
        };
        let offers = &found.offers;
        Ok(ToolOutput {
            text,
            card: (!offers.is_empty()).then(|| Card::FlightOffers {
                offers: offers.clone(),
                more: in_all.saturating_sub(query.skip.saturating_add(offers.len())),
            }),
            result_count: offers.len() as u64,
            source: Some(self.source.name()),
            effect: Some(Effect::Shown(found.clone())),
            data: found.into(),
        })
    }
}

/// One line an offer, for models that read text.
fn describe(found: &Found, skip: usize, source: &str) -> String {
    let Found { offers, in_all } = found;
    if offers.is_empty() {
        return match in_all {
            0 => "No flight fits.".to_owned(),
            _ => format!("No more: {in_all} offers fit, and all were shown."),
        };
    }
    let mut text = format!("{} offers from the source `{source}`", offers.len());
    if *in_all > offers.len() {
        text.push_str(&format!(", of {in_all} that fit"));
    }
    if skip > 0 {
        text.push_str(&format!(", after the first {skip}"));
    }
    if offers.iter().any(|offer| offer.illustrative) {
        text.push_str(" (illustrative times and fares)");
    }
    for offer in offers {
        text.push_str(&format!("\n{}: {}", offer.id.0, offer.total));
        for slice in &offer.slices {
            let (first, last) = (&slice.segments.first(), &slice.segments.last());
            if let (Some(first), Some(last)) = (first, last) {
                text.push_str(&format!(
                    "; {} {} -> {} {}, {} stops, {:#}, {}",
                    first.origin.iata,
                    first.departing_at.civil(),
                    last.destination.iata,
                    last.arriving_at.civil(),
                    slice.stops,
                    slice.duration,
                    first.carrier.name,
                ));
            }
        }
    }
    text
}
