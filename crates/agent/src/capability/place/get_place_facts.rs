//! Tool: practical facts about a place that the tables hold.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    grounding::Ground,
    tools::{Data, Tool, ToolContext, ToolError, ToolOutput},
};
use crate::{
    language::places,
    travel::{Airport, Country, country},
};

/// Arguments of a question about a place.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetPlaceFactsArgs {
    /// City, airport, country or code.
    pub place: String,
    /// Another place, to tell the distance and the time difference from.
    #[serde(default)]
    pub from: Option<String>,
}

/// What the tables know of a place.
#[derive(Clone, Debug)]
pub struct PlaceFacts {
    /// Its main airport.
    pub airport: &'static Airport,
    /// Its country.
    pub country: Option<&'static Country>,
    /// Local time now, and its offset.
    pub local_time: jiff::Zoned,
    /// Where from, the great-circle distance in kilometres and a typical direct flight time.
    pub from: Option<Leg>,
}

/// The way from one place to another.
#[derive(Clone, Debug)]
pub struct Leg {
    /// Where from.
    pub airport: &'static Airport,
    /// Local time there.
    pub local_time: jiff::Zoned,
    /// Great-circle distance in kilometres.
    pub distance_km: u32,
    /// Typical gate-to-gate time of a direct flight.
    pub flight_time: jiff::SignedDuration,
}

impl Data for PlaceFacts {
    fn ground(&self, ground: &mut Ground) {
        ground.add_facts(self);
    }
}

/// Answers from the tables.
pub struct GetPlaceFacts;

impl Tool for GetPlaceFacts {
    const NAME: &'static str = "get_place_facts";
    const DESCRIPTION: &'static str = "Local time, time zone, currency, plugs and dialling code of \
        a place, and distance and typical flight time from another.";
    const LABEL: (&'static str, &'static str) = (
        "Consultation des faits sur le lieu",
        "Looking up facts about the place",
    );
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[];
    type Args = GetPlaceFactsArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: GetPlaceFactsArgs,
    ) -> Result<ToolOutput, ToolError> {
        let airport = main_airport(&args.place)?;
        let from = match &args.from {
            Some(from) => Some(leg(context, main_airport(from)?, airport)),
            None => None,
        };
        let facts = PlaceFacts {
            airport,
            country: country::by_code(airport.country),
            local_time: local_time(context, airport),
            from,
        };
        Ok(ToolOutput {
            text: describe(&facts, context),
            card: None,
            result_count: 1,
            source: Some(schedule::NAME),
            effect: None,
            data: facts.into(),
        })
    }
}

fn main_airport(text: &str) -> Result<&'static Airport, ToolError> {
    let found = places::search(text, 1);
    found
        .first()
        .copied()
        .ok_or_else(|| ToolError::respond("no such place in the table"))
}

fn local_time(context: &ToolContext, airport: &Airport) -> jiff::Zoned {
    context.now.with_time_zone(airport.zone())
}

fn leg(context: &ToolContext, from: &'static Airport, to: &'static Airport) -> Leg {
    let direct = schedule::direct(from, to);
    Leg {
        airport: from,
        local_time: local_time(context, from),
        distance_km: u32::from(direct.km),
        flight_time: direct.flight_time,
    }
}

fn describe(facts: &PlaceFacts, context: &ToolContext) -> String {
    let city = facts.airport.city(context.locale);
    let mut text = format!(
        "{city}: local time {}, time zone {}",
        facts.local_time.strftime("%Y-%m-%d %H:%M (UTC%:z)"),
        facts.airport.time_zone
    );
    if let Some(country) = facts.country {
        text.push_str(&format!(
            "; {}, plugs {}, dialling code {}",
            country.name(context.locale),
            country.plugs,
            country.dialling
        ));
        if let Some(currency) = country.currency() {
            text.push_str(&format!(
                ", currency {} ({currency})",
                currency.name(context.locale)
            ));
        }
    }
    if let Some(leg) = &facts.from {
        text.push_str(&format!(
            "; from {}: {} km, about {:#} direct",
            leg.airport.city(context.locale),
            leg.distance_km,
            leg.flight_time
        ));
    }
    text
}
