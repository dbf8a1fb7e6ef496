//! Asks the price of an offer again: the same flights, found by what the offer says of them.

use crate::{
    clock::{self, Clock, Minute},
    connections::Effort,
    fares::{DayFactors, Tariff},
    itineraries::{self, Departing, Itinerary},
    network::Network,
    offers::Assembly,
    paths::{MAX_LEGS, Path},
    rank::Journey,
    rules::Rules,
    search::{self, Ends},
};
use travel::{FlightQuery, MAX_LEGS as MAX_SLICES, Offer, Segment, Slice, Window};

use crate::QueryError;

/// Today's offer for the flights of an earlier one; `None` when one of them is no longer flown,
/// has closed, or does not sell the cabin.
pub(super) fn reprice(
    network: &Network,
    offer: &Offer,
    query: &FlightQuery,
) -> Result<Option<Offer>, QueryError> {
    let Some(first) = query.search.legs.first() else {
        return Ok(None);
    };
    let ends = Ends::resolve(network, &first.origins, &first.destinations)?;
    let rules = Rules::new(network, &query.search.filter, query.search.cabin)?;
    search::check_party(&query.search.party)?;
    let mut clock = Clock::new(&network.places);
    let today = search::today(&mut clock, &ends, query.now);
    if offer.slices.len() != query.search.legs.len() || offer.slices.len() > MAX_SLICES {
        return Ok(None);
    }
    let mut found = Vec::with_capacity(offer.slices.len());
    for (slice, leg) in offer.slices.iter().zip(&query.search.legs) {
        // The same wish keeps the same flights: of two that reach one connection, one is offered.
        let wish = (&leg.window, &rules);
        match itinerary(network, &mut clock, (slice, wish), query, today) {
            Some(itinerary) => found.push(itinerary),
            None => return Ok(None),
        }
    }
    let pricer = search::pricer(network, query);
    let legs: Vec<&Itinerary> = found.iter().collect();
    let journey = Journey::new(&legs, &pricer);
    Ok(Some(
        Assembly::new(network, query, &pricer, &mut clock).offer(&journey),
    ))
}

fn itinerary(
    network: &Network,
    clock: &mut Clock<'_>,
    (slice, (window, rules)): (&Slice, (&Window, &Rules)),
    query: &FlightQuery,
    today: clock::Day,
) -> Option<Itinerary> {
    let routes: Option<Vec<u32>> = slice.segments.iter().map(|s| route(network, s)).collect();
    let routes = routes.filter(|routes| (1..=MAX_LEGS).contains(&routes.len()))?;
    let path = Path::new(network, &routes);
    let tariff = Tariff::new(network, &path, query.search.cabin);
    let leaves = minute(slice.segments.first()?);
    let first = network.route(routes[0]);
    let (day, _) = clock.local(first.from, leaves);
    let departing = Departing {
        day,
        earliest: itineraries::earliest_departure(query.now),
        window,
        rules,
        effort: Effort::Anything,
    };
    let factors = DayFactors::new(network, path.ends(network), day, today);
    let mut candidates = Vec::new();
    itineraries::on_day(
        network,
        clock,
        &(path, tariff),
        &departing,
        &factors,
        &mut candidates,
    );
    candidates.into_iter().find(|candidate| {
        let flights = candidate.flights().iter().map(|flight| flight.leaves);
        flights.eq(slice.segments.iter().map(minute))
    })
}

fn route(network: &Network, segment: &Segment) -> Option<u32> {
    let from = network.places.node(segment.origin.iata)?;
    let to = network.places.node(segment.destination.iata)?;
    let mut routes = network.between(from, to);
    routes.find(|&at| network.operator(at).carrier.code == segment.carrier.iata)
}

fn minute(segment: &Segment) -> Minute {
    segment.departing_at.at.as_second().div_euclid(60) as Minute
}
