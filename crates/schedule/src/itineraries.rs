//! Paths on a given day: which flights fit together, in which cabin, at what fare.

use std::ops::RangeInclusive;

use jiff::civil::Time;

use crate::{
    cabins,
    clock::{self, Clock, DAY, Day, Minute},
    connections::{Bond, Effort, minimum_minutes},
    fares::{self, DayFactors, Fare, Tariff},
    hash::Hash,
    network::{Network, Route},
    night::is_overnight,
    paths::{MAX_LEGS, Path},
    places::Node,
    rules::Rules,
    terms,
    timetable::Departure,
};
use travel::{Cabin, Window, leg::SAME_DAY_KM};

/// One flight on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flight {
    /// Position of its route.
    pub(super) route: u32,
    /// Position in the carrier's fleet.
    pub(super) aircraft: u8,
    pub(super) leaves: Minute,
    pub(super) lands: Minute,
    pub(super) cabin: Cabin,
}

/// One direction of a journey.
#[derive(Clone, Copy, Debug)]
pub(super) struct Itinerary {
    flights: [Flight; MAX_LEGS],
    legs: u8,
    pub(super) fare: Fare,
    pub(super) tariff: Tariff,
    pub(super) bond: Bond,
}

impl Itinerary {
    pub(super) fn flights(&self) -> &[Flight] {
        &self.flights[..usize::from(self.legs)]
    }

    pub(super) fn stops(&self) -> u8 {
        self.legs - 1
    }

    pub(super) fn leaves(&self) -> Minute {
        self.flights[0].leaves
    }

    pub(super) fn lands(&self) -> Minute {
        self.flights[usize::from(self.legs) - 1].lands
    }

    /// Where it begins and ends.
    pub(super) fn ends(&self, network: &Network) -> (Node, Node) {
        let last = self.flights[usize::from(self.legs) - 1];
        let from = network.route(self.flights[0].route).from;
        (from, network.route(last.route).to)
    }

    /// Travel time in minutes.
    pub(super) fn minutes(&self) -> Minute {
        self.lands() - self.leaves()
    }
}

/// What the flights of a day have to satisfy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Departing<'a> {
    /// Local day at the origin.
    pub(super) day: Day,
    /// No departure before this.
    pub(super) earliest: Minute,
    pub(super) window: &'a Window,
    pub(super) rules: &'a Rules,
    pub(super) effort: Effort,
}

/// The itineraries of a path on a day: each last flight once, with the latest first flight that
/// reaches it.
pub(super) fn on_day(
    network: &Network,
    clock: &mut Clock<'_>,
    (path, tariff): &(Path, Tariff),
    departing: &Departing<'_>,
    factors: &DayFactors,
    into: &mut Vec<Itinerary>,
) {
    let first = network.route(path.routes()[0]);
    if !in_season(first, departing.day) {
        return;
    }
    if departing.rules.refundable && !terms::can_be_refundable(tariff, path.bond) {
        return;
    }
    let mut last_taken = Minute::MAX;
    let weekday = clock::weekday(departing.day);
    let anytime = *departing.window == Window::ANY;
    let bounded = departing.window.bounds_arrival();
    for departure in network.departures(first).iter().rev() {
        if !departure.flies_on(weekday)
            || !(anytime || departing.window.departs(time(departure.minute)))
        {
            continue;
        }
        let leaves = clock.moment(first.from, departing.day, departure.minute);
        if leaves < departing.earliest {
            continue;
        }
        let Some(flights) = fly(network, clock, path, departing, (leaves, departure)) else {
            continue;
        };
        let last = flights[path.routes().len() - 1];
        if last.leaves == last_taken || (bounded && !arrives(network, clock, path, departing, last))
        {
            continue;
        }
        last_taken = last.leaves;
        let itinerary = priced(
            network,
            path,
            tariff,
            flights,
            (departing.day, departure.minute),
            factors,
        );
        into.push(itinerary);
    }
}

/// Whether the last flight arrives when it should; a short way on its day of departure.
fn arrives(
    network: &Network,
    clock: &mut Clock<'_>,
    path: &Path,
    departing: &Departing<'_>,
    last: Flight,
) -> bool {
    let (day, minute) = clock.local(network.route(last.route).to, last.lands);
    departing.window.arrives(time(minute))
        && (path.direct_km >= SAME_DAY_KM || day == departing.day)
}

/// The time of a minute of the day.
fn time(minute: u16) -> Time {
    Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).unwrap_or_default()
}

/// Puts a price on flights that leave at a local day and minute.
pub(super) fn priced(
    network: &Network,
    path: &Path,
    tariff: &Tariff,
    flights: [Flight; MAX_LEGS],
    (day, minute): (Day, u16),
    factors: &DayFactors,
) -> Itinerary {
    let advance = if tariff.low_cost {
        factors.advance_low_cost
    } else {
        factors.advance
    };
    let variation =
        path.routes()
            .iter()
            .fold(Hash::new("flight").number(day as u64), |hash, &at| {
                let route = network.route(at);
                let code = |node| network.places[node].airport.iata;
                let hash = hash.text(network.operator(at).carrier.code.as_str());
                hash.text(code(route.from).as_str())
                    .text(code(route.to).as_str())
            });
    let variation = variation.number(u64::from(minute));
    let flight = fares::time_of_day(minute) * (900 + variation.below(201)) / 1_000;
    Itinerary {
        flights,
        legs: path.routes().len() as u8,
        fare: tariff.fare([factors.demand, advance, flight]),
        tariff: *tariff,
        bond: path.bond,
    }
}

/// Follows a path from its first departure; `None` when a connection or the cabin is missing.
fn fly(
    network: &Network,
    clock: &mut Clock<'_>,
    path: &Path,
    departing: &Departing<'_>,
    (leaves, departure): (Minute, &Departure),
) -> Option<[Flight; MAX_LEGS]> {
    let routes = path.routes();
    let main = path.main_route(network);
    let flight = |at: u32, leaves: Minute, departure: &Departure| {
        let route = network.route(at);
        let operator = network.operator(at);
        let aircraft = operator.fleet.get(usize::from(departure.aircraft))?;
        let is_main = std::ptr::eq(route, main);
        Some(Flight {
            route: at,
            aircraft: departure.aircraft,
            leaves,
            lands: leaves + Minute::from(route.block),
            cabin: cabins::seat(operator, aircraft, departing.rules.cabin, is_main)?,
        })
    };
    let mut flights = [flight(routes[0], leaves, departure)?; MAX_LEGS];
    let by_day = departing.rules.no_overnight;
    if by_day && is_overnight(clock, network.route(routes[0]), leaves, flights[0].lands) {
        return None;
    }
    for (leg, pair) in routes.windows(2).enumerate() {
        let (before, route) = (network.route(pair[0]), network.route(pair[1]));
        let bond = Bond::of(network.operator(pair[0]), network.operator(pair[1]));
        let landed = flights[leg].lands;
        let ready = landed + Minute::from(minimum_minutes(network, before, route, bond));
        let wait = departing.effort.longest_wait(path.direct_km);
        let latest = landed + Minute::from(wait);
        let (leaves, departure) = next_departure(network, clock, route, ready..=latest, by_day)?;
        flights[leg + 1] = flight(pair[1], leaves, departure)?;
    }
    Some(flights)
}

/// The first departure of a route in a span of time; by day alone if asked.
fn next_departure<'a>(
    network: &'a Network,
    clock: &mut Clock<'_>,
    route: &Route,
    span: RangeInclusive<Minute>,
    by_day: bool,
) -> Option<(Minute, &'a Departure)> {
    let (first_day, _) = clock.local(route.from, *span.start());
    let (last_day, _) = clock.local(route.from, *span.end());
    for day in first_day..=last_day {
        if !in_season(route, day) {
            continue;
        }
        let weekday = clock::weekday(day);
        for departure in network.departures(route) {
            if departure.flies_on(weekday) {
                let at = clock.moment(route.from, day, departure.minute);
                let lands = at + Minute::from(route.block);
                if span.contains(&at) && !(by_day && is_overnight(clock, route, at, lands)) {
                    return Some((at, departure));
                }
            }
        }
    }
    None
}

/// Whether a route is flown in the season of a day.
pub(super) fn in_season(route: &Route, day: Day) -> bool {
    !route.summer_only || (4..=10).contains(&clock::date_of(day).month())
}

/// The first minute that is more than two hours after a moment.
pub(super) fn earliest_departure(now: jiff::Timestamp) -> Minute {
    const CLOSING: i64 = 2 * 60;
    (now.as_second().div_euclid(60) + CLOSING + 1).clamp(0, i64::from(Minute::MAX - DAY)) as Minute
}
