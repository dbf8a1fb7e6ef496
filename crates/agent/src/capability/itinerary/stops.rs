//! The steps of a day as stops of the trip: visits and meals, flights, and the time that is left free.

use guide::{
    Point,
    days::{Day, Flight, Itinerary, Step, Table, What},
    opening,
    quarters::{self, Quarter},
    way::{self, Mode, Way},
};
use jiff::{SignedDuration, civil::Time};

use crate::{
    capability::wording,
    locale::Locale,
    trip::{PlannedDay, Stop, StopKind},
};

/// Free time of fewer minutes is not worth a line.
const LEAST_FREE: i64 = 60;
/// Free time of as many minutes has room for a quarter to stroll in.
const LEAST_STROLL: i64 = 120;
/// Minutes of a stroll.
const STROLL: i64 = 90;
/// Nobody goes further for one, in minutes.
const STROLL_WAY: u16 = 30;

/// The days as the trip has them.
pub(super) fn days(
    itinerary: &Itinerary,
    flights: (Option<Flight>, Option<Flight>),
    locale: Locale,
) -> Vec<PlannedDay> {
    // A quarter that is a sight of the plan, too, is strolled in once.
    let sights = itinerary.days.iter().flat_map(Day::sights);
    let seen: Vec<_> = sights.flat_map(|sight| sight.names()).collect();
    let quarters = quarters::of(itinerary.destination).iter();
    let unseen = quarters.filter(|quarter| !quarter.names().iter().any(|name| seen.contains(name)));
    let mut quarters: Vec<_> = unseen.collect();
    let days = itinerary.days.iter();
    days.map(|day| {
        let mut planned = steps(itinerary, day, &mut quarters, locale);
        let (arrival, departure) = flights;
        if let Some(flight) = arrival.filter(|flight| flight.at.date() == day.date) {
            planned.insert(0, landing(flight, itinerary, day, locale));
        }
        if let Some(flight) = departure.filter(|flight| flight.at.date() == day.date) {
            planned.push(take_off(flight, itinerary, day, locale));
        }
        PlannedDay {
            date: day.date,
            stops: planned,
            rain: rain(day, locale),
        }
    })
    .collect()
}

/// The steps of a day, with strolls and free time between them.
fn steps(
    itinerary: &Itinerary,
    day: &Day,
    quarters: &mut Vec<&'static Quarter>,
    locale: Locale,
) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    let mut here = itinerary.base;
    for step in &day.steps {
        let before = stops.last().map(|stop| stop.to);
        let mut since = before.or_else(|| day.hours.map(|(from, _)| from));
        if let Some((stop, quarter)) =
            since.and_then(|since| stroll((since, here), step, quarters, locale))
        {
            quarters.retain(|other| *other != quarter);
            (since, here) = (Some(stop.to), quarter.at);
            stops.push(stop);
        }
        // After a stroll the way starts from there.
        let strolled = stops
            .last()
            .is_some_and(|stop| stop.kind == StopKind::Stroll);
        let way = if strolled {
            way::between(here, step.at)
        } else {
            step.way
        };
        stops.extend(since.and_then(|since| free(since, step.from, way, locale)));
        stops.push(stop(step, way, locale));
        here = step.at;
    }
    stops
}

/// A stroll in the nearest quarter that has had none, where there is time for it before a step.
fn stroll(
    (since, here): (Time, Point),
    step: &Step,
    quarters: &[&'static Quarter],
    locale: Locale,
) -> Option<(Stop, &'static Quarter)> {
    if since.duration_until(step.from).as_mins() < LEAST_STROLL {
        return None;
    }
    let reached = quarters.iter().map(|quarter| {
        let (there, on) = (
            way::between(here, quarter.at),
            way::between(quarter.at, step.at),
        );
        (there, on, *quarter)
    });
    let near = reached.filter(|(there, ..)| there.minutes <= STROLL_WAY);
    let (there, on, quarter) = near.min_by_key(|(there, on, _)| there.minutes + on.minutes)?;
    let minutes = |minutes: i64| SignedDuration::from_mins(minutes);
    let from = rounded(since.checked_add(minutes(there.minutes.into())).ok()?);
    let to = from.checked_add(minutes(STROLL)).ok()?;
    let on = to.checked_add(minutes(on.minutes.into())).ok()?;
    let reasons = quarter.tags.iter().take(2).map(|tag| tag.label(locale));
    let reasons: Vec<_> = reasons.collect();
    let mut note = Vec::new();
    if there.minutes > 0 {
        note.push(wording::way(there, locale));
    }
    note.extend((!reasons.is_empty()).then(|| reasons.join(", ")));
    let name = quarter.name(locale);
    let stop = Stop {
        from,
        to,
        kind: StopKind::Stroll,
        name: match locale {
            Locale::Fr => format!("Flânerie : {name}"),
            Locale::En => format!("A stroll: {name}"),
        },
        walk_minutes: on_foot(there),
        at: Some((quarter.at.lat, quarter.at.lon)),
        note: (!note.is_empty()).then(|| note.join(" · ")),
    };
    (on <= step.from).then_some((stop, quarter))
}

/// The next multiple of five minutes.
fn rounded(time: Time) -> Time {
    let late = (5 - time.minute() % 5) % 5;
    let later = time.checked_add(SignedDuration::from_mins(late.into()));
    later.unwrap_or(time)
}

/// The minutes of a way on foot; none of a ride.
const fn on_foot(way: Way) -> u16 {
    match way.mode {
        Mode::Walk => way.minutes,
        Mode::Ride => 0,
    }
}

fn stop(step: &Step, way: Way, locale: Locale) -> Stop {
    let (kind, name) = match &step.what {
        What::Visit { visit, .. } => (StopKind::Visit, visit.sight.name(locale).to_owned()),
        What::Meal { table, dinner, .. } => (StopKind::Meal, meal(table, *dinner, locale)),
    };
    Stop {
        from: step.from,
        to: step.to,
        kind,
        name,
        walk_minutes: on_foot(way),
        at: Some((step.at.lat, step.at.lon)),
        note: note(step, way, locale),
    }
}

/// "Déjeuner vers Alfama".
fn meal(table: &Table, dinner: bool, locale: Locale) -> String {
    let meal = match dinner {
        true => locale.pick("Dîner", "Dinner"),
        false => locale.pick("Déjeuner", "Lunch"),
    };
    match (table, locale) {
        (Table::Quarter(quarter), Locale::Fr) => format!("{meal} : {}", quarter.name(locale)),
        (Table::Quarter(quarter), Locale::En) => format!("{meal}: {}", quarter.name(locale)),
        (Table::Near(sight), Locale::Fr) => format!("{meal} près de : {}", sight.name(locale)),
        (Table::Near(sight), Locale::En) => format!("{meal} near {}", sight.name(locale)),
        (Table::Stay, Locale::Fr) => format!("{meal} près du logement"),
        (Table::Stay, Locale::En) => format!("{meal} near where you stay"),
    }
}

/// The way there, lunch on the spot, dishes.
fn note(step: &Step, way: Way, locale: Locale) -> Option<String> {
    let mut parts = Vec::new();
    if way.minutes > 0 {
        parts.push(wording::way(way, locale));
    }
    match &step.what {
        What::Visit { visit, with_lunch } => {
            parts.push(visit.sight.kind.label(locale).to_owned());
            if *with_lunch {
                let lunch = locale.pick("déjeuner sur place", "lunch there");
                parts.push(lunch.to_owned());
            }
            let closing = opening::closing(visit.sight);
            if !closing.days.is_empty() {
                let days = wording::weekdays(closing.days.iter().copied(), locale);
                parts.push(match locale {
                    Locale::Fr => format!("souvent fermé {days}"),
                    Locale::En => format!("often closed {days}"),
                });
            }
        }
        What::Meal { dishes, .. } => {
            let names: Vec<_> = dishes.iter().map(|dish| dish.name(locale)).collect();
            if !names.is_empty() {
                parts.push(match locale {
                    Locale::Fr => format!("à goûter : {}", names.join(", ")),
                    Locale::En => format!("try {}", names.join(", ")),
                });
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Time that is left before a step that begins then.
fn free(since: Time, from: Time, way: Way, locale: Locale) -> Option<Stop> {
    let way = SignedDuration::from_mins(way.minutes.into());
    let until = from.checked_sub(way).ok()?;
    if until <= since || since.duration_until(until).as_mins() < LEAST_FREE {
        return None;
    }
    let name = locale.pick("Temps libre", "Free time").to_owned();
    Some(Stop {
        from: since,
        to: until,
        kind: StopKind::Stroll,
        name,
        walk_minutes: 0,
        at: None,
        note: None,
    })
}

fn landing(flight: Flight, itinerary: &Itinerary, day: &Day, locale: Locale) -> Stop {
    let ready = flight.ready(itinerary.base);
    let to = match ready.date() == day.date {
        true => ready.time(),
        false => Time::MAX,
    };
    let name = locale.pick(
        "Arrivée du vol, puis trajet vers le logement",
        "Landing, then the way to your stay",
    );
    travel(flight.at.time(), to, name)
}

fn take_off(flight: Flight, itinerary: &Itinerary, day: &Day, locale: Locale) -> Stop {
    let leave = flight.leave(itinerary.base);
    let from = match leave.date() == day.date {
        true => leave.time(),
        false => Time::midnight(),
    };
    let name = locale.pick(
        "Trajet vers l’aéroport, puis vol",
        "The way to the airport, then the flight",
    );
    travel(from, flight.at.time(), name)
}

fn travel(from: Time, to: Time, name: &str) -> Stop {
    Stop {
        from: minute(from),
        to: minute(to),
        kind: StopKind::Travel,
        name: name.to_owned(),
        walk_minutes: 0,
        at: None,
        note: None,
    }
}

/// The time without its seconds.
fn minute(time: Time) -> Time {
    Time::new(time.hour(), time.minute(), 0, 0).unwrap_or(time)
}

/// "Gulbenkian instead of Alfama (12 min on foot)".
fn rain(day: &Day, locale: Locale) -> Option<String> {
    let lines = day.shelters.iter().map(|shelter| {
        let (dry, wet) = (shelter.sight.name(locale), shelter.instead_of.name(locale));
        let way = in_brackets(shelter.way, locale);
        match locale {
            Locale::Fr => format!("{dry} au lieu de : {wet}{way}"),
            Locale::En => format!("{dry} instead of {wet}{way}"),
        }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| lines.join(locale.pick(" ; ", "; ")))
}

fn in_brackets(way: Way, locale: Locale) -> String {
    match way.minutes {
        0 => String::new(),
        _ => format!(" ({})", wording::way(way, locale)),
    }
}
