//! The airports as nodes of the network, with everything that searches look up often.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::{access, geometry::Point, region, region::Region};
use travel::{Airport, Iata, airport};

/// Position of an airport in [`airport::all`].
pub(super) type Node = u16;

/// One airport.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) airport: &'static Airport,
    pub(super) point: Point,
    pub(super) region: Region,
    /// Position of its country among all countries of the table.
    pub(super) country: u16,
    pub(super) zone: TimeZone,
    /// Offset from UTC outside summer time, in minutes: close enough to lay out a timetable.
    pub(super) standard_offset: i16,
    /// Mostly serves holidays.
    pub(super) leisure: bool,
    /// Longest route that rules or the runway allow, in kilometres.
    pub(super) longest_km: u16,
    /// Closed to low-cost carriers without a base there.
    pub(super) slot_bound: bool,
    /// The main airport of its metropolitan area, or one that is large by itself.
    pub(super) primary: bool,
}

impl Place {
    /// The airport's prominence, from 0 to 100.
    pub(super) fn rank(&self) -> u8 {
        self.airport.rank
    }
}

/// All airports.
#[derive(Debug)]
pub(super) struct Places {
    all: Vec<Place>,
    /// Country codes, sorted.
    pub(super) countries: Vec<&'static str>,
}

impl Places {
    /// Reads the table; costs one look-up per time zone and two sines per coordinate.
    pub(super) fn load() -> Self {
        let airports = airport::all();
        let mut countries: Vec<_> = airports.iter().map(|a| a.country).collect();
        countries.sort_unstable();
        countries.dedup();
        let mut zones = BTreeMap::new();
        let all = airports
            .iter()
            .map(|airport| {
                let (zone, standard_offset) = zones
                    .entry(airport.time_zone)
                    .or_insert_with(|| load_zone(airport))
                    .clone();
                let country = countries
                    .binary_search(&airport.country)
                    .unwrap_or_default();
                Place {
                    airport,
                    point: Point::new(airport.latitude, airport.longitude),
                    region: region::of(airport.country),
                    country: country as u16,
                    zone,
                    standard_offset,
                    leisure: region::is_leisure(airport.iata.as_str()),
                    longest_km: access::longest_km(airport.iata.as_str()),
                    slot_bound: access::is_slot_bound(airport.iata.as_str()),
                    primary: is_primary(airport),
                }
            })
            .collect();
        Self { all, countries }
    }

    /// Number of airports.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Every node, in the order of the codes.
    pub(super) fn nodes(&self) -> std::ops::Range<Node> {
        0..self.all.len() as Node
    }

    /// The node of a code.
    pub(super) fn node(&self, iata: Iata) -> Option<Node> {
        let found = self.all.binary_search_by_key(&iata, |p| p.airport.iata);
        found.ok().map(|at| at as Node)
    }

    /// Great-circle distance in kilometres.
    pub(super) fn km(&self, a: Node, b: Node) -> u16 {
        self[a].point.km_to(&self[b].point)
    }

    /// Whether both airports serve the same metropolitan area.
    pub(super) fn same_metro(&self, a: Node, b: Node) -> bool {
        let (a, b) = (self[a].airport.metro, self[b].airport.metro);
        a.is_some() && a == b
    }

    /// Whether both airports are in one country.
    pub(super) fn same_country(&self, a: Node, b: Node) -> bool {
        self[a].country == self[b].country
    }
}

impl std::ops::Index<Node> for Places {
    type Output = Place;

    fn index(&self, node: Node) -> &Place {
        &self.all[usize::from(node)]
    }
}

fn is_primary(airport: &Airport) -> bool {
    const LARGE: u8 = 90;
    let rivals = airport.metro.map(airport::of_metro).unwrap_or_default();
    airport.rank >= LARGE || rivals.iter().all(|rival| rival.rank <= airport.rank)
}

/// An airport's time zone and its offset in minutes outside summer time.
fn load_zone(airport: &Airport) -> (TimeZone, i16) {
    let zone = airport.zone();
    // Mid-January and mid-July of 2027: summer time is the later of the two offsets.
    let offset = [1_800_000_000, 1_815_696_000]
        .iter()
        .filter_map(|&second| jiff::Timestamp::from_second(second).ok())
        .map(|at| (zone.to_offset(at).seconds() / 60) as i16)
        .min();
    (zone, offset.unwrap_or_default())
}
