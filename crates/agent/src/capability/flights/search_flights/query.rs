//! From arguments to a query: what they mean for this visitor and moment, or what is wrong.

use jiff::civil::Date;

use super::{
    SearchFlightsArgs,
    values::{check_horizon, parse_codes, parse_currency, parse_party, parse_price, parse_window},
};
use crate::{
    capability::flights::conditions::Conditions,
    tools::{BadArgument, Problem, ToolContext, Within},
    travel::{Currency, Filter, FlightQuery, FlightSearch, Iata, Leg, MAX_LEGS, Window, airport},
};

/// Most offers that a search returns.
const MAX_LIMIT: usize = 20;
/// Offers where the arguments say nothing: what a person compares at a glance.
const DEFAULT_LIMIT: usize = 5;
/// Most days around each day.
const MAX_FLEXIBLE: u8 = 3;

impl SearchFlightsArgs {
    /// The query that the arguments mean, for this visitor and moment.
    pub fn query(&self, context: &ToolContext) -> Result<FlightQuery, BadArgument> {
        self.check_days(context)?;
        Ok(FlightQuery {
            search: self.search(context.currency)?,
            limit: self
                .limit
                .map_or(DEFAULT_LIMIT, usize::from)
                .clamp(1, MAX_LIMIT),
            skip: usize::from(self.skip.unwrap_or_default()),
            locale: context.locale,
            now: context.now.timestamp(),
        })
    }

    /// The search that they mean, whenever it is asked for; prices in `currency` where they say none.
    pub fn search(&self, currency: Currency) -> Result<FlightSearch, BadArgument> {
        let currency = parse_currency(self.currency.as_deref(), currency)?;
        let party = parse_party(self.adults, &self.children_ages, self.infants)?;
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
        let flexible_days = self.flexible_days.unwrap_or_default();
        if flexible_days > MAX_FLEXIBLE {
            return Err(BadArgument::of("flexible_days", Problem::Outside(0, 3)));
        }
        Ok(FlightSearch {
            legs: self.all_legs()?,
            flexible_days,
            party,
            cabin: self.cabin.unwrap_or_default(),
            filter: Filter {
                max_price: parse_price("max_price", self.max_price.as_deref(), currency)?,
                max_price_each: parse_price(
                    "max_price_per_person",
                    self.max_price_per_person.as_deref(),
                    currency,
                )?,
                ..conditions.filter()?
            },
            sort: self.sort.unwrap_or_default(),
            currency,
        })
    }

    /// Checks that the days can be flown, seen from this moment.
    fn check_days(&self, context: &ToolContext) -> Result<(), BadArgument> {
        if self.date < context.now.date() {
            return Err(BadArgument::of("date", Problem::Past));
        }
        check_horizon("date", self.date, context)?;
        if let Some(back) = self.return_date {
            check_horizon("return_date", back, context)?;
        }
        for (nth, leg) in (2..).zip(&self.legs) {
            check_horizon("date", leg.date, context).map_err(|bad| bad.within(Within::Leg(nth)))?;
        }
        Ok(())
    }

    /// The codes of a leg whose ends are one city, such as Paris and Orly: nobody flies there.
    #[must_use]
    pub fn same_city(&self) -> Option<(Iata, Iata)> {
        let further = self.legs.iter().map(|leg| (&leg.departure, &leg.arrival));
        let mut legs = std::iter::once((&self.departure, &self.arrival)).chain(further);
        legs.find_map(|(from, to)| {
            let (from, to) = (parse_codes("", from).ok()?, parse_codes("", to).ok()?);
            one_city(&from, &to)
        })
    }

    fn all_legs(&self) -> Result<Vec<Leg>, BadArgument> {
        let first = Leg {
            origins: parse_codes("departure", &self.departure)?,
            destinations: parse_codes("arrival", &self.arrival)?,
            depart: self.date,
            window: Window {
                part: self.departure_time,
                ..parse_window(None, &self.times())?
            },
        };
        if let Some(bad) = refused_city("arrival", &first) {
            return Err(bad);
        }
        let mut legs = vec![first];
        match self.return_date {
            Some(_) if !self.legs.is_empty() => {
                let problem = "cannot stand beside return_date: the way back is the last of legs";
                return Err(BadArgument::new("legs", problem));
            }
            Some(back) => legs.push(self.way_back(back, &legs[0])?),
            None if self.return_window.is_some() => {
                return Err(BadArgument::new("return_window", "needs a return_date"));
            }
            None => self.further(&mut legs)?,
        }
        Ok(legs)
    }

    fn way_back(&self, back: Date, out: &Leg) -> Result<Leg, BadArgument> {
        if back < self.date {
            return Err(BadArgument::of("return_date", Problem::Before("date")));
        }
        let times = self.return_window.clone().unwrap_or_default();
        Ok(Leg {
            window: parse_window(Some(Within::ReturnWindow), &times)?,
            ..out.back(back)
        })
    }

    fn further(&self, legs: &mut Vec<Leg>) -> Result<(), BadArgument> {
        if self.legs.len() >= MAX_LEGS {
            return Err(BadArgument::new("legs", "at most 5 can follow the first"));
        }
        for (nth, leg) in (2..).zip(&self.legs) {
            let of_leg = |bad: BadArgument| bad.within(Within::Leg(nth));
            let before = legs.last().map(|leg| leg.depart).unwrap_or_default();
            if leg.date < before {
                let bad = BadArgument::of("date", Problem::Before("that of the leg before"));
                return Err(of_leg(bad));
            }
            let leg = Leg {
                origins: parse_codes("departure", &leg.departure).map_err(of_leg)?,
                destinations: parse_codes("arrival", &leg.arrival).map_err(of_leg)?,
                depart: leg.date,
                window: parse_window(None, &leg.times()).map_err(of_leg)?,
            };
            if let Some(bad) = refused_city("arrival", &leg) {
                return Err(of_leg(bad));
            }
            legs.push(leg);
        }
        Ok(())
    }
}

/// The first codes of ends that are all one city.
fn one_city(from: &[Iata], to: &[Iata]) -> Option<(Iata, Iata)> {
    let (&first, &last) = from.first().zip(to.first())?;
    let pairs = || from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b)));
    pairs()
        .all(|(a, b)| airport::same_city(a, b))
        .then_some((first, last))
}

fn refused_city(argument: &'static str, leg: &Leg) -> Option<BadArgument> {
    let (from, to) = one_city(&leg.origins, &leg.destinations)?;
    Some(BadArgument::of(argument, Problem::SameCity(from, to)))
}
