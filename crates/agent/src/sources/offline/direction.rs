//! One direction of a journey: its paths, found once, and its itineraries on any day.

use std::cell::OnceCell;

use super::{
    clock::{Clock, Day, Minute},
    connections::Effort,
    fares::{DayFactors, Tariff},
    itineraries::{self, Departing, Itinerary},
    network::Network,
    paths::{self, Path, Wanted},
    places::Node,
};
use crate::travel::{Cabin, CarrierCode, DayPart};

/// With fewer itineraries than this, a search goes on to ways with more stops.
const FEW: usize = 3;

/// A search's wish for one direction, whatever the day.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) origins: Vec<Node>,
    pub(super) destinations: Vec<Node>,
    pub(super) airline: Option<CarrierCode>,
    pub(super) max_stops: u8,
    pub(super) cabin: Cabin,
}

/// The paths of one direction, from the usual to the desperate.
pub(super) struct Direction<'a> {
    network: &'a Network,
    wish: Wish,
    usual: Vec<(Path, Tariff)>,
    two_stops: OnceCell<Vec<(Path, Tariff)>>,
    anything: OnceCell<Vec<(Path, Tariff)>>,
}

/// When to depart, and when it is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    /// Local day of departure.
    pub(super) day: Day,
    /// Local part of that day.
    pub(super) part: Option<DayPart>,
    /// No departure before this.
    pub(super) earliest: Minute,
    /// The day of asking, at the origin.
    pub(super) today: Day,
}

impl<'a> Direction<'a> {
    /// Finds the direct and one-stop paths.
    pub(super) fn new(network: &'a Network, wish: Wish) -> Self {
        let wanted = wanted(&wish);
        let mut usual = paths::direct(network, &wanted);
        if wish.max_stops >= 1 {
            usual.extend(paths::one_stop(network, &wanted, Effort::Usual));
        }
        Self {
            usual: with_tariffs(network, usual, wish.cabin),
            network,
            wish,
            two_stops: OnceCell::new(),
            anything: OnceCell::new(),
        }
    }

    /// The itineraries of a day, in a stable order.
    pub(super) fn itineraries(&self, clock: &mut Clock<'_>, when: When) -> Vec<Itinerary> {
        let mut found = Vec::new();
        self.collect(clock, when, Effort::Usual, &self.usual, &mut found);
        if found.len() < FEW && self.wish.max_stops >= 2 {
            let paths = self.two_stops.get_or_init(|| self.paths(Effort::Usual, 2));
            self.collect(clock, when, Effort::Usual, paths, &mut found);
        }
        if found.is_empty() && self.wish.max_stops >= 1 {
            let paths = self
                .anything
                .get_or_init(|| self.paths(Effort::Anything, 1));
            self.collect(clock, when, Effort::Anything, paths, &mut found);
        }
        found
    }

    /// Paths with at least this many stops, as far as the wish allows.
    fn paths(&self, effort: Effort, stops: u8) -> Vec<(Path, Tariff)> {
        let wanted = wanted(&self.wish);
        let mut found = Vec::new();
        if stops <= 1 {
            found.extend(paths::one_stop(self.network, &wanted, effort));
        }
        if self.wish.max_stops >= 2 {
            found.extend(paths::two_stops(self.network, &wanted, effort));
        }
        with_tariffs(self.network, found, self.wish.cabin)
    }

    fn collect(
        &self,
        clock: &mut Clock<'_>,
        when: When,
        effort: Effort,
        paths: &[(Path, Tariff)],
        into: &mut Vec<Itinerary>,
    ) {
        let departing = Departing {
            day: when.day,
            earliest: when.earliest,
            part: when.part,
            cabin: self.wish.cabin,
            effort,
        };
        let mut known: Option<((Node, Node), DayFactors)> = None;
        for path in paths {
            let ends = path.0.ends(self.network);
            let factors = match known {
                Some((same, factors)) if same == ends => factors,
                _ => DayFactors::new(self.network, ends, when.day, when.today),
            };
            known = Some((ends, factors));
            itineraries::on_day(self.network, clock, path, &departing, &factors, into);
        }
    }
}

fn wanted(wish: &Wish) -> Wanted<'_> {
    Wanted {
        origins: &wish.origins,
        destinations: &wish.destinations,
        airline: wish.airline,
    }
}

fn with_tariffs(network: &Network, paths: Vec<Path>, cabin: Cabin) -> Vec<(Path, Tariff)> {
    let priced = paths.into_iter().map(|path| {
        let tariff = Tariff::new(network, &path, cabin);
        (path, tariff)
    });
    priced.collect()
}
