//! One direction of a journey: its paths, found once, and its itineraries on any day.

use std::cell::OnceCell;

use crate::{
    clock::{Clock, Day, Minute},
    connections::Effort,
    detours,
    fares::{DayFactors, Tariff},
    itineraries::{self, Departing, Itinerary},
    network::Network,
    paths::{self, Path, Wanted},
    places::Node,
    rules::Rules,
    search::Ends,
};
use travel::{Cabin, Window};

/// With fewer itineraries than this, a search goes on to ways with more stops.
const FEW: usize = 3;

/// The paths of one direction, from the usual to the desperate.
pub(super) struct Direction<'a> {
    network: &'a Network,
    ends: &'a Ends,
    rules: &'a Rules,
    usual: Vec<(Path, Tariff)>,
    two_stops: OnceCell<Vec<(Path, Tariff)>>,
    anything: OnceCell<Vec<(Path, Tariff)>>,
}

/// When to depart, and when it is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct When<'w> {
    /// Local day of departure.
    pub(super) day: Day,
    /// Times of that day.
    pub(super) window: &'w Window,
    /// No departure before this.
    pub(super) earliest: Minute,
    /// The day of asking, at the origin.
    pub(super) today: Day,
}

impl<'a> Direction<'a> {
    /// Finds the direct and one-stop paths.
    pub(super) fn new(network: &'a Network, ends: &'a Ends, rules: &'a Rules) -> Self {
        let wanted = Wanted { ends, rules };
        let mut usual = paths::direct(network, &wanted);
        if rules.max_stops >= 1 {
            usual.extend(paths::one_stop(network, &wanted, Effort::Usual));
        }
        Self {
            usual: with_tariffs(network, usual, rules.cabin),
            network,
            ends,
            rules,
            two_stops: OnceCell::new(),
            anything: OnceCell::new(),
        }
    }

    /// The itineraries of a day, in a stable order.
    pub(super) fn itineraries(&self, clock: &mut Clock<'_>, when: When<'_>) -> Vec<Itinerary> {
        let mut found = self.by_usual_paths(clock, when);
        if self.wants_two_stops(&found) {
            let paths = self.two_stops.get_or_init(|| self.paths(Effort::Usual, 2));
            self.collect(clock, when, Effort::Usual, paths, &mut found);
        }
        if self.wants_anything(&found) {
            let paths = self
                .anything
                .get_or_init(|| self.paths(Effort::Anything, 1));
            self.collect(clock, when, Effort::Anything, paths, &mut found);
        }
        self.without_detours(when, found)
    }

    /// The same, where the usual paths are enough for it; the others are many.
    pub(super) fn usual_itineraries(
        &self,
        clock: &mut Clock<'_>,
        when: When<'_>,
    ) -> Option<Vec<Itinerary>> {
        let found = self.by_usual_paths(clock, when);
        let goes_on = self.wants_two_stops(&found) || self.wants_anything(&found);
        (!goes_on).then(|| self.without_detours(when, found))
    }

    fn wants_two_stops(&self, found: &[Itinerary]) -> bool {
        found.len() < FEW && self.rules.max_stops >= 2
    }

    fn wants_anything(&self, found: &[Itinerary]) -> bool {
        found.is_empty() && self.rules.max_stops >= 1
    }

    fn by_usual_paths(&self, clock: &mut Clock<'_>, when: When<'_>) -> Vec<Itinerary> {
        let mut found = Vec::new();
        self.collect(clock, when, Effort::Usual, &self.usual, &mut found);
        found
    }

    fn without_detours(&self, when: When<'_>, mut found: Vec<Itinerary>) -> Vec<Itinerary> {
        let nonstop = self.rules.via.is_empty();
        detours::drop_detours(self.network, self.ends, when.day, nonstop, &mut found);
        found
    }

    /// Paths with at least this many stops, as far as the wish allows.
    fn paths(&self, effort: Effort, stops: u8) -> Vec<(Path, Tariff)> {
        let wanted = Wanted {
            ends: self.ends,
            rules: self.rules,
        };
        let mut found = Vec::new();
        if stops <= 1 {
            found.extend(paths::one_stop(self.network, &wanted, effort));
        }
        if self.rules.max_stops >= 2 {
            found.extend(paths::two_stops(self.network, &wanted, effort));
        }
        with_tariffs(self.network, found, self.rules.cabin)
    }

    fn collect(
        &self,
        clock: &mut Clock<'_>,
        when: When<'_>,
        effort: Effort,
        paths: &[(Path, Tariff)],
        into: &mut Vec<Itinerary>,
    ) {
        let departing = Departing {
            day: when.day,
            earliest: when.earliest,
            window: when.window,
            rules: self.rules,
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

fn with_tariffs(network: &Network, paths: Vec<Path>, cabin: Cabin) -> Vec<(Path, Tariff)> {
    let priced = paths.into_iter().map(|path| {
        let tariff = Tariff::new(network, &path, cabin);
        (path, tariff)
    });
    priced.collect()
}
