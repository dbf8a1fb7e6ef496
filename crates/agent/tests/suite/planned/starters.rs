//! What an empty page offers to ask: every message of every month is understood as it stands, and
//! answered with what it asks for.

use std::sync::Arc;

use agent::{
    Agent,
    capability::{self, Sources},
    event::TurnEvent,
    faults::Faults,
    intent::Intent,
    locale::Locale,
    starters::{home_of, starters},
    travel::Iata,
    turn::TurnRequest,
};
use futures::StreamExt;
use jiff::civil::{Date, date};

use super::super::support::{TOOL_TIMEOUT, request};

/// How a message is answered: `None` = as it should be.
async fn trouble(agent: &Arc<Agent>, today: Date, locale: Locale, message: &str) -> Option<String> {
    let turn = TurnRequest {
        locale: None,
        fallback_locale: locale,
        now: today.at(9, 0, 0, 0).in_tz("Europe/Paris").unwrap(),
        ..request(message)
    };
    let (mut reply, mut cards, mut trouble) = (String::new(), 0, Vec::new());
    let events: Vec<_> = agent.run_turn(turn).collect().await;
    for event in events {
        match event {
            TurnEvent::Intent {
                name, locale: said, ..
            } if !matches!(name, Intent::Planning | Intent::TravelInfo) || said != locale => {
                trouble.push(format!("{name:?} in {said:?}"));
            }
            TurnEvent::Understood(read) if !read.left_over.is_empty() => {
                trouble.push(format!("left over: {:?}", read.left_over));
            }
            TurnEvent::ToolFinished {
                error: Some(error), ..
            } => trouble.push(error),
            TurnEvent::Card(_) => cards += 1,
            TurnEvent::Delta(text) => reply.push_str(&text),
            _ => {}
        }
    }
    // Without a place to begin at one is asked for it.
    let asks = ["D’où partez-vous", "Where are you leaving"];
    if cards == 0 && !asks.iter().any(|question| reply.contains(question)) {
        trouble.push("nothing is shown".to_owned());
    }
    let refusals = [
        "n’ai trouvé aucun",
        "found no",
        "ne peux pas",
        "I cannot",
        "could not",
    ];
    if refusals.iter().any(|refusal| reply.contains(refusal)) {
        trouble.push("it is refused".to_owned());
    }
    (!trouble.is_empty()).then(|| format!("{today} {message}\n  {}\n  {reply}", trouble.join("; ")))
}

async fn all_troubles(cases: impl Iterator<Item = (Date, Locale, Option<Iata>)>) -> Vec<String> {
    let tools = capability::registry(TOOL_TIMEOUT, Faults::default(), &Sources::offline());
    let agent = Arc::new(Agent::new(tools, Faults::default()));
    let mut found = Vec::new();
    for (today, locale, home) in cases {
        let starters = starters(today, locale, home);
        assert_eq!(starters.len(), 6, "{today} {home:?}");
        for starter in starters {
            found.extend(trouble(&agent, today, locale, &starter.message).await);
        }
    }
    found
}

#[tokio::test]
async fn every_starter_of_every_month_is_understood_and_answered() {
    let months = (1..=12).map(|month| date(2026, month, 5 + month));
    let cases = months.flat_map(|today| {
        [Locale::Fr, Locale::En].map(|locale| (today, locale, home_of(None, locale)))
    });
    let found = all_troubles(cases).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn they_begin_where_the_visitor_is_at_home() {
    let zones = [
        "Europe/Brussels",
        "Europe/Zurich",
        "America/Toronto",
        "America/New_York",
        "Africa/Casablanca",
        "Africa/Dakar",
        "Asia/Tokyo",
        "Australia/Sydney",
        "Europe/Lisbon",
        "Europe/Rome",
    ];
    let cases = zones.into_iter().enumerate().map(|(at, zone)| {
        let locale = [Locale::Fr, Locale::En][at % 2];
        let month = i8::try_from(at % 4 * 3 + 1).unwrap();
        (date(2026, month, 20), locale, home_of(Some(zone), locale))
    });
    let found = all_troubles(cases).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_home_is_that_of_the_clocks_else_of_the_language() {
    let code = |zone, locale| home_of(zone, locale).map(|home| home.to_string());
    assert_eq!(code(None, Locale::Fr).as_deref(), Some("PAR"));
    assert_eq!(code(None, Locale::En).as_deref(), Some("LON"));
    assert_eq!(
        code(Some("America/New_York"), Locale::Fr).as_deref(),
        Some("NYC")
    );
    assert_eq!(
        code(Some("Etc/Unknown"), Locale::Fr).as_deref(),
        Some("PAR")
    );
}

#[test]
fn nobody_is_sent_to_where_they_are() {
    for month in 1..=12 {
        for home in [
            "ROM", "LIS", "NYC", "TYO", "BKK", "ATH", "BCN", "YMQ", "LON",
        ] {
            let home: Iata = home.parse().unwrap();
            for starter in starters(date(2026, month, 1), Locale::En, Some(home)) {
                let city = agent::travel::airport::resolve(home)[0].city(Locale::En);
                let times = starter.message.matches(city).count();
                assert!(times <= 1, "{}", starter.message);
            }
        }
    }
}
