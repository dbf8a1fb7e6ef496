//! The steps of a day as stops of the trip: visits and meals, flights, and the time that is left free.

use guide::{
    days::{Day, Flight, Itinerary, Step, Table, What},
    opening,
    way::{Mode, Way},
};
use jiff::{SignedDuration, civil::Time};

use crate::{
    capability::wording,
    locale::Locale,
    trip::{PlannedDay, Stop, StopKind},
};

/// Free time of fewer minutes is not worth a line.
const LEAST_FREE: i64 = 60;

/// A day as the trip has it.
pub(super) fn day(
    itinerary: &Itinerary,
    day: &Day,
    flights: (Option<Flight>, Option<Flight>),
    locale: Locale,
) -> PlannedDay {
    let (arrival, departure) = flights;
    let mut stops = Vec::new();
    if let Some(flight) = arrival.filter(|flight| flight.at.date() == day.date) {
        stops.push(landing(flight, itinerary, day, locale));
    }
    for step in &day.steps {
        let before = stops.last().map(|stop: &Stop| stop.to);
        let since = before.or_else(|| day.hours.map(|(from, _)| from));
        stops.extend(since.and_then(|since| free(since, step, day, locale)));
        stops.push(stop(step, locale));
    }
    if let Some(flight) = departure.filter(|flight| flight.at.date() == day.date) {
        stops.push(take_off(flight, itinerary, day, locale));
    }
    PlannedDay {
        date: day.date,
        stops,
        rain: rain(day, locale),
    }
}

fn stop(step: &Step, locale: Locale) -> Stop {
    let (kind, name) = match &step.what {
        What::Visit { visit, .. } => (StopKind::Visit, visit.sight.name(locale).to_owned()),
        What::Meal { table, dinner, .. } => (StopKind::Meal, meal(table, *dinner, locale)),
    };
    Stop {
        from: step.from,
        to: step.to,
        kind,
        name,
        walk_minutes: match step.way.mode {
            Mode::Walk => step.way.minutes,
            Mode::Ride => 0,
        },
        at: Some((step.at.lat, step.at.lon)),
        note: note(step, locale),
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
fn note(step: &Step, locale: Locale) -> Option<String> {
    let mut parts = Vec::new();
    if step.way.minutes > 0 {
        parts.push(wording::way(step.way, locale));
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

/// Time that is left before a step.
fn free(since: Time, step: &Step, day: &Day, locale: Locale) -> Option<Stop> {
    let way = SignedDuration::from_mins(step.way.minutes.into());
    let until = step.from.checked_sub(way).ok()?;
    if until <= since || since.duration_until(until).as_mins() < LEAST_FREE {
        return None;
    }
    let quarter = day.quarter.map(|quarter| quarter.name(locale));
    let name = match (quarter, locale) {
        (Some(quarter), Locale::Fr) => format!("Temps libre : flânerie, {quarter}"),
        (Some(quarter), Locale::En) => format!("Free time: a stroll, {quarter}"),
        (None, Locale::Fr) => "Temps libre".to_owned(),
        (None, Locale::En) => "Free time".to_owned(),
    };
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
        let way = way(shelter.way, locale);
        match locale {
            Locale::Fr => format!("{dry} au lieu de : {wet}{way}"),
            Locale::En => format!("{dry} instead of {wet}{way}"),
        }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| lines.join(locale.pick(" ; ", "; ")))
}

fn way(way: Way, locale: Locale) -> String {
    match way.minutes {
        0 => String::new(),
        _ => format!(" ({})", wording::way(way, locale)),
    }
}
