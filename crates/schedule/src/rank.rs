//! Order and choice of journeys: what is best, and what is worth showing beside it.

use crate::{
    clock::Minute,
    emissions,
    itineraries::Itinerary,
    network::Network,
    operators::OperatorId,
    quote::{Pricer, Quote},
};
use travel::{MAX_LEGS, Sort};

/// What an hour of travel is worth to a passenger, in euro cents.
const HOUR: i64 = 2_000;
/// What a stop is worth avoiding, in euro cents.
const STOP: i64 = 4_000;
/// Journeys alike in carriers and stops that are shown while there are others.
const ALIKE: usize = 2;

/// Itineraries of all legs, in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Journey<'a> {
    /// Filled up with the first.
    legs: [&'a Itinerary; MAX_LEGS],
    count: u8,
    pub(super) quote: Quote,
}

impl<'a> Journey<'a> {
    /// A journey of one leg or more, at most [`MAX_LEGS`], at its price.
    pub(super) fn new(legs: &[&'a Itinerary], pricer: &Pricer<'_>) -> Self {
        let mut padded = [legs[0]; MAX_LEGS];
        padded[..legs.len()].copy_from_slice(legs);
        Self {
            legs: padded,
            count: legs.len() as u8,
            quote: pricer.quote(legs),
        }
    }

    /// Its itineraries.
    pub(super) fn legs(&self) -> &[&'a Itinerary] {
        &self.legs[..usize::from(self.count)]
    }

    fn minutes(&self) -> Minute {
        self.legs().iter().map(|leg| leg.minutes()).sum()
    }

    fn stops(&self) -> i64 {
        self.legs().iter().map(|leg| i64::from(leg.stops())).sum()
    }

    /// CO2 of a seat, in hundredths of a gram.
    fn centigrams(&self, network: &Network) -> i64 {
        let flights = self.legs().iter().flat_map(|leg| leg.flights());
        let flights = flights.map(|flight| {
            let km = network.route(flight.route).km;
            u64::from(km) * emissions::centigrams_per_km(km, flight.cabin)
        });
        flights.sum::<u64>() as i64
    }

    /// Price for each seat, travel time and stops in euro cents.
    fn cost(&self, seats: usize) -> i64 {
        let price = self.quote.euro_cents as i64 / seats.max(1) as i64;
        price + i64::from(self.minutes()) * HOUR / 60 + self.stops() * STOP
    }

    /// The key of an order; smaller comes first.
    fn key(&self, network: &Network, sort: Sort, seats: usize) -> (i64, i64, i64, Minute) {
        let (total, minutes) = (self.quote.total, i64::from(self.minutes()));
        let leaves = self.legs[0].leaves();
        match sort {
            Sort::Price => (total, minutes, self.stops(), leaves),
            Sort::Duration => (minutes, total, self.stops(), leaves),
            Sort::Best => (self.cost(seats), total, minutes, leaves),
            Sort::Emissions => (self.centigrams(network), total, minutes, leaves),
            Sort::Departure => (i64::from(leaves), total, minutes, leaves),
        }
    }

    /// What makes two journeys alike to a person.
    fn likeness(&self) -> [(OperatorId, u8); MAX_LEGS] {
        self.legs.map(|leg| (leg.tariff.owner, leg.stops()))
    }
}

/// Price as a one-way, time and stops of an itinerary, in euro cents.
pub(super) fn cost(itinerary: &Itinerary) -> i64 {
    let time = i64::from(itinerary.minutes()) * HOUR / 60;
    i64::from(itinerary.fare.single) + time + i64::from(itinerary.stops()) * STOP
}

/// The itineraries of one leg that may belong to a good journey: `size` of them by price, by
/// duration and by both, and the cheapest of every carrier if asked. In their former order.
pub(super) fn shortlist(
    itineraries: Vec<&Itinerary>,
    size: usize,
    carriers: bool,
) -> Vec<&Itinerary> {
    let by = |key: &dyn Fn(&Itinerary) -> (i64, i64)| -> Vec<usize> {
        let mut order: Vec<usize> = (0..itineraries.len()).collect();
        let full = |&at: &usize| (key(itineraries[at]), itineraries[at].leaves(), at);
        if order.len() > size {
            order.select_nth_unstable_by_key(size, full);
            order.truncate(size);
        }
        order
    };
    let price = |i: &Itinerary| i64::from(i.fare.single);
    let minutes = |i: &Itinerary| i64::from(i.minutes());
    let mut chosen = by(&|i| (price(i), minutes(i)));
    chosen.extend(by(&|i| (minutes(i), price(i))));
    chosen.extend(by(&|i| (cost(i), price(i))));
    if carriers {
        chosen.extend(cheapest_of_carriers(&itineraries));
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen.into_iter().map(|at| itineraries[at]).collect()
}

/// Positions of the cheapest itinerary of every carrier and bond.
fn cheapest_of_carriers(itineraries: &[&Itinerary]) -> Vec<usize> {
    let mut cheapest: Vec<usize> = (0..itineraries.len()).collect();
    cheapest.sort_unstable_by_key(|&at| {
        let itinerary = itineraries[at];
        (
            itinerary.tariff.owner,
            itinerary.bond,
            itinerary.fare.single,
            at,
        )
    });
    cheapest.dedup_by_key(|at| (itineraries[*at].tariff.owner, itineraries[*at].bond));
    cheapest
}

/// What is shown of all journeys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) sort: Sort,
    pub(super) seats: usize,
    /// Shown before.
    pub(super) skip: usize,
    /// Most that are shown.
    pub(super) limit: usize,
}

/// Sorts journeys, passes over the `skip` that were shown before and keeps at most `limit`: varied
/// in carriers and stops; the first of the order, the cheapest and the fastest of all come before
/// any other, so that none of them is missing from the first page.
pub(super) fn choose<'a>(
    network: &Network,
    mut journeys: Vec<Journey<'a>>,
    choice: Choice,
) -> Vec<Journey<'a>> {
    let Choice { sort, seats, .. } = choice;
    let limit = choice.skip.saturating_add(choice.limit);
    journeys.sort_by_cached_key(|journey| journey.key(network, sort, seats));
    let first_by = |other: Sort| {
        let keys = journeys.iter().enumerate();
        keys.min_by_key(|(at, journey)| (journey.key(network, other, seats), *at))
            .map(|(at, _)| at)
    };
    // What is picked, and when, does not depend on the limit: pages neither repeat nor miss any.
    let mut chosen: Vec<usize> = Vec::with_capacity(limit.min(journeys.len()));
    chosen.extend((!journeys.is_empty()).then_some(0));
    for at in [first_by(Sort::Price), first_by(Sort::Duration)]
        .into_iter()
        .flatten()
    {
        if !chosen.contains(&at) {
            chosen.push(at);
        }
    }
    for alike in [ALIKE, usize::MAX] {
        for at in 0..journeys.len() {
            if chosen.len() >= limit {
                break;
            }
            let twins = chosen
                .iter()
                .filter(|&&c| journeys[c].likeness() == journeys[at].likeness());
            if !chosen.contains(&at) && twins.count() < alike {
                chosen.push(at);
            }
        }
    }
    let shown = chosen.into_iter().skip(choice.skip).take(choice.limit);
    let mut shown: Vec<usize> = shown.collect();
    shown.sort_unstable();
    shown.into_iter().map(|at| journeys[at]).collect()
}
