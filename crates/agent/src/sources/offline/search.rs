//! The search itself: from a query to journeys, cheapest or best first.

use super::{
    clock::{self, Clock, Day},
    direction::{Direction, When, Wish},
    itineraries::{self, Itinerary},
    network::Network,
    offers::Assembly,
    places::Node,
    quote::Pricer,
    rank::{self, Journey},
};
use crate::{
    sources::SourceError,
    travel::{Currency, FlightQuery, Iata, Money, Offer, Party, airport},
};

/// Stops of a slice that are never exceeded.
const MOST_STOPS: u8 = 2;
/// Seats of one booking.
const MOST_SEATS: usize = 9;
/// The least time between landing and flying back, in minutes.
const TURN_AROUND: i32 = 90;

/// Answers a query with offers.
pub(super) fn search(network: &Network, query: &FlightQuery) -> Result<Vec<Offer>, SourceError> {
    let ends = Ends::resolve(network, &query.origins, &query.destinations)?;
    check_party(&query.party)?;
    if query.return_date.is_some_and(|back| back < query.depart) {
        return Err(SourceError::BadQuery(
            "the return is before the departure".to_owned(),
        ));
    }
    let mut clock = Clock::new(&network.places);
    let earliest = itineraries::earliest_departure(query.now);
    let today = today(&mut clock, &ends, query.now);
    let wish = Wish {
        origins: ends.origins,
        destinations: ends.destinations,
        airline: query.airline,
        max_stops: most_stops(query.max_stops),
        cabin: query.cabin,
    };
    let when = When {
        day: clock::day_of(query.depart),
        part: query.departure,
        earliest,
        today,
    };
    let return_wish = query.return_date.map(|_| wish.reversed());
    let outbound = Direction::new(network, wish).itineraries(&mut clock, when);
    let inbound = match (return_wish, query.return_date) {
        (Some(wish), Some(date)) if !outbound.is_empty() => {
            let when = When {
                day: clock::day_of(date),
                part: None,
                ..when
            };
            Some(Direction::new(network, wish).itineraries(&mut clock, when))
        }
        (Some(_), _) => return Ok(Vec::new()),
        (None, _) => None,
    };
    let pricer = Pricer::new(&query.party, query.currency);
    let mut journeys = combine(&outbound, inbound.as_deref(), &pricer);
    if let Some(limit) = query.max_price {
        journeys.retain(|journey| is_within(&pricer, journey, limit, query.currency));
    }
    let chosen = rank::choose(journeys, query.sort, query.party.seats(), query.limit);
    let mut assembly = Assembly::new(network, query, &pricer, &mut clock);
    Ok(chosen
        .iter()
        .map(|journey| assembly.offer(journey))
        .collect())
}

impl Wish {
    /// The way back.
    pub(super) fn reversed(&self) -> Self {
        Self {
            origins: self.destinations.clone(),
            destinations: self.origins.clone(),
            ..self.clone()
        }
    }
}

/// Every shortlisted way out, with every way back that leaves after it arrives.
pub(super) fn combine<'a>(
    outbound: &'a [Itinerary],
    inbound: Option<&'a [Itinerary]>,
    pricer: &Pricer<'_>,
) -> Vec<Journey<'a>> {
    let journey = |out: &'a Itinerary, back: Option<&'a Itinerary>| Journey {
        out,
        back,
        quote: pricer.quote(out, back),
    };
    let Some(inbound) = inbound else {
        return outbound.iter().map(|out| journey(out, None)).collect();
    };
    let (outbound, inbound) = (rank::shortlist(outbound), rank::shortlist(inbound));
    let mut journeys = Vec::with_capacity(outbound.len() * inbound.len());
    for &out in &outbound {
        let backs = inbound
            .iter()
            .filter(|back| back.leaves() >= out.lands() + TURN_AROUND);
        journeys.extend(backs.map(|&back| journey(out, Some(back))));
    }
    journeys
}

fn is_within(pricer: &Pricer<'_>, journey: &Journey<'_>, limit: Money, currency: Currency) -> bool {
    pricer.total(&journey.quote).minor <= Currency::convert(limit, currency).minor
}

/// The airports at both ends.
pub(super) struct Ends {
    pub(super) origins: Vec<Node>,
    pub(super) destinations: Vec<Node>,
}

impl Ends {
    /// Resolves airports and metropolitan areas, and checks that they are two places.
    pub(super) fn resolve(
        network: &Network,
        origins: &[Iata],
        destinations: &[Iata],
    ) -> Result<Self, SourceError> {
        let bad = |text: &str| Err(SourceError::BadQuery(text.to_owned()));
        if origins.is_empty() || destinations.is_empty() {
            return bad("an origin and a destination are needed");
        }
        let mut ends = Self {
            origins: nodes(network, origins)?,
            destinations: nodes(network, destinations)?,
        };
        // "From Paris to France" means the rest of France.
        let leaving = ends.origins.clone();
        ends.destinations.retain(|node| !leaving.contains(node));
        if ends.destinations.is_empty() {
            return bad("origin and destination are the same place");
        }
        Ok(ends)
    }
}

fn nodes(network: &Network, codes: &[Iata]) -> Result<Vec<Node>, SourceError> {
    let mut nodes = Vec::new();
    for &code in codes {
        let airports = airport::resolve(code);
        if airports.is_empty() {
            return Err(SourceError::UnknownPlace(code));
        }
        for airport in airports {
            let node = network.places.node(airport.iata);
            nodes.extend(node.filter(|node| !nodes.contains(node)));
        }
    }
    Ok(nodes)
}

/// Checks that a party can be booked together.
pub(super) fn check_party(party: &Party) -> Result<(), SourceError> {
    let problem = match () {
        () if party.adults == 0 => "an adult has to travel along",
        () if party.infants > party.adults => "each infant on a lap needs an adult",
        () if party.seats() > MOST_SEATS => "at most nine seats can be booked together",
        () => return Ok(()),
    };
    Err(SourceError::BadQuery(problem.to_owned()))
}

/// The day of asking at the first origin: advance purchase counts from it.
pub(super) fn today(clock: &mut Clock<'_>, ends: &Ends, now: jiff::Timestamp) -> Day {
    let minute = now
        .as_second()
        .div_euclid(60)
        .clamp(0, i64::from(i32::MAX) / 2) as i32;
    clock.local(ends.origins[0], minute).0
}

/// Most stops of a slice of a search with this wish.
pub(super) fn most_stops(wish: Option<u8>) -> u8 {
    wish.unwrap_or(MOST_STOPS).min(MOST_STOPS)
}
