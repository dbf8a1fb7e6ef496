//! Puts the itineraries of the legs together to journeys.

use crate::{
    clock::Minute, itineraries::Itinerary, network::Network, quote::Pricer, rank, rank::Journey,
    search::Ends,
};
use travel::MAX_LEGS;

/// The least time between landing and flying on with the next leg, in minutes.
const TURN_AROUND: Minute = 90;
/// What changing the airport takes besides a minute for each kilometre, in minutes.
const CHANGE: Minute = 90;
/// Journeys of the first legs that are followed up, for each criterion.
const BEAM: usize = 40;
/// Itineraries of a leg that are combined with others, for each criterion: of two legs, and of more.
const SHORTLIST: usize = 14;
const SHORTER: usize = 8;
/// With more pairs of cities than this, a leg has its few best of each.
const FEW_PAIRS: usize = 4;

/// How legs follow each other.
pub(super) struct Joints<'a> {
    network: &'a Network,
    ends: &'a [Ends],
    /// The least stay before a leg, in minutes.
    stay: Minute,
}

impl<'a> Joints<'a> {
    /// Legs with these ends and at least so long between landing and flying on.
    pub(super) fn new(network: &'a Network, ends: &'a [Ends], stay: Minute) -> Self {
        Self {
            network,
            ends,
            stay: stay.max(TURN_AROUND),
        }
    }

    /// Whether an itinerary can follow those of the legs before: in time, and in the same city
    /// where one of several was reached.
    fn follows(&self, before: &[&Itinerary], next: &Itinerary) -> bool {
        let Some((&first, &last)) = before.first().zip(before.last()) else {
            return true;
        };
        let (landed, leaves) = (last.ends(self.network).1, next.ends(self.network));
        let places = &self.network.places;
        let change = if landed == leaves.0 {
            0
        } else {
            CHANGE + Minute::from(places.km(landed, leaves.0))
        };
        if next.leaves() < last.lands() + self.stay + change {
            return false;
        }
        let area = |node| places[node].airport.area;
        let nth = before.len();
        let (arrived, starts) = (&self.ends[nth - 1], &self.ends[nth]);
        if starts.from_areas.len() > 1
            && starts.from_areas == arrived.to_areas
            && area(landed) != area(leaves.0)
        {
            return false;
        }
        let home = &self.ends[0].from_areas;
        let closes = nth + 1 == self.ends.len() && home.len() > 1 && starts.to_areas == *home;
        !closes || area(first.ends(self.network).0) == area(leaves.1)
    }

    /// The itineraries of a leg that may belong to a good journey.
    fn shortlist(&self, nth: usize, itineraries: &'a [Itinerary]) -> Vec<&'a Itinerary> {
        let size = if self.ends.len() > 2 {
            SHORTER
        } else {
            SHORTLIST
        };
        let ends = &self.ends[nth];
        if ends.from_areas.len() * ends.to_areas.len() == 1 {
            return rank::shortlist(itineraries.iter().collect(), size, true);
        }
        let area = |node| self.network.places[node].airport.area;
        let cities = |itinerary: &Itinerary| {
            let (from, to) = itinerary.ends(self.network);
            (area(from), area(to))
        };
        let mut grouped: Vec<&Itinerary> = itineraries.iter().collect();
        grouped.sort_by_key(|itinerary| cities(itinerary));
        let groups = || grouped.chunk_by(|a, b| cities(a) == cities(b));
        let count = groups().count();
        let size = (size / count.max(1)).max(2);
        let lists = groups().map(|group| rank::shortlist(group.to_vec(), size, count <= FEW_PAIRS));
        lists.flatten().collect()
    }
}

/// Every journey of one leg; of several, those of each leg's shortlist that follow each other.
pub(super) fn combine<'a>(
    joints: &Joints<'a>,
    legs: &[&'a [Itinerary]],
    pricer: &Pricer<'_>,
) -> Vec<Journey<'a>> {
    let Some((&first, further)) = legs.split_first() else {
        return Vec::new();
    };
    if further.is_empty() {
        let journey = |itinerary| Journey::new(&[itinerary], pricer);
        return first.iter().map(journey).collect();
    }
    let start = joints.shortlist(0, first).into_iter();
    let mut partial: Vec<[&Itinerary; MAX_LEGS]> = start.map(|one| [one; MAX_LEGS]).collect();
    for (nth, itineraries) in (1..).zip(further) {
        let next = joints.shortlist(nth, itineraries);
        let mut longer = Vec::with_capacity(partial.len() * next.len());
        for before in &partial {
            let fits = next
                .iter()
                .filter(|one| joints.follows(&before[..nth], one));
            longer.extend(fits.map(|one| {
                let mut legs = *before;
                legs[nth] = one;
                legs
            }));
        }
        partial = longer;
        if nth < further.len() {
            prune(&mut partial, nth + 1);
        }
    }
    let journey = |all: &[&'a Itinerary; MAX_LEGS]| Journey::new(&all[..legs.len()], pricer);
    partial.iter().map(journey).collect()
}

/// Keeps the journeys of the first `count` legs that are best by price, time, both, or on one
/// carrier's ticket.
fn prune(partial: &mut Vec<[&Itinerary; MAX_LEGS]>, count: usize) {
    if partial.len() <= BEAM {
        return;
    }
    let sum = |legs: &[&Itinerary; MAX_LEGS], of: fn(&Itinerary) -> i64| -> i64 {
        legs[..count].iter().map(|one| of(one)).sum()
    };
    let single: fn(&Itinerary) -> i64 = |one| i64::from(one.fare.single);
    let half: fn(&Itinerary) -> i64 = |one| i64::from(one.fare.half);
    let minutes: fn(&Itinerary) -> i64 = |one| i64::from(one.minutes());
    let mut kept = Vec::with_capacity(BEAM * 4);
    for criterion in [single, half, minutes, rank::cost] {
        let mut order: Vec<usize> = (0..partial.len()).collect();
        order.sort_by_cached_key(|&at| sum(&partial[at], criterion));
        kept.extend(order.into_iter().take(BEAM));
    }
    kept.sort_unstable();
    kept.dedup();
    *partial = kept.into_iter().map(|at| partial[at]).collect();
}
