//! Tool: airports by name, city, country or code.

use schemars::JsonSchema;
use serde::Deserialize;

use super::AirportsFound;
use crate::{
    language::places,
    tools::{Tool, ToolContext, ToolError, ToolOutput},
};

/// Most airports that the tool lists.
const LIMIT: usize = 8;

/// Arguments of an airport look-up.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetAirportCodeArgs {
    /// City, airport, country or code, in French or English.
    pub city: String,
}

/// Looks airports up in the table.
pub struct GetAirportCode;

impl Tool for GetAirportCode {
    const NAME: &'static str = "get_airport_code";
    const DESCRIPTION: &'static str =
        "Finds the airports of a city, region or country, and their IATA codes.";
    const LABEL: (&'static str, &'static str) =
        ("Identification des aéroports", "Finding the airports");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = GetAirportCodeArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: GetAirportCodeArgs,
    ) -> Result<ToolOutput, ToolError> {
        let airports = places::search(&args.city, LIMIT);
        let lines: Vec<_> = airports
            .iter()
            .map(|airport| {
                let city = airport.city(context.locale);
                format!(
                    "{}: {} ({city}, {})",
                    airport.iata, airport.name, airport.country
                )
            })
            .collect();
        let text = if lines.is_empty() {
            "No airport found.".to_owned()
        } else {
            lines.join("\n")
        };
        Ok(ToolOutput {
            text,
            card: None,
            result_count: airports.len() as u64,
            source: Some("airport table"),
            effect: None,
            data: AirportsFound(airports).into(),
        })
    }
}
