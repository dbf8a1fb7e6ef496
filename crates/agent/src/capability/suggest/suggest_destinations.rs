//! Tool: where to go.

use std::sync::Arc;

use guide::suggest::{Candidate, suggest};

use super::{
    arguments::SuggestDestinationsArgs,
    card,
    found::{Suggested, SuggestionsFound},
    price::{self, Priced},
};
use crate::{
    capability::flights::search_flights::parse_currency,
    sources::FlightSource,
    tools::{Tool, ToolContext, ToolError, ToolOutput},
};

/// Asks one source for the price of flights.
pub struct SuggestDestinations {
    flights: Arc<dyn FlightSource>,
}

impl SuggestDestinations {
    /// Asks `flights`.
    #[must_use]
    pub fn new(flights: Arc<dyn FlightSource>) -> Self {
        Self { flights }
    }
}

impl Tool for SuggestDestinations {
    const NAME: &'static str = "suggest_destinations";
    const DESCRIPTION: &'static str = "Destinations for wishes where the traveller has none: weather, \
        kind, distance, and a budget for the flights alone, in a month or for days. Each comes with \
        its reasons and the wishes that it misses: tell both. Without a departure nothing is priced. \
        It knows countries, parts of the world and codes as where it is to be.";
    const LABEL: (&'static str, &'static str) =
        ("Idées de destinations", "Looking for destinations");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("departure", "tool.departure"),
        ("month", "tool.month"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
        ("nights", "tool.nights"),
    ];
    type Args = SuggestDestinationsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: SuggestDestinationsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let asked = args.read(context)?;
        let currency = parse_currency(args.currency.as_deref(), context.currency)?;
        let places = price::worth_a_look(&asked);
        let priced = match asked.wishes.home {
            Some(home) => {
                let now = context.now.timestamp();
                price::cheapest(&self.flights, &asked, home, &places, currency, now).await?
            }
            None => {
                let unpriced = |destination: &_| Priced {
                    destination: *destination,
                    cheapest: None,
                };
                places.iter().map(unpriced).collect()
            }
        };
        let candidates: Vec<_> = priced
            .iter()
            .map(|priced| Candidate {
                destination: priced.destination,
                price: priced.cheapest.map(|(_, price)| price),
            })
            .collect();
        let best = suggest(&asked.wishes, &candidates, asked.limit);
        let suggestions = best.into_iter().map(|suggestion| {
            let own = priced
                .iter()
                .find(|priced| priced.destination == suggestion.destination);
            let cheapest = own.and_then(|priced| priced.cheapest);
            Suggested {
                suggestion,
                price: cheapest.map(|(_, price)| price),
                departs: cheapest.map(|(day, _)| day),
            }
        });
        let found = SuggestionsFound {
            departure: asked.wishes.home,
            from: asked.from,
            exact: asked.exact,
            month_assumed: asked.month_assumed,
            nights: asked.nights,
            nights_assumed: asked.wishes.nights.is_none(),
            budget: asked.wishes.budget,
            suggestions: suggestions.collect(),
            region: args
                .region
                .filter(|_| args.country.is_none() && args.only.is_none()),
            exclude_region: args.exclude_region,
            party: asked.party,
        };
        Ok(ToolOutput {
            text: card::text(&found, context.locale),
            card: card::card(&found, context.locale),
            result_count: found.suggestions.len() as u64,
            source: Some(self.flights.name()),
            effect: None,
            data: found.into(),
        })
    }
}
