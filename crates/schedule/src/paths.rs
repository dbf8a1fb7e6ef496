//! Ways through the network from origins to destinations, whatever the day.

use crate::{
    connections::{Bond, Effort},
    network::{Network, Route},
    places::Node,
    rules::Rules,
    search::Ends,
};

/// Most flights of a path.
pub(super) const MAX_LEGS: usize = 3;
/// Most paths with connections that a search looks at, shortest and best connected first.
const MAX_PATHS: usize = 150;
/// Room for the paths with one stop: between large cities they are several hundred.
const ROOM: usize = 4 * MAX_PATHS;
/// With so many ways on one ticket, nobody is offered two.
const ENOUGH: usize = 6;

/// Routes flown one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path {
    routes: [u32; MAX_LEGS],
    legs: u8,
    /// The loosest bond between two of its flights.
    pub(super) bond: Bond,
    /// Kilometres flown.
    pub(super) km: u32,
    /// Great-circle distance from end to end.
    pub(super) direct_km: u16,
}

impl Path {
    /// The path of these routes.
    pub(super) fn new(network: &Network, routes: &[u32]) -> Self {
        let (first, last) = (routes[0], routes[routes.len() - 1]);
        let (from, to) = (network.route(first).from, network.route(last).to);
        Self::between(network, routes, network.places.km(from, to))
    }

    /// The path of these routes, whose ends are so many kilometres apart: many paths have the same.
    fn between(network: &Network, routes: &[u32], direct_km: u16) -> Self {
        let mut padded = [0; MAX_LEGS];
        padded[..routes.len()].copy_from_slice(routes);
        let bonds = routes
            .windows(2)
            .map(|pair| Bond::of(network.operator(pair[0]), network.operator(pair[1])));
        Self {
            routes: padded,
            legs: routes.len() as u8,
            bond: bonds.max().unwrap_or(Bond::SameCarrier),
            km: routes
                .iter()
                .map(|&at| u32::from(network.route(at).km))
                .sum(),
            direct_km,
        }
    }

    /// Positions of its routes, in order.
    pub(super) fn routes(&self) -> &[u32] {
        &self.routes[..usize::from(self.legs)]
    }

    /// Where it begins and ends.
    pub(super) fn ends(&self, network: &Network) -> (Node, Node) {
        let last = self.routes[usize::from(self.legs) - 1];
        (network.route(self.routes[0]).from, network.route(last).to)
    }

    /// The longest flight, whose carrier sells the ticket.
    pub(super) fn main_route<'a>(&self, network: &'a Network) -> &'a Route {
        let first = network.route(self.routes[0]);
        let rest = self.routes()[1..].iter().map(|&at| network.route(at));
        rest.fold(first, |longest, route| {
            if route.km > longest.km {
                route
            } else {
                longest
            }
        })
    }

    /// Smaller is better: kilometres, and a toll for looser bonds.
    fn order(&self) -> (u32, [u32; MAX_LEGS]) {
        let toll = match self.bond {
            Bond::SameCarrier => 0,
            Bond::Partners => 150,
            Bond::Interline => 900,
            Bond::SelfTransfer => 1_200,
        };
        (self.km + toll, self.routes)
    }
}

/// What paths have to satisfy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) ends: &'a Ends,
    pub(super) rules: &'a Rules,
}

impl Wanted<'_> {
    /// Whether a route may be flown.
    fn accepts(&self, network: &Network, at: u32) -> bool {
        self.rules.accepts(network, at)
    }

    /// Whether a way may stop at a place: not in the city of either end, nor where it is refused.
    fn stops_at(&self, network: &Network, node: Node) -> bool {
        !self.ends.holds(network, node) && self.rules.stops_at(node)
    }
}

/// Paths without a stop.
pub(super) fn direct(network: &Network, wanted: &Wanted<'_>) -> Vec<Path> {
    if !wanted.rules.passes(&[]) {
        return Vec::new();
    }
    let routes = wanted
        .ends
        .pairs()
        .flat_map(|(from, to)| network.between(from, to));
    let accepted = routes.filter(|&at| wanted.accepts(network, at));
    accepted.map(|at| Path::new(network, &[at])).collect()
}

/// Paths with one stop.
pub(super) fn one_stop(network: &Network, wanted: &Wanted<'_>, effort: Effort) -> Vec<Path> {
    let mut found = Vec::with_capacity(ROOM);
    for (from, to) in wanted.ends.pairs() {
        let limit = effort.longest_way(wanted.rules.way_km(network, from, to));
        let km = network.places.km(from, to);
        // Both ways are in the order of the hubs.
        let mut arriving = by_origin(network, to).peekable();
        for (hub, firsts) in by_destination(network, from) {
            while arriving.next_if(|(node, _)| *node < hub).is_some() {}
            let Some((_, seconds)) = arriving.next_if(|(node, _)| *node == hub) else {
                continue;
            };
            let first_km = u32::from(network.route(firsts.start).km);
            let second_km = u32::from(network.route(seconds[0]).km);
            if first_km >= limit
                || first_km + second_km > limit
                || !wanted.stops_at(network, hub)
                || !wanted.rules.passes(&[hub])
            {
                continue;
            }
            for first in firsts.filter(|&at| wanted.accepts(network, at)) {
                let seconds = seconds.iter().copied();
                for second in seconds.filter(|&at| wanted.accepts(network, at)) {
                    found.push(Path::between(network, &[first, second], km));
                }
            }
        }
    }
    keep_the_best(found, effort)
}

/// Paths with two stops.
pub(super) fn two_stops(network: &Network, wanted: &Wanted<'_>, effort: Effort) -> Vec<Path> {
    let mut found = Vec::new();
    for (from, to) in wanted.ends.pairs() {
        let limit = effort.longest_way(wanted.rules.way_km(network, from, to));
        let places = &network.places;
        let direct_km = places.km(from, to);
        // Great circles through either stop alone bound the whole way from below.
        let within = |node: Node, km: u16, rest: u16| {
            u32::from(km) + u32::from(rest) <= limit && wanted.stops_at(network, node)
        };
        let arriving: Vec<_> = by_origin(network, to)
            .filter(|(hub, lasts)| {
                let km = network.route(lasts[0]).km;
                within(*hub, km, places.km(from, *hub))
            })
            .collect();
        for (first_hub, firsts) in by_destination(network, from) {
            let first_km = network.route(firsts.start).km;
            if !within(first_hub, first_km, places.km(first_hub, to)) {
                continue;
            }
            for (second_hub, lasts) in &arriving {
                let middles = network.between(first_hub, *second_hub);
                let Some(middle) = middles.clone().next() else {
                    continue;
                };
                let km = [firsts.start, middle, lasts[0]];
                let km: u32 = km.iter().map(|&at| u32::from(network.route(at).km)).sum();
                let stops = [first_hub, *second_hub];
                if *second_hub == first_hub || km > limit || !wanted.rules.passes(&stops) {
                    continue;
                }
                let usable = |at: &u32| wanted.accepts(network, *at);
                for first in firsts.clone().filter(usable) {
                    for middle in middles.clone().filter(usable) {
                        let bond = Bond::of(network.operator(first), network.operator(middle));
                        if effort == Effort::Usual && bond > Bond::Partners {
                            continue;
                        }
                        for &last in lasts.iter().filter(|at| usable(at)) {
                            let next = Bond::of(network.operator(middle), network.operator(last));
                            if effort == Effort::Anything || next <= Bond::Partners {
                                let routes = [first, middle, last];
                                found.push(Path::between(network, &routes, direct_km));
                            }
                        }
                    }
                }
            }
        }
    }
    keep_the_best(found, effort)
}

/// The best of the paths; separate tickets and interline only where little else is left.
fn keep_the_best(mut paths: Vec<Path>, effort: Effort) -> Vec<Path> {
    for bond in [Bond::Interline, Bond::SelfTransfer] {
        let closer = paths.iter().filter(|path| path.bond < bond).count();
        if closer >= ENOUGH && effort == Effort::Usual {
            paths.retain(|path| path.bond < bond);
        }
    }
    if paths.len() > MAX_PATHS {
        paths.select_nth_unstable_by_key(MAX_PATHS, Path::order);
        paths.truncate(MAX_PATHS);
    }
    paths.sort_unstable_by_key(Path::order);
    paths
}

/// The routes from a node, grouped by where they go.
fn by_destination(
    network: &Network,
    from: Node,
) -> impl Iterator<Item = (Node, std::ops::Range<u32>)> {
    let all = network.from(from);
    let mut at = all.start;
    std::iter::from_fn(move || {
        let to = (at < all.end).then(|| network.route(at).to)?;
        let start = at;
        while at < all.end && network.route(at).to == to {
            at += 1;
        }
        Some((to, start..at))
    })
}

/// The routes to a node, grouped by where they come from.
fn by_origin(network: &Network, to: Node) -> impl Iterator<Item = (Node, &[u32])> {
    let groups = network
        .to(to)
        .chunk_by(|&a, &b| network.route(a).from == network.route(b).from);
    groups.map(|group| (network.route(group[0]).from, group))
}
