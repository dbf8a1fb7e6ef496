//! The wishes and refusals of a search, in terms of the network.

use crate::{network::Network, operators::Operator, places::Node, search};
use travel::{Cabin, Filter};

use crate::QueryError;

/// Stops of a slice that are never exceeded.
const MOST_STOPS: u8 = 2;

/// What every itinerary of a search satisfies.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) cabin: Cabin,
    /// Most stops of a slice.
    pub(super) max_stops: u8,
    /// By operator: may fly; `None` = all may.
    carriers: Option<Vec<bool>>,
    /// Each slice stops at one of these, where there are any.
    pub(super) via: Vec<Node>,
    /// No slice stops here.
    pub(super) avoid: Vec<Node>,
    /// No flight is in the air over the night.
    pub(super) no_overnight: bool,
    /// Sold as one ticket that can be given back.
    pub(super) refundable: bool,
}

impl Rules {
    /// The rules of a filter.
    ///
    /// # Errors
    ///
    /// Fails where no airport has the code of a stop.
    pub(super) fn new(
        network: &Network,
        filter: &Filter,
        cabin: Cabin,
    ) -> Result<Self, QueryError> {
        let accepts = |operator: &Operator| filter.accepts(operator.carrier);
        let carriers = filter
            .restricts_carriers()
            .then(|| network.operators.iter().map(accepts).collect());
        Ok(Self {
            cabin,
            max_stops: filter.max_stops.unwrap_or(MOST_STOPS).min(MOST_STOPS),
            carriers,
            via: search::nodes(network, &filter.via)?,
            avoid: search::nodes(network, &filter.avoid_via)?,
            no_overnight: filter.no_overnight,
            refundable: filter.refundable,
        })
    }

    /// Whether a route may be flown.
    pub(super) fn accepts(&self, network: &Network, at: u32) -> bool {
        self.carriers
            .as_ref()
            .is_none_or(|may| may[usize::from(network.route(at).operator)])
    }

    /// Whether a slice may stop at a place, as far as the places refused go.
    pub(super) fn stops_at(&self, node: Node) -> bool {
        self.avoid.is_empty() || !self.avoid.contains(&node)
    }

    /// Whether stops of a slice are enough for the places wished.
    pub(super) fn passes(&self, stops: &[Node]) -> bool {
        self.via.is_empty() || stops.iter().any(|stop| self.via.contains(stop))
    }

    /// The distance by which ways are judged: that of the ends, or the way through the nearest of
    /// the places wished.
    pub(super) fn way_km(&self, network: &Network, from: Node, to: Node) -> u16 {
        let places = &network.places;
        let through = |&stop: &Node| places.km(from, stop).saturating_add(places.km(stop, to));
        let ways = self.via.iter().map(through);
        ways.min().unwrap_or_else(|| places.km(from, to))
    }
}
