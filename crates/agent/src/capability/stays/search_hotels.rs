//! Tool: what hotels cost.

use std::sync::Arc;

use guide::{
    quarters,
    stays::{self, Category},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    found::HotelsFound,
    source::{StayQuery, StaySource},
};
use crate::{
    capability::{
        arguments::{city, guests, rooms, stay},
        flights::search_flights::parse_currency,
    },
    sources::asked,
    tools::{BadArgument, Effect, Tool, ToolContext, ToolError, ToolOutput},
    trip::Part,
};

/// Most quarters that are told.
pub(super) const MOST_QUARTERS: usize = 5;

/// Arguments of a question for hotels.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchHotelsArgs {
    /// City: IATA code or name.
    pub city: String,
    /// First night, YYYY-MM-DD.
    pub check_in: Date,
    /// Day of departure, YYYY-MM-DD.
    pub check_out: Date,
    /// Guests of 18 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children, 0 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// Rooms; as many as the party needs where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u8>,
    /// Category: budget, mid or comfort; all where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// ISO 4217 currency of the prices; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

impl SearchHotelsArgs {
    fn query(&self, context: &ToolContext) -> Result<StayQuery, BadArgument> {
        let party = guests(self.adults, &self.children_ages)?;
        let needed = self.rooms.unwrap_or_else(|| stays::rooms(&party));
        let rooms = rooms(Some(needed))?.unwrap_or(needed);
        Ok(StayQuery {
            destination: city("city", &self.city)?,
            stay: stay(self.check_in, self.check_out, context)?,
            party,
            rooms,
            currency: parse_currency(self.currency.as_deref(), context.currency)?,
        })
    }
}

/// Asks one source.
pub struct SearchHotels {
    source: Arc<dyn StaySource>,
}

impl SearchHotels {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn StaySource>) -> Self {
        Self { source }
    }
}

impl Tool for SearchHotels {
    const NAME: &'static str = "search_hotels";
    const DESCRIPTION: &'static str = "Indicative price of hotel nights in a city by category \
        (budget, mid, comfort), for the dates and the party, and quarters to stay in. It knows no \
        hotel by name and books nothing: never name one.";
    const LABEL: (&'static str, &'static str) = ("Prix des hôtels", "Looking up hotel prices");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("city", "tool.city"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
        ("category", "tool.category"),
    ];
    type Args = SearchHotelsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: SearchHotelsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let query = args.query(context)?;
        let prices = self.source.hotels(&query);
        let prices = asked(self.source.name(), "hotels", Vec::len, prices).await?;
        let quarters = quarters::of(query.destination.code).iter();
        let found = HotelsFound {
            city: query.destination.code,
            destination: query.destination,
            stay: query.stay,
            party: query.party,
            wanted: args.category,
            prices,
            quarters: quarters.take(MOST_QUARTERS).collect(),
        };
        let planned = card::planned_hotel(&found, context.locale);
        Ok(ToolOutput {
            text: card::hotels_text(&found, context.locale),
            card: card::hotels(&found, context.locale),
            result_count: found.prices.len() as u64,
            source: Some(self.source.name()),
            effect: planned.map(|stay| Effect::Planned(Part::Stay(stay))),
            data: found.into(),
        })
    }
}
