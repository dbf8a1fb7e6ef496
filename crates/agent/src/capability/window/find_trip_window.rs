//! Tool: the cheapest days for flight and nights.

use std::sync::Arc;

use guide::{
    stays::{self, Category, Stay},
    window,
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{card, found::WindowFound};
use crate::{
    capability::{
        arguments::{city, guests, month, nights, rooms},
        fares::{Journey, flyers},
        flights::search_flights::{check_party, parse_codes, parse_currency},
    },
    sources::FlightSource,
    tools::{BadArgument, Problem, Tool, ToolContext, ToolError, ToolOutput},
    travel::horizon,
};

/// Windows that are told.
const SHOWN: usize = 5;
/// Most months of a span.
const MOST_MONTHS: usize = 4;

/// Arguments of a search for the cheapest days.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindTripWindowArgs {
    /// Where the trip begins: IATA codes, alternatives separated by commas.
    pub departure: String,
    /// City: IATA code or name.
    pub arrival: String,
    /// The month of departure, YYYY-MM; else `from` and `to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// First day of departure, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day of departure, YYYY-MM-DD: at most four months are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Nights, 1 to 60.
    pub nights: u16,
    /// Travellers of 18 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children, 0 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// Rooms; as many as the party needs where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u8>,
    /// Category: budget, mid or comfort; mid where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// ISO 4217 currency of the prices; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

impl FindTripWindowArgs {
    /// Days of departure that are compared; none past or beyond what can be searched.
    fn span(&self, context: &ToolContext) -> Result<(Date, Date), BadArgument> {
        let today = context.now.date();
        let (from, to) = match (&self.month, self.from, self.to) {
            (Some(text), None, None) => {
                let first = month("month", text)?;
                (first, first.last_of_month())
            }
            (None, Some(from), Some(to)) if from <= to => (from, to),
            (None, Some(_), Some(_)) => return Err(BadArgument::of("to", Problem::Before("from"))),
            _ => return Err(BadArgument::new("month", "needs a month, or from and to")),
        };
        let last = horizon(today).saturating_sub(i64::from(self.nights).days());
        if to < today {
            return Err(BadArgument::of("month", Problem::Past));
        }
        if from > last {
            return Err(BadArgument::of("month", Problem::TooFar));
        }
        Ok((from.max(today), to.min(last)))
    }
}

/// First days of the months from one day to another.
fn months(from: Date, to: Date) -> impl Iterator<Item = Date> {
    let all = from.first_of_month().series(1.month());
    all.take_while(move |month| *month <= to).take(MOST_MONTHS)
}

/// Asks one source of flights.
pub struct FindTripWindow {
    flights: Arc<dyn FlightSource>,
}

impl FindTripWindow {
    /// Asks `flights`.
    #[must_use]
    pub fn new(flights: Arc<dyn FlightSource>) -> Self {
        Self { flights }
    }

    async fn find(
        &self,
        context: &ToolContext,
        args: &FindTripWindowArgs,
    ) -> Result<WindowFound, ToolError> {
        let nights = nights("nights", args.nights)?;
        let (from, to) = args.span(context)?;
        let destination = city("arrival", &args.arrival)?;
        let guests = guests(args.adults, &args.children_ages)?;
        let flyers = flyers(&guests);
        check_party(&flyers)?;
        let rooms = rooms(args.rooms)?.unwrap_or_else(|| stays::rooms(&guests));
        let currency = parse_currency(args.currency.as_deref(), context.currency)?;
        let category = args.category.unwrap_or_default();
        let departure = parse_codes("departure", &args.departure)?;
        let stay = Stay::of(from, nights)
            .ok_or_else(|| BadArgument::of("nights", Problem::Outside(1, 60)))?;
        let journey = Journey {
            departure: departure.clone(),
            destination,
            stay,
            onward: Vec::new(),
            party: flyers,
            currency,
        };
        let mut fares = Vec::new();
        for month in months(from, to) {
            let of_month = journey
                .fares(&*self.flights, context, month, nights)
                .await?;
            let within = of_month
                .into_iter()
                .filter(|day| from <= day.date && day.date <= to);
            fares.extend(within);
        }
        let mut windows = window::cheapest(destination, &fares, nights, rooms, category, currency);
        windows.truncate(SHOWN);
        Ok(WindowFound {
            departure,
            arrival: destination.code,
            destination,
            from,
            to: months(from, to)
                .last()
                .map_or(to, |last| to.min(last.last_of_month())),
            nights,
            party: guests,
            rooms,
            category,
            compared: fares.len(),
            windows,
        })
    }
}

impl Tool for FindTripWindow {
    const NAME: &'static str = "find_trip_window";
    const DESCRIPTION: &'static str = "Finds the cheapest days of a month or span for flight and \
        nights together, which are not those of the cheapest flight. It needs where from, a city, \
        the number of nights, and a month or `from` and `to`. Nights are indicative.";
    const LABEL: (&'static str, &'static str) = (
        "Recherche de la meilleure période",
        "Looking for the cheapest days of the trip",
    );
    const ESSENTIAL: bool = false;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("departure", "tool.departure"),
        ("arrival", "tool.arrival"),
        ("month", "tool.month"),
        ("nights", "tool.nights"),
        ("category", "tool.category"),
    ];
    type Args = FindTripWindowArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: FindTripWindowArgs,
    ) -> Result<ToolOutput, ToolError> {
        let found = self.find(context, &args).await?;
        Ok(ToolOutput {
            text: card::text(&found),
            card: card::sheet(&found, context.locale),
            result_count: found.windows.len() as u64,
            source: Some(self.flights.name()),
            effect: None,
            data: found.into(),
        })
    }
}
