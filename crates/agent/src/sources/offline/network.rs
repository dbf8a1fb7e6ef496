//! The derived network: every route of every carrier with its timetable, indexed both ways.

use std::sync::LazyLock;

use super::{
    aircraft::{self, Need},
    block_time,
    demand::{Demand, Link},
    feeder,
    geometry::chord_squared_of,
    hash::Hash,
    operators::{Operator, OperatorId},
    places::{Node, Places},
    region::Region,
    timetable::{self, Departure, Shape},
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

static NETWORK: LazyLock<Network> = LazyLock::new(Network::derive);

/// The network, derived at its first use.
pub(super) fn network() -> &'static Network {
    &NETWORK
}

impl Network {
    /// Derives everything from the tables of airports and carriers.
    pub(super) fn derive() -> Self {
        let places = Places::load();
        let operators = Operator::load(&places);
        let mut planned = plan(&places, &operators);
        feeder::connect_the_rest(&places, &operators, &mut planned);
        tidy(&mut planned);
        Self::lay_out(places, operators, &planned)
    }

    fn lay_out(places: Places, operators: Vec<Operator>, planned: &[Planned]) -> Self {
        let mut routes = Vec::with_capacity(planned.len() * 2);
        let mut departures = Vec::with_capacity(planned.len() * 4);
        let mut buffer = Vec::with_capacity(288);
        for plan in planned {
            let (a, b) = plan.ends;
            for (from, to) in [(a, b), (b, a)] {
                let route = lay_out_route(
                    &places,
                    &operators[usize::from(plan.operator)],
                    (from, to, plan),
                    &mut buffer,
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

    /// All routes, one a direction and carrier.
    pub(super) fn routes(&self) -> &[Route] {
        &self.routes
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
    buffer: &mut Vec<u16>,
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
    timetable::lay_out(plan.link.weekly, shape, hash, buffer, pick, departures);
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
    use super::*;

    #[test]
    #[ignore = "prints"]
    fn report() {
        let start = std::time::Instant::now();
        let n = Network::derive();
        println!("derived in {:?}", start.elapsed());
        let weekly: u32 = n.departures.iter().map(|d| d.days.count_ones()).sum();
        println!(
            "routes {} departures {} weekly {}",
            n.routes.len(),
            n.departures.len(),
            weekly
        );
        let mut by: Vec<(usize, &str)> = n
            .operators
            .iter()
            .enumerate()
            .map(|(i, o)| {
                (
                    n.routes
                        .iter()
                        .filter(|r| usize::from(r.operator) == i)
                        .count()
                        / 2,
                    o.carrier.code.as_str(),
                )
            })
            .collect();
        by.sort();
        by.reverse();
        println!("{by:?}");
        for code in std::env::var("CODES").unwrap_or_default().split(',') {
            let Ok(code) = code.parse() else { continue };
            let node = n.places.node(code).unwrap();
            let mut line = String::new();
            for r in n.from(node) {
                let r2 = n.route(r);
                line += &format!(
                    "{}-{}:{} ",
                    n.operators[r2.operator as usize].carrier.code,
                    n.places[r2.to].airport.iata,
                    n.departures(r2)
                        .iter()
                        .map(|d| d.days.count_ones())
                        .sum::<u32>()
                );
            }
            println!("{code}: {line}");
        }
        for node in n.places.nodes() {
            if n.from(node).is_empty() {
                println!("UNSERVED {:?}", n.places[node].airport);
            }
        }
    }
}
