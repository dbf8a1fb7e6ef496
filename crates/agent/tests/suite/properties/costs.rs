//! Packages and totals.

use agent::{
    capability::{costs::CostFound, package::PackagesFound},
    tools::Effect,
    travel::format,
    trip::{Cost, Part},
};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

use super::{CITIES, HOMES, ask, assert_same_twice, config, locale, rows, sheet, stay};

/// The sum of the lines of a bill as JSON has it.
fn sum(bill: &Value) -> i64 {
    let lines = bill["lines"].as_array().unwrap().iter();
    lines.map(|line| minor(&line["total"])).sum()
}

/// An amount of JSON in cents.
fn minor(amount: &Value) -> i64 {
    let text = amount["amount"].as_str().unwrap();
    let (whole, cents) = text.split_once('.').unwrap();
    format!("{whole}{cents}").parse().unwrap()
}

/// What joins the trip.
fn planned(effect: Option<&Effect>) -> Option<&Cost> {
    match effect {
        Some(Effect::Planned(Part::Cost(cost) | Part::All { cost, .. })) => Some(cost),
        _ => None,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn totals_are_the_sum_of_their_parts_in_card_json_and_panel(
        (city, home) in (select(&CITIES[..]), select(&HOMES[..])),
        (day, nights) in (0_u16..150, 1_u16..12),
        (adults, children) in (1_u8..4, prop::collection::vec(0_u8..17, 0..3)),
        locale in locale(),
    ) {
        let (first, last) = stay(day, nights);
        let arguments = json!({
            "city": city, "departure": home, "check_in": first, "check_out": last,
            "adults": adults, "children_ages": children,
        });
        let output = ask(locale, "calculate_total_cost", &arguments);
        let found: &CostFound = output.data.get().unwrap();
        let bill = found.bill.as_ref().unwrap();
        let people = i64::from(bill.people);
        let parts: i64 = bill.lines.iter().map(|line| line.total.minor).sum();
        prop_assert_eq!(parts, bill.total.minor);
        prop_assert!(bill.per_person.minor * people >= bill.total.minor);
        prop_assert!((bill.per_person.minor - 1) * people < bill.total.minor);
        // What programs read.
        let json = output.data.json().unwrap();
        prop_assert_eq!(sum(&json["bill"]), bill.total.minor);
        prop_assert_eq!(minor(&json["bill"]["total"]), bill.total.minor);
        // What the panel keeps.
        let cost = planned(output.effect.as_ref()).unwrap();
        let kept: i64 = cost.lines.iter().map(|line| line.total.minor).sum();
        prop_assert_eq!(kept, cost.total.minor);
        prop_assert_eq!(cost.total, bill.total);
        prop_assert_eq!(cost.per_person, bill.per_person);
        // What people look at: a row for each part, and the total below.
        let table: Vec<_> = rows(sheet(&output)).map(|row| row[1].clone()).collect();
        let of = |total| format::whole_money(total, locale);
        let mut wanted: Vec<_> = bill.lines.iter().map(|line| of(line.total)).collect();
        wanted.push(of(bill.total));
        prop_assert_eq!(&table[..wanted.len()], &wanted[..]);
    }

    #[test]
    fn a_smaller_budget_never_gives_a_dearer_package(
        (city, home) in (select(&CITIES[..]), select(&HOMES[..])),
        (day, nights, adults) in (0_u16..150, 2_u16..10, 1_u8..4),
        mut budgets in prop::collection::vec(200_u32..12_000, 4),
        locale in locale(),
    ) {
        let (first, last) = stay(day, nights);
        budgets.sort_unstable();
        let mut before = None;
        for budget in budgets {
            let arguments = json!({
                "departure": home, "arrival": city, "date": first, "return_date": last,
                "adults": adults, "budget": budget,
            });
            let output = ask(locale, "recommend_best_package", &arguments);
            let found: &PackagesFound = output.data.get().unwrap();
            for package in &found.packages {
                let parts: i64 = package.bill.lines.iter().map(|line| line.total.minor).sum();
                prop_assert_eq!(parts, package.bill.total.minor);
            }
            let budget = i64::from(budget) * 100;
            let total = found.best().map(|(package, _)| package.bill.total.minor);
            prop_assert!(total.is_none_or(|total| total <= budget), "{:?} of {}", total, budget);
            // None is a package that costs nothing.
            prop_assert!(total >= before, "{:?} after {:?}", total, before);
            before = total;
            // The panel takes what is recommended, and that alone.
            let cost = planned(output.effect.as_ref());
            prop_assert_eq!(cost.map(|cost| cost.total.minor), total);
            // What would fit does.
            for change in &found.relaxations {
                prop_assert!(change.total().minor <= budget, "{:?}", change);
            }
        }
    }

    #[test]
    fn the_same_trip_costs_the_same_twice(
        (city, home) in (select(&CITIES[..]), select(&HOMES[..])),
        (day, nights) in (0_u16..150, 1_u16..12),
        locale in locale(),
    ) {
        let (first, last) = stay(day, nights);
        let cost = json!({
            "city": city, "departure": home, "check_in": first, "check_out": last, "savings": true,
        });
        assert_same_twice(locale, "calculate_total_cost", &cost);
        let package = json!({
            "departure": home, "arrival": city, "date": first, "return_date": last, "budget": 900,
        });
        assert_same_twice(locale, "recommend_best_package", &package);
    }
}
