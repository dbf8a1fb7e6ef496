//! Where to go.

use std::{sync::Arc, time::Instant};

use agent::{
    capability::suggest::{
        SuggestDestinationsArgs, Suggested, SuggestionsFound, WishedWeather,
        suggest_destinations::SuggestDestinations,
    },
    conversation::ConversationState,
    locale::Locale::{self, En, Fr},
    prompt::tier::Tier,
    sheet::Block,
    sources::offline::OfflineFlights,
    tools::{Tool, ToolContext, ToolOutput},
    travel::Currency,
};
use guide::{
    climate, destination,
    kinds::{self, Kind},
    suggest::{Miss, Reason},
};

use super::{Said, talk};

async fn one(locale: Locale, message: &str) -> Said {
    let said = talk(locale, &[message]).await.remove(0);
    assert!(said.ungrounded.is_empty(), "{said:?}");
    said
}

/// The tool outside a turn.
async fn call(args: SuggestDestinationsArgs) -> ToolOutput {
    let context = ToolContext {
        now: super::NOW.parse().unwrap(),
        locale: Fr,
        currency: Currency::eur(),
        state: Arc::new(ConversationState::default()),
        confirmed: None,
        tier: Tier::Full,
        direct: None,
        conversation: None,
        capture_content: false,
    };
    let tool = SuggestDestinations::new(Arc::new(OfflineFlights));
    tool.call(&context, args).await.unwrap()
}

/// Whether each wish is met by the tables or named among what is missed.
fn accounts_for(args: &SuggestDestinationsArgs, month: i8, one: &Suggested) {
    let (found, misses) = (&one.suggestion, &one.suggestion.misses);
    let place = destination::by_code(found.destination).unwrap();
    let means = climate::of(place.code).and_then(|climate| climate.month(month));
    if matches!(
        args.warmth,
        Some(WishedWeather::Warm | WishedWeather::Sunny)
    ) {
        let warm = means.and_then(|m| m.max_c).is_some_and(|c| c >= 20.0);
        let said = misses
            .iter()
            .any(|m| matches!(m, Miss::NotWarm { .. } | Miss::WeatherUnknown { .. }));
        assert!(warm || said, "{found:?}");
    }
    let own = &kinds::of(place.code).unwrap().kinds;
    for kind in [Kind::Beach, Kind::Culture] {
        let said = misses
            .iter()
            .any(|m| matches!(m, Miss::Kind { wanted } if wanted.contains(&kind)));
        assert!(!args.kinds.contains(&kind) || own.contains(&kind) || said);
    }
    assert!(!args.exclude_kinds.contains(&Kind::Beach) || own[0] != Kind::Beach);
    if args.near {
        let near = found
            .reasons
            .iter()
            .any(|r| matches!(r, Reason::Flight { minutes, .. } if *minutes <= 180));
        let said = misses
            .iter()
            .any(|m| matches!(m, Miss::TooLong { .. } | Miss::DistanceUnknown));
        assert!(near || said, "{found:?}");
    }
    if let Some(most) = &args.max_price {
        let most: i64 = most.parse::<i64>().unwrap() * 100;
        let within = one.price.is_some_and(|price| price.minor <= most);
        let said = misses
            .iter()
            .any(|m| matches!(m, Miss::OverBudget { .. } | Miss::PriceUnknown));
        assert!(within || said, "{found:?}");
    }
}

#[tokio::test]
async fn every_suggestion_meets_each_wish_or_says_which_it_misses() {
    let weather = [
        None,
        Some(WishedWeather::Warm),
        Some(WishedWeather::Sunny),
        Some(WishedWeather::Snow),
    ];
    let homes = [Some("LYS"), Some("PAR"), None, Some("YUL"), Some("CMN")];
    let budgets = [None, Some("120"), Some("500")];
    for nth in 0..20_usize {
        let month = i8::try_from(1 + nth % 12).unwrap();
        let args = SuggestDestinationsArgs {
            departure: homes[nth % homes.len()].map(str::to_owned),
            month: Some(format!("2027-{month:02}")),
            nights: [None, Some(3), Some(10)][nth % 3],
            warmth: weather[nth % weather.len()],
            kinds: [vec![], vec![Kind::Beach], vec![Kind::Culture]][nth / 2 % 3].clone(),
            exclude_kinds: [vec![], vec![Kind::Beach]][usize::from(nth % 5 == 4)].clone(),
            near: nth % 4 == 1,
            max_price: budgets[nth % budgets.len()].map(str::to_owned),
            limit: Some(8),
            ..SuggestDestinationsArgs::default()
        };
        // A horizon of less than a year.
        if month > 9 {
            continue;
        }
        let output = call(args.clone()).await;
        let found: &SuggestionsFound = output.data.get().unwrap();
        assert!(!found.suggestions.is_empty(), "{args:?}");
        for one in &found.suggestions {
            accounts_for(&args, month, one);
            assert!(one.price.is_none() || args.departure.is_some());
        }
        let again = call(args).await;
        assert_eq!(again.text, output.text, "same question, same answer");
        assert_eq!(again.card, output.card);
    }
}

#[tokio::test]
async fn it_takes_well_under_a_second() {
    let args = SuggestDestinationsArgs {
        departure: Some("PAR".to_owned()),
        month: Some("2027-06".to_owned()),
        ..SuggestDestinationsArgs::default()
    };
    call(args.clone()).await;
    let start = Instant::now();
    call(args).await;
    let elapsed = start.elapsed();
    println!("suggestions: {elapsed:?}");
    assert!(elapsed.as_secs() < 8, "in a debug build: {elapsed:?}");
}

#[tokio::test]
async fn wishes_of_a_sentence_become_arguments() {
    for (locale, message, departure, month) in [
        (
            Fr,
            "où partir 4 jours au soleil en mars depuis Lyon, à deux, sans se ruiner ?",
            "LYS",
            "2027-03",
        ),
        (
            En,
            "somewhere warm in February under 500 euros from Paris",
            "PAR",
            "2027-02",
        ),
    ] {
        let said = one(locale, message).await;
        let call = said.only("suggest_destinations");
        assert_eq!(
            (&call["departure"], &call["month"]),
            (&departure.into(), &month.into()),
            "{said:?}"
        );
        assert!(call["warmth"].is_string(), "{said:?}");
        let Block::Items { items, .. } = &said.sheets[0].blocks[0] else {
            panic!("{said:?}")
        };
        assert!(items.len() >= 3 && said.reply.contains("°C"), "{said:?}");
        assert!(
            items
                .iter()
                .all(|item| item.detail.is_some() && item.say.is_some())
        );
    }
}

#[tokio::test]
async fn the_button_of_a_suggestion_looks_for_its_flights() {
    for (locale, message) in [
        (Fr, "où partir au soleil en mars depuis Lyon ?"),
        (En, "where could I go in March from London? somewhere sunny"),
    ] {
        let said = one(locale, message).await;
        let Block::Items { items, .. } = &said.sheets[0].blocks[0] else {
            panic!("{said:?}")
        };
        let button = items[0].say.clone().unwrap();
        let turns = talk(locale, &[message, &button.message]).await;
        let flights = ["search_flights", "find_cheapest_dates"];
        let searched = turns[1]
            .tools
            .iter()
            .any(|(name, _)| flights.contains(&name.as_str()));
        assert!(searched, "{}: {:?}", button.message, turns[1]);
    }
}

#[tokio::test]
async fn without_a_departure_it_suggests_without_prices_and_asks_where_from() {
    let turns = talk(Fr, &["où partir au soleil en mai ?", "de Nantes"]).await;
    let first = turns[0].only("suggest_destinations");
    assert!(first.get("departure").is_none(), "{turns:?}");
    assert!(turns[0].reply.contains("D’où partez-vous") && !turns[0].reply.contains('€'));
    let second = turns[1].only("suggest_destinations");
    assert_eq!(second["departure"], "NTE", "{turns:?}");
    assert_eq!(second["month"], "2027-05", "{turns:?}");
}

#[tokio::test]
async fn without_a_month_the_one_at_hand_is_taken_and_said() {
    let said = one(En, "any ideas where to go from Dublin? somewhere warm").await;
    assert!(said.only("suggest_destinations").get("month").is_none());
    assert!(said.reply.contains("December 2026"), "{said:?}");
    assert!(!said.reply.contains("cannot pick"), "{said:?}");
}

#[tokio::test]
async fn a_part_of_the_world_is_kept_to() {
    use guide::region::Region;
    for (locale, message, region, refused) in [
        (
            Fr,
            "où partir en Asie en février, depuis Paris ?",
            Some(Region::Asia),
            None,
        ),
        (
            En,
            "somewhere warm in North Africa in February from Paris?",
            Some(Region::NorthAfrica),
            None,
        ),
        (
            Fr,
            "où partir au soleil en mai aux Caraïbes depuis Paris ?",
            Some(Region::Caribbean),
            None,
        ),
        (
            En,
            "somewhere sunny in the Caribbean in January from London?",
            Some(Region::Caribbean),
            None,
        ),
        (
            Fr,
            "où partir une semaine en avril hors d’Europe, depuis Lyon ?",
            None,
            Some(Region::Europe),
        ),
        (
            En,
            "where to go for a week in April outside Europe, from Lyon?",
            None,
            Some(Region::Europe),
        ),
        (
            Fr,
            "un week-end dans les pays baltes en juin depuis Paris, où aller ?",
            Some(Region::Baltics),
            None,
        ),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("suggest_destinations");
        let value = |region: Option<Region>| serde_json::to_value(region).unwrap();
        assert_eq!(
            (&call["region"], &call["exclude_region"]),
            (&value(region), &value(refused)),
            "{said:?}"
        );
        let Some(Block::Items { items, .. }) = said.sheets[0].blocks.first() else {
            panic!("{said:?}")
        };
        assert!(!items.is_empty());
        for item in items {
            let name = item
                .name
                .split(" (")
                .next()
                .unwrap()
                .split(", ")
                .next()
                .unwrap();
            let place = guide::destination::all().iter();
            let place: Vec<_> = place.filter(|place| place.name(locale) == name).collect();
            assert!(!place.is_empty(), "{name}");
            let inside = |region: Region| place.iter().any(|place| region.contains(place.country));
            assert!(region.is_none_or(inside), "{name}: {said:?}");
            assert!(!refused.is_some_and(inside), "{name}: {said:?}");
        }
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}
