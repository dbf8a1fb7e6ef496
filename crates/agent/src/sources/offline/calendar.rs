//! The fare calendar: the cheapest price of each day of a month, as the search would answer it.

use super::{
    clock::{self, Clock},
    direction::{Direction, When, Wish},
    itineraries,
    network::Network,
    quote::Pricer,
    search::{self, Ends},
};
use crate::{
    sources::SourceError,
    travel::{CalendarQuery, FareCalendar, FareDay},
};

/// Answers a calendar query; days without a flight are left out.
pub(super) fn calendar(
    network: &Network,
    query: &CalendarQuery,
    source: &str,
) -> Result<FareCalendar, SourceError> {
    let ends = Ends::resolve(network, &query.origins, &query.destinations)?;
    search::check_party(&query.party)?;
    let mut clock = Clock::new(&network.places);
    let earliest = itineraries::earliest_departure(query.now);
    let today = search::today(&mut clock, &ends, query.now);
    let wish = Wish {
        origins: ends.origins,
        destinations: ends.destinations,
        airline: query.airline,
        max_stops: search::most_stops(query.max_stops),
        cabin: query.cabin,
    };
    let inbound = query
        .stay_days
        .map(|days| (Direction::new(network, wish.reversed()), days));
    let outbound = Direction::new(network, wish);
    let pricer = Pricer::new(&query.party, query.currency);
    let first = clock::day_of(query.month.first_of_month());
    let last = clock::day_of(query.month.last_of_month());
    let mut days = Vec::new();
    for day in first.max(today)..=last {
        let when = When {
            day,
            part: None,
            earliest,
            today,
        };
        let out = outbound.itineraries(&mut clock, when);
        let back = inbound.as_ref().map(|(direction, stay)| {
            let day = day + i32::from(*stay);
            direction.itineraries(&mut clock, When { day, ..when })
        });
        let journeys = search::combine(&out, back.as_deref(), &pricer);
        let cheapest = journeys.iter().min_by_key(|journey| journey.quote.total);
        days.extend(cheapest.map(|journey| FareDay {
            date: clock::date_of(day),
            price: pricer.total(&journey.quote),
        }));
    }
    Ok(FareCalendar {
        origin: query.origins[0],
        destination: query.destinations[0],
        stay_days: query.stay_days,
        source: source.to_owned(),
        illustrative: true,
        days,
    })
}
