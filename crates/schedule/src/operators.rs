//! The carriers as operators of the network: fleet, stations, home.

use crate::{
    aircraft::{Aircraft, Kind},
    hash::Hash,
    places::{Node, Places},
    region,
};
use travel::{Carrier, Iata, airport, carrier};

/// Position of a carrier in [`carrier::all`].
pub(super) type OperatorId = u16;

/// One carrier.
#[derive(Debug)]
pub(super) struct Operator {
    pub(super) carrier: &'static Carrier,
    /// Every type that it flies; flights name one by its position.
    pub(super) fleet: Vec<Aircraft>,
    pub(super) hubs: Vec<Node>,
    pub(super) bases: Vec<Node>,
    /// Longest route that its fleet flies, in kilometres.
    pub(super) reach_km: u16,
    /// By country of [`Places::countries`]: home, being that of its certificate, of its hubs, or
    /// a territory of theirs.
    home: Vec<bool>,
    /// By country: linked to home by language, migration or history.
    tied: Vec<bool>,
    /// Member of the European single aviation market.
    pub(super) single_market: bool,
    /// Second at its hub to a carrier of the same country: holiday airlines and newcomers.
    pub(super) challenger: bool,
}

impl Operator {
    fn new(carrier: &'static Carrier, places: &Places) -> Self {
        let kinds = [
            (Kind::Narrowbody, &carrier.narrowbody),
            (Kind::Widebody, &carrier.widebody),
            (Kind::Regional, &carrier.regional),
        ];
        let fleet: Vec<_> = kinds
            .into_iter()
            .flat_map(|(kind, names)| names.iter().map(move |name| Aircraft::new(name, kind)))
            .collect();
        let nodes = |codes: &[_]| -> Vec<Node> {
            let known = codes.iter().filter_map(|&code| places.node(code));
            known.collect()
        };
        let hubs = nodes(&carrier.hubs);
        let mut bases = nodes(&carrier.bases);
        bases.retain(|base| !hubs.contains(base));
        let mut own: Vec<_> = hubs
            .iter()
            .map(|&hub| places[hub].airport.country)
            .collect();
        own.push(carrier.country);
        let sovereigns: Vec<_> = own
            .iter()
            .map(|country| region::sovereign(country))
            .collect();
        let by_country = |rule: &dyn Fn(&str) -> bool| -> Vec<bool> {
            places
                .countries
                .iter()
                .map(|country| rule(country))
                .collect()
        };
        Self {
            home: by_country(&|country| sovereigns.contains(&region::sovereign(country))),
            tied: by_country(&|country| region::ties(carrier.country).contains(country)),
            reach_km: fleet.iter().map(|a| a.range_km).max().unwrap_or_default(),
            single_market: region::in_single_market(carrier.country),
            challenger: is_challenger(carrier),
            carrier,
            fleet,
            hubs,
            bases,
        }
    }

    /// Every carrier, in the order of the table.
    pub(super) fn load(places: &Places) -> Vec<Self> {
        let carriers = carrier::all().iter();
        carriers.map(|carrier| Self::new(carrier, places)).collect()
    }

    /// Whether a place is in a home country.
    pub(super) fn is_home(&self, places: &Places, node: Node) -> bool {
        self.home[usize::from(places[node].country)]
    }

    /// Whether a place has ties with its country.
    pub(super) fn is_tied(&self, places: &Places, node: Node) -> bool {
        self.tied[usize::from(places[node].country)]
    }

    /// Whether it is based there.
    pub(super) fn is_station(&self, node: Node) -> bool {
        self.hubs.contains(&node) || self.bases.contains(&node)
    }

    /// Flies turboprops and regional jets only.
    pub(super) fn is_regional(&self) -> bool {
        self.fleet.iter().all(|a| a.kind == Kind::Regional)
    }

    /// Flies two aisles only.
    pub(super) fn is_widebody_only(&self) -> bool {
        self.fleet.iter().all(|a| a.kind == Kind::Widebody)
    }

    /// A hash of one decision about this carrier.
    pub(super) fn hash(&self, purpose: &str) -> Hash {
        Hash::new(purpose).text(self.carrier.code.as_str())
    }
}

/// Whether an allied long-haul carrier, or a long-haul one where this is not, of the same country
/// is at home in its hub or in another airport of that city.
fn is_challenger(carrier: &Carrier) -> bool {
    let stands_above =
        |other: &Carrier| other.alliance.is_some() || (other.long_haul && !carrier.long_haul);
    let cities = |hubs: &[Iata]| -> Vec<Iata> {
        let city = |&hub: &Iata| airport::by_code(hub).and_then(|a| a.metro).unwrap_or(hub);
        hubs.iter().map(city).collect()
    };
    let own = cities(&carrier.hubs);
    carrier.alliance.is_none()
        && carrier::all().iter().any(|other| {
            other.code != carrier.code
                && other.country == carrier.country
                && !other.low_cost
                && stands_above(other)
                && cities(&other.hubs).iter().any(|city| own.contains(city))
        })
}
