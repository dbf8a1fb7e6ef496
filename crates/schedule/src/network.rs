//! The derived network: every route of every carrier with its timetable, indexed both ways.

use std::sync::OnceLock;

use crate::{
    aircraft::{self, Need},
    block_time,
    demand::{Demand, Link},
    feeder, gateways,
    geometry::chord_squared_of,
    hash::Hash,
    operators::{Operator, OperatorId},
    places::{Node, Places},
    region::Region,
    timetable::{self, Departure, Shape, Windows},
};

/// Airports below this rank are not weighed by the rules of demand but get a feeder.
const SIZEABLE_RANK: u8 = 30;

/// A carrier's route in one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Route {
    pub(super) operator: OperatorId,
    pub(super) from: Node,
    pub(super) to: Node,
    /// Great-circle distance.
    pub(super) km: u16,
    /// Minutes from gate to gate.
    pub(super) block: u16,
    pub(super) summer_only: bool,
    first_departure: u32,
    departures: u8,
}

/// A route that a carrier flies both ways, before its timetable is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planned {
    pub(super) ends: (Node, Node),
    pub(super) operator: OperatorId,
    pub(super) link: Link,
}

/// The whole network.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) places: Places,
    pub(super) operators: Vec<Operator>,
    /// Sorted by origin, destination, carrier.
    routes: Vec<Route>,
    departures: Vec<Departure>,
    /// By node: where its routes begin in `routes`.
    outbound: Vec<u32>,
    /// Routes sorted by destination, origin, carrier.
    by_destination: Vec<u32>,
    /// By node: where its routes begin in `by_destination`.
    inbound: Vec<u32>,
}

static NETWORK: OnceLock<Network> = OnceLock::new();

/// The network, derived at its first use.
pub(super) fn network() -> &'static Network {
    NETWORK.get_or_init(Network::derive)
}

/// The network, if it is derived.
pub(super) fn derived() -> Option<&'static Network> {
    NETWORK.get()
}

impl Network {
    /// Derives everything from the tables of airports and carriers.
    pub(super) fn derive() -> Self {
        let places = Places::load();
        let operators = Operator::load(&places);
        let mut planned = plan(&places, &operators);
        gateways::connect(&places, &operators, &mut planned);
        feeder::connect_the_rest(&places, &operators, &mut planned);
        tidy(&mut planned);
        Self::lay_out(places, operators, &planned)
    }

    fn lay_out(places: Places, operators: Vec<Operator>, planned: &[Planned]) -> Self {
        let mut routes = Vec::with_capacity(planned.len() * 2);
        let mut departures = Vec::with_capacity(planned.len() * 4);
        let mut windows = Windows::default();
        for plan in planned {
            let (a, b) = plan.ends;
            for (from, to) in [(a, b), (b, a)] {
                let route = lay_out_route(
                    &places,
                    &operators[usize::from(plan.operator)],
                    (from, to, plan),
                    &mut windows,
                    &mut departures,
                );
                routes.push(route);
            }
        }
        routes.sort_unstable_by_key(|r| (r.from, r.to, r.operator));
        let mut by_destination: Vec<u32> = (0..routes.len() as u32).collect();
        by_destination.sort_unstable_by_key(|&at| {
            let route = &routes[at as usize];
            (route.to, route.from, route.operator)
        });
        let outbound = starts(places.len(), routes.iter().map(|r| r.from));
        let inbound = starts(
            places.len(),
            by_destination.iter().map(|&at| routes[at as usize].to),
        );
        Self {
            places,
            operators,
            routes,
            departures,
            outbound,
            by_destination,
            inbound,
        }
    }

    /// The route at a position.
    pub(super) fn route(&self, at: u32) -> &Route {
        &self.routes[at as usize]
    }

    /// The carrier of the route at a position.
    pub(super) fn operator(&self, at: u32) -> &Operator {
        &self.operators[usize::from(self.route(at).operator)]
    }

    /// The departures of a route, by time of day.
    pub(super) fn departures(&self, route: &Route) -> &[Departure] {
        let start = route.first_departure as usize;
        &self.departures[start..start + usize::from(route.departures)]
    }

    /// Positions of the routes from a node, sorted by destination.
    pub(super) fn from(&self, node: Node) -> std::ops::Range<u32> {
        self.outbound[usize::from(node)]..self.outbound[usize::from(node) + 1]
    }

    /// Positions of the routes to a node, sorted by origin.
    pub(super) fn to(&self, node: Node) -> &[u32] {
        let (start, end) = (
            self.inbound[usize::from(node)],
            self.inbound[usize::from(node) + 1],
        );
        &self.by_destination[start as usize..end as usize]
    }

    /// Positions of the routes between two nodes; empty when nobody flies there.
    pub(super) fn between(&self, from: Node, to: Node) -> std::ops::Range<u32> {
        let all = self.from(from);
        let slice = &self.routes[all.start as usize..all.end as usize];
        let start = slice.partition_point(|r| r.to < to);
        let length = slice[start..].partition_point(|r| r.to == to);
        let start = all.start + start as u32;
        start..start + length as u32
    }
}

/// Weighs every pair of a carrier's station and a sizeable airport.
fn plan(places: &Places, operators: &[Operator]) -> Vec<Planned> {
    let demand = Demand::new(places, operators);
    let mut sizeable: Vec<Node> = places
        .nodes()
        .filter(|&node| places[node].rank() >= SIZEABLE_RANK)
        .collect();
    sizeable.sort_by_key(|&node| std::cmp::Reverse(places[node].rank()));
    let mut planned = Vec::with_capacity(40_000);
    for (id, operator) in (0..).zip(operators) {
        let reach = chord_squared_of(operator.reach_km);
        let least = Demand::least_ranks(operator);
        for &station in operator.hubs.iter().chain(&operator.bases) {
            let rank = places[station].rank();
            for &other in &sizeable {
                if rank + places[other].rank() < least {
                    break; // They only get smaller.
                }
                let chord = places[station].point.chord_squared(&places[other].point);
                if chord > reach {
                    continue;
                }
                if let Some(link) = demand.link(operator, station, other) {
                    planned.push(Planned {
                        ends: (station.min(other), station.max(other)),
                        operator: id,
                        link,
                    });
                }
            }
        }
    }
    tidy(&mut planned);
    planned
}

/// Sorts, and keeps the busier of two plans for one route of a carrier.
fn tidy(planned: &mut Vec<Planned>) {
    planned.sort_unstable_by_key(|p| {
        (
            p.ends,
            p.operator,
            std::cmp::Reverse(p.link.weekly),
            p.link.summer_only,
        )
    });
    planned.dedup_by_key(|p| (p.ends, p.operator));
}

fn lay_out_route(
    places: &Places,
    operator: &Operator,
    (from, to, plan): (Node, Node, &Planned),
    windows: &mut Windows,
    departures: &mut Vec<Departure>,
) -> Route {
    let (origin, destination) = (&places[from], &places[to]);
    let km = places.km(from, to);
    let need = Need {
        km,
        weekly: plan.link.weekly,
        smaller_rank: origin.rank().min(destination.rank()),
        trunk: origin.rank().min(destination.rank()) >= 90
            && matches!(
                origin.region,
                Region::EastAsia | Region::SoutheastAsia | Region::MiddleEast
            ),
    };
    let hash = operator.hash("timetable");
    let hash = hash
        .text(origin.airport.iata.as_str())
        .text(destination.airport.iata.as_str());
    let pick = |hash: Hash| aircraft::choose(&operator.fleet, need, hash).unwrap_or_default();
    let course = origin.point.course_to(&destination.point);
    let usual = operator.fleet.get(usize::from(pick(hash.number(1))));
    let block = block_time::minutes(km, course, usual.is_some_and(|a| a.propeller));
    let first = departures.len();
    let shape = Shape {
        block,
        shift: destination.standard_offset - origin.standard_offset,
    };
    timetable::lay_out(plan.link.weekly, shape, hash, windows, pick, departures);
    Route {
        operator: plan.operator,
        from,
        to,
        km,
        block,
        summer_only: plan.link.summer_only,
        first_departure: first as u32,
        departures: (departures.len() - first) as u8,
    }
}

/// By node, where its run begins in a sequence sorted by node; one more entry for the end.
fn starts(nodes: usize, sorted: impl Iterator<Item = Node>) -> Vec<u32> {
    let mut starts = vec![0; nodes + 1];
    for node in sorted {
        starts[usize::from(node) + 1] += 1;
    }
    for node in 0..nodes {
        starts[node + 1] += starts[node];
    }
    starts
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use travel::{airport, country};

    /// Hops from the nearest of some airports, up to three.
    fn hops(network: &Network, origins: &[Node]) -> Vec<Option<u8>> {
        let mut hops = vec![None; network.places.len()];
        let mut frontier = origins.to_vec();
        for hop in 0..=3 {
            frontier.retain(|&node| hops[usize::from(node)].is_none());
            for &node in &frontier {
                hops[usize::from(node)] = Some(hop);
            }
            let next = frontier.iter().flat_map(|&node| network.from(node));
            frontier = next.map(|at| network.route(at).to).collect();
        }
        hops
    }

    fn nodes(network: &Network, code: &str) -> Vec<Node> {
        let airports = airport::resolve(code.parse().unwrap()).into_iter();
        airports
            .filter_map(|a| network.places.node(a.iata))
            .collect()
    }

    #[test]
    fn every_airport_is_two_stops_from_paris_or_from_its_gateway() {
        let network = network();
        let from_paris = hops(network, &nodes(network, "PAR"));
        let mut from_gateways = BTreeMap::new();
        let mut unreached = Vec::new();
        for node in network.places.nodes() {
            let airport = network.places[node].airport;
            let at = usize::from(node);
            // Nobody flies to Ukraine while its airspace is closed.
            if airport.country == "UA" || from_paris[at].is_some() {
                continue;
            }
            let from_gateway = from_gateways.entry(airport.country).or_insert_with(|| {
                let codes = &country::by_code(airport.country).unwrap().gateways;
                let gateways = codes.iter().flat_map(|code| nodes(network, code.as_str()));
                hops(network, &gateways.collect::<Vec<_>>())
            });
            if from_gateway[at].is_none() {
                unreached.push(airport.iata);
            }
        }
        assert!(unreached.is_empty(), "{unreached:?}");
    }

    #[test]
    fn routes_are_flown_both_ways_within_range() {
        let network = network();
        assert!((60_000..100_000).contains(&network.routes.len()));
        for route in &network.routes {
            let operator = &network.operators[usize::from(route.operator)];
            let mut back = network.between(route.to, route.from);
            assert!(back.any(|at| network.route(at).operator == route.operator));
            for departure in network.departures(route) {
                let aircraft = operator.fleet[usize::from(departure.aircraft)];
                assert!(aircraft.range_km >= route.km, "{aircraft:?} {}", route.km);
            }
        }
    }

    #[test]
    fn deriving_twice_gives_the_same_network() {
        let again = Network::derive();
        assert_eq!(again.departures, network().departures);
        assert_eq!(again.outbound, network().outbound);
    }
}
