//! Itineraries.

use std::collections::BTreeSet;

use agent::{
    capability::{flights::FlightsFound, itinerary::ItineraryFound},
    conversation::ConversationState,
    locale::Locale,
    tools::Effect,
    travel::Offer,
    trip::{Part, StopKind},
};
use guide::{
    days::{AFTER_LANDING, BEFORE_TAKE_OFF, Limits, Pace},
    way::{self, between},
};
use jiff::civil::{Date, DateTime, Time};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

use super::{CITIES, HOMES, ask, assert_same_twice, call, config, locale, stay};

const PACES: [Pace; 3] = Pace::ALL;

fn minutes(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

fn arguments(city: &str, days: (Date, Date), pace: Pace, children: &[u8]) -> Value {
    json!({
        "city": city, "check_in": days.0, "check_out": days.1, "pace": pace,
        "children_ages": children,
    })
}

/// What no itinerary may get wrong.
fn assert_sound(found: &ItineraryFound, children: bool) {
    let Some(itinerary) = &found.itinerary else {
        return;
    };
    let limits = Limits::of(itinerary.pace, children);
    let mut seen = BTreeSet::new();
    let mut date = found.first;
    for day in &itinerary.days {
        assert_eq!(day.date, date);
        date = date.tomorrow().unwrap();
        let (mut here, mut free) = (itinerary.base, None);
        let (mut ways, mut on_foot) = (0, 0);
        let mut visits = 0;
        for step in &day.steps {
            let (from, to) = day.hours.expect("a day with steps has hours");
            assert!(
                from <= step.from && step.from < step.to && step.to <= to,
                "{day:?}"
            );
            assert_eq!(step.way, between(here, step.at), "{day:?}");
            let arrived = free.unwrap_or(minutes(from)) + i32::from(step.way.minutes);
            assert!(minutes(step.from) >= arrived, "{day:?}");
            if let Some(sight) = step.sight() {
                assert!(seen.insert(sight.name(Locale::Fr)), "{day:?}");
                visits += 1;
            }
            ways += step.way.minutes;
            if step.way.mode == way::Mode::Walk {
                on_foot += step.way.minutes;
                assert!(step.way.minutes <= way::LONGEST_WALK);
            }
            (here, free) = (step.at, Some(minutes(step.to)));
        }
        if let (Some(back), Some(free), Some((_, to))) = (day.back, free, day.hours) {
            assert_eq!(back, between(here, itinerary.base));
            assert!(free + i32::from(back.minutes) <= minutes(to), "{day:?}");
            ways += back.minutes;
            on_foot += if back.mode == way::Mode::Walk {
                back.minutes
            } else {
                0
            };
        }
        assert_eq!(day.ways, (ways, on_foot), "{day:?}");
        assert!(visits <= limits.sights, "{day:?}");
        assert!(day.busy <= limits.minutes + limits.outing, "{day:?}");
        assert!(
            day.hours
                .is_none_or(|(from, to)| { limits.start <= from && to <= limits.end })
        );
    }
    // The panel holds the same days, and each of them in order.
    let plan = found.plan.as_ref().unwrap();
    assert_eq!(plan.days.len(), itinerary.days.len());
    for (shown, day) in plan.days.iter().zip(&itinerary.days) {
        assert_eq!(shown.date, day.date);
        let names: Vec<_> = shown
            .stops
            .iter()
            .map(|stop| (stop.from, stop.to))
            .collect();
        assert!(names.is_sorted(), "{shown:?}");
        let visits = shown
            .stops
            .iter()
            .filter(|stop| stop.kind == StopKind::Visit);
        assert_eq!(visits.count(), day.sights().count(), "{shown:?}");
    }
}

/// Local times at which the visitor lands there, and takes off for home.
fn ends(offer: &Offer) -> (DateTime, DateTime) {
    let out = offer.slices[0].segments.last().unwrap();
    let back = offer.slices[1].segments.first().unwrap();
    (out.arriving_at.civil(), back.departing_at.civil())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn days_keep_to_their_hours_and_show_no_sight_twice(
        city in select(&CITIES[..]),
        (day, nights) in (0_u16..150, 0_u16..15),
        pace in select(&PACES[..]),
        children in prop::collection::vec(2_u8..12, 0..2),
        locale in locale(),
    ) {
        let arguments = arguments(city, stay(day, nights), pace, &children);
        let output = ask(locale, "create_visit_itinerary", &arguments);
        let found: &ItineraryFound = output.data.get().unwrap();
        assert_sound(found, !children.is_empty());
        assert_same_twice(locale, "create_visit_itinerary", &arguments);
    }

    #[test]
    fn the_first_and_the_last_day_respect_the_flights(
        (city, home) in (select(&CITIES[..]), select(&HOMES[..])),
        (day, nights) in (0_u16..150, 2_u16..8),
        (pace, nth) in (select(&PACES[..]), any::<prop::sample::Index>()),
        locale in locale(),
    ) {
        let (first, last) = stay(day, nights);
        let search = json!({
            "departure": home, "arrival": city, "date": first, "return_date": last, "limit": 10,
        });
        let output = ask(locale, "search_flights", &search);
        let found: &FlightsFound = output.data.get().unwrap();
        prop_assume!(!found.offers.is_empty());
        let offer = nth.get(&found.offers);
        let (lands, leaves) = ends(offer);
        let mut state = ConversationState::default();
        state.plan = state.plan.with(Part::Flight(Box::new(offer.clone())));
        let arguments = arguments(city, (lands.date(), leaves.date()), pace, &[]);
        let output = call(&state, locale, "create_visit_itinerary", &arguments);
        let found: &ItineraryFound = output.data.get().unwrap();
        assert_sound(found, false);
        prop_assert!(found.with_flights, "{:?}", found);
        let itinerary = found.itinerary.as_ref().unwrap();
        for day in &itinerary.days {
            for step in &day.steps {
                let minutes = |from: DateTime, to: DateTime| {
                    from.duration_until(to).as_mins()
                };
                let ready = minutes(lands, day.date.to_datetime(step.from));
                prop_assert!(ready >= i64::from(AFTER_LANDING), "{:?} {:?}", lands, step);
                let left = minutes(day.date.to_datetime(step.to), leaves);
                prop_assert!(left >= i64::from(BEFORE_TAKE_OFF), "{:?} {:?}", leaves, step);
            }
        }
        // So does the panel: nothing but the way stands before the landing or after the take-off.
        let Some(Effect::Planned(Part::Days(plan))) = &output.effect else {
            panic!("{:?}", output.effect)
        };
        for day in &plan.days {
            let stops = day.stops.iter().filter(|stop| stop.kind != StopKind::Travel);
            for stop in stops {
                prop_assert!(day.date.to_datetime(stop.from) >= lands, "{:?}", day);
                prop_assert!(day.date.to_datetime(stop.to) <= leaves, "{:?}", day);
            }
        }
    }
}
