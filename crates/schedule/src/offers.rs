//! Journeys as offers.

use jiff::{SignedDuration, tz::Offset};

use crate::{
    clock::{self, Clock, Minute},
    emissions,
    hash::Hash,
    itineraries::{Flight, Itinerary},
    network::Network,
    places::Node,
    quote::{Pricer, Quote},
    rank::Journey,
    terms,
};
use travel::{
    FlightQuery, LocalTime, Offer, OfferId, Segment, Slice,
    offer::{Baggage, Conditions, OfferCarrier, OfferPlace},
};

/// The source's name, on every offer.
pub const NAME: &str = "offline";
/// How long a price stands.
const VALIDITY: SignedDuration = SignedDuration::from_mins(30);

/// Makes the offers of one query.
pub(super) struct Assembly<'a, 'c> {
    network: &'a Network,
    query: &'a FlightQuery,
    pricer: &'a Pricer<'a>,
    clock: &'a mut Clock<'c>,
}

impl<'a, 'c> Assembly<'a, 'c> {
    pub(super) fn new(
        network: &'a Network,
        query: &'a FlightQuery,
        pricer: &'a Pricer<'a>,
        clock: &'a mut Clock<'c>,
    ) -> Self {
        Self {
            network,
            query,
            pricer,
            clock,
        }
    }

    /// The offer for a journey.
    pub(super) fn offer(&mut self, journey: &Journey<'_>) -> Offer {
        let directions = || journey.legs().iter().copied();
        let flights = || directions().flat_map(Itinerary::flights);
        let legs = flights().map(|flight| (self.network.route(flight.route).km, flight.cabin));
        let now = self.query.now;
        Offer {
            id: self.id(flights(), &journey.quote),
            source: NAME.to_owned(),
            illustrative: true,
            fetched_at: now,
            expires_at: now.checked_add(VALIDITY).unwrap_or(now),
            total: self.pricer.total(&journey.quote),
            per_passenger: self.pricer.per_passenger(&journey.quote),
            emissions_kg: emissions::kilograms(legs, self.query.search.party.seats()),
            baggage: self.baggage(directions()),
            conditions: self.conditions(directions()),
            slices: directions()
                .map(|itinerary| self.slice(itinerary))
                .collect(),
        }
    }

    /// Equal contents have equal ids: carriers, times, cabins, party and price.
    fn id<'f>(&self, flights: impl Iterator<Item = &'f Flight>, quote: &Quote) -> OfferId {
        let hash = flights.fold(Hash::new("offer"), |hash, flight| {
            let route = self.network.route(flight.route);
            let code = |node: Node| self.network.places[node].airport.iata;
            hash.text(self.network.operator(flight.route).carrier.code.as_str())
                .text(code(route.from).as_str())
                .text(code(route.to).as_str())
                .text(flight.cabin.as_str())
                .number(flight.leaves as u64)
                .number(flight.lands as u64)
        });
        let party = &self.query.search.party;
        let hash = [party.adults, party.children.len() as u8, party.infants]
            .into_iter()
            .fold(hash, |hash, count| hash.number(u64::from(count)));
        let hash = hash
            .number(quote.total as u64)
            .text(self.query.search.currency.as_str());
        OfferId(format!("off_{:016x}", hash.finish()))
    }

    fn slice(&mut self, itinerary: &Itinerary) -> Slice {
        let flights = itinerary.flights();
        let segments: Vec<_> = flights.iter().map(|flight| self.segment(flight)).collect();
        let (first, last) = (&flights[0], &flights[flights.len() - 1]);
        Slice {
            origin: self.place(self.network.route(first.route).from),
            destination: self.place(self.network.route(last.route).to),
            duration: SignedDuration::from_mins(i64::from(itinerary.minutes())),
            stops: itinerary.stops(),
            segments,
        }
    }

    fn segment(&mut self, flight: &Flight) -> Segment {
        let route = self.network.route(flight.route);
        let operator = self.network.operator(flight.route);
        let aircraft = operator.fleet.get(usize::from(flight.aircraft));
        Segment {
            origin: self.place(route.from),
            destination: self.place(route.to),
            departing_at: self.local(route.from, flight.leaves),
            arriving_at: self.local(route.to, flight.lands),
            duration: SignedDuration::from_mins(i64::from(flight.lands - flight.leaves)),
            carrier: OfferCarrier {
                iata: operator.carrier.code,
                name: operator.carrier.name.to_owned(),
            },
            flight_number: None,
            aircraft: aircraft.map(|aircraft| aircraft.name.to_owned()),
            cabin: flight.cabin,
        }
    }

    fn place(&self, node: Node) -> OfferPlace {
        let airport = self.network.places[node].airport;
        OfferPlace {
            iata: airport.iata,
            city: airport.city(self.query.locale).to_owned(),
        }
    }

    fn local(&mut self, node: Node, at: Minute) -> LocalTime {
        let seconds = i32::from(self.clock.offset(node, at)) * 60;
        LocalTime {
            at: clock::timestamp(at),
            offset: Offset::from_seconds(seconds).unwrap_or(Offset::UTC),
        }
    }

    /// What the least generous of the tickets includes.
    fn baggage<'f>(&self, directions: impl Iterator<Item = &'f Itinerary>) -> Baggage {
        let bought = u8::from(self.query.search.filter.checked_bag);
        let each = directions.map(|itinerary| {
            let (carry_on, checked) = terms::bags(self.network, itinerary, self.query.search.cabin);
            (carry_on, checked.max(bought))
        });
        let least = |a: (u8, u8), b: (u8, u8)| (a.0.min(b.0), a.1.min(b.1));
        let (carry_on, checked) = each.reduce(least).unwrap_or_default();
        Baggage { carry_on, checked }
    }

    /// Flexible cabins and fares give the money back; low-cost and basic fares may be changed for a fee,
    /// two separate tickets may not.
    fn conditions<'f>(&self, mut directions: impl Iterator<Item = &'f Itinerary>) -> Conditions {
        let flexible =
            self.query.search.filter.refundable || terms::is_flexible(self.query.search.cabin);
        let single_ticket =
            directions.all(|itinerary| itinerary.bond != super::connections::Bond::SelfTransfer);
        Conditions {
            refundable: flexible && single_ticket,
            changeable: single_ticket,
        }
    }
}
