//! The fare calendar: the cheapest price of each day of a month, as the search would answer it.

use crate::{
    clock::{self, Clock},
    combine::{self, Joints},
    direction::{Direction, When},
    itineraries,
    network::Network,
    quote::Pricer,
    rules::Rules,
    search::{self, Ends},
    terms::Extras,
};
use travel::{CalendarQuery, FareCalendar, FareDay, Window};

use crate::QueryError;

/// Answers a calendar query; days without a flight are left out.
pub(super) fn calendar(
    network: &Network,
    query: &CalendarQuery,
    source: &str,
) -> Result<FareCalendar, QueryError> {
    let ends = Ends::resolve(network, &query.origins, &query.destinations)?;
    search::check_party(&query.party)?;
    let mut clock = Clock::new(&network.places);
    let earliest = itineraries::earliest_departure(query.now);
    let today = search::today(&mut clock, &ends, query.now);
    let rules = Rules::new(network, &query.filter, query.cabin)?;
    let reversed = ends.reversed();
    let inbound = query
        .stay_days
        .map(|days| (Direction::new(network, &reversed, &rules), days));
    let outbound = Direction::new(network, &ends, &rules);
    let pricer = Pricer::new(&query.party, query.currency).with_extras(Extras {
        network,
        cabin: query.cabin,
        checked_bag: query.filter.checked_bag,
        refundable: query.filter.refundable,
    });
    let legs = [ends.clone(), reversed.clone()];
    let legs = if inbound.is_some() {
        &legs[..]
    } else {
        &legs[..1]
    };
    let joints = Joints::new(network, legs, 0);
    let first = clock::day_of(query.month.first_of_month());
    let last = clock::day_of(query.month.last_of_month());
    let mut days = Vec::new();
    for day in first.max(today)..=last {
        let when = When {
            day,
            window: &Window::ANY,
            earliest,
            today,
        };
        let out = outbound.itineraries(&mut clock, when);
        let back = inbound.as_ref().map(|(direction, stay)| {
            let day = day + i32::from(*stay);
            direction.itineraries(&mut clock, When { day, ..when })
        });
        let all = [out.as_slice(), back.as_deref().unwrap_or_default()];
        let all = &all[..1 + usize::from(back.is_some())];
        let journeys = combine::combine(&joints, all, &pricer);
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
