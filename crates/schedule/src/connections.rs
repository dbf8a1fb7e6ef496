//! What makes a connection: who sells two flights together, how long it takes, how far around.

use crate::{
    network::{Network, Route},
    operators::Operator,
};

/// How two flights in a row are sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// One carrier.
    SameCarrier,
    /// One alliance, or a regional carrier and the network carrier of its country.
    Partners,
    /// Two network carriers that check bags through.
    Interline,
    /// Two tickets: the passenger collects bags and checks in again.
    SelfTransfer,
}

impl Bond {
    /// How these carriers sell a connection.
    pub(super) fn of(a: &Operator, b: &Operator) -> Self {
        if a.carrier.code == b.carrier.code {
            return Self::SameCarrier;
        }
        if a.carrier.low_cost || b.carrier.low_cost {
            return Self::SelfTransfer;
        }
        let allied = a.carrier.alliance.is_some() && a.carrier.alliance == b.carrier.alliance;
        let feeds = |small: &Operator, large: &Operator| {
            small.is_regional() && small.carrier.country == large.carrier.country
        };
        if allied || feeds(a, b) || feeds(b, a) {
            Self::Partners
        } else {
            Self::Interline
        }
    }
}

/// Countries where arriving passengers collect and recheck bags even in transit.
const RECLAIM: [&str; 5] = ["US", "CA", "AU", "NZ", "CN"];
/// The least time between two tickets, in minutes.
const SELF_TRANSFER: u16 = 180;

/// Minimum connection time in minutes between two flights at the airport where they meet: longer
/// at large airports, across borders, and for separate tickets.
pub(super) fn minimum_minutes(network: &Network, first: &Route, second: &Route, bond: Bond) -> u16 {
    let places = &network.places;
    let hub = &places[first.to];
    let size = match hub.rank() {
        90.. => 55,
        70.. => 45,
        _ => 35,
    };
    let arrives_from_abroad = !places.same_country(first.from, first.to);
    let leaves_abroad = !places.same_country(second.from, second.to);
    let border = if arrives_from_abroad || leaves_abroad {
        15
    } else {
        0
    };
    let reclaim = if arrives_from_abroad && RECLAIM.contains(&hub.airport.country) {
        35
    } else {
        0
    };
    let bags = if bond == Bond::Interline { 25 } else { 0 };
    let minutes = size + border + reclaim + bags;
    match bond {
        Bond::SelfTransfer => minutes.max(SELF_TRANSFER),
        _ => minutes,
    }
}

/// How hard a search tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// What people would book.
    Usual,
    /// Anything that arrives: long waits and ways around, for remote places.
    Anything,
}

impl Effort {
    /// The longest wait between two flights of a journey of `km`, in minutes.
    pub(super) const fn longest_wait(self, km: u16) -> u16 {
        match self {
            Self::Usual if km < 4_000 => 330,
            Self::Usual => 660,
            Self::Anything => 1_440,
        }
    }

    /// The longest way flown for a great-circle distance of `km`.
    pub(super) const fn longest_way(self, km: u16) -> u32 {
        let km = km as u32;
        match self {
            Self::Usual if km < 1_500 => km * 8 / 5 + 450,
            Self::Usual if km < 8_000 => km * 13 / 10 + 600,
            Self::Usual => km * 6 / 5 + 1_000,
            Self::Anything => km * 5 / 2 + 2_500,
        }
    }
}
