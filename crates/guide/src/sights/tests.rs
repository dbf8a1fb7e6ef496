use std::collections::HashSet;

use super::*;
use crate::table::is_complete;

fn code(text: &str) -> Iata {
    text.parse().unwrap()
}

#[test]
fn every_row_is_read() {
    assert!(is_complete::<10>(TABLE));
    assert_eq!(all().len(), TABLE.lines().count() - 1);
    assert!(all().len() > 3_000, "{}", all().len());
}

#[test]
fn destinations_have_enough_sights() {
    let with = |least: usize| {
        let places = destination::all().iter();
        places.filter(|place| of(place.code).len() >= least).count()
    };
    assert!(with(8) >= 160, "{}", with(8));
    assert!(with(5) >= 230, "{}", with(5));
    let grouped: usize = destination::all().iter().map(|d| of(d.code).len()).sum();
    assert_eq!(
        grouped,
        all().len(),
        "every destination is known, its rows stand together"
    );
}

#[test]
fn values_are_in_their_ranges() {
    for sight in all() {
        let centre = destination::by_code(sight.destination).unwrap();
        let km = centre.at().km_to(sight.at);
        assert!(km <= 60.0, "{sight:?}");
        assert!((km - f64::from(sight.km)).abs() < 0.2, "{km} {sight:?}");
        assert!((10..=480).contains(&sight.minutes), "{sight:?}");
        for name in sight.names() {
            assert!(!name.is_empty() && name == name.trim(), "{sight:?}");
        }
    }
}

#[test]
fn none_is_listed_twice() {
    let mut slugs = HashSet::new();
    let mut items = HashSet::new();
    for sight in all() {
        assert!(slugs.insert((sight.destination, &sight.slug)), "{sight:?}");
        if let Some(item) = sight.wikidata {
            assert!(item.starts_with('Q') && items.insert(item), "{sight:?}");
        }
        assert_eq!(by_slug(sight.destination, &sight.slug), Some(sight));
    }
}

#[test]
fn french_names_are_french() {
    let differ = all().iter().filter(|sight| {
        let [en, fr] = sight.names();
        en != fr
    });
    let share = differ.count() as f64 / all().len() as f64;
    println!("French names that differ from the English ones: {share:.3}");
    assert!(share > 0.6, "{share}");
}

#[test]
fn an_airport_shows_the_sights_of_its_city() {
    assert_eq!(of(code("ORY")), of(code("PAR")));
    assert_eq!(of(code("PAR"))[0].name(Locale::Fr), "Tour Eiffel");
    assert!(of(code("AAC")).is_empty());
    let cultural = cultural(code("PAR"));
    assert!(cultural.iter().any(|sight| sight.kind == Kind::Gallery));
    assert!(cultural.iter().all(|sight| sight.kind != Kind::Garden));
    let gardens = of_kinds(code("PAR"), &[Kind::Garden]);
    assert!(gardens.iter().all(|sight| sight.kind == Kind::Garden) && !gardens.is_empty());
}
