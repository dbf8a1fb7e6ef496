//! What is wished of a destination, as a model or a program writes it, and as the tables take it.

use guide::{
    destination,
    kinds::Kind,
    region::{Area, Region},
    suggest::{Weather, When, Wishes},
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    capability::{
        arguments::{guests, nights},
        flights::search_flights::{check_horizon, parse_codes, parse_currency, parse_price},
    },
    tools::{BadArgument, Problem, ToolContext},
    travel::{Iata, Money, Party, country},
};

/// Suggestions where no number is asked for, and at most.
const LIMIT: (u8, u8) = (5, 10);
/// Nights where nobody says how many.
const NIGHTS: u16 = 7;
/// From this day of a month on, the next one is taken where nobody says when.
const NEXT_FROM: i8 = 15;

/// Weather that may be wished for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WishedWeather {
    /// Warm days.
    Warm,
    /// Sun and warm days.
    Sunny,
    /// Little rain.
    Dry,
    /// Cold days.
    Cold,
    /// Snow.
    Snow,
}

impl WishedWeather {
    fn wishes(self) -> Vec<Weather> {
        match self {
            Self::Warm => vec![Weather::Warm],
            Self::Sunny => vec![Weather::Warm, Weather::Sunny],
            Self::Dry => vec![Weather::Dry],
            Self::Cold => vec![Weather::Cold],
            Self::Snow => vec![Weather::Snow],
        }
    }
}

/// Arguments of a question for suggestions.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestDestinationsArgs {
    /// Where from: IATA code of an airport or city; without it there are no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<String>,
    /// Month of the journey, YYYY-MM; the month at hand where days are absent too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// First day there, YYYY-MM-DD, instead of a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_in: Option<Date>,
    /// Day of departure, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_out: Option<Date>,
    /// Nights there; 7 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nights: Option<u16>,
    /// Travellers of 18 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children, 0 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// Most that the flights of the whole party may cost, as a decimal number in `currency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_price: Option<String>,
    /// The same for one traveller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_price_per_person: Option<String>,
    /// ISO 4217 currency of the prices; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Weather wished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warmth: Option<WishedWeather>,
    /// What the place is to be, all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Kind>,
    /// What it must not mainly be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_kinds: Vec<Kind>,
    /// Places that are not wanted: IATA codes, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude: Option<String>,
    /// Only in this country: ISO 3166 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Only in this part of the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// Not in this part of the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_region: Option<Region>,
    /// Only these places: IATA codes, separated by commas, such as those of an island or a province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// true = not far, at most three hours of flight.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub near: bool,
    /// Most hours of a nonstop flight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_hours: Option<u8>,
    /// How many; 5 where absent, at most 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
}

/// The arguments, read.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) wishes: Wishes,
    /// What no suggestion may mainly be.
    pub(super) refused: Vec<Kind>,
    /// First day of the month, or the first day there.
    pub(super) from: Date,
    /// Whether that day is exact.
    pub(super) exact: bool,
    /// Whether the month was only assumed.
    pub(super) month_assumed: bool,
    pub(super) nights: u16,
    pub(super) party: Party,
    pub(super) limit: usize,
}

impl SuggestDestinationsArgs {
    pub(super) fn read(&self, context: &ToolContext) -> Result<Asked, BadArgument> {
        let today = context.now.date();
        let (from, exact, month_assumed) = self.from(today)?;
        if from.last_of_month() < today || exact && from < today {
            return Err(BadArgument::of("month", Problem::Past));
        }
        check_horizon("month", from, context)?;
        let nights = self.nights()?;
        let party = guests(self.adults, &self.children_ages)?;
        let currency = parse_currency(self.currency.as_deref(), context.currency)?;
        let each = "max_price_per_person";
        let each = parse_price(each, self.max_price_per_person.as_deref(), currency)?;
        let people = i64::try_from(party.size()).unwrap_or(1);
        let each = each.map(|each| Money::new(each.minor.saturating_mul(people), currency));
        let all = parse_price("max_price", self.max_price.as_deref(), currency)?;
        let budget = [all, each].into_iter().flatten().min_by_key(|m| m.minor);
        let last = from.saturating_add(i64::from(nights).days());
        let when = match exact {
            true => When::Days(from, last),
            false => When::Month(from.month()),
        };
        let limit = self.limit.unwrap_or(LIMIT.0);
        if !(1..=LIMIT.1).contains(&limit) {
            return Err(BadArgument::of("limit", Problem::Outside(1, 10)));
        }
        Ok(Asked {
            wishes: Wishes {
                home: self.home()?,
                when: Some(when),
                nights: self.nights.or(exact.then_some(nights)),
                weather: self.warmth.map(WishedWeather::wishes).unwrap_or_default(),
                kinds: self.kinds.iter().map(|kind| vec![*kind]).collect(),
                near: self.near,
                max_minutes: self.max_hours.map(|hours| u16::from(hours) * 60),
                max_km: None,
                budget,
                only: self.only()?,
                except: self.except()?,
            },
            refused: self.exclude_kinds.clone(),
            from,
            exact,
            month_assumed,
            nights,
            party,
            limit: limit.into(),
        })
    }

    fn from(&self, today: Date) -> Result<(Date, bool, bool), BadArgument> {
        if let Some(day) = self.check_in {
            return Ok((day, true, false));
        }
        if let Some(month) = &self.month {
            let first: Option<Date> = format!("{}-01", month.trim()).parse().ok();
            let first = first.ok_or_else(|| BadArgument::new("month", "must be YYYY-MM"))?;
            return Ok((first, false, false));
        }
        let next = today.day() >= NEXT_FROM;
        let first = today.first_of_month();
        Ok((first.saturating_add(i32::from(next).months()), false, true))
    }

    fn nights(&self) -> Result<u16, BadArgument> {
        let between = match (self.check_in, self.check_out) {
            (Some(from), Some(to)) => {
                let days = from.until(to).map_or(0, |span| span.get_days());
                Some(u16::try_from(days).unwrap_or(0))
            }
            (None, Some(_)) => return Err(BadArgument::of("check_in", Problem::Missing)),
            _ => None,
        };
        nights("nights", between.or(self.nights).unwrap_or(NIGHTS))
    }

    fn home(&self) -> Result<Option<Iata>, BadArgument> {
        let codes = self.departure.as_deref();
        let codes = codes
            .map(|text| parse_codes("departure", text))
            .transpose()?;
        Ok(codes.and_then(|codes| codes.first().copied()))
    }

    fn only(&self) -> Result<Vec<Area>, BadArgument> {
        // The narrowest of what was said.
        if let Some(text) = &self.only {
            let places = places("only", text)?;
            return match places.is_empty() {
                true => Err(BadArgument::of("only", Problem::Unlisted)),
                false => Ok(places),
            };
        }
        let Some(code) = &self.country else {
            return Ok(self.region.map(Area::Region).into_iter().collect());
        };
        let known = country::by_code(code.trim());
        known
            .map(|country| vec![Area::Country(country)])
            .ok_or_else(|| BadArgument::new("country", "needs an ISO 3166 code, such as ES"))
    }

    fn except(&self) -> Result<Vec<Area>, BadArgument> {
        let named = self.exclude.as_deref();
        let named = named.map(|text| places("exclude", text)).transpose()?;
        let region = self.exclude_region.map(Area::Region);
        Ok(named
            .unwrap_or_default()
            .into_iter()
            .chain(region)
            .collect())
    }
}

/// The destinations of codes separated by commas.
fn places(argument: &'static str, text: &str) -> Result<Vec<Area>, BadArgument> {
    let codes = parse_codes(argument, text)?;
    let places = codes.into_iter().filter_map(destination::by_code);
    Ok(places.map(Area::Place).collect())
}
