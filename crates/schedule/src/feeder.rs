//! Gives every airport that no rule of demand serves a route to the nearest sizeable airport.

use std::cmp::Reverse;

use crate::{
    access,
    aircraft::Kind,
    demand::Link,
    gateways::LARGE_RANK,
    network::Planned,
    operators::{Operator, OperatorId},
    places::{Node, Places},
    region::sovereign,
};

/// The least rank of an airport that feeders lead to.
const ANCHOR_RANK: u8 = 40;
/// Longest second feeder, to the nearest such airport of the country.
const MAIN_KM: u16 = 1_900;
/// Longest feeder between territories of one state.
const STATE_KM: u16 = 3_000;

struct Feeder<'a> {
    places: &'a Places,
    operators: &'a [Operator],
    /// By node: carriers that fly there or are based there, each once.
    serving: Vec<Vec<OperatorId>>,
    /// Airports that small ones may be fed from.
    anchors: Vec<Node>,
}

/// Adds routes until every airport has one, in the order of size.
pub(super) fn connect_the_rest(
    places: &Places,
    operators: &[Operator],
    planned: &mut Vec<Planned>,
) {
    let mut serving: Vec<Vec<OperatorId>> = vec![Vec::new(); places.len()];
    for plan in planned.iter() {
        for end in [plan.ends.0, plan.ends.1] {
            serving[usize::from(end)].push(plan.operator);
        }
    }
    let mut waiting: Vec<Node> = places
        .nodes()
        .filter(|&node| serving[usize::from(node)].is_empty())
        .collect();
    waiting.sort_by_key(|&node| (Reverse(places[node].rank()), node));
    for (id, operator) in (0..).zip(operators) {
        for &station in operator.hubs.iter().chain(&operator.bases) {
            serving[usize::from(station)].push(id);
        }
    }
    for carriers in &mut serving {
        carriers.sort_unstable();
        carriers.dedup();
    }
    let anchors = anchors(places, operators, &serving);
    let feeder = Feeder {
        places,
        operators,
        serving,
        anchors,
    };
    for node in waiting {
        feeder.connect(node, planned);
    }
}

/// Served airports that are sizeable or some carrier's hub, and the most served one of a country.
fn anchors(places: &Places, operators: &[Operator], serving: &[Vec<OperatorId>]) -> Vec<Node> {
    let count = |node: Node| serving[usize::from(node)].len();
    let mut busiest = vec![None; places.countries.len()];
    for node in places.nodes().filter(|&node| count(node) > 0) {
        let best = &mut busiest[usize::from(places[node].country)];
        if best.is_none_or(|other| count(other) < count(node)) {
            *best = Some(node);
        }
    }
    let mut station = vec![false; places.len()];
    for &node in operators.iter().flat_map(|o| o.hubs.iter().chain(&o.bases)) {
        station[usize::from(node)] = true;
    }
    places
        .nodes()
        .filter(|&node| {
            let sizeable = places[node].rank() >= ANCHOR_RANK || station[usize::from(node)];
            let only = busiest[usize::from(places[node].country)] == Some(node);
            count(node) > 0 && (sizeable || only)
        })
        .collect()
}

impl Feeder<'_> {
    fn connect(&self, node: Node, planned: &mut Vec<Planned>) {
        let place = &self.places[node];
        let own = sovereign(place.airport.country);
        let home = self.nearest(node, u16::MAX, |anchor| {
            self.places.same_country(anchor, node)
        });
        let first = self.link_first(node, &home, planned).or_else(|| {
            let of_state = self.nearest(node, STATE_KM, |anchor| {
                sovereign(self.places[anchor].airport.country) == own
            });
            self.link_first(node, &of_state, planned)
        });
        let first = first.or_else(|| {
            let anyone = self.nearest(node, u16::MAX, |_| true);
            self.link_first(node, &anyone, planned)
        });
        // A second one leads where the rest of the world is.
        let rank = |anchor: &(u16, Node)| self.places[anchor.1].rank();
        let large = home.iter().find(|anchor| rank(anchor) >= LARGE_RANK);
        let main = large.or_else(|| home.iter().max_by_key(|anchor| rank(anchor)));
        if let Some(&(km, main)) = main
            && first.is_some_and(|first| first != main)
            && km <= MAIN_KM
        {
            self.link_first(node, &[(km, main)], planned);
        }
    }

    /// The anchors that satisfy a rule, nearest first.
    fn nearest(&self, node: Node, within: u16, rule: impl Fn(Node) -> bool) -> Vec<(u16, Node)> {
        let others = self
            .anchors
            .iter()
            .filter(|&&anchor| anchor != node && rule(anchor));
        let mut nearest: Vec<_> = others
            .map(|&anchor| (self.places.km(node, anchor), anchor))
            .filter(|&(km, _)| km <= within)
            .collect();
        nearest.sort_unstable();
        nearest
    }

    /// Links the node with the first of the anchors that a carrier can fly to.
    fn link_first(
        &self,
        node: Node,
        anchors: &[(u16, Node)],
        planned: &mut Vec<Planned>,
    ) -> Option<Node> {
        anchors.iter().find_map(|&(km, anchor)| {
            let allowed = km >= 20 && access::may_link(self.places, node, anchor, km);
            let operator = allowed.then(|| self.carrier(node, anchor, km)).flatten()?;
            let rank = u16::from(self.places[node].rank());
            planned.push(Planned {
                ends: (node.min(anchor), node.max(anchor)),
                operator,
                link: Link {
                    // From four flights a week for an airstrip to two a day.
                    weekly: (3 + rank / 4).min(14),
                    summer_only: false,
                },
            });
            Some(anchor)
        })
    }

    /// Of the carriers at the anchor, the one closest to home there; small aircraft first.
    fn carrier(&self, node: Node, anchor: Node, km: u16) -> Option<OperatorId> {
        let carriers = self.serving[usize::from(anchor)].iter().copied();
        let able = carriers.filter(|&id| self.operators[usize::from(id)].reach_km >= km);
        able.min_by_key(|&id| {
            let operator = &self.operators[usize::from(id)];
            let at_home =
                operator.is_home(self.places, node) || operator.is_home(self.places, anchor);
            let fits = |a: &super::aircraft::Aircraft| a.kind == Kind::Regional && a.range_km >= km;
            let small = operator.fleet.iter().any(fits);
            let station = if operator.hubs.contains(&anchor) {
                0
            } else {
                2 - u8::from(operator.is_station(anchor))
            };
            let code = self.places[node].airport.iata;
            let chance = operator.hash("feeder").text(code.as_str()).finish();
            (!at_home, !small, operator.carrier.low_cost, station, chance)
        })
    }
}
