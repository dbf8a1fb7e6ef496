//! Tool: the fare calendar of a month.

use std::sync::Arc;

use jiff::ToSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    conditions::Conditions,
    search_flights::{check_horizon, parse_codes, parse_currency, parse_party},
};
use crate::{
    capability::arguments::month,
    event::Card,
    sources::{FlightSource, asked},
    tools::{BadArgument, Problem, Tool, ToolContext, ToolError, ToolOutput},
    travel::{Alliance, Cabin, CalendarQuery, FareCalendar, horizon},
};

/// Days that the text names first.
const CHEAPEST: usize = 3;

/// Arguments of a fare calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindCheapestDatesArgs {
    /// Where from: IATA code of an airport or city; alternatives separated by commas.
    pub departure: String,
    /// Where to: IATA code of an airport or city; alternatives separated by commas.
    pub arrival: String,
    /// The month, YYYY-MM.
    pub month: String,
    /// Days between departure and return; absent = one-way.
    #[serde(default)]
    pub stay_days: Option<u16>,
    /// Passengers of 12 and more; 1 where absent.
    #[serde(default)]
    pub adults: Option<u8>,
    /// Ages of the children of 2 to 11.
    #[serde(default)]
    pub children_ages: Vec<u8>,
    /// Infants under 2, on a lap.
    #[serde(default)]
    pub infants: Option<u8>,
    /// Cabin; economy where absent.
    #[serde(default)]
    pub cabin: Option<Cabin>,
    /// At most this many stops: 0, 1 or 2.
    #[serde(default)]
    pub max_stops: Option<u8>,
    /// Two-character designators of the airlines that must fly every segment, separated by commas.
    #[serde(default)]
    pub airline: Option<String>,
    /// Designators of airlines that must fly no segment, separated by commas.
    #[serde(default)]
    pub exclude_airlines: Option<String>,
    /// Alliance of every airline.
    #[serde(default)]
    pub alliance: Option<Alliance>,
    /// false = no low-cost airline, true = low-cost airlines only.
    #[serde(default)]
    pub low_cost: Option<bool>,
    /// IATA codes, separated by commas: every direction stops at one of them.
    #[serde(default)]
    pub via: Option<String>,
    /// IATA codes, separated by commas: no stop there.
    #[serde(default)]
    pub avoid_via: Option<String>,
    /// false = no flight over the night.
    #[serde(default)]
    pub overnight: Option<bool>,
    /// true = fares with a checked bag for each seat.
    #[serde(default)]
    pub checked_bag: Option<bool>,
    /// true = refundable fares.
    #[serde(default)]
    pub refundable: Option<bool>,
    /// ISO 4217 currency of the prices; the visitor's where absent.
    #[serde(default)]
    pub currency: Option<String>,
}

impl FindCheapestDatesArgs {
    /// The query that the arguments mean, for this visitor and moment.
    pub fn query(&self, context: &ToolContext) -> Result<CalendarQuery, BadArgument> {
        let month = month("month", &self.month)?;
        if month.last_of_month() < context.now.date() {
            return Err(BadArgument::of("month", Problem::Past));
        }
        check_horizon("month", month, context)?;
        let conditions = Conditions {
            max_stops: self.max_stops,
            airline: self.airline.as_deref(),
            exclude_airlines: self.exclude_airlines.as_deref(),
            alliance: self.alliance,
            low_cost: self.low_cost,
            via: self.via.as_deref(),
            avoid_via: self.avoid_via.as_deref(),
            overnight: self.overnight,
            checked_bag: self.checked_bag,
            refundable: self.refundable,
        };
        Ok(CalendarQuery {
            origins: parse_codes("departure", &self.departure)?,
            destinations: parse_codes("arrival", &self.arrival)?,
            month,
            stay_days: self.stay_days,
            party: parse_party(self.adults, &self.children_ages, self.infants)?,
            cabin: self.cabin.unwrap_or_default(),
            filter: conditions.filter()?,
            currency: parse_currency(self.currency.as_deref(), context.currency)?,
            now: context.now.timestamp(),
        })
    }
}

/// Finds the cheapest days of a month in one source.
pub struct FindCheapestDates {
    source: Arc<dyn FlightSource>,
}

impl FindCheapestDates {
    /// Searches in `source`.
    #[must_use]
    pub fn new(source: Arc<dyn FlightSource>) -> Self {
        Self { source }
    }
}

impl Tool for FindCheapestDates {
    const NAME: &'static str = "find_cheapest_dates";
    const DESCRIPTION: &'static str =
        "Finds the cheapest fare of each day of a month: use it when the date is flexible.";
    const LABEL: (&'static str, &'static str) = (
        "Recherche des dates les moins chères",
        "Looking for the cheapest dates",
    );
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("departure", "tool.departure"),
        ("arrival", "tool.arrival"),
        ("month", "tool.month"),
        ("cabin", "tool.cabin"),
    ];
    type Args = FindCheapestDatesArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: FindCheapestDatesArgs,
    ) -> Result<ToolOutput, ToolError> {
        let query = args.query(context)?;
        let calendar = self.source.calendar(&query);
        let days = |calendar: &FareCalendar| calendar.days.len();
        let mut calendar = asked(self.source.name(), "calendar", days, calendar).await?;
        // No day is shown that a search refuses, nor one whose way back it refuses.
        let stay = i64::from(query.stay_days.unwrap_or_default()).days();
        let last = horizon(context.now.date()).saturating_sub(stay);
        calendar.days.retain(|day| day.date <= last);
        Ok(ToolOutput {
            text: describe(&calendar),
            card: (!calendar.days.is_empty()).then(|| Card::FareCalendar(calendar.clone())),
            result_count: calendar.days.len() as u64,
            source: Some(self.source.name()),
            effect: None,
            data: calendar.into(),
        })
    }
}

fn describe(calendar: &FareCalendar) -> String {
    if calendar.days.is_empty() {
        return "No flight fits.".to_owned();
    }
    let mut text = format!(
        "Cheapest fares by day, {} to {}, source `{}`",
        calendar.origin, calendar.destination, calendar.source
    );
    if calendar.illustrative {
        text.push_str(" (illustrative)");
    }
    // The head of a long list: all that is kept of it once the turn is old.
    let mut cheapest: Vec<_> = calendar.days.iter().collect();
    cheapest.sort_by_key(|day| day.price.minor);
    for (nth, day) in cheapest.iter().take(CHEAPEST).enumerate() {
        let lead = if nth == 0 { "\ncheapest:" } else { "," };
        text.push_str(&format!("{lead} {} {}", day.date, day.price));
    }
    for day in &calendar.days {
        text.push_str(&format!("\n{}: {}", day.date, day.price));
    }
    text
}
