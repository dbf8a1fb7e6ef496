//! What a fare includes, and what the wishes for more cost.

use crate::{connections::Bond, fares::Tariff, itineraries::Itinerary, network::Network, region};
use travel::Cabin;

/// A hold bag bought with a ticket that has none, one way, in euro cents: the usual order of
/// prices online, an assumption.
const BAG: u64 = 3_500;
/// The same where the flight is long.
const LONG_HAUL_BAG: u64 = 6_500;
/// Great-circle kilometres from which it is.
const LONG_HAUL_KM: u32 = 4_000;
/// A fare that is given back on cancellation, in thousandths of the basic one: an assumption.
const FLEXIBLE: u64 = 1_500;

/// Cabin and hold bags that a ticket includes for each seat.
pub(super) fn bags(network: &Network, itinerary: &Itinerary, cabin: Cabin) -> (u8, u8) {
    let (from, to) = itinerary.ends(network);
    let (from, to) = (network.places[from].region, network.places[to].region);
    match cabin {
        _ if itinerary.tariff.low_cost => (0, 0),
        Cabin::Economy => (1, u8::from(region::includes_bag(from, to))),
        Cabin::PremiumEconomy => (1, 2),
        Cabin::Business => (2, 2),
        Cabin::First => (2, 3),
    }
}

/// Whether a cabin's fares are given back on cancellation anyhow.
pub(super) const fn is_flexible(cabin: Cabin) -> bool {
    matches!(cabin, Cabin::Business | Cabin::First)
}

/// Whether a ticket can be sold as one that is given back: one ticket of full-service carriers.
pub(super) fn can_be_refundable(tariff: &Tariff, bond: Bond) -> bool {
    bond != Bond::SelfTransfer && !tariff.low_cost
}

/// What is wished for beyond the basic fare.
#[derive(Clone, Copy)]
pub(super) struct Extras<'a> {
    pub(super) network: &'a Network,
    pub(super) cabin: Cabin,
    pub(super) checked_bag: bool,
    pub(super) refundable: bool,
}

impl Extras<'_> {
    /// One seat's fare with the wishes, from the basic fare; both in euro cents.
    pub(super) fn fare(&self, itinerary: &Itinerary, basic: u64) -> u64 {
        let mut fare = basic;
        if self.refundable && !is_flexible(self.cabin) {
            fare = fare * FLEXIBLE / 1_000;
        }
        if self.checked_bag && bags(self.network, itinerary, self.cabin).1 == 0 {
            let flights = itinerary.flights().iter();
            let km: u32 = flights
                .map(|flight| u32::from(self.network.route(flight.route).km))
                .sum();
            fare += if km < LONG_HAUL_KM {
                BAG
            } else {
                LONG_HAUL_BAG
            };
        }
        fare
    }
}
