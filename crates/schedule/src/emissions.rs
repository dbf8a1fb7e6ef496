//! Greenhouse gases of a flight, after the UK government's conversion factors for company
//! reporting, 2025 edition (DESNZ): business travel by air, without radiative forcing. They
//! multiply the great-circle distance and already hold 8 % for detours.

use travel::Cabin;

/// Flights up to this distance count as short haul.
const SHORT_HAUL_KM: u16 = 3_700;

/// Grams of CO2 equivalent per passenger, times 100, over a distance in kilometres: exact sums
/// before the only rounding.
pub(super) fn centigrams_per_km(km: u16, cabin: Cabin) -> u64 {
    if km <= SHORT_HAUL_KM {
        match cabin {
            Cabin::Economy | Cabin::PremiumEconomy => 7_435,
            Cabin::Business | Cabin::First => 11_152,
        }
    } else {
        match cabin {
            Cabin::Economy => 6_926,
            Cabin::PremiumEconomy => 11_081,
            Cabin::Business => 20_083,
            Cabin::First => 27_701,
        }
    }
}

/// Kilograms for `seats` passengers over flights of these lengths; infants on a lap count in
/// their adult's seat.
pub(super) fn kilograms(flights: impl Iterator<Item = (u16, Cabin)>, seats: usize) -> u32 {
    let each: u64 = flights
        .map(|(km, cabin)| u64::from(km) * centigrams_per_km(km, cabin))
        .sum();
    ((each * seats as u64 + 50_000) / 100_000) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_per_passenger_and_cabin() {
        // Paris to New York: 5,837 km x 0.06926 kg.
        let flight = |cabin| [(5_837, cabin)].into_iter();
        assert_eq!(kilograms(flight(Cabin::Economy), 1), 404);
        assert_eq!(kilograms(flight(Cabin::Economy), 2), 809);
        assert_eq!(kilograms(flight(Cabin::First), 1), 1_617);
        assert_eq!(kilograms([(675, Cabin::Economy)].into_iter(), 1), 50);
    }
}
