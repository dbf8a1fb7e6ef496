//! Aircraft types: how far they go with passengers, how many seats, and which one a flight gets.

use crate::hash::Hash;

/// Size of an aircraft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Turboprops and regional jets.
    Regional,
    /// Single aisle.
    Narrowbody,
    /// Two aisles.
    Widebody,
}

/// A type in a carrier's fleet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aircraft {
    /// As shown to people.
    pub(super) name: &'static str,
    /// Size.
    pub(super) kind: Kind,
    /// Longest route in airline service, in kilometres: well below the brochure's range.
    pub(super) range_km: u16,
    /// Cruise is that of a propeller aircraft.
    pub(super) propeller: bool,
}

/// Practical ranges by the beginning of the type's name; the first that fits counts.
const RANGES: [(&str, u16, bool); 47] = [
    ("ATR 42", 1_300, true),
    ("ATR", 1_400, true),
    ("De Havilland Dash 8", 1_800, true),
    ("De Havilland DHC-6", 1_000, true),
    ("Cessna", 900, true),
    ("Tecnam", 900, true),
    ("Saab", 1_500, true),
    ("Embraer ERJ", 2_600, false),
    ("Embraer E17", 3_300, false),
    ("Embraer", 4_300, false),
    ("Bombardier", 2_700, false),
    ("Sukhoi", 3_000, false),
    ("Antonov", 2_500, false),
    ("COMAC C909", 2_200, false),
    ("Airbus A220", 5_700, false),
    ("Airbus A318", 4_500, false),
    ("Airbus A319", 5_400, false),
    ("Airbus A320neo", 5_400, false),
    ("Airbus A320", 5_000, false),
    ("Airbus A321XLR", 8_000, false),
    ("Airbus A321LR", 6_700, false),
    ("Airbus A321neo", 5_600, false),
    ("Airbus A321", 4_600, false),
    ("Boeing 717", 2_600, false),
    ("Boeing 737-3", 3_500, false),
    ("Boeing 737-4", 3_500, false),
    ("Boeing 737-7", 5_600, false),
    ("Boeing 737 MAX", 6_000, false),
    ("Boeing 737", 5_300, false),
    ("Boeing 757", 6_600, false),
    ("COMAC C919", 4_200, false),
    ("Tupolev", 4_500, false),
    ("Airbus A330-300", 10_600, false),
    ("Airbus A330", 12_300, false),
    ("Airbus A340", 13_000, false),
    ("Airbus A350-1000", 14_700, false),
    ("Airbus A350-900ULR", 15_500, false),
    ("Airbus A350", 14_000, false),
    ("Airbus A380", 14_300, false),
    ("Boeing 747", 13_000, false),
    ("Boeing 767", 10_300, false),
    ("Boeing 777-200LR", 15_000, false),
    ("Boeing 777-300ER", 13_700, false),
    ("Boeing 777", 12_600, false),
    ("Boeing 787-10", 11_500, false),
    ("Boeing 787-9", 14_600, false),
    ("Boeing 787", 13_000, false),
];

impl Aircraft {
    /// Looks a type up; an unknown one gets the usual range of its size.
    pub(super) fn new(name: &'static str, kind: Kind) -> Self {
        let known = RANGES.iter().find(|(start, ..)| name.starts_with(start));
        let (range_km, propeller) = match (known, kind) {
            (Some(&(_, range, propeller)), _) => (range, propeller),
            (None, Kind::Regional) => (1_400, true),
            (None, Kind::Narrowbody) => (5_000, false),
            (None, Kind::Widebody) => (12_000, false),
        };
        Self {
            name,
            kind,
            range_km,
            propeller,
        }
    }
}

/// What a flight needs of its aircraft.
#[derive(Clone, Copy, Debug)]
pub(super) struct Need {
    /// Length of the route.
    pub(super) km: u16,
    /// Flights of the carrier a week on it.
    pub(super) weekly: u16,
    /// Rank of the smaller of the two airports.
    pub(super) smaller_rank: u8,
    /// A trunk route where two aisles fly short sectors too.
    pub(super) trunk: bool,
}

/// Picks a type from the fleet, as an index into it; `None` when nothing reaches so far.
pub(super) fn choose(fleet: &[Aircraft], need: Need, hash: Hash) -> Option<u8> {
    let wide_trunk = need.trunk && hash.number(1).below(100) < 45;
    let wanted = if need.km > 4_800 || wide_trunk {
        [Kind::Widebody, Kind::Narrowbody, Kind::Regional]
    } else if need.km <= 1_500 && (need.smaller_rank < 60 || need.weekly < 8) {
        [Kind::Regional, Kind::Narrowbody, Kind::Widebody]
    } else {
        [Kind::Narrowbody, Kind::Regional, Kind::Widebody]
    };
    wanted.iter().find_map(|&kind| {
        let fits = |a: &&Aircraft| a.kind == kind && a.range_km >= need.km;
        let count = fleet.iter().filter(fits).count() as u32;
        let nth = hash.number(2).below(count.max(1)) as usize;
        let mut usable = (0_u8..).zip(fleet).filter(|(_, a)| fits(a));
        usable.nth(nth).map(|(at, _)| at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use travel::carrier;

    #[test]
    fn the_first_range_that_fits_is_the_most_specific() {
        let range = |name| Aircraft::new(name, Kind::Widebody).range_km;
        assert_eq!(range("Airbus A350-1000"), 14_700);
        assert_eq!(range("Airbus A350-900"), 14_000);
        assert_eq!(range("Airbus A320neo"), 5_400);
        assert_eq!(range("Boeing 777-200ER"), 12_600);
        for (at, (start, ..)) in RANGES.iter().enumerate() {
            let shadowed = RANGES[..at]
                .iter()
                .any(|(other, ..)| start.starts_with(other));
            assert!(!shadowed, "{start} is never reached");
        }
    }

    #[test]
    fn every_type_of_the_table_is_known() {
        for carrier in carrier::all() {
            let types = [&carrier.narrowbody, &carrier.widebody, &carrier.regional];
            for name in types.into_iter().flatten() {
                let known = RANGES.iter().any(|(start, ..)| name.starts_with(start));
                assert!(known, "{name} of {}", carrier.name);
            }
        }
    }

    #[test]
    fn distance_decides_the_size() {
        let fleet = [
            Aircraft::new("ATR 72-600", Kind::Regional),
            Aircraft::new("Airbus A320", Kind::Narrowbody),
            Aircraft::new("Airbus A350-900", Kind::Widebody),
        ];
        let pick = |km, weekly, smaller_rank| {
            let need = Need {
                km,
                weekly,
                smaller_rank,
                trunk: false,
            };
            choose(&fleet, need, Hash::new("test"))
        };
        assert_eq!(pick(400, 7, 40), Some(0));
        assert_eq!(pick(1_000, 40, 90), Some(1));
        assert_eq!(pick(9_000, 7, 90), Some(2));
        assert_eq!(pick(15_900, 7, 90), None);
    }
}
