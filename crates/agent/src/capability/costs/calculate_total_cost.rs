//! Tool: what the whole trip costs.

use std::sync::Arc;

use guide::{rates, stays::Category};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{
    bill::{Payers, Wanted},
    card,
    found::{CostFound, Fare},
    route::Route,
    savings::Priced,
};
use crate::{
    capability::{
        arguments::{budget, city, guests, rooms, stay},
        fares::{Journey, chosen, flyers},
        flights::search_flights::{check_party, parse_codes, parse_currency},
        stays::StaySource,
    },
    sources::FlightSource,
    tools::{Effect, Tool, ToolContext, ToolError, ToolOutput},
    travel::Money,
    trip::Part,
};

/// A way after the first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostLeg {
    /// Where from: IATA codes, alternatives separated by commas.
    pub departure: String,
    /// Where to: IATA codes.
    pub arrival: String,
    /// Day of departure, YYYY-MM-DD.
    pub date: Date,
}

/// Arguments of a question for the cost of a trip.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalculateTotalCostArgs {
    /// City: IATA code or name.
    pub city: String,
    /// Where the trip begins: IATA codes, alternatives separated by commas; absent = not known, and
    /// flights are then only counted where the conversation has chosen one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<String>,
    /// First night, YYYY-MM-DD.
    pub check_in: Date,
    /// Day of departure, YYYY-MM-DD.
    pub check_out: Date,
    /// Of a trip of several cities, or back from another one: the ways after the first, in order, the last
    /// one home on `check_out`. The nights of each city follow from their days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<CostLeg>,
    /// Travellers of 18 and more; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    /// Ages of the children, 0 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children_ages: Vec<u8>,
    /// Rooms; as many as the party needs where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u8>,
    /// Category: budget, mid or comfort; that of the planned stay where absent, else mid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// What may be spent, a positive number in `currency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Number>,
    /// true = the budget is for each person; else it is for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_per_person: Option<bool>,
    /// ISO 4217 currency of the budget and of the answer; the visitor's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// true = also what would make it cheaper. It is told by itself when the budget is exceeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub savings: Option<bool>,
}

/// Asks one source of flights and one of nights.
pub struct CalculateTotalCost {
    flights: Arc<dyn FlightSource>,
    stays: Arc<dyn StaySource>,
}

impl CalculateTotalCost {
    /// Asks these sources.
    #[must_use]
    pub fn new(flights: Arc<dyn FlightSource>, stays: Arc<dyn StaySource>) -> Self {
        Self { flights, stays }
    }

    async fn find(
        &self,
        context: &ToolContext,
        args: &CalculateTotalCostArgs,
    ) -> Result<CostFound, ToolError> {
        let destination = city("city", &args.city)?;
        let stay = stay(args.check_in, args.check_out, context)?;
        let guests = guests(args.adults, &args.children_ages)?;
        let flyers = flyers(&guests);
        let rooms = rooms(args.rooms)?;
        let currency = parse_currency(args.currency.as_deref(), context.currency)?;
        let each = args.budget_per_person == Some(true);
        let budget = budget(args.budget.as_ref(), each.then(|| flyers.seats()), currency)?;
        let departure = args.departure.as_deref();
        let departure = departure
            .map(|codes| parse_codes("departure", codes))
            .transpose()?;
        let route = Route::of(destination, stay, &args.legs)?;
        let days: Vec<_> = args.legs.iter().map(|leg| leg.date).collect();
        let chosen = chosen(context, destination, stay, &days, &flyers);
        // A trip that has begun to be built tells where it begins.
        let begins = chosen
            .as_ref()
            .and_then(|offer| Some(vec![offer.slices.first()?.origin.iata]));
        let journey = departure.or(begins).map(|departure| Journey {
            departure,
            destination,
            stay,
            onward: route.onward,
            party: flyers.clone(),
            currency,
        });
        let (fare, flight) = match (chosen, &journey) {
            (Some(offer), _) => (Fare::OfTrip, Some(offer)),
            (None, Some(journey)) => {
                check_party(&flyers)?;
                match journey.cheapest(&*self.flights, context).await? {
                    Some(offer) => (Fare::Cheapest, Some(offer)),
                    None => (Fare::NotFound, None),
                }
            }
            (None, None) => (Fare::NoDeparture, None),
        };
        let nights = route.stays.into_iter().flat_map(|(place, stay)| {
            let wanted = Wanted {
                place,
                stay,
                guests: &guests,
                rooms,
                category: args.category,
            };
            wanted.nights(&context.state.plan)
        });
        let nights: Vec<_> = nights.collect();
        let payers = Payers {
            guests: &guests,
            flyers: &flyers,
            currency,
        };
        let fare_total = flight.as_ref().map(|offer| offer.total);
        let bill = payers.bill(&*self.stays, fare_total, &nights).await?;
        let left = bill.as_ref().zip(budget);
        let left = left.map(|(bill, budget)| Money::new(budget.minor - bill.total.minor, currency));
        let is_over = left.is_some_and(|left| left.minor < 0);
        let savings = match &bill {
            Some(bill) if is_over || args.savings == Some(true) => {
                let priced = Priced {
                    payers: &payers,
                    nights: &nights,
                    bill,
                    // Days of several ways are not moved one by one.
                    journey: journey.as_ref().filter(|_| args.legs.is_empty()),
                };
                let found = priced.savings(&*self.flights, &*self.stays, context);
                let mut found = found.await?;
                found.retain(|saving| args.legs.is_empty() || !saving.kind.moves_days());
                found
            }
            _ => Vec::new(),
        };
        let dollars = "USD".parse().unwrap_or(currency);
        Ok(CostFound {
            city: destination.code,
            destination,
            stay,
            ways: args.legs.len() + 1,
            party: guests,
            fare,
            flight,
            nights,
            bill,
            budget,
            left,
            savings,
            basis: rates::rate(dollars, currency).basis,
            rates_of: rates::DATE,
        })
    }
}

impl Tool for CalculateTotalCost {
    const NAME: &'static str = "calculate_total_cost";
    const DESCRIPTION: &'static str = "What a whole trip costs, for all and each: flights, stay, \
        meals, local transport and visits, and how that compares with a budget. It takes the flight \
        and the stay that the conversation has chosen, else the cheapest flight and indicative \
        nights; it needs a city and dates, and `departure` to count flights. All but chosen flights \
        is indicative.";
    const LABEL: (&'static str, &'static str) = ("Calcul du coût total", "Adding up the cost");
    const ESSENTIAL: bool = true;
    const SAFE: &'static [(&'static str, &'static str)] = &[
        ("departure", "tool.departure"),
        ("city", "tool.city"),
        ("check_in", "tool.check_in"),
        ("check_out", "tool.check_out"),
        ("category", "tool.category"),
    ];
    type Args = CalculateTotalCostArgs;

    async fn call(
        &self,
        context: &ToolContext,
        args: CalculateTotalCostArgs,
    ) -> Result<ToolOutput, ToolError> {
        let found = self.find(context, &args).await?;
        let cost = card::cost(&found);
        Ok(ToolOutput {
            text: card::text(&found),
            card: card::sheet(&found, context.locale),
            result_count: u64::from(found.bill.is_some()),
            source: Some(self.stays.name()),
            effect: cost.map(|cost| Effect::Planned(Part::Cost(cost))),
            data: found.into(),
        })
    }
}
