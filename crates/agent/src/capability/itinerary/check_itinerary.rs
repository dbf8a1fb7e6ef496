//! Tool: the visitor's own plan, judged.

use std::sync::Arc;

use guide::{check::Stay, days::Pace};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    check_card,
    create_visit_itinerary::days,
    found::CheckFound,
    listed,
    setting::{self, Flights},
    source::ItinerarySource,
};
use crate::{
    capability::arguments::city,
    sources::asked,
    tools::{BadArgument, Tool, ToolContext, ToolError, ToolOutput},
};

/// Arguments of a question about a plan of the visitor's own.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckItineraryArgs {
    /// City: IATA code or name.
    pub city: String,
    /// The plan as the visitor wrote it, word for word: days as "Day 1: …" or "Monday: …" or lines,
    /// entries with or without times.
    pub plan: String,
    /// First day there, YYYY-MM-DD: without it closing days cannot be checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_in: Option<Date>,
    /// Last day there, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_out: Option<Date>,
    /// How full days may be: relaxed, normal or full; full where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Ages of the children, 0 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
}

/// Asks one source.
pub struct CheckItinerary {
    source: Arc<dyn ItinerarySource>,
}

impl CheckItinerary {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn ItinerarySource>) -> Self {
        Self { source }
    }
}

impl Tool for CheckItinerary {
    const NAME: &'static str = "check_itinerary";
    const DESCRIPTION: &'static str = "Judges a plan that the visitor wrote: what clashes (ways, usual \
        hours and closing days, public holidays, flights of the trip, days that are too long) and what \
        to move. Give the plan word for word. Names that it does not know are told: it does not judge \
        them.";
    const LABEL: (&'static str, &'static str) = ("Examen du programme", "Checking the plan");
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("city", "tool.city"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
        ("pace", "tool.pace"),
    ];
    type Args = CheckItineraryArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: CheckItineraryArgs,
    ) -> Result<ToolOutput, ToolError> {
        let destination = city("city", &args.city)?;
        let dates = match args.check_in {
            Some(first) => Some(days(first, args.check_out.unwrap_or(first), context)?),
            None => None,
        };
        let listed = listed::days(destination, &args.plan, dates);
        if listed.is_empty() {
            return Err(BadArgument::new("plan", "has no entries").into());
        }
        let flights =
            dates.map(|(first, last)| Flights::of(context, destination.code, first, last));
        let flights = flights.unwrap_or_default();
        let base = setting::base(context, destination, None);
        let holidays = dates.and_then(|(first, last)| setting::holidays(destination, first, last));
        let holidays = holidays.iter().flatten().map(|holiday| holiday.date);
        let stay = Stay {
            destination: destination.code,
            base: setting::point(base, destination),
            arrival: flights.arrival,
            departure: flights.departure,
            holidays: holidays.collect(),
            pace: args.pace,
            children: !args.children_ages.is_empty(),
        };
        let report = self.source.check(&stay, &listed);
        let found = |report: &Option<_>| report.iter().count();
        let report = asked(self.source.name(), "check", found, report).await?;
        let found = CheckFound {
            city: destination.code,
            destination,
            is_dated: listed.iter().all(|day| day.date.is_some()),
            with_flights: flights.arrival.is_some() || flights.departure.is_some(),
            listed,
            report,
        };
        Ok(ToolOutput {
            text: check_card::text(&found, context.locale),
            card: check_card::card(&found, context.locale),
            result_count: found
                .report
                .as_ref()
                .map_or(0, |report| report.findings.len()) as u64,
            source: Some(self.source.name()),
            effect: None,
            data: found.into(),
        })
    }
}
