//! Lifelines that the rules of demand miss: a carrier's bases are linked with its hub, and every
//! hub and every country's main airport with a large airport.

use std::collections::BTreeSet;

use crate::{
    access::{may_fly, may_link},
    demand::Link,
    network::Planned,
    operators::{Operator, OperatorId},
    places::{Node, Places},
};

/// The least rank of an airport with flights to other continents.
pub(super) const LARGE_RANK: u8 = 84;

/// Flights a week between a hub and a base.
const SPINE: u16 = 7;
/// Flights a week between a main airport and a large one.
const LIFELINE: u16 = 4;

/// Adds the missing routes to plans sorted by ends and carrier.
pub(super) fn connect(places: &Places, operators: &[Operator], planned: &mut Vec<Planned>) {
    let weighed = planned.len();
    for (id, operator) in (0..).zip(operators).filter(|(_, o)| !o.carrier.low_cost) {
        let Some((&main, others)) = operator.hubs.split_first() else {
            continue;
        };
        for &station in others.iter().chain(&operator.bases) {
            let plan = plan(id, main, station, SPINE);
            let known = planned[..weighed]
                .binary_search_by_key(&(plan.ends, id), |known| (known.ends, known.operator));
            if known.is_err() && usable(places, operator, main, station) {
                planned.push(plan);
            }
        }
    }
    let large: Vec<Node> = places
        .nodes()
        .filter(|&node| places[node].rank() >= LARGE_RANK)
        .collect();
    // A country's own large airport comes before one abroad.
    let mut has_large = vec![false; places.countries.len()];
    for &node in &large {
        has_large[usize::from(places[node].country)] = true;
    }
    let mut linked = vec![false; places.len()];
    for (a, b) in planned.iter().map(|p| p.ends) {
        for (node, to) in [(a, b), (b, a)] {
            let own = places.same_country(a, b) || !has_large[usize::from(places[node].country)];
            linked[usize::from(node)] |= own && places[to].rank() >= LARGE_RANK;
        }
    }
    for node in mains(places, operators) {
        if !linked[usize::from(node)] && places[node].rank() < LARGE_RANK {
            let own = large.iter().filter(|&&to| places.same_country(node, to));
            let own: Vec<Node> = own.copied().collect();
            let found = lifeline(places, operators, node, &own);
            planned.extend(found.or_else(|| lifeline(places, operators, node, &large)));
        }
    }
}

/// Every carrier's hubs and the most prominent airport of every country.
fn mains(places: &Places, operators: &[Operator]) -> BTreeSet<Node> {
    let mut first: Vec<Option<Node>> = vec![None; places.countries.len()];
    for node in places.nodes() {
        let best = &mut first[usize::from(places[node].country)];
        if best.is_none_or(|other| places[other].rank() < places[node].rank()) {
            *best = Some(node);
        }
    }
    let hubs = operators.iter().flat_map(|o| o.hubs.iter().copied());
    hubs.chain(first.into_iter().flatten()).collect()
}

/// The shortest route to a large airport: by a carrier at home here, else by one from there.
fn lifeline(
    places: &Places,
    operators: &[Operator],
    node: Node,
    large: &[Node],
) -> Option<Planned> {
    let mut by_distance: Vec<_> = large.iter().map(|&to| (places.km(node, to), to)).collect();
    by_distance.sort_unstable();
    let by = |rule: &dyn Fn(&Operator, Node) -> bool| {
        by_distance.iter().find_map(|&(_, to)| {
            let mut all = (0..).zip(operators);
            let (id, _) =
                all.find(|(_, operator)| rule(operator, to) && usable(places, operator, node, to))?;
            Some(plan(id, node, to, LIFELINE))
        })
    };
    by(&|operator, _| operator.is_station(node))
        .or_else(|| {
            by(&|operator, to| operator.is_home(places, node) && operator.hubs.contains(&to))
        })
        .or_else(|| by(&|operator, _| operator.is_home(places, node)))
        .or_else(|| by(&|operator, to| operator.hubs.contains(&to)))
}

fn usable(places: &Places, operator: &Operator, a: Node, b: Node) -> bool {
    let km = places.km(a, b);
    (130..=operator.reach_km).contains(&km)
        && may_link(places, a, b, km)
        && (may_fly(places, operator, a, b) || may_fly(places, operator, b, a))
}

fn plan(operator: OperatorId, a: Node, b: Node, weekly: u16) -> Planned {
    Planned {
        ends: (a.min(b), a.max(b)),
        operator,
        link: Link {
            weekly,
            summer_only: false,
        },
    }
}
