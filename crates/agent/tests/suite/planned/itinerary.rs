//! Days of a visit.

use agent::{
    locale::Locale::{En, Fr},
    sheet::Block,
    trip::{PlannedDays, StopKind},
};

use super::{Said, talk};

fn plan(said: &Said) -> &PlannedDays {
    said.state.plan.days.last().unwrap()
}

/// What holds of every plan: times in order, walks fit in, no sight twice.
#[track_caller]
fn assert_sound(plan: &PlannedDays) {
    let mut seen = Vec::new();
    for day in &plan.days {
        for pair in day.stops.windows(2) {
            let spare = pair[0].to.duration_until(pair[1].from).as_mins();
            assert!(spare >= i64::from(pair[1].walk_minutes), "{pair:?}");
        }
        for stop in day.stops.iter().filter(|stop| stop.kind == StopKind::Visit) {
            assert!(!seen.contains(&&stop.name), "{} twice", stop.name);
            seen.push(&stop.name);
        }
    }
    let json = serde_json::to_string(plan).unwrap();
    assert_eq!(&serde_json::from_str::<PlannedDays>(&json).unwrap(), plan);
}

#[tokio::test]
async fn days_are_planned_and_join_the_trip() {
    for (locale, message) in [
        (Fr, "un programme jour par jour à Lisbonne du 3 au 5 mars"),
        (En, "a day by day itinerary for Lisbon from 3 to 5 March"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("create_visit_itinerary");
        assert_eq!(
            (&call["city"], &call["check_in"], &call["check_out"]),
            (&"LIS".into(), &"2027-03-03".into(), &"2027-03-05".into())
        );
        let plan = plan(&said);
        assert_eq!(
            (plan.days.len(), plan.time_zone.as_str()),
            (3, "Europe/Lisbon")
        );
        assert_sound(plan);
        let days = said.sheets[0].blocks.iter();
        assert_eq!(
            days.filter(|block| matches!(block, Block::Day { .. }))
                .count(),
            3
        );
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn days_that_nobody_said_are_assumed_and_told() {
    for (locale, message, told) in [
        (Fr, "prépare-moi 3 jours à Lisbonne", "supposé"),
        (En, "plan me 3 days in Lisbon", "assumed"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        said.only("create_visit_itinerary");
        assert_eq!(plan(&said).days.len(), 3);
        assert!(said.reply.contains(told), "{said:?}");
    }
}

#[tokio::test]
async fn a_plan_is_changed_by_what_is_said_next() {
    let turns = talk(
        Fr,
        &[
            "un itinéraire à Madrid du 4 au 6 mai",
            "plus tranquille",
            "sans musée",
        ],
    )
    .await;
    assert_eq!(
        turns[1].only("create_visit_itinerary")["pace"],
        "relaxed",
        "{turns:?}"
    );
    let last = turns[2].only("create_visit_itinerary");
    assert_eq!(last["exclude"][0], "museums", "{turns:?}");
    assert_eq!(last["check_in"], "2027-05-04");
    for turn in &turns {
        assert_sound(plan(turn));
    }
    let museums = guide::sights::of("MAD".parse().unwrap()).iter();
    let museums = museums.filter(|sight| {
        use guide::sights::Kind;
        matches!(sight.kind, Kind::Museum | Kind::Gallery)
    });
    for museum in museums {
        let stops = plan(&turns[2]).days.iter().flat_map(|day| &day.stops);
        assert!(
            !stops
                .map(|stop| &stop.name)
                .any(|name| name == museum.name(Fr))
        );
    }
}

#[tokio::test]
async fn a_sight_is_added_by_its_name() {
    let turns = talk(
        En,
        &["plan my days in Madrid from 4 to 6 May", "add the Prado"],
    )
    .await;
    let call = turns[1].only("create_visit_itinerary");
    assert_eq!(
        call["include"].as_array().map(Vec::len),
        Some(1),
        "{turns:?}"
    );
}

#[tokio::test]
async fn flights_of_the_trip_bound_the_first_and_the_last_day() {
    let turns = talk(
        En,
        &[
            "flights from Paris to Lisbon on 3 March, back on 6 March for 2",
            "the first one please",
            "plan our days there",
        ],
    )
    .await;
    let state = &turns[2].state;
    let chosen = state.plan.flight.clone();
    let proposed = state.proposal.clone().map(|proposal| proposal.offer);
    let offer = chosen.or(proposed).unwrap();
    let landing = offer.slices[0].segments.last().unwrap().arriving_at.civil();
    let take_off = offer.slices[1].segments[0].departing_at.civil();
    let plan = plan(&turns[2]);
    assert_sound(plan);
    for day in &plan.days {
        for stop in day
            .stops
            .iter()
            .filter(|stop| stop.kind != StopKind::Travel)
        {
            let (from, to) = (
                day.date.to_datetime(stop.from),
                day.date.to_datetime(stop.to),
            );
            assert!(landing.duration_until(from).as_mins() >= 75, "{stop:?}");
            assert!(to.duration_until(take_off).as_mins() >= 120, "{stop:?}");
        }
    }
    let travels = |at: usize| {
        plan.days[at]
            .stops
            .iter()
            .any(|stop| stop.kind == StopKind::Travel)
    };
    assert!(travels(0) && travels(plan.days.len() - 1), "{plan:?}");
}

/// Plans of many cities, days, paces and parties are all sound.
#[tokio::test]
async fn plans_are_sound_whatever_is_asked() {
    for (city, pace, children) in [
        ("Rome", "relaxed", " with children aged 6 and 9"),
        ("Tokyo", "packed", ""),
        ("Marrakech", "normal", ""),
        ("New York", "relaxed", ""),
        ("Kraków", "packed", " with a child aged 4"),
    ] {
        let message = format!("plan 4 days in {city} from 4 to 7 May 2027{children}, {pace} pace");
        let said = talk(En, &[&message]).await.remove(0);
        said.only("create_visit_itinerary");
        assert_sound(plan(&said));
        for day in &plan(&said).days {
            let first = day.stops.first().unwrap();
            let last = day.stops.last().unwrap();
            assert!(first.from.hour() >= 9 && last.to.hour() <= 22, "{day:?}");
        }
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}

#[tokio::test]
async fn days_without_a_sight_are_counted_and_labelled() {
    for (locale, message, free_day) in [
        (
            Fr,
            "un programme de 14 jours à Split du 3 au 16 mai 2027",
            "journée libre",
        ),
        (
            En,
            "a 14-day itinerary for Split from 3 to 16 May 2027",
            "free day",
        ),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let days: Vec<_> = said.sheets[0]
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Day { heading, .. } => Some(heading),
                _ => None,
            })
            .collect();
        let free = days.iter().filter(|day| day.contains(free_day)).count();
        let filled = days.len() - free;
        assert!(free > 0 && filled > 0, "{said:?}");
        let told = match locale {
            Fr => format!("remplissent {filled} de ces {} jours", days.len()),
            En => format!("fill {filled} of these {} days", days.len()),
        };
        assert!(said.reply.contains(&told), "{}", said.reply);
        assert!(said.ungrounded.is_empty(), "{said:?}");
    }
}
