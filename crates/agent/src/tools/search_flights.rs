//! Tool: flight search.

use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Effect, Tool, ToolContext, ToolData, ToolError, ToolOutput};
use crate::{
    event::Card,
    sources::{FlightSource, SourceError},
    travel::{
        Cabin, CarrierCode, Currency, DayPart, FlightQuery, HORIZON_DAYS, Iata, Money, Offer,
        Party, Sort, horizon,
    },
};

/// Most offers that a search returns.
const MAX_LIMIT: usize = 20;
/// Offers where the arguments say nothing: what a person compares at a glance.
const DEFAULT_LIMIT: usize = 5;
/// Most seats of one search, the usual limit of airlines.
const MAX_SEATS: usize = 9;

/// Arguments of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchFlightsArgs {
    /// Where from: IATA code of an airport or city; alternatives separated by commas.
    pub departure: String,
    /// Where to: IATA code of an airport or city; alternatives separated by commas.
    pub arrival: String,
    /// Day of departure, YYYY-MM-DD.
    pub date: Date,
    /// Day of return, YYYY-MM-DD; absent = one-way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_date: Option<Date>,
    /// Passengers of 12 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children of 2 to 11.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// Infants under 2, on a lap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub infants: Option<u8>,
    /// Cabin; economy where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cabin: Option<Cabin>,
    /// At most this many stops: 0, 1 or 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_stops: Option<u8>,
    /// Two-character designator of the airline that must fly every segment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub airline: Option<String>,
    /// Part of the day of departure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure_time: Option<DayPart>,
    /// Most that the whole party may pay, as a decimal number in `currency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_price: Option<String>,
    /// ISO 4217 currency of the prices; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Order; best where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Most offers to return, 1 to 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
}

/// An argument that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{argument}: {problem}")]
pub struct BadArgument {
    /// Its name.
    pub argument: &'static str,
    /// What is wrong with it.
    pub problem: String,
}

impl BadArgument {
    fn new(argument: &'static str, problem: impl Into<String>) -> Self {
        Self {
            argument,
            problem: problem.into(),
        }
    }
}

impl SearchFlightsArgs {
    /// The query that the arguments mean, for this visitor and moment.
    pub fn query(&self, context: &ToolContext) -> Result<FlightQuery, BadArgument> {
        let currency = parse_currency(self.currency.as_deref(), context.currency)?;
        let party = parse_party(self.adults, &self.children_ages, self.infants)?;
        if self.date < context.now.date() {
            return Err(BadArgument::new("date", "is in the past"));
        }
        check_horizon("date", self.date, context)?;
        if let Some(back) = self.return_date {
            if back < self.date {
                return Err(BadArgument::new("return_date", "is before the departure"));
            }
            check_horizon("return_date", back, context)?;
        }
        Ok(FlightQuery {
            origins: parse_codes("departure", &self.departure)?,
            destinations: parse_codes("arrival", &self.arrival)?,
            depart: self.date,
            return_date: self.return_date,
            party,
            cabin: self.cabin.unwrap_or_default(),
            max_stops: self.max_stops,
            airline: parse_airline(self.airline.as_deref())?,
            departure: self.departure_time,
            max_price: parse_max_price(self.max_price.as_deref(), currency)?,
            sort: self.sort.unwrap_or_default(),
            currency,
            limit: self
                .limit
                .map_or(DEFAULT_LIMIT, usize::from)
                .clamp(1, MAX_LIMIT),
            locale: context.locale,
            now: context.now.timestamp(),
        })
    }
}

/// Checks that schedules reach as far as a day.
pub(super) fn check_horizon(
    argument: &'static str,
    day: Date,
    context: &ToolContext,
) -> Result<(), BadArgument> {
    match day <= horizon(context.now.date()) {
        true => Ok(()),
        false => Err(BadArgument::new(
            argument,
            format!("is more than {HORIZON_DAYS} days ahead"),
        )),
    }
}

/// Reads codes separated by commas.
pub(super) fn parse_codes(argument: &'static str, text: &str) -> Result<Vec<Iata>, BadArgument> {
    let codes: Result<Vec<Iata>, _> = text.split(',').map(|code| code.trim().parse()).collect();
    let codes = codes.map_err(|_| BadArgument::new(argument, "needs IATA codes, such as LYS"))?;
    match codes
        .iter()
        .find(|code| crate::travel::airport::resolve(**code).is_empty())
    {
        Some(code) => Err(BadArgument::new(
            argument,
            format!("no airport or city has code {code}"),
        )),
        None => Ok(codes),
    }
}

/// Reads a party and checks that an airline would carry it.
pub(super) fn parse_party(
    adults: Option<u8>,
    children_ages: &[u8],
    infants: Option<u8>,
) -> Result<Party, BadArgument> {
    let party = Party {
        adults: adults.unwrap_or(1),
        children: children_ages.iter().copied().map(Some).collect(),
        infants: infants.unwrap_or(0),
    };
    if party.adults == 0 {
        return Err(BadArgument::new("adults", "at least one is needed"));
    }
    if party.seats() > MAX_SEATS {
        return Err(BadArgument::new(
            "adults",
            "at most 9 seats can be searched at once",
        ));
    }
    if party.infants > party.adults {
        return Err(BadArgument::new("infants", "each needs an adult's lap"));
    }
    if children_ages.iter().any(|age| !(2..12).contains(age)) {
        return Err(BadArgument::new(
            "children_ages",
            "children are 2 to 11 years old",
        ));
    }
    Ok(party)
}

/// Reads a currency.
pub(super) fn parse_currency(
    text: Option<&str>,
    default: Currency,
) -> Result<Currency, BadArgument> {
    text.map_or(Ok(default), |code| {
        code.parse()
            .map_err(|_| BadArgument::new("currency", "needs an ISO 4217 code, such as EUR"))
    })
}

/// Reads an airline's designator.
pub(super) fn parse_airline(text: Option<&str>) -> Result<Option<CarrierCode>, BadArgument> {
    let parse = |code: &str| {
        code.parse()
            .map_err(|_| BadArgument::new("airline", "needs a designator, such as AF"))
    };
    text.map(parse).transpose()
}

fn parse_max_price(text: Option<&str>, currency: Currency) -> Result<Option<Money>, BadArgument> {
    let parse = |amount: &str| {
        let money = Money::parse(amount, currency).filter(|money| money.minor > 0);
        money.ok_or_else(|| BadArgument::new("max_price", "needs a positive decimal number"))
    };
    text.map(parse).transpose()
}

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
    const DESCRIPTION: &'static str = "Searches flights, one-way or return, for one day. \
        Answers offers with price, times, stops and carriers.";
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
        let query = args.query(context).map_err(ToolError::arguments)?;
        let offers = self.source.search(&query).await.map_err(source_error)?;
        Ok(ToolOutput {
            text: describe(&offers, self.source.name()),
            card: (!offers.is_empty()).then(|| Card::FlightOffers {
                offers: offers.clone(),
            }),
            result_count: offers.len() as u64,
            source: Some(self.source.name()),
            effect: Some(Effect::Shown {
                offers: offers.clone(),
                search: args.clone(),
            }),
            data: ToolData::Flights {
                offers,
                search: args,
            },
        })
    }
}

/// A source's failure, for the model.
pub(super) fn source_error(error: SourceError) -> ToolError {
    match error {
        SourceError::UnknownPlace(_) | SourceError::BadQuery(_) => ToolError::arguments(error),
    }
}

/// One line an offer, for models that read text.
fn describe(offers: &[Offer], source: &str) -> String {
    if offers.is_empty() {
        return "No flight fits.".to_owned();
    }
    let mut text = format!("{} offers from the source `{source}`", offers.len());
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
