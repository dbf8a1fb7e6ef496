//! Which cabins a flight sells.

use crate::{
    aircraft::{Aircraft, Kind},
    operators::Operator,
};
use travel::Cabin;

/// Carriers that sell a first class on some of their wide-bodies.
const WITH_FIRST: [&str; 19] = [
    "AA", "AF", "AI", "BA", "CA", "CX", "EK", "EY", "JL", "KE", "LH", "LX", "MU", "NH", "QF", "QR",
    "SQ", "SV", "TG",
];
/// Types that carry it.
const FIRST_TYPES: [&str; 3] = ["Boeing 777-300ER", "Boeing 747", "Airbus A380"];

/// Whether a carrier sells a cabin on one of its aircraft. Low-cost carriers sell one cabin only.
fn sells(operator: &Operator, aircraft: &Aircraft, cabin: Cabin) -> bool {
    let full_service = !operator.carrier.low_cost;
    match cabin {
        Cabin::Economy => true,
        Cabin::PremiumEconomy => full_service && aircraft.kind == Kind::Widebody,
        Cabin::Business => full_service && !aircraft.propeller,
        Cabin::First => {
            WITH_FIRST.contains(&operator.carrier.code.as_str())
                && FIRST_TYPES
                    .iter()
                    .any(|start| aircraft.name.starts_with(start))
        }
    }
}

/// The cabin that a passenger of `wanted` sits in: the cabin itself, or on a feeder that does not
/// sell it the next one below. `None` when the main flight of a journey does not sell it.
pub(super) fn seat(
    operator: &Operator,
    aircraft: &Aircraft,
    wanted: Cabin,
    is_main: bool,
) -> Option<Cabin> {
    if sells(operator, aircraft, wanted) {
        return Some(wanted);
    }
    let below = [Cabin::Business, Cabin::PremiumEconomy, Cabin::Economy];
    let mut below = below.into_iter().filter(|&cabin| cabin < wanted);
    below.find(|&cabin| !is_main && sells(operator, aircraft, cabin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use travel::carrier;

    use crate::{operators, places::Places};

    #[test]
    fn feeders_fall_back_and_main_flights_do_not() {
        let operators = operators::Operator::load(&Places::load());
        let of = |code: &str| {
            operators
                .iter()
                .find(|o| o.carrier.code.as_str() == code)
                .unwrap()
        };
        let narrow = Aircraft::new("Airbus A320", Kind::Narrowbody);
        let triple = Aircraft::new("Boeing 777-300ER", Kind::Widebody);
        let (af, u2) = (of("AF"), of("U2"));
        assert_eq!(seat(af, &triple, Cabin::First, true), Some(Cabin::First));
        assert_eq!(seat(af, &narrow, Cabin::First, true), None);
        assert_eq!(
            seat(af, &narrow, Cabin::First, false),
            Some(Cabin::Business)
        );
        assert_eq!(
            seat(af, &narrow, Cabin::PremiumEconomy, false),
            Some(Cabin::Economy)
        );
        assert_eq!(seat(u2, &narrow, Cabin::Business, true), None);
    }

    #[test]
    fn carriers_with_first_class_exist() {
        for code in WITH_FIRST {
            assert!(carrier::by_code(code.parse().unwrap()).is_some(), "{code}");
        }
    }
}
