//! What holds of every suggestion, whatever is wished.

use guide::{
    climate, destination,
    kinds::{self, Kind},
    rates,
    region::{Area, Region},
    suggest::{
        Candidate, Miss, NEAR_MINUTES, Reason, Suggestion, Weather, When, Wishes, candidates,
        suggest,
    },
};
use proptest::prelude::*;
use travel::{Currency, Iata, Locale, Money};

fn code(text: &str) -> Iata {
    text.parse().unwrap()
}

fn euros(whole: i64) -> Money {
    Money::new(whole * 100, Currency::eur())
}

/// Prices that depend on the code alone: some unknown, one in seven in dollars.
fn priced() -> Vec<Candidate> {
    let all = candidates().into_iter().enumerate();
    all.map(|(at, candidate)| Candidate {
        price: match at % 7 {
            0 => None,
            1 => Some(Money::new(20_000 + at as i64 * 100, "USD".parse().unwrap())),
            _ => Some(euros(60 + (at as i64 * 37) % 900)),
        },
        ..candidate
    })
    .collect()
}

fn regions() -> impl Strategy<Value = Vec<Area>> {
    let one = prop::sample::select(vec![
        Region::Europe,
        Region::Africa,
        Region::Asia,
        Region::Mediterranean,
        Region::Oceania,
    ]);
    prop::collection::vec(one.prop_map(Area::Region), 0..2)
}

fn wishes() -> impl Strategy<Value = Wishes> {
    let weather = prop::sample::subsequence(
        vec![
            Weather::Warm,
            Weather::Sunny,
            Weather::Dry,
            Weather::Cold,
            Weather::Snow,
        ],
        0..3,
    );
    let kind = prop::sample::subsequence(Kind::ALL.to_vec(), 1..3);
    let kinds = prop::collection::vec(kind, 0..3);
    let home = prop::option::of(prop::sample::select(vec!["LYS", "PAR", "YUL", "CMN"]));
    let month = prop::option::of(1..=12_i8);
    let limits = (
        any::<bool>(),
        prop::option::of(90..900_u16),
        prop::option::of(500..12_000_u32),
        prop::option::of(50..900_i64),
    );
    (home, month, weather, kinds, limits, regions(), regions()).prop_map(
        |(home, month, weather, kinds, (near, max_minutes, max_km, budget), only, except)| Wishes {
            home: home.map(code),
            when: month.map(When::Month),
            nights: None,
            weather,
            kinds,
            near,
            max_minutes,
            max_km,
            budget: budget.map(euros),
            only,
            except,
        },
    )
}

/// Whether each wish is met with a reason or named as missed, and with the figures of the tables.
fn accounts_for(wishes: &Wishes, found: &Suggestion) -> Result<(), TestCaseError> {
    let place = destination::by_code(found.destination).unwrap();
    prop_assert!(wishes.allows(place));
    let climate = climate::of(place.code);
    for wish in &wishes.weather {
        let month = found.month.unwrap();
        prop_assert!((1..=12).contains(&month));
        prop_assert!(
            matches!(wishes.when, Some(When::Month(asked)) if asked == month)
                || wishes.when.is_none()
        );
        let means = climate.and_then(|climate| climate.month(month));
        let met = match wish {
            Weather::Warm => means.and_then(|m| m.max_c).map(|c| c >= 20.0),
            Weather::Cold => means.and_then(|m| m.max_c).map(|c| c <= 10.0),
            Weather::Dry => means.and_then(|m| m.rain_days).map(|d| d <= 5.0),
            Weather::Sunny => means.and_then(|m| {
                let sun = m.sun_hours_a_day().map(|hours| hours >= 6.0);
                sun.or_else(|| m.rain_days.map(|days| days <= 5.0))
            }),
            Weather::Snow => continue,
        };
        let speaks = found.reasons.iter().any(|reason| match (wish, reason) {
            (Weather::Warm, Reason::Warm { max_c, .. })
            | (Weather::Cold, Reason::Cold { max_c, .. }) => means.unwrap().max_c == Some(*max_c),
            (Weather::Sunny, Reason::Sunny { .. })
            | (Weather::Sunny | Weather::Dry, Reason::FewRainDays { .. }) => true,
            _ => false,
        });
        let misses = found.misses.iter().any(|miss| match (wish, miss) {
            (Weather::Warm, Miss::NotWarm { .. })
            | (Weather::Cold, Miss::NotCold { .. })
            | (Weather::Sunny, Miss::NotSunny { .. })
            | (Weather::Sunny | Weather::Dry, Miss::ManyRainDays { .. }) => true,
            (_, Miss::WeatherUnknown { wish: of, .. }) => of == wish && met.is_none(),
            _ => false,
        });
        prop_assert_eq!(
            met == Some(true),
            speaks && met == Some(true),
            "{:?}",
            found
        );
        prop_assert!(met == Some(true) || misses, "{wish:?} {found:?}");
    }
    let own = &kinds::of(place.code).unwrap().kinds;
    for wanted in &wishes.kinds {
        let met = wanted.iter().any(|kind| own.contains(kind));
        let named = Miss::Kind {
            wanted: wanted.clone(),
        };
        prop_assert_eq!(!met, found.misses.contains(&named));
    }
    for reason in &found.reasons {
        if let Reason::Flight { minutes, km } = reason {
            prop_assert!(!wishes.near || *minutes <= NEAR_MINUTES);
            prop_assert!(wishes.max_minutes.is_none_or(|wanted| *minutes <= wanted));
            prop_assert!(wishes.max_km.is_none_or(|wanted| *km <= wanted));
        }
    }
    let way = found
        .reasons
        .iter()
        .any(|r| matches!(r, Reason::Flight { .. }));
    let far = found.misses.iter().any(|miss| {
        matches!(
            miss,
            Miss::TooLong { .. } | Miss::TooFar { .. } | Miss::DistanceUnknown
        )
    });
    let bound = wishes.near || wishes.max_minutes.is_some() || wishes.max_km.is_some();
    prop_assert!(!(way && far) && (!bound || way || far));
    let price = priced()
        .into_iter()
        .find(|candidate| candidate.destination == found.destination)
        .and_then(|candidate| candidate.price);
    if let Some(budget) = wishes.budget {
        let within =
            price.map(|price| rates::convert(price, budget.currency).0.minor <= budget.minor);
        let over = found
            .misses
            .iter()
            .any(|m| matches!(m, Miss::OverBudget { .. }));
        prop_assert_eq!(over, within == Some(false));
        prop_assert_eq!(found.misses.contains(&Miss::PriceUnknown), within.is_none());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_suggestion_meets_each_wish_or_says_which_it_misses(wishes in wishes()) {
        let found = suggest(&wishes, &priced(), 30);
        for suggestion in &found {
            accounts_for(&wishes, suggestion)?;
            for locale in [Locale::Fr, Locale::En] {
                prop_assert!(suggestion.reasons.iter().all(|r| !r.label(locale).is_empty()));
                prop_assert!(suggestion.misses.iter().all(|m| !m.label(locale).is_empty()));
            }
        }
        prop_assert!(found.is_sorted_by_key(|suggestion| suggestion.misses.len()));
    }

    #[test]
    fn the_order_of_the_candidates_does_not_matter(wishes in wishes(), turn in 0..350_usize) {
        let mut turned = priced();
        turned.rotate_left(turn);
        turned.reverse();
        prop_assert_eq!(suggest(&wishes, &turned, 12), suggest(&wishes, &priced(), 12));
    }

    #[test]
    fn a_longer_list_begins_with_the_shorter(wishes in wishes(), few in 1..10_usize) {
        let long = suggest(&wishes, &priced(), 20);
        let short = suggest(&wishes, &priced(), few);
        prop_assert_eq!(&long[..short.len()], &short[..]);
    }
}

fn shown(wishes: &Wishes, limit: usize) -> Vec<Suggestion> {
    let found = suggest(wishes, &candidates(), limit);
    for suggestion in &found {
        let place = destination::by_code(suggestion.destination).unwrap();
        let reasons: Vec<_> = suggestion
            .reasons
            .iter()
            .map(|r| r.label(Locale::En))
            .collect();
        let misses: Vec<_> = suggestion
            .misses
            .iter()
            .map(|m| m.label(Locale::En))
            .collect();
        println!("{}: {reasons:?}, but {misses:?}", place.name(Locale::En));
    }
    println!();
    found
}

#[test]
fn warm_in_february_from_lyon_is_warm() {
    let wishes = Wishes {
        home: Some(code("LYS")),
        when: Some(When::Month(2)),
        weather: vec![Weather::Warm],
        ..Wishes::default()
    };
    let found = shown(&wishes, 8);
    assert!(found.iter().all(Suggestion::meets_all));
    let countries: std::collections::BTreeSet<_> = found.iter().map(|s| s.country).collect();
    assert!(countries.len() >= 4);
}

#[test]
fn a_beach_not_too_far_is_one() {
    let wishes = Wishes {
        home: Some(code("PAR")),
        kinds: vec![vec![Kind::Beach]],
        near: true,
        ..Wishes::default()
    };
    let found = shown(&wishes, 8);
    assert!(found.iter().all(Suggestion::meets_all));
}

#[test]
fn a_sunny_weekend_in_may_is_near() {
    let wishes = Wishes {
        home: Some(code("PAR")),
        when: Some(When::Days(
            "2027-05-14".parse().unwrap(),
            "2027-05-16".parse().unwrap(),
        )),
        weather: vec![Weather::Sunny],
        ..Wishes::default()
    };
    for suggestion in shown(&wishes, 8) {
        assert!(suggestion.meets_all());
        let near =
            |reason: &Reason| matches!(reason, Reason::Flight { minutes, .. } if *minutes <= 240);
        assert!(suggestion.reasons.iter().any(near), "{suggestion:?}");
    }
}

#[test]
fn wishes_that_contradict_each_other_are_traded_off() {
    let wishes = Wishes {
        home: Some(code("PAR")),
        when: Some(When::Month(7)),
        weather: vec![Weather::Snow, Weather::Warm],
        only: vec![Area::Region(Region::Nordics)],
        ..Wishes::default()
    };
    let found = shown(&wishes, 5);
    assert!(!found.is_empty());
    assert!(found.iter().all(|suggestion| !suggestion.meets_all()));
}

#[test]
fn home_and_unknown_codes_never_come_back() {
    let wishes = Wishes {
        home: Some(code("CDG")),
        ..Wishes::default()
    };
    let mut all = candidates();
    all.push(Candidate {
        destination: code("XXQ"),
        price: Some(euros(1)),
    });
    let found = suggest(&wishes, &all, 1_000);
    assert_eq!(found.len(), 349);
    assert!(
        found
            .iter()
            .all(|suggestion| suggestion.destination != code("PAR"))
    );
}

#[test]
fn a_cheaper_price_of_the_same_place_counts() {
    let twice = [
        Candidate {
            destination: code("LIS"),
            price: Some(euros(300)),
        },
        Candidate {
            destination: code("LIS"),
            price: Some(euros(120)),
        },
    ];
    let wishes = Wishes {
        budget: Some(euros(200)),
        ..Wishes::default()
    };
    let found = suggest(&wishes, &twice, 5);
    assert_eq!(found.len(), 1);
    assert!(found[0].meets_all());
}
