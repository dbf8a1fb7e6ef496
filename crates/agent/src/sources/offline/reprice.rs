//! Asks the price of an offer again: the same flights, found by what the offer says of them.

use super::{
    clock::{self, Clock, Minute},
    connections::Effort,
    fares::{DayFactors, Tariff},
    itineraries::{self, Departing, Itinerary},
    network::Network,
    offers::Assembly,
    paths::{MAX_LEGS, Path},
    quote::Pricer,
    rank::Journey,
    search::{self, Ends},
};
use crate::{
    sources::SourceError,
    travel::{DayPart, FlightQuery, Offer, Segment, Slice},
};

/// Today's offer for the flights of an earlier one; `None` when one of them is no longer flown,
/// has closed, or does not sell the cabin.
pub(super) fn reprice(
    network: &Network,
    offer: &Offer,
    query: &FlightQuery,
) -> Result<Option<Offer>, SourceError> {
    let ends = Ends::resolve(network, &query.origins, &query.destinations)?;
    search::check_party(&query.party)?;
    let mut clock = Clock::new(&network.places);
    let today = search::today(&mut clock, &ends, query.now);
    let mut found = Vec::new();
    for (nth, slice) in offer.slices.iter().enumerate() {
        // The same wish keeps the same flights: of two that reach one connection, one is offered.
        let part = query.departure.filter(|_| nth == 0);
        match itinerary(network, &mut clock, (slice, part), query, today) {
            Some(itinerary) => found.push(itinerary),
            None => return Ok(None),
        }
    }
    let (out, back) = match found.as_slice() {
        [out] => (out, None),
        [out, back] => (out, Some(back)),
        _ => return Ok(None),
    };
    let pricer = Pricer::new(&query.party, query.currency);
    let journey = Journey {
        out,
        back,
        quote: pricer.quote(out, back),
    };
    Ok(Some(
        Assembly::new(network, query, &pricer, &mut clock).offer(&journey),
    ))
}

fn itinerary(
    network: &Network,
    clock: &mut Clock<'_>,
    (slice, part): (&Slice, Option<DayPart>),
    query: &FlightQuery,
    today: clock::Day,
) -> Option<Itinerary> {
    let routes: Option<Vec<u32>> = slice.segments.iter().map(|s| route(network, s)).collect();
    let routes = routes.filter(|routes| (1..=MAX_LEGS).contains(&routes.len()))?;
    let path = Path::new(network, &routes);
    let tariff = Tariff::new(network, &path, query.cabin);
    let leaves = minute(slice.segments.first()?);
    let first = network.route(routes[0]);
    let (day, _) = clock.local(first.from, leaves);
    let departing = Departing {
        day,
        earliest: itineraries::earliest_departure(query.now),
        part,
        cabin: query.cabin,
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
