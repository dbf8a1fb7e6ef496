//! Days as a sheet, and as a text for models.

use guide::{
    days::{Day, MAX_DAYS, Reason},
    dishes, opening, quarters, sights, way,
};

use super::found::{ItineraryFound, LeftOutSight, is_free};
use crate::{
    capability::wording,
    event::Card,
    locale::Locale,
    sheet::{Block, DayStop, Sheet},
    travel::format,
    trip::{PlannedDay, Stop, StopKind},
};

/// Sights left out that are told.
const MOST_LEFT_OUT: usize = 4;

/// A block a day.
pub(super) fn card(found: &ItineraryFound, locale: Locale) -> Option<Card> {
    let (plan, itinerary) = (found.plan.as_ref()?, found.itinerary.as_ref()?);
    let title = match locale {
        Locale::Fr => format!("Programme : {}", plan.name),
        Locale::En => format!("Day by day: {}", plan.name),
    };
    let mut sheet = Sheet::new("create_visit_itinerary", title);
    for (nth, (day, source)) in plan.days.iter().zip(&itinerary.days).enumerate() {
        sheet.blocks.push(block(nth + 1, day, source, locale));
    }
    sheet.lead = Some(lead(found, plan.days.len(), locale));
    sheet.notes = notes(found, locale);
    sheet.sources = [
        &sights::SOURCE,
        &way::SOURCE,
        &opening::SOURCE,
        &quarters::SOURCE,
        &dishes::SOURCE,
    ]
    .map(|source| wording::origin(source, locale))
    .into();
    Some(Card::Sheet(Box::new(sheet)))
}

/// "du 3 mars au 5 mars · 3 jours · rythme normal · avec enfants".
fn lead(found: &ItineraryFound, days: usize, locale: Locale) -> String {
    let mut parts = vec![
        wording::days(found.first, found.last, locale),
        wording::counted(days, ["jour", "jours"], ["day", "days"], locale),
        match locale {
            Locale::Fr => format!("rythme {}", found.pace.label(locale)),
            Locale::En => format!("{} pace", found.pace.label(locale)),
        },
    ];
    if found.children {
        parts.push(locale.pick("avec des enfants", "with children").to_owned());
    }
    parts.extend(found.base.map(|spot| match locale {
        Locale::Fr => format!("départ et retour : {}", spot.name(locale)),
        Locale::En => format!("from and back to {}", spot.name(locale)),
    }));
    wording::capitalised(&parts.join(" · "))
}

fn block(nth: usize, day: &PlannedDay, source: &Day, locale: Locale) -> Block {
    let date = format::date(day.date, locale);
    let quarter = source.quarter.map(|quarter| quarter.name(locale));
    let heading = match locale {
        Locale::Fr => format!("Jour {nth} · {date}"),
        Locale::En => format!("Day {nth} · {date}"),
    };
    let heading = quarter.map_or_else(|| heading.clone(), |name| format!("{heading} · {name}"));
    let free = is_free(source);
    let heading = match free {
        true => format!("{heading} · {}", locale.pick("journée libre", "free day")),
        false => heading,
    };
    let rain = day.rain.as_ref().map(|rain| match locale {
        Locale::Fr => format!("S’il pleut : {rain}."),
        Locale::En => format!("If it rains: {rain}."),
    });
    let holiday = source.holiday.then(|| {
        let note = locale.pick(
            "Jour férié : musées et marchés ferment souvent.",
            "Public holiday: museums and markets often close.",
        );
        note.to_owned()
    });
    let nothing = source.steps.is_empty().then(|| {
        let note = locale.pick(
            "Rien de prévu : il ne reste pas de temps pour une visite.",
            "Nothing planned: no time is left for a visit.",
        );
        note.to_owned()
    });
    let bare = free.then(|| {
        let note = locale.pick(
            "Journée libre : il ne me reste aucun site souvent ouvert ce jour-là.",
            "A free day: I have no sight left that is often open then.",
        );
        note.to_owned()
    });
    let note: Vec<_> = [holiday, nothing, bare, rain]
        .into_iter()
        .flatten()
        .collect();
    Block::Day {
        heading,
        stops: day.stops.iter().map(shown).collect(),
        note: (!note.is_empty()).then(|| note.join(" ")),
    }
}

fn shown(stop: &Stop) -> DayStop {
    DayStop {
        time: hours(stop),
        name: stop.name.clone(),
        note: stop.note.clone(),
    }
}

/// "09:30–11:00"; what goes on after midnight has no end.
fn hours(stop: &Stop) -> String {
    let clock = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let (from, to) = (clock(stop.from), clock(stop.to));
    match (stop.kind, to.as_str(), from.as_str()) {
        (StopKind::Travel, "23:59", _) => from,
        (StopKind::Travel, _, "00:00") => to,
        _ => format!("{from}–{to}"),
    }
}

fn notes(found: &ItineraryFound, locale: Locale) -> Vec<String> {
    let mut notes = Vec::new();
    let note = locale.pick(
        "Durées, trajets, heures et jours de fermeture sont des règles habituelles : vérifiez et \
         réservez avant d’y aller.",
        "Visit times, ways, hours and closing days are usual rules: check and book before you go.",
    );
    notes.push(note.to_owned());
    notes.extend(left_out(found, locale));
    match &found.holidays {
        Some(days) if !days.is_empty() => {
            let days = days.iter().map(|holiday| {
                let date = format::short_date(holiday.date, locale);
                format!("{} ({date})", holiday.name(locale))
            });
            let days = wording::list(&days.collect::<Vec<_>>(), locale);
            notes.push(match locale {
                Locale::Fr => format!("Fériés pendant le séjour : {days}."),
                Locale::En => format!("Public holidays during the stay: {days}."),
            });
        }
        Some(_) => {}
        None => {
            let note = locale.pick(
                "Je ne connais pas les jours fériés de ces dates.",
                "I do not know the public holidays of those days.",
            );
            notes.push(note.to_owned());
        }
    }
    if found.flights_elsewhen {
        let note = locale.pick(
            "Le vol du voyage tombe d’autres jours : il n’est pas compté ici.",
            "The flight of the trip is on other days: it is not counted here.",
        );
        notes.push(note.to_owned());
    }
    notes
}

fn left_out(found: &ItineraryFound, locale: Locale) -> Option<String> {
    let said = found.left_out.iter().take(MOST_LEFT_OUT);
    let said: Vec<_> = said.map(|left| missing(left, locale)).collect();
    let said = wording::list(&said, locale);
    (!said.is_empty()).then(|| match locale {
        Locale::Fr => format!("Connus mais laissés de côté : {said}."),
        Locale::En => format!("Well known but left out: {said}."),
    })
}

/// "Louvre (souvent fermé ces jours-là)".
pub(super) fn missing(left: &LeftOutSight, locale: Locale) -> String {
    let reason = match left.reason {
        Reason::Shut(_) => locale.pick("souvent fermé ces jours-là", "often closed on these days"),
        Reason::Far => locale.pick("loin", "far"),
        Reason::Time => locale.pick("faute de temps", "no time"),
    };
    format!("{} ({reason})", left.sight.name(locale))
}

/// More days than are planned; how many are.
pub(super) fn is_cut(found: &ItineraryFound) -> Option<usize> {
    let days = found.first.until(found.last).ok()?.get_days();
    let days = usize::try_from(days).ok()? + 1;
    (days > MAX_DAYS).then_some(MAX_DAYS)
}

/// The same for models that read text.
pub(super) fn text(found: &ItineraryFound, locale: Locale) -> String {
    let Some(plan) = &found.plan else {
        let city = found.destination.name(locale);
        return format!("No sights of {city} are known: no plan. Do not invent one.");
    };
    let mut text = format!(
        "Plan for {} ({} pace; times are estimates, closing days usual ones; no restaurant is known \
         by name):",
        plan.name,
        found.pace.label(Locale::En)
    );
    for day in &plan.days {
        text.push_str(&format!("\n{}", day.date));
        for stop in &day.stops {
            let note = stop.note.as_ref().map(|note| format!(" ({note})"));
            text.push_str(&format!(
                "\n- {} {}{}",
                hours(stop),
                stop.name,
                note.unwrap_or_default()
            ));
        }
        if let Some(rain) = &day.rain {
            text.push_str(&format!("\n- If it rains: {rain}"));
        }
    }
    for note in notes(found, Locale::En) {
        text.push_str(&format!("\n{note}"));
    }
    if !found.unknown.is_empty() {
        text.push_str(&format!("\nNot known there: {}.", found.unknown.join(", ")));
    }
    if let Some(days) = is_cut(found) {
        text.push_str(&format!("\nOnly the first {days} days are planned."));
    }
    text
}
