//! Packages: totals are sums, tiers are ordered, budgets are kept.

use guide::{
    Destination, destination,
    package::{Alternatives, Flight, Package, Tier, packages, relaxations, within},
    stays::Stay,
};
use jiff::{ToSpan, civil::date};
use proptest::prelude::*;
use travel::{Currency, Money, Party};

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::eur())
}

fn flight() -> impl Strategy<Value = Flight> {
    (3_000_i64..300_000, 60_u32..3_000, 0_u8..3).prop_map(|(minor, minutes, stops)| Flight {
        total: euros(minor),
        minutes,
        stops,
    })
}

#[derive(Clone, Debug)]
struct Trip {
    place: &'static Destination,
    stay: Stay,
    party: Party,
    flights: Vec<Flight>,
}

fn trip() -> impl Strategy<Value = Trip> {
    let people = (
        1_u8..5,
        prop::collection::vec(prop::option::of(2_u8..12), 0..3),
        0_u8..2,
    );
    let when = (0_i64..600, 1_u16..22);
    let flights = prop::collection::vec(flight(), 1..6);
    (0_usize..350, when, people, flights).prop_map(
        |(place, (day, nights), (adults, children, infants), flights)| Trip {
            place: &destination::all()[place],
            stay: Stay::of(date(2026, 12, 1) + day.days(), nights).unwrap(),
            party: Party {
                adults,
                children,
                infants,
            },
            flights,
        },
    )
}

impl Trip {
    fn packages(&self) -> Vec<Package> {
        let Self {
            place,
            stay,
            party,
            flights,
        } = self;
        packages(place, *stay, party, None, flights, Currency::eur())
    }
}

proptest! {
    #[test]
    fn totals_are_the_sums_of_their_parts(trip in trip()) {
        let packages = trip.packages();
        prop_assert_eq!(packages.len(), 3);
        for package in &packages {
            let sum: i64 = package.bill.lines.iter().map(|line| line.total.minor).sum();
            prop_assert_eq!(package.bill.total.minor, sum);
            let people = i64::from(package.bill.people);
            let each = package.bill.per_person.minor;
            prop_assert!(each * people >= sum && (each - 1) * people < sum);
            prop_assert_eq!(package.dearer_by.minor, sum - packages[0].bill.total.minor);
        }
        prop_assert_eq!(&packages, &trip.packages());
    }

    #[test]
    fn a_smaller_budget_never_gives_a_dearer_package(
        trip in trip(),
        a in 1_000_i64..2_000_000,
        b in 1_000_i64..2_000_000,
    ) {
        let packages = trip.packages();
        let total = |budget| within(&packages, euros(budget)).map(|found| found.bill.total.minor);
        let (small, large) = (total(a.min(b)), total(a.max(b)));
        prop_assert!(small.is_none() || small <= large);
        prop_assert!(small.is_none_or(|total| total <= a.min(b)));
        if small.is_none() && large.is_none() {
            let cheapest = packages.iter().map(|package| package.bill.total.minor).min();
            prop_assert!(cheapest.unwrap() > a.max(b));
        }
    }

    #[test]
    fn what_is_proposed_for_a_budget_fits_it(trip in trip(), share in 10_i64..100) {
        let least = trip.packages()[0].bill.total.minor;
        let budget = euros(least * share / 100);
        let fares: Vec<_> = (1..20)
            .map(|day| (trip.stay.check_in + day.days(), euros(2_000 * day)))
            .collect();
        let airports = [("LYS".parse().unwrap(), euros(2_500)), ("GVA".parse().unwrap(), euros(9_000))];
        let others = Alternatives { dates: &fares, airports: &airports };
        let Trip { place, stay, party, flights } = &trip;
        let found = relaxations(place, *stay, party, None, flights, others, budget);
        prop_assert!(found.iter().all(|change| change.total().minor <= budget.minor));
    }
}

#[test]
fn each_tier_takes_its_flight() {
    let place = destination::by_code("LIS".parse().unwrap()).unwrap();
    let stay = Stay::of(date(2027, 5, 3), 3).unwrap();
    let flight = |minor, minutes, stops| Flight {
        total: euros(minor),
        minutes,
        stops,
    };
    let flights = [
        flight(9_000, 1_400, 2),
        flight(14_000, 300, 1),
        flight(26_000, 280, 0),
    ];
    let all = packages(
        place,
        stay,
        &Party::default(),
        None,
        &flights,
        Currency::eur(),
    );
    let taken: Vec<_> = all
        .iter()
        .map(|package| (package.tier, package.flight))
        .collect();
    assert_eq!(
        taken,
        [(Tier::Thrifty, 0), (Tier::Balanced, 1), (Tier::Comfort, 2)]
    );
    assert_eq!(all[1].saves_minutes, 1_100);
}
