//! Order and choice of journeys: what is best, and what is worth showing beside it.

use super::{clock::Minute, itineraries::Itinerary, operators::OperatorId, quote::Quote};
use crate::travel::Sort;

/// What an hour of travel is worth to a passenger, in euro cents.
const HOUR: i64 = 2_000;
/// What a stop is worth avoiding, in euro cents.
const STOP: i64 = 4_000;
/// Itineraries of one direction that are combined with those of the other, for each criterion.
const SHORTLIST: usize = 14;
/// Journeys alike in carriers and stops that are shown while there are others.
const ALIKE: usize = 2;

/// A journey out, and back if asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Journey<'a> {
    pub(super) out: &'a Itinerary,
    pub(super) back: Option<&'a Itinerary>,
    pub(super) quote: Quote,
}

impl Journey<'_> {
    fn directions(&self) -> impl Iterator<Item = &Itinerary> {
        [Some(self.out), self.back].into_iter().flatten()
    }

    fn minutes(&self) -> Minute {
        self.directions().map(Itinerary::minutes).sum()
    }

    fn stops(&self) -> i64 {
        self.directions().map(|i| i64::from(i.stops())).sum()
    }

    /// Price for each seat, travel time and stops in euro cents.
    fn cost(&self, seats: usize) -> i64 {
        let price = self.quote.euro_cents as i64 / seats.max(1) as i64;
        price + i64::from(self.minutes()) * HOUR / 60 + self.stops() * STOP
    }

    /// The key of an order; smaller comes first.
    fn key(&self, sort: Sort, seats: usize) -> (i64, i64, i64, Minute) {
        let (total, minutes) = (self.quote.total, i64::from(self.minutes()));
        let leaves = self.out.leaves();
        match sort {
            Sort::Price => (total, minutes, self.stops(), leaves),
            Sort::Duration => (minutes, total, self.stops(), leaves),
            Sort::Best => (self.cost(seats), total, minutes, leaves),
        }
    }

    /// What makes two journeys alike to a person.
    fn likeness(&self) -> (OperatorId, u8, Option<(OperatorId, u8)>) {
        let back = self.back.map(|back| (back.tariff.owner, back.stops()));
        (self.out.tariff.owner, self.out.stops(), back)
    }
}

/// The itineraries of one direction that may belong to a good journey: the cheapest of every
/// carrier, and the first by price, by duration and by both. In their former order.
pub(super) fn shortlist(itineraries: &[Itinerary]) -> Vec<&Itinerary> {
    let by = |key: &dyn Fn(&Itinerary) -> (i64, i64)| -> Vec<usize> {
        let mut order: Vec<usize> = (0..itineraries.len()).collect();
        let full = |&at: &usize| (key(&itineraries[at]), itineraries[at].leaves(), at);
        if order.len() > SHORTLIST {
            order.select_nth_unstable_by_key(SHORTLIST, full);
            order.truncate(SHORTLIST);
        }
        order
    };
    let price = |i: &Itinerary| i64::from(i.fare.single);
    let minutes = |i: &Itinerary| i64::from(i.minutes());
    let both = |i: &Itinerary| price(i) + minutes(i) * HOUR / 60 + i64::from(i.stops()) * STOP;
    let mut chosen = by(&|i| (price(i), minutes(i)));
    chosen.extend(by(&|i| (minutes(i), price(i))));
    chosen.extend(by(&|i| (both(i), price(i))));
    let mut cheapest: Vec<usize> = (0..itineraries.len()).collect();
    cheapest.sort_unstable_by_key(|&at| {
        let itinerary = &itineraries[at];
        (
            itinerary.tariff.owner,
            itinerary.bond,
            itinerary.fare.single,
            at,
        )
    });
    cheapest.dedup_by_key(|at| (itineraries[*at].tariff.owner, itineraries[*at].bond));
    chosen.extend(cheapest);
    chosen.sort_unstable();
    chosen.dedup();
    chosen.into_iter().map(|at| &itineraries[at]).collect()
}

/// Sorts journeys and keeps at most `limit`: varied in carriers and stops, the first of the order
/// always among them, and under [`Sort::Best`] the cheapest and the fastest too.
pub(super) fn choose(
    mut journeys: Vec<Journey<'_>>,
    sort: Sort,
    seats: usize,
    limit: usize,
) -> Vec<Journey<'_>> {
    journeys.sort_by_cached_key(|journey| journey.key(sort, seats));
    let first_by = |other: Sort| {
        let keys = journeys.iter().enumerate();
        keys.min_by_key(|(at, journey)| (journey.key(other, seats), *at))
            .map(|(at, _)| at)
    };
    let mut chosen: Vec<usize> = Vec::with_capacity(limit);
    if sort == Sort::Best && limit >= 3 {
        chosen.extend((!journeys.is_empty()).then_some(0));
        for at in [first_by(Sort::Price), first_by(Sort::Duration)]
            .into_iter()
            .flatten()
        {
            if !chosen.contains(&at) {
                chosen.push(at);
            }
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
    chosen.sort_unstable();
    chosen
        .into_iter()
        .take(limit)
        .map(|at| journeys[at])
        .collect()
}
