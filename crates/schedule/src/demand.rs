//! Which routes a carrier flies from its stations, and how often: rules over size and distance.
//!
//! Every rule adds up points (ranks of both airports, ties, partners, a stable jitter, minus
//! distance) and compares them with a threshold; what is above it becomes flights a week.

use crate::{
    access::{may_fly, may_link},
    operators::Operator,
    places::{Node, Place, Places},
    region::{Region, adjacent, thinness},
};
use travel::Alliance;

/// A route that a carrier flies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Flights a week in each direction.
    pub(super) weekly: u16,
    /// Flown from April to October only.
    pub(super) summer_only: bool,
}

impl Link {
    fn all_year(weekly: i32) -> Self {
        Self {
            weekly: weekly as u16,
            summer_only: false,
        }
    }
}

/// Longest route of a regional network, in kilometres; beyond it a route is long haul.
const NEAR_KM: u16 = 5_600;
/// Carriers with two aisles only leave shorter routes than this to others, outside Asia.
const WIDEBODY_KM: i32 = 3_000;
/// Least size of an airport that a carrier flies to from another continent without a reason.
const WORTH_THE_OCEAN: u8 = 87;

/// What the rules need to know about the whole network.
pub(super) struct Demand<'a> {
    places: &'a Places,
    /// By node: alliances with a hub there, one bit each.
    partner_hubs: Vec<u8>,
    /// By node: a full-service long-haul carrier has a hub there.
    gateway: Vec<bool>,
}

/// The bit of an alliance; none for carriers outside.
fn alliance_bit(operator: &Operator) -> u8 {
    match operator.carrier.alliance {
        Some(Alliance::StarAlliance) => 1,
        Some(Alliance::Oneworld) => 2,
        Some(Alliance::Skyteam) => 4,
        None => 0,
    }
}

/// `points` where the condition holds.
const fn when(condition: bool, points: i32) -> i32 {
    if condition { points } else { 0 }
}

impl<'a> Demand<'a> {
    pub(super) fn new(places: &'a Places, operators: &[Operator]) -> Self {
        let mut partner_hubs = vec![0; places.len()];
        let mut gateway = vec![false; places.len()];
        for operator in operators.iter().filter(|o| !o.carrier.low_cost) {
            for &hub in &operator.hubs {
                partner_hubs[usize::from(hub)] |= alliance_bit(operator);
                gateway[usize::from(hub)] |= operator.carrier.long_haul;
            }
        }
        Self {
            places,
            partner_hubs,
            gateway,
        }
    }

    /// Sum of both ranks below which none of the carrier's rules is ever satisfied.
    pub(super) fn least_ranks(operator: &Operator) -> u8 {
        if operator.is_regional() { 96 } else { 122 }
    }

    /// The carrier's flights between one of its stations and another airport, if it has any.
    pub(super) fn link(&self, operator: &Operator, station: Node, other: Node) -> Option<Link> {
        let km = self.places.km(station, other);
        if !(130..=operator.reach_km).contains(&km) {
            return None;
        }
        let (from, to) = (&self.places[station], &self.places[other]);
        let near = km <= NEAR_KM && adjacent(from.region, to.region);
        let hub = operator.hubs.contains(&station);
        let hubs = hub || operator.hubs.contains(&other);
        let pair = Pair {
            operator,
            from,
            to,
            other,
            km: i32::from(km),
            ranks: i32::from(from.rank()) + i32::from(to.rank()),
            home: from.country == to.country,
        };
        let link = if !near {
            let flown = hub && operator.carrier.long_haul;
            flown.then(|| self.long_haul(&pair)).flatten()
        } else if pair.is_below_widebodies() {
            None
        } else if operator.carrier.low_cost {
            self.low_cost(&pair)
        } else if operator.is_regional() {
            self.regional(&pair)
        } else if !to.primary && !operator.is_station(other) {
            None
        } else if pair.home {
            // Carriers outside alliances fly spokes from their hubs only.
            let spoke = hubs || operator.carrier.alliance.is_some();
            spoke.then(|| self.domestic(&pair, hub)).flatten()
        } else {
            hubs.then(|| self.international(&pair)).flatten()
        };
        link.filter(|_| {
            may_link(self.places, station, other, km)
                && may_fly(self.places, operator, station, other)
        })
    }

    fn is_partner_hub(&self, pair: &Pair<'_>) -> bool {
        self.partner_hubs[usize::from(pair.other)] & alliance_bit(pair.operator) != 0
    }

    fn is_tied(&self, pair: &Pair<'_>) -> bool {
        pair.operator.is_tied(self.places, pair.other)
            || pair.operator.is_home(self.places, pair.other)
    }

    /// Full-service, another country of the same part of the world.
    fn international(&self, pair: &Pair<'_>) -> Option<Link> {
        let points = pair.ranks - pair.km / 150
            + pair.jitter(10)
            + when(self.is_partner_hub(pair), 6)
            + when(self.is_tied(pair), 16)
            + when(pair.operator.hubs.len() == 1, 4)
            + when(pair.to.leisure, 4)
            - when(pair.operator.challenger && !pair.to.leisure, 14);
        let threshold = 164 - thinness(pair.to.region);
        let weekly = (4 + (points - threshold) * 4 / 5).clamp(3, 49);
        (points >= threshold).then(|| Link {
            weekly: (weekly / if pair.operator.challenger { 2 } else { 1 }).max(3) as u16,
            summer_only: points < threshold + 6 && pair.is_summery(),
        })
    }

    /// Full-service, at home.
    fn domestic(&self, pair: &Pair<'_>, hub: bool) -> Option<Link> {
        let points =
            pair.ranks - pair.km / 200 + pair.jitter(12) - when(!hub, 8) - when(pair.km < 200, 12);
        let threshold = 153 - thinness(pair.to.region);
        let weekly = (6 + (points - threshold)).clamp(4, 77);
        (points >= threshold).then(|| Link::all_year(weekly))
    }

    /// Turboprops and regional jets from their own stations.
    fn regional(&self, pair: &Pair<'_>) -> Option<Link> {
        let points = pair.ranks - pair.km / 50 + pair.jitter(24) - when(!pair.home, 28);
        let threshold = 126 - thinness(pair.to.region);
        let weekly = (5 + (points - threshold) / 3).clamp(4, 28);
        (points >= threshold && pair.km <= 1_500).then(|| Link::all_year(weekly))
    }

    /// Low-cost, point to point.
    fn low_cost(&self, pair: &Pair<'_>) -> Option<Link> {
        let points = pair.ranks - (pair.km - 800).max(0) / 120
            + pair.jitter(30)
            + when(pair.operator.is_station(pair.other), 6)
            + when(pair.to.leisure, 8)
            - when(pair.home && pair.km < 300, 20);
        let threshold = if pair.home { 174 } else { 183 } - thinness(pair.to.region);
        let weekly = (3 + (points - threshold) * 3 / 4).clamp(2, 35);
        (points >= threshold).then(|| Link {
            weekly: weekly as u16,
            summer_only: points < threshold + 8 && pair.is_summery(),
        })
    }

    /// Between continents, from hubs.
    fn long_haul(&self, pair: &Pair<'_>) -> Option<Link> {
        let tied = self.is_tied(pair);
        let partner = self.is_partner_hub(pair);
        let low_cost = pair.operator.carrier.low_cost;
        let only_hub = pair.operator.hubs.len() == 1;
        let gateway = self.gateway[usize::from(pair.other)];
        let holiday = pair.to.leisure && pair.km < 9_000;
        let large = pair.to.rank() >= WORTH_THE_OCEAN;
        let transfers = gateway && only_hub && !low_cost && pair.from.rank() >= 80;
        let worth = tied || partner || large || holiday || transfers;
        // Holiday airlines cross oceans for beaches and relatives.
        let off_topic = pair.operator.challenger && !tied && !pair.to.leisure;
        if !worth || off_topic || !(pair.to.primary || tied) {
            return None;
        }
        let points = pair.ranks - (pair.km - 6_000).max(0) / 600
            + pair.jitter(8)
            + when(tied, 24)
            + when(pair.to.leisure || pair.from.leisure, 6)
            + when(partner, 8)
            + when(only_hub, 3);
        let remote = when(pair.from.rank() < 80, thinness(pair.from.region) / 4);
        let threshold = if low_cost { 190 } else { 182 } - remote;
        let weekly = (3 + (points - threshold) * 3 / 5).clamp(3, 28);
        (points >= threshold).then(|| Link::all_year(weekly))
    }
}

/// A carrier's station and the airport at the other end.
struct Pair<'a> {
    operator: &'a Operator,
    from: &'a Place,
    to: &'a Place,
    other: Node,
    km: i32,
    ranks: i32,
    /// Both are in one country.
    home: bool,
}

impl Pair<'_> {
    /// Points from 0 to `bound - 1` that stay the same for this carrier and pair of airports.
    fn jitter(&self, bound: u32) -> i32 {
        let (from, to) = (self.from.airport.iata, self.to.airport.iata);
        let hash = self.operator.hash("route");
        hash.text(from.min(to).as_str())
            .text(from.max(to).as_str())
            .below(bound) as i32
    }

    /// A holiday airport whose season is the northern summer.
    fn is_summery(&self) -> bool {
        self.to.leisure && (34.0..46.5).contains(&self.to.airport.latitude)
    }

    /// Too short for a carrier that flies two aisles only.
    fn is_below_widebodies(&self) -> bool {
        self.km < WIDEBODY_KM
            && self.operator.is_widebody_only()
            && !matches!(
                self.from.region,
                Region::EastAsia | Region::SoutheastAsia | Region::MiddleEast
            )
    }
}
