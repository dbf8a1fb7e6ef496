//! Tool: days in a city.

use std::sync::Arc;

use guide::{
    days::{MAX_DAYS, Pace, Request},
    sights::Kind,
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    card,
    found::{ItineraryFound, LeftOutSight},
    setting::{self, Flights},
    source::ItinerarySource,
    stops, wishes,
};
use crate::{
    capability::{
        arguments::{city, guests},
        tastes,
    },
    sources::asked,
    tools::{BadArgument, Effect, Problem, Tool, ToolContext, ToolError, ToolOutput},
    travel::{Interest, horizon},
    trip::{Part, PlannedDays},
};

/// Arguments of a question for days.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateVisitItineraryArgs {
    /// City: IATA code or name.
    pub city: String,
    /// First day there, YYYY-MM-DD.
    pub check_in: Date,
    /// Last day there, YYYY-MM-DD.
    pub check_out: Date,
    /// How full days are: relaxed, normal or full; normal where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Travellers of 18 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children, 0 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// What one likes to see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<Interest>,
    /// Sights that must be in it if at all possible, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Sights that must not be in it, by name, or interests such as `museums`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Quarter or sight near to which one stays; that of the stay in the trip, or the centre, where
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
}

/// Reads the first and last day of a visit.
pub(super) fn days(
    first: Date,
    last: Date,
    context: &ToolContext,
) -> Result<(Date, Date), BadArgument> {
    let today = context.now.date();
    if last < first {
        return Err(BadArgument::of("check_out", Problem::Before("check_in")));
    }
    if last < today {
        return Err(BadArgument::of("check_out", Problem::Past));
    }
    if last > horizon(today) {
        return Err(BadArgument::of("check_out", Problem::TooFar));
    }
    Ok((first, last))
}

/// Asks one source.
pub struct CreateVisitItinerary {
    source: Arc<dyn ItinerarySource>,
}

impl CreateVisitItinerary {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn ItinerarySource>) -> Self {
        Self { source }
    }
}

impl Tool for CreateVisitItinerary {
    const NAME: &'static str = "create_visit_itinerary";
    const DESCRIPTION: &'static str = "Plans the days of a visit to a city, both days included, from \
        real sights: morning, midday, afternoon and evening with walking times, usual closing days, \
        public holidays, the flights and the stay of the trip, children, and a plan for rain. It \
        knows no tickets, no prices and no restaurants. Call it again with other arguments to change \
        the plan.";
    const LABEL: (&'static str, &'static str) = ("Préparation du programme", "Planning the days");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("city", "tool.city"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
        ("pace", "tool.pace"),
    ];
    type Args = CreateVisitItineraryArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: CreateVisitItineraryArgs,
    ) -> Result<ToolOutput, ToolError> {
        let destination = city("city", &args.city)?;
        let (first, last) = days(args.check_in, args.check_out, context)?;
        guests(args.adults, &args.children_ages)?;
        let planned = i64::try_from(MAX_DAYS).unwrap_or_default() - 1;
        let end = last.min(first.saturating_add(planned.days()));
        let flights = Flights::of(context, destination.code, first, end);
        let base = setting::base(context, destination, args.near.as_deref());
        let wanted = wishes::named(destination, &args.include);
        let mut unwanted = wishes::refused(destination, &args.exclude);
        // Who asks for a sight by name wants it, whatever its kind.
        unwanted
            .sights
            .retain(|sight| !wanted.sights.contains(sight));
        let holidays = setting::holidays(destination, first, end);
        let off = holidays.iter().flatten().map(|holiday| holiday.date);
        let liked = args
            .interests
            .iter()
            .flat_map(|liked| tastes::kinds(*liked));
        let liked: Vec<Kind> = liked.copied().collect();
        let request = Request {
            arrival: flights.arrival,
            departure: flights.departure,
            base: setting::point(base, destination),
            pace: args.pace.unwrap_or_default(),
            children: args.children_ages.iter().any(|age| *age < TEEN),
            holidays: off.collect(),
            rain: setting::rain(destination, first, end),
            liked,
            wanted: wanted.sights.clone(),
            unwanted: unwanted.sights,
            ..Request::new(destination.code, first, end)
        };
        let itinerary = self.source.plan(&request);
        let days =
            |plan: &Option<guide::days::Itinerary>| plan.as_ref().map_or(0, |plan| plan.days.len());
        let itinerary = asked(self.source.name(), "plan", days, itinerary).await?;
        let zone = guide::time::zone(destination.code);
        let zone = zone.as_ref().and_then(|zone| zone.iana_name());
        let ends = (flights.arrival, flights.departure);
        let plan = itinerary.as_ref().map(|itinerary| PlannedDays {
            city: destination.code,
            name: destination.name(context.locale).to_owned(),
            time_zone: zone.unwrap_or("UTC").to_owned(),
            days: stops::days(itinerary, ends, context.locale),
        });
        let left_out = itinerary.iter().flat_map(|itinerary| &itinerary.left_out);
        let left_out = left_out.map(|left| LeftOutSight {
            sight: left.sight,
            reason: left.reason,
            wanted: wanted.sights.contains(&left.sight),
        });
        let near = args.near.filter(|_| base.is_none());
        let found = ItineraryFound {
            city: destination.code,
            destination,
            first,
            last,
            pace: request.pace,
            children: request.children,
            base,
            left_out: left_out.collect(),
            unknown: near
                .into_iter()
                .chain(wanted.unknown)
                .chain(unwanted.unknown)
                .collect(),
            holidays,
            flights_elsewhen: flights.are_elsewhen,
            with_flights: flights.arrival.is_some() || flights.departure.is_some(),
            plan,
            itinerary,
        };
        let planned = found.plan.clone().filter(|plan| !plan.days.is_empty());
        Ok(ToolOutput {
            text: card::text(&found, context.locale),
            card: card::card(&found, context.locale),
            result_count: found.plan.as_ref().map_or(0, |plan| plan.days.len()) as u64,
            source: Some(self.source.name()),
            effect: planned.map(|days| Effect::Planned(Part::Days(days))),
            data: found.into(),
        })
    }
}

/// From this age on children keep the pace of adults.
const TEEN: u8 = 14;
