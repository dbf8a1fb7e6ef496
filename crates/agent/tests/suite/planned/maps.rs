//! Maps.

use agent::{
    capability::map::svg,
    conversation::ConversationState,
    locale::Locale::{self, En, Fr},
    sheet::{Block, Map, MapKind, Sheet},
    trip::{PlannedDay, PlannedDays, Stop, StopKind},
};
use guide::sights;

use super::{talk, talk_on};

/// Three days in Lisbon, three sights each.
fn planned(locale: Locale) -> ConversationState {
    let known: Vec<_> = sights::of("LIS".parse().unwrap()).iter().take(9).collect();
    let days = known.chunks(3).zip(3_i8..).map(|(sights, day)| PlannedDay {
        date: jiff::civil::date(2027, 3, day),
        stops: sights.iter().map(|sight| stop(sight, locale)).collect(),
        rain: None,
    });
    let mut state = ConversationState::default();
    state.plan.days.push(PlannedDays {
        city: "LIS".parse().unwrap(),
        name: locale.pick("Lisbonne", "Lisbon").to_owned(),
        time_zone: "Europe/Lisbon".to_owned(),
        days: days.collect(),
    });
    let first = &mut state.plan.days[0].days[0];
    first.stops.insert(
        0,
        Stop {
            from: jiff::civil::time(9, 0, 0, 0),
            to: jiff::civil::time(10, 0, 0, 0),
            kind: StopKind::Travel,
            name: locale.pick("Arrivée", "Arrival").to_owned(),
            walk_minutes: 0,
            at: None,
            note: None,
        },
    );
    state
}

fn stop(sight: &sights::Sight, locale: Locale) -> Stop {
    Stop {
        from: jiff::civil::time(10, 0, 0, 0),
        to: jiff::civil::time(11, 0, 0, 0),
        kind: StopKind::Visit,
        name: sight.name(locale).to_owned(),
        walk_minutes: 10,
        at: Some((sight.at.lat, sight.at.lon)),
        note: None,
    }
}

#[track_caller]
fn map(sheets: &[Sheet]) -> &Map {
    assert_eq!(sheets.len(), 1, "{sheets:?}");
    assert_eq!(sheets[0].tool, "generate_travel_map");
    let maps = sheets[0].blocks.iter().find_map(|block| match block {
        Block::Map(map) => Some(map),
        _ => None,
    });
    maps.unwrap()
}

fn names(map: &Map) -> Vec<&str> {
    map.pins.iter().map(|pin| pin.name.as_str()).collect()
}

#[tokio::test]
async fn a_day_of_the_plan_is_drawn() {
    for (locale, message) in [
        (Fr, "montre-moi la carte du jour 2"),
        (En, "show me a map of day 2"),
    ] {
        let said = talk_on(planned(locale), locale, &[message]).await.remove(0);
        assert_eq!(said.only("generate_travel_map")["day"], "2", "{said:?}");
        let map = map(&said.sheets);
        let state = planned(locale);
        let stops = &state.plan.days[0].days[1].stops;
        assert_eq!(
            names(map),
            stops.iter().map(|stop| &stop.name).collect::<Vec<_>>()
        );
        assert!(
            said.reply
                .contains(locale.pick("**jour 2** à Lisbonne", "**day 2** in Lisbon")),
            "{said:?}"
        );
        assert!(said.ungrounded.is_empty(), "{said:?}");
        assert_eq!(said.state.plan, planned(locale).plan);
        // Every stop is in the text alternative, and in the drawing.
        for name in names(map) {
            assert!(map.text.contains(name));
        }
        assert!(!map.labels.is_empty());
        let page = svg(map, false);
        assert!(page.contains("class=\"map\"") && !page.contains("<style"));
        assert!(svg(map, true).contains("prefers-color-scheme"));
    }
}

#[tokio::test]
async fn where_no_day_is_said_the_first_is_drawn_and_the_others_are_offered() {
    for (locale, message) in [
        (Fr, "montre-moi ça sur une carte"),
        (En, "can I see a map?"),
    ] {
        let said = talk_on(planned(locale), locale, &[message]).await.remove(0);
        assert_eq!(map(&said.sheets).kind, MapKind::Day, "{said:?}");
        assert!(said.reply.contains('3'), "{said:?}");
        let Some(Block::Next { say }) = said.sheets[0].blocks.last() else {
            panic!("{said:?}")
        };
        assert_eq!(say.len(), 2);
        // What is not drawn is told.
        let left_out = locale.pick("Arrivée", "Arrival");
        assert!(
            said.sheets[0]
                .notes
                .iter()
                .any(|note| note.contains(left_out))
        );
    }
}

#[tokio::test]
async fn a_day_that_is_not_planned_is_asked_again() {
    for (locale, message) in [(Fr, "la carte du jour 7"), (En, "map of day 7")] {
        let said = talk_on(planned(locale), locale, &[message]).await.remove(0);
        said.only("generate_travel_map");
        assert!(said.sheets.is_empty());
        assert!(
            said.reply.contains(locale.pick("3 jours", "3 days")),
            "{said:?}"
        );
    }
}

#[tokio::test]
async fn the_route_of_the_trip_is_drawn() {
    for (locale, messages) in [
        (
            Fr,
            [
                "un vol de Lyon à Lisbonne le 3 mars, retour le 6",
                "la carte du trajet",
            ],
        ),
        (
            En,
            [
                "a flight from Lyon to Lisbon on 3 March, back on the 6th",
                "show me the route on a map",
            ],
        ),
    ] {
        let said = talk(locale, &messages).await.remove(1);
        said.only("generate_travel_map");
        let map = map(&said.sheets);
        assert_eq!(map.kind, MapKind::Route);
        let lisbon = locale.pick("Lisbonne", "Lisbon");
        assert_eq!(names(map), ["Lyon", lisbon, "Lyon"], "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn without_a_plan_or_a_trip_it_is_said_and_offered() {
    for (locale, message, part) in [
        (
            Fr,
            "fais-moi une carte du jour 1 à Rome",
            "pas encore de programme à Rome",
        ),
        (
            En,
            "draw me a map of day 1 in Rome",
            "no plan in Rome to draw yet",
        ),
        (Fr, "montre-moi la carte du voyage", "où mène votre voyage"),
        (En, "show me a map of the trip", "where your trip goes"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        assert!(said.sheets.is_empty(), "{said:?}");
        assert!(said.reply.contains(part), "{said:?}");
    }
}
