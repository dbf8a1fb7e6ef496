//! Tool: what is known of a destination.

use std::sync::Arc;

use guide::{
    Destination, climate,
    context::Stay,
    destination,
    entry::Passport,
    holidays, school, season,
    time::{self, TimeDifference},
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    aspect::Aspect,
    card,
    found::{ContextFound, When, airport_of},
    source::ContextSource,
};
use crate::{
    capability::flights::search_flights::parse_currency,
    language::places,
    sources::asked,
    tools::{BadArgument, Problem, Tool, ToolContext, ToolError, ToolOutput},
    travel::{Iata, LocalTime, country},
};

/// From this day of a month on, the next one is taken where nobody says when.
const NEXT_FROM: i8 = 15;
/// Longest span of days.
const MOST_DAYS: i32 = 366;
/// Days whose holidays are told where nobody says when.
const CALENDAR_DAYS: i64 = 180;

/// Arguments of a question about a destination.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetDestinationContextArgs {
    /// City or country: IATA code or name. Only French school holidays need none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// First day there, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_in: Option<Date>,
    /// Last day there, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_out: Option<Date>,
    /// Month instead of days, YYYY-MM; without both the month at hand is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// Traveller's passport, ISO 3166 alpha-2: FR, BE, CH, LU, CA, GB, US, MA, TN, DZ, SN or CI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passport: Option<String>,
    /// IATA code of the traveller's city, for clocks and plugs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// ISO 4217 currency of the traveller; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What is asked; all of it where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Aspect>,
}

/// A place as far as the tables know it.
struct Spot {
    destination: Option<&'static Destination>,
    country: &'static str,
    at: Iata,
}

impl Spot {
    fn read(text: &str) -> Result<Self, BadArgument> {
        let code: Option<Iata> = text.trim().to_uppercase().parse().ok();
        let known = code
            .filter(|code| destination::by_code(*code).is_some() || airport_of(*code).is_some());
        let named = || places::search(text, 1).first().map(|airport| airport.iata);
        let Some(at) = known.or_else(named) else {
            return Err(match code {
                Some(code) => BadArgument::of("city", Problem::UnknownPlace(code)),
                None => BadArgument::of("city", Problem::Unlisted),
            });
        };
        let destination = destination::by_code(at);
        let of_airport = airport_of(at).map(|airport| airport.country);
        let country = destination.map(|place| place.country).or(of_airport);
        Ok(Self {
            destination,
            country: country.unwrap_or_default(),
            at,
        })
    }

    /// Where nothing but French school holidays is asked.
    fn france() -> Option<Self> {
        Some(Self {
            destination: None,
            country: country::by_code("FR")?.code,
            at: "PAR".parse().ok()?,
        })
    }
}

impl GetDestinationContextArgs {
    fn spot(&self) -> Result<Spot, BadArgument> {
        let only_school = self.about == [Aspect::SchoolHolidays];
        match &self.city {
            Some(city) => Spot::read(city),
            None if only_school => Spot::france().ok_or(BadArgument::of("city", Problem::Missing)),
            None => Err(BadArgument::of("city", Problem::Missing)),
        }
    }

    fn when(&self, today: Date) -> Result<When, BadArgument> {
        let said = |from, to| When {
            from,
            to,
            assumed: false,
        };
        if let Some(month) = &self.month {
            let first: Option<Date> = format!("{}-01", month.trim()).parse().ok();
            let first = first.ok_or_else(|| BadArgument::new("month", "must be YYYY-MM"))?;
            return Ok(said(first, first.last_of_month()));
        }
        match (self.check_in, self.check_out) {
            (None, None) => {
                let next = today.day() >= NEXT_FROM;
                let first = today.first_of_month();
                let first = first.saturating_add(i32::from(next).months());
                Ok(When {
                    from: first,
                    to: first.last_of_month(),
                    assumed: true,
                })
            }
            (from, to) => {
                let from = from.or(to).unwrap_or(today);
                let to = to.unwrap_or(from);
                let days = from.until(to).map_or(0, |span| span.get_days());
                match days {
                    0..=MOST_DAYS => Ok(said(from, to)),
                    _ => Err(BadArgument::new(
                        "check_out",
                        "0 to 366 days after check_in",
                    )),
                }
            }
        }
    }

    fn passport(&self) -> Result<Option<Passport>, BadArgument> {
        let said = self.passport.as_deref();
        let read = said.map(|code| code.trim().to_uppercase().parse());
        read.transpose().map_err(|_| {
            BadArgument::new("passport", "known are FR BE CH LU CA GB US MA TN DZ SN CI")
        })
    }

    fn home(&self) -> Result<Option<Iata>, BadArgument> {
        let Some(text) = &self.home else {
            return Ok(None);
        };
        let code: Option<Iata> = text.trim().to_uppercase().parse().ok();
        let by_code = code.filter(|code| airport_of(*code).is_some());
        let by_name = || places::search(text, 1).first().map(|airport| airport.iata);
        by_code
            .or_else(by_name)
            .map(Some)
            .ok_or_else(|| BadArgument::of("home", Problem::Unlisted))
    }
}

/// Asks one source.
pub struct GetDestinationContext {
    source: Arc<dyn ContextSource>,
}

impl GetDestinationContext {
    /// Asks `source`.
    #[must_use]
    pub fn new(source: Arc<dyn ContextSource>) -> Self {
        Self { source }
    }
}

impl Tool for GetDestinationContext {
    const NAME: &'static str = "get_destination_context";
    const DESCRIPTION: &'static str = "Facts on a city or country for a stay: climate of the month \
        (means, no forecast), best months, entry rules for a passport (indicative, dated, with the \
        official link), currency and dated rate, languages, plugs, driving side, emergency numbers, \
        time difference, public holidays, French school holidays, airport distance. It needs the \
        passport to tell entry rules. It knows no live weather, health, safety or speed limits.";
    const LABEL: (&'static str, &'static str) = (
        "Renseignements sur la destination",
        "Looking up facts about the destination",
    );
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("city", "tool.city"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
        ("month", "tool.month"),
    ];
    type Args = GetDestinationContextArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: GetDestinationContextArgs,
    ) -> Result<ToolOutput, ToolError> {
        let (today, spot) = (context.now.date(), args.spot()?);
        let (when, home) = (args.when(today)?, args.home()?);
        let own_currency = parse_currency(args.currency.as_deref(), context.currency)?;
        let stay = Stay {
            destination: spot.destination,
            country: spot.country,
            at: spot.at,
            from: when.from,
            to: when.to,
            passport: args.passport()?,
            home,
            currency: Some(own_currency),
        };
        let facts = self.source.context(&stay);
        let mut facts = asked(self.source.name(), "context", |_| 1, facts).await?;
        let mut calendar = (when.from, when.to);
        if when.assumed {
            // Nobody goes on holiday in a month that was only assumed.
            let from = today.max(holidays::COVERED.0);
            calendar = (from, from.saturating_add(CALENDAR_DAYS.days()));
            facts.holidays = holidays::during(spot.country, calendar.0, calendar.1);
            facts.school = school::during(calendar.0, calendar.1);
        }
        let about = match args.about.is_empty() {
            true => Aspect::ALL.to_vec(),
            false => args.about.clone(),
        };
        let found = ContextFound {
            destination: spot.destination,
            at: spot.at,
            about,
            when,
            calendar,
            own_currency,
            home,
            device: to_device(context, spot.at, when),
            season: spot
                .destination
                .and_then(|place| climate::of(place.code))
                .map(season::best),
            context: facts,
        };
        Ok(ToolOutput {
            text: card::text(&found, context.locale),
            card: card::card(&found, context.locale),
            result_count: 1,
            source: Some(self.source.name()),
            effect: None,
            data: found.into(),
        })
    }
}

/// How far the clocks there are from that of the device, at noon of the first day.
fn to_device(context: &ToolContext, at: Iata, when: When) -> Option<TimeDifference> {
    let noon = when.from.at(12, 0, 0, 0);
    let here = noon.to_zoned(context.now.time_zone().clone()).ok()?;
    let there = here.with_time_zone(time::zone(at)?);
    Some(TimeDifference {
        minutes: (there.offset().seconds() - here.offset().seconds()) / 60,
        here: LocalTime::from(&here),
        there: LocalTime::from(&there),
    })
}
