//! Tool: what a flat costs.

use std::sync::Arc;

use guide::quarters;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    found::RentalFound,
    search_hotels::MOST_QUARTERS,
    source::{StayQuery, StaySource},
};
use crate::{
    capability::{
        arguments::{city, guests, stay},
        flights::search_flights::parse_currency,
    },
    sources::asked,
    tools::{BadArgument, Effect, Tool, ToolContext, ToolError, ToolOutput},
    trip::Part,
};

/// Arguments of a question for a flat.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchVacationRentalsArgs {
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
    /// ISO 4217 currency of the prices; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

impl SearchVacationRentalsArgs {
    fn query(&self, context: &ToolContext) -> Result<StayQuery, BadArgument> {
        Ok(StayQuery {
            destination: city("city", &self.city)?,
            stay: stay(self.check_in, self.check_out, context)?,
            party: guests(self.adults, &self.children_ages)?,
            rooms: 1,
            currency: parse_currency(self.currency.as_deref(), context.currency)?,
        })
    }
}

/// Asks one source.
pub struct SearchVacationRentals {
    source: Arc<dyn StaySource>,
}

impl SearchVacationRentals {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn StaySource>) -> Self {
        Self { source }
    }
}

impl Tool for SearchVacationRentals {
    const NAME: &'static str = "search_vacation_rentals";
    const DESCRIPTION: &'static str = "Indicative price of a flat of one's own in a city for the \
        dates and the party, by a rule on the price of rooms, and quarters to stay in. It knows no \
        flat and books nothing: never name one.";
    const LABEL: (&'static str, &'static str) =
        ("Prix des logements entiers", "Looking up prices of flats");
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("city", "tool.city"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
    ];
    type Args = SearchVacationRentalsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: SearchVacationRentalsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let query = args.query(context)?;
        let price = self.source.rental(&query);
        let found = |price: &Option<_>| price.iter().count();
        let price = asked(self.source.name(), "rental", found, price).await?;
        let quarters = quarters::of(query.destination.code).iter();
        let found = RentalFound {
            city: query.destination.code,
            destination: query.destination,
            stay: query.stay,
            party: query.party,
            price,
            quarters: quarters.take(MOST_QUARTERS).collect(),
        };
        let planned = card::planned_rental(&found, context.locale);
        Ok(ToolOutput {
            text: card::rental_text(&found, context.locale),
            card: card::rental(&found, context.locale),
            result_count: u64::from(found.price.is_some()),
            source: Some(self.source.name()),
            effect: planned.map(|stay| Effect::Planned(Part::Stay(stay))),
            data: found.into(),
        })
    }
}
