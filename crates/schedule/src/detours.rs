//! Drops what nobody would fly: ways that take a multiple of the fastest between two cities.

use std::collections::HashMap;

use crate::{
    clock::{self, Day, Minute},
    itineraries::{self, Itinerary},
    network::Network,
    search::Ends,
};

/// The longest time that an itinerary may take where the fastest takes `fastest` minutes: half as
/// much again and the time itself, but at least five hours and at most twelve hours more.
const fn longest(fastest: Minute) -> Minute {
    const LEAST: Minute = 5 * 60;
    const MOST: Minute = 12 * 60;
    let more = fastest * 3 / 2;
    fastest
        + if more < LEAST {
            LEAST
        } else if more > MOST {
            MOST
        } else {
            more
        }
}

/// Keeps the itineraries of a day that are sane beside the fastest between their cities: of all
/// found, and of the nonstop flights of that day, whoever flies them, where `nonstop` says so.
pub(super) fn drop_detours(
    network: &Network,
    ends: &Ends,
    day: Day,
    nonstop: bool,
    found: &mut Vec<Itinerary>,
) {
    if found.iter().all(|itinerary| itinerary.stops() == 0) {
        return;
    }
    let area = |node| network.places[node].airport.area;
    let cities = |itinerary: &Itinerary| {
        let (from, to) = itinerary.ends(network);
        (area(from), area(to))
    };
    let mut fastest: HashMap<(u16, u16), Minute> = HashMap::new();
    for itinerary in &*found {
        let best = fastest.entry(cities(itinerary)).or_insert(Minute::MAX);
        *best = itinerary.minutes().min(*best);
    }
    if nonstop {
        let weekday = clock::weekday(day);
        for (from, to) in ends.pairs() {
            let Some(best) = fastest.get_mut(&(area(from), area(to))) else {
                continue;
            };
            for route in network.between(from, to).map(|at| network.route(at)) {
                let flown = itineraries::in_season(route, day)
                    && network
                        .departures(route)
                        .iter()
                        .any(|d| d.flies_on(weekday));
                if flown {
                    *best = Minute::from(route.block).min(*best);
                }
            }
        }
    }
    found.retain(|itinerary| {
        let best = fastest.get(&cities(itinerary));
        best.is_none_or(|&best| itinerary.minutes() <= longest(best))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_grows_with_the_fastest() {
        assert_eq!(longest(90), 390);
        assert_eq!(longest(480), 1_200);
        assert_eq!(longest(800), 1_520);
        assert!((30..1_200).all(|fastest| longest(fastest) < longest(fastest + 1)));
    }
}
