//! Suggestions: each satisfies what was asked, or says which wish it misses.

use agent::capability::suggest::SuggestionsFound;
use guide::{
    climate, destination,
    kinds::{self, Kind},
    suggest::{Miss, Reason},
};
use proptest::{prelude::*, sample::select};
use serde_json::json;

use super::{HOMES, ask, assert_same_twice, config, locale};

const KINDS: [Kind; 4] = [Kind::Beach, Kind::City, Kind::Mountain, Kind::Culture];
const WARMTHS: [&str; 5] = ["warm", "sunny", "dry", "cold", "snow"];

/// What a wish for weather is answered by: what is met, what is missed, what is not known.
fn of_weather(wish: &str, reason: &Reason) -> bool {
    match wish {
        "warm" => matches!(reason, Reason::Warm { .. }),
        // Where nobody measures sunshine, days without rain stand for it, and are told as such.
        "sunny" => matches!(reason, Reason::Sunny { .. } | Reason::FewRainDays { .. }),
        "dry" => matches!(reason, Reason::FewRainDays { .. }),
        "cold" => matches!(reason, Reason::Cold { .. }),
        _ => matches!(reason, Reason::Snow { .. } | Reason::SkiSeason { .. }),
    }
}

fn misses_weather(wish: &str, miss: &Miss) -> bool {
    matches!(
        (wish, miss),
        (_, Miss::WeatherUnknown { .. })
            | ("warm", Miss::NotWarm { .. })
            | (
                "sunny",
                Miss::NotSunny { .. } | Miss::NotWarm { .. } | Miss::ManyRainDays { .. }
            )
            | ("dry", Miss::ManyRainDays { .. })
            | ("cold", Miss::NotCold { .. })
            | ("snow", Miss::NoSnow { .. })
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn each_satisfies_the_wish_or_says_what_it_misses(
        home in prop::option::of(select(&HOMES[..])),
        (month, nights) in (1_u8..=10, 2_u16..12),
        (warmth, kind) in (
            prop::option::of(select(&WARMTHS[..])),
            prop::option::of(select(&KINDS[..])),
        ),
        budget in prop::option::of(100_i64..1_500),
        (near, adults) in (any::<bool>(), 1_u8..4),
        locale in locale(),
    ) {
        let mut arguments = json!({
            "month": format!("2027-{month:02}"), "nights": nights, "adults": adults, "near": near,
            "limit": 8,
        });
        let mut set = |name: &str, value: Option<serde_json::Value>| {
            if let Some(value) = value {
                arguments[name] = value;
            }
        };
        set("departure", home.map(Into::into));
        set("warmth", warmth.map(Into::into));
        set("kinds", kind.map(|kind| json!([kind])));
        set("max_price", budget.map(|budget| budget.to_string().into()));
        let output = ask(locale, "suggest_destinations", &arguments);
        let found: &SuggestionsFound = output.data.get().unwrap();
        prop_assert!(!found.suggestions.is_empty());
        for suggested in &found.suggestions {
            let (reasons, misses) =
                (&suggested.suggestion.reasons, &suggested.suggestion.misses);
            let place = suggested.suggestion.destination;
            if let Some(wish) = warmth {
                let met = reasons.iter().any(|reason| of_weather(wish, reason));
                let missed = misses.iter().any(|miss| misses_weather(wish, miss));
                prop_assert!(met || missed, "{} {:?}", place, suggested);
            }
            // What is said of the weather is in the table.
            for reason in reasons {
                if let Reason::Warm { month, max_c } = reason {
                    let known = climate::of(place).unwrap();
                    prop_assert_eq!(known.month(*month).and_then(|m| m.max_c), Some(*max_c));
                }
            }
            if let Some(kind) = kind {
                let own = kinds::of(place).is_some_and(|own| own.kinds.contains(&kind));
                let missed = misses.iter().any(|miss| matches!(miss, Miss::Kind { .. }));
                prop_assert!(own != missed, "{} {:?}", place, suggested);
            }
            if let Some(budget) = budget {
                let within = suggested.price.is_some_and(|price| price.minor <= budget * 100);
                let missed = misses.iter().any(|miss| {
                    matches!(miss, Miss::OverBudget { .. } | Miss::PriceUnknown)
                });
                prop_assert!(within != missed, "{} {:?}", place, suggested);
            }
            if near {
                let close = reasons.iter().any(|reason| {
                    matches!(reason, Reason::Flight { minutes, .. } if *minutes <= 180)
                });
                let missed = misses.iter().any(|miss| {
                    matches!(miss, Miss::TooLong { .. } | Miss::DistanceUnknown)
                });
                prop_assert!(close != missed, "{} {:?}", place, suggested);
            }
            prop_assert!(destination::by_code(place).is_some());
        }
        assert_same_twice(locale, "suggest_destinations", &arguments);
    }
}
