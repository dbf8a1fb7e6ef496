//! Tool: whole trips in three tiers.

use std::sync::Arc;

use guide::{
    package::{self, Alternatives, Flight, Package, Tier},
    rates,
    stays::{self, Category, Stay},
    window,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{card, found::PackagesFound, options};
use crate::{
    capability::{
        arguments::{budget, city, guests, month, nights, rooms, stay},
        fares::{self, Journey, flyers},
        flights::search_flights::{check_party, parse_codes, parse_currency},
    },
    sources::FlightSource,
    tools::{BadArgument, Effect, Problem, Tool, ToolContext, ToolError, ToolOutput},
    travel::{Money, Offer},
};

/// Arguments of a question for packages.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendBestPackageArgs {
    /// Where the trip begins: IATA codes, alternatives separated by commas.
    pub departure: String,
    /// City: IATA code or name.
    #[serde(alias = "city")]
    pub arrival: String,
    /// Day of departure and first night, YYYY-MM-DD; with return_date.
    #[serde(default, skip_serializing_if = "Option::is_none", alias = "check_in")]
    pub date: Option<Date>,
    /// Day of return, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none", alias = "check_out")]
    pub return_date: Option<Date>,
    /// Without dates: the month, YYYY-MM, whose cheapest days are taken; with nights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// Nights, 1 to 60; with month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nights: Option<u16>,
    /// Travellers of 18 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children, 0 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// Rooms; as many as the party needs where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u8>,
    /// What may be spent on all of it, a positive number in `currency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Number>,
    /// true = the budget is for each person; else it is for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_per_person: Option<bool>,
    /// ISO 4217 currency of the budget and of the answer; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The package that the visitor takes: its flights and nights become those of the trip. Only once they
    /// said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
}

/// Asks one source of flights.
pub struct RecommendBestPackage {
    flights: Arc<dyn FlightSource>,
}

impl RecommendBestPackage {
    /// Asks `flights`.
    #[must_use]
    pub fn new(flights: Arc<dyn FlightSource>) -> Self {
        Self { flights }
    }

    /// The way there and back, and whether its days were chosen here.
    async fn journey(
        &self,
        context: &ToolContext,
        args: &RecommendBestPackageArgs,
        rooms: u8,
        party: &crate::travel::Party,
    ) -> Result<(Journey, bool), ToolError> {
        let currency = parse_currency(args.currency.as_deref(), context.currency)?;
        let to = city("arrival", &args.arrival)?;
        let flyers = flyers(party);
        check_party(&flyers)?;
        let journey = |stay| -> Result<Journey, BadArgument> {
            Ok(Journey {
                departure: parse_codes("departure", &args.departure)?,
                destination: to,
                stay,
                onward: Vec::new(),
                party: flyers.clone(),
                currency,
            })
        };
        if let (Some(first), Some(last)) = (args.date, args.return_date) {
            return Ok((journey(stay(first, last, context)?)?, false));
        }
        let (Some(text), Some(count)) = (&args.month, args.nights) else {
            let problem = "is needed with return_date, or else month and nights";
            return Err(BadArgument::new("date", problem).into());
        };
        let (first, count) = (month("month", text)?, nights("nights", count)?);
        if first.last_of_month() < context.now.date() {
            return Err(BadArgument::of("month", Problem::Past).into());
        }
        let any =
            Stay::of(first, count).ok_or_else(|| BadArgument::of("month", Problem::TooFar))?;
        let journey = journey(any)?;
        let fares = journey.fares(&*self.flights, context, first, count).await?;
        let windows = window::cheapest(to, &fares, count, rooms, Category::Mid, currency);
        let days = windows.first().map_or(any, |best| Stay {
            check_in: best.depart,
            check_out: best.return_date,
        });
        Ok((journey.on(days), true))
    }

    async fn find(
        &self,
        context: &ToolContext,
        args: &RecommendBestPackageArgs,
    ) -> Result<PackagesFound, ToolError> {
        let guests = guests(args.adults, &args.children_ages)?;
        let rooms = rooms(args.rooms)?.unwrap_or_else(|| stays::rooms(&guests));
        let (journey, days_chosen) = self.journey(context, args, rooms, &guests).await?;
        let (place, stay, currency) = (journey.destination, journey.stay, journey.currency);
        let flyers = &journey.party;
        let each = (args.budget_per_person == Some(true)).then(|| flyers.seats());
        let budget = budget(args.budget.as_ref(), each, currency)?;
        let offers = options::flights(&journey, &*self.flights, context).await?;
        let flights: Vec<_> = offers.iter().map(weighed).collect();
        let packages = package::packages(place, stay, flyers, Some(rooms), &flights, currency);
        let asked = |tier| packages.iter().position(|package| package.tier == tier);
        let choice = args.tier.and_then(asked);
        let taken = choice.or_else(|| taken(&packages, budget));
        let chosen = fares::chosen(context, place, stay, &[], flyers);
        // The ways of a trip of several cities are none of a package.
        let keeps = chosen.is_some() || !context.state.trip.onward.is_empty();
        let relaxations = match budget.filter(|_| taken.is_none() && !packages.is_empty()) {
            Some(budget) => {
                let dates = options::other_days(&journey, &*self.flights, context).await?;
                let airports = options::other_airports(&journey, &*self.flights, context).await?;
                let others = Alternatives {
                    dates: &dates,
                    airports: &airports,
                };
                package::relaxations(place, stay, flyers, Some(rooms), &flights, others, budget)
            }
            None => Vec::new(),
        };
        let of = |package: &Package| offers.get(package.flight).cloned();
        let chosen: Option<Vec<Offer>> = packages.iter().map(of).collect();
        let dollars = "USD".parse().unwrap_or(currency);
        Ok(PackagesFound {
            departure: journey.departure.clone(),
            arrival: place.code,
            destination: place,
            stay,
            days_chosen,
            party: guests,
            rooms,
            flights: chosen.unwrap_or_default(),
            packages,
            taken,
            is_choice: choice.is_some(),
            keeps_flights: keeps && choice.is_none(),
            budget,
            relaxations,
            basis: rates::rate(dollars, currency).basis,
            rates_of: rates::DATE,
        })
    }
}

/// The package that is recommended: the best within the budget; without one the balanced.
fn taken(packages: &[Package], budget: Option<Money>) -> Option<usize> {
    let best = match budget {
        Some(budget) => package::within(packages, budget)?.tier,
        None => Tier::Balanced,
    };
    packages.iter().position(|package| package.tier == best)
}

/// An offer as packages weigh it.
fn weighed(offer: &Offer) -> Flight {
    Flight {
        total: offer.total,
        minutes: u32::try_from(offer.duration().as_mins()).unwrap_or(u32::MAX),
        stops: offer.stops(),
    }
}

impl Tool for RecommendBestPackage {
    const NAME: &'static str = "recommend_best_package";
    const DESCRIPTION: &'static str = "Whole trips in three tiers (thrifty, balanced, comfort): \
        flights, stay, meals and visits, the reasons and trade-offs, the best within a budget, and \
        where none fits what would. It needs where from, a city, and dates or a month with nights. \
        All but flights is indicative; it books nothing.";
    const LABEL: (&'static str, &'static str) = ("Comparaison des formules", "Comparing packages");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("departure", "tool.departure"),
        ("arrival", "tool.arrival"),
        ("date", "tool.date"),
        ("return_date", "tool.return_date"),
        ("month", "tool.month"),
        ("nights", "tool.nights"),
    ];
    type Args = RecommendBestPackageArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: RecommendBestPackageArgs,
    ) -> Result<ToolOutput, ToolError> {
        let found = self.find(context, &args).await?;
        let planned = card::planned(&found, context.locale);
        Ok(ToolOutput {
            text: card::text(&found),
            card: card::sheet(&found, context.locale),
            result_count: found.packages.len() as u64,
            source: Some(self.flights.name()),
            effect: planned.map(Effect::Planned),
            data: found.into(),
        })
    }
}
