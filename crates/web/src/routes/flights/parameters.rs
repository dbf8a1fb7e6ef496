//! The parameters of `GET /api/flights`, as arguments of the search tool.

use agent::{
    capability::flights::search_flights::{FurtherLeg, SearchFlightsArgs, TimesOfDay},
    tools::{BadArgument, Within},
    travel::{Alliance, Cabin, DayPart, MAX_LEGS, Party, Sort},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::civil::Date;
use serde::Deserialize;

use crate::{extract::parse_pairs, problem::Problem, routes::chat::currency};

/// Offers of a direct search where the caller does not say.
const LIMIT: u8 = 20;

/// Parameters that stand once; `leg` is read apart, since it may be repeated.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameters {
    from: Option<String>,
    to: Option<String>,
    depart: Option<Date>,
    #[serde(rename = "return")]
    return_date: Option<Date>,
    flexible_days: Option<u8>,
    adults: Option<u8>,
    children: Option<u8>,
    infants: Option<u8>,
    cabin: Option<Cabin>,
    max_stops: Option<u8>,
    airline: Option<String>,
    exclude_airlines: Option<String>,
    alliance: Option<Alliance>,
    low_cost: Option<bool>,
    via: Option<String>,
    avoid_via: Option<String>,
    departure_time: Option<DayPart>,
    departure_after: Option<String>,
    departure_before: Option<String>,
    arrival_after: Option<String>,
    arrival_before: Option<String>,
    return_departure_after: Option<String>,
    return_departure_before: Option<String>,
    return_arrival_after: Option<String>,
    return_arrival_before: Option<String>,
    overnight: Option<bool>,
    checked_bag: Option<bool>,
    refundable: Option<bool>,
    max_price: Option<String>,
    max_price_per_person: Option<String>,
    currency: Option<String>,
    sort: Option<Sort>,
    limit: Option<u8>,
    skip: Option<u16>,
}

/// The arguments that a request's parameters stand for.
pub struct FlightsRequest {
    /// Arguments of the tool.
    pub args: SearchFlightsArgs,
    /// Whether the first leg is a `leg`, and not `from`, `to` and `depart`.
    only_legs: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for FlightsRequest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}

impl FlightsRequest {
    fn read(query: &str) -> Result<Self, Problem> {
        let (mut legs, mut once) = (Vec::new(), form_urlencoded::Serializer::new(String::new()));
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "leg" => legs.push(leg(&value)?),
                _ => {
                    once.append_pair(&name, &value);
                }
            }
        }
        let parameters: Parameters = parse_pairs(once.finish().as_bytes())?;
        if legs.len() > MAX_LEGS {
            return Err(Problem::field("leg", "at most 6 can be searched together"));
        }
        if let Some(code) = &parameters.currency {
            currency(code)?;
        }
        if parameters.limit == Some(0) || parameters.limit.is_some_and(|limit| limit > LIMIT) {
            return Err(Problem::field("limit", "must be from 1 to 20"));
        }
        let only_legs = parameters.from.is_none()
            && parameters.to.is_none()
            && parameters.depart.is_none()
            && !legs.is_empty();
        let first = match only_legs {
            true => legs.remove(0),
            false => parameters.first()?,
        };
        Ok(Self {
            args: parameters.arguments(first, legs)?,
            only_legs,
        })
    }

    /// What is wrong with an argument, by the name of its parameter.
    pub fn problem(&self, bad: BadArgument) -> Problem {
        let of_first = matches!(bad.argument, "departure" | "arrival" | "date");
        let (argument, problem) = (bad.argument, bad.problem.to_string());
        match (bad.within, argument) {
            (Some(Within::Leg(nth)), _) => {
                Problem::field("leg", format!("leg {nth}: {argument} {problem}"))
            }
            (Some(Within::ReturnWindow), _) => {
                Problem::field(format!("return_{argument}"), problem)
            }
            (None, "legs") => Problem::field("leg", problem),
            (None, _) if of_first && self.only_legs => {
                Problem::field("leg", format!("leg 1: {argument} {problem}"))
            }
            (None, "return_window") => {
                Problem::field("return", "is needed for times of the way back")
            }
            _ => super::bad_parameter(bad),
        }
    }
}

impl Parameters {
    /// The first leg, all of which has to be said.
    fn first(&self) -> Result<FurtherLeg, Problem> {
        let missing = |name: &'static str| move || Problem::field(name, "is needed");
        Ok(FurtherLeg {
            departure: self.from.clone().ok_or_else(missing("from"))?,
            arrival: self.to.clone().ok_or_else(missing("to"))?,
            date: self.depart.ok_or_else(missing("depart"))?,
            ..FurtherLeg::default()
        })
    }

    fn arguments(
        self,
        first: FurtherLeg,
        legs: Vec<FurtherLeg>,
    ) -> Result<SearchFlightsArgs, Problem> {
        if self.return_date.is_some() && !legs.is_empty() {
            let problem = "cannot stand beside leg: the way back is the last leg";
            return Err(Problem::field("return", problem));
        }
        let back = TimesOfDay {
            departure_after: self.return_departure_after,
            departure_before: self.return_departure_before,
            arrival_after: self.return_arrival_after,
            arrival_before: self.return_arrival_before,
        };
        Ok(SearchFlightsArgs {
            departure: first.departure,
            arrival: first.arrival,
            date: first.date,
            return_date: self.return_date,
            legs,
            flexible_days: self.flexible_days,
            adults: self.adults,
            children_ages: vec![Party::ASSUMED_AGE; usize::from(self.children.unwrap_or(0))],
            infants: self.infants,
            cabin: self.cabin,
            max_stops: self.max_stops,
            airline: self.airline,
            exclude_airlines: self.exclude_airlines,
            alliance: self.alliance,
            low_cost: self.low_cost,
            via: self.via,
            avoid_via: self.avoid_via,
            departure_time: self.departure_time,
            departure_after: self.departure_after.or(first.departure_after),
            departure_before: self.departure_before.or(first.departure_before),
            arrival_after: self.arrival_after.or(first.arrival_after),
            arrival_before: self.arrival_before.or(first.arrival_before),
            return_window: (back != TimesOfDay::default()).then_some(back),
            overnight: self.overnight,
            checked_bag: self.checked_bag,
            refundable: self.refundable,
            max_price: self.max_price,
            max_price_per_person: self.max_price_per_person,
            currency: self.currency,
            sort: self.sort,
            limit: Some(self.limit.unwrap_or(LIMIT)),
            skip: self.skip,
        })
    }
}

/// Reads `LYS,LIS,2027-02-09`: alternatives of an end by slashes, times after the day, such as
/// `departure_after=08:00`.
fn leg(value: &str) -> Result<FurtherLeg, Problem> {
    let bad = |problem: &str| Problem::field("leg", problem);
    let form = || bad("needs the form LYS,LIS,2027-02-09");
    let mut parts = value.split(',').map(str::trim);
    let mut end = || parts.next().map(|codes| codes.replace('/', ","));
    let (departure, arrival) = (end().ok_or_else(form)?, end().ok_or_else(form)?);
    let date = parts.next().and_then(|day| day.parse().ok());
    let mut leg = FurtherLeg {
        departure,
        arrival,
        date: date.ok_or_else(form)?,
        ..FurtherLeg::default()
    };
    for part in parts {
        let (name, time) = part.split_once('=').ok_or_else(form)?;
        let place = match name {
            "departure_after" => &mut leg.departure_after,
            "departure_before" => &mut leg.departure_before,
            "arrival_after" => &mut leg.arrival_after,
            "arrival_before" => &mut leg.arrival_before,
            _ => {
                return Err(bad(
                    "knows departure_after, departure_before, arrival_after, arrival_before",
                ));
            }
        };
        *place = Some(time.to_owned());
    }
    Ok(leg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legs_stand_beside_the_first_or_for_all() {
        let first = "from=PAR&to=ROM&depart=2027-03-03";
        let leg = "leg=ROM/NAP,ATH,2027-03-08,departure_after=08:00";
        let beside = FlightsRequest::read(&format!("{first}&{leg}"))
            .unwrap()
            .args;
        assert_eq!((&*beside.departure, beside.legs.len()), ("PAR", 1));
        assert_eq!(beside.legs[0].departure, "ROM,NAP");
        assert_eq!(beside.legs[0].departure_after.as_deref(), Some("08:00"));
        let all = FlightsRequest::read(&format!("leg=PAR,ROM,2027-03-03&{leg}")).unwrap();
        assert_eq!(all.args.legs, beside.legs);
        assert_eq!(all.args.date, beside.date);
        assert!(all.only_legs);
    }
}
