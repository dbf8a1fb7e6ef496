//! Sights as a sheet, and as a text for models.

use guide::{opening, sights::SOURCE, way};

use super::found::{FoundSight, NearbyFound, SightsFound};
use crate::{
    capability::{tastes, wording},
    event::Card,
    locale::Locale,
    sheet::{Block, Item, Sheet},
    travel::format,
};

/// Most public holidays that are told.
const MOST_HOLIDAYS: usize = 6;

/// Sights of a city.
pub(super) fn sights(found: &SightsFound, locale: Locale) -> Option<Card> {
    if found.sights.is_empty() {
        return None;
    }
    let city = found.destination.name(locale);
    let title = match locale {
        Locale::Fr => format!("À voir : {city}"),
        Locale::En => format!("What to see: {city}"),
    };
    let mut sheet =
        Sheet::new("find_cultural_activities", title).with(items(&found.sights, locale));
    sheet.lead = lead(found, locale);
    sheet.notes = notes(&found.sights, locale);
    sheet.notes.extend(holidays(found, locale));
    sheet.sources = vec![
        wording::origin(&SOURCE, locale),
        wording::origin(&opening::SOURCE, locale),
    ];
    Some(Card::Sheet(Box::new(sheet)))
}

/// What was asked for.
fn lead(found: &SightsFound, locale: Locale) -> Option<String> {
    let liked = Some(tastes::labels(&found.interests, locale)).filter(|all| !all.is_empty());
    let exclude = Some(tastes::labels(&found.exclude, locale)).filter(|all| !all.is_empty());
    let exclude = exclude.map(|all| match locale {
        Locale::Fr => format!("sans {all}"),
        Locale::En => format!("no {all}"),
    });
    let parts: Vec<_> = liked.into_iter().chain(exclude).collect();
    (!parts.is_empty()).then(|| wording::capitalised(&parts.join(" · ")))
}

/// Sights around a spot.
pub(super) fn nearby(found: &NearbyFound, locale: Locale) -> Option<Card> {
    let spot = found.spot?.name(locale);
    if found.sights.is_empty() {
        return None;
    }
    let city = found.destination.name(locale);
    let title = match locale {
        Locale::Fr => format!("Autour de : {spot} ({city})"),
        Locale::En => format!("Around {spot} ({city})"),
    };
    let mut sheet = Sheet::new("find_nearby_attractions", title).with(items(&found.sights, locale));
    let km = wording::kilometres(found.radius_km, locale);
    sheet.lead = Some(match locale {
        Locale::Fr => format!("À {km} au plus à vol d’oiseau"),
        Locale::En => format!("Within {km} in a straight line"),
    });
    sheet.notes = notes(&found.sights, locale);
    let note = locale.pick(
        "Distances et durées à pied estimées : je n’ai pas de plan des rues.",
        "Distances and minutes on foot are estimated: I have no map of streets.",
    );
    sheet.notes.push(note.to_owned());
    sheet.sources = vec![
        wording::origin(&SOURCE, locale),
        wording::origin(&way::SOURCE, locale),
        wording::origin(&opening::SOURCE, locale),
    ];
    Some(Card::Sheet(Box::new(sheet)))
}

fn items(sights: &[FoundSight], locale: Locale) -> Block {
    let items = sights.iter().map(|found| {
        let mut item = Item::new(found.sight.name(locale), detail(found, locale));
        item.note = closing(found, locale);
        item
    });
    Block::Items {
        heading: None,
        items: items.collect(),
    }
}

/// "musée · environ 1 h 30 · 1,2 km, 16 min à pied".
fn detail(found: &FoundSight, locale: Locale) -> String {
    let minutes = wording::minutes(found.sight.minutes, locale);
    let mut parts = vec![
        found.sight.kind.label(locale).to_owned(),
        match locale {
            Locale::Fr => format!("environ {minutes} sur place"),
            Locale::En => format!("about {minutes} there"),
        },
    ];
    if let Some(way) = found.way {
        let km = wording::kilometres(way.km, locale);
        parts.push(format!("{km}, {}", wording::way(way, locale)));
    }
    parts.join(" · ")
}

/// "souvent fermé le lundi".
fn closing(found: &FoundSight, locale: Locale) -> Option<String> {
    if found.closed_weekdays.is_empty() {
        return None;
    }
    let days = wording::weekdays(found.weekdays(), locale);
    Some(match (found.is_own_day, locale) {
        (true, Locale::Fr) => format!("en général fermé {days}"),
        (true, Locale::En) => format!("usually closed {days}"),
        (false, Locale::Fr) => format!("ce genre de lieu ferme souvent {days}"),
        (false, Locale::En) => format!("places of this kind often close {days}"),
    })
}

fn notes(sights: &[FoundSight], locale: Locale) -> Vec<String> {
    let mut notes = Vec::new();
    if sights.iter().any(|found| found.closes_on_holidays) {
        let note = locale.pick(
            "Musées, palais et marchés ferment souvent les jours fériés ; vérifiez les horaires sur \
             place.",
            "Museums, palaces and markets often close on public holidays; check opening hours.",
        );
        notes.push(note.to_owned());
    }
    let note = locale.pick(
        "Durées de visite estimées ; ni prix ni billets ici.",
        "Visit times are estimates; no prices or tickets here.",
    );
    notes.push(note.to_owned());
    notes
}

fn holidays(found: &SightsFound, locale: Locale) -> Option<String> {
    let days = found.holidays.iter().take(MOST_HOLIDAYS).map(|holiday| {
        let date = format::short_date(holiday.date, locale);
        format!("{} ({date})", holiday.name(locale))
    });
    let days: Vec<_> = days.collect();
    if days.is_empty() {
        return None;
    }
    let days = wording::list(&days, locale);
    Some(match locale {
        Locale::Fr => format!("Fériés pendant la visite : {days}."),
        Locale::En => format!("Public holidays during the visit: {days}."),
    })
}

/// Sights for models that read text.
pub(super) fn sights_text(found: &SightsFound, locale: Locale) -> String {
    let city = found.destination.name(locale);
    if found.sights.is_empty() {
        return format!(
            "No sight of {city} in the tables suits this ({} are known there). Do not name others.",
            found.known
        );
    }
    let mut text = format!(
        "Sights of {city}, best known first ({} of {} that suit; visit times and closing days are \
         usual ones):",
        found.sights.len(),
        found.suited
    );
    for sight in &found.sights {
        text.push_str(&line(sight, locale));
    }
    text.extend(holidays(found, Locale::En).map(|days| format!("\n{days}")));
    text
}

/// What is around a spot for models that read text.
pub(super) fn nearby_text(found: &NearbyFound, locale: Locale) -> String {
    let city = found.destination.name(locale);
    let Some(spot) = found.spot else {
        return format!(
            "No place of that name is known in {city}. Known there: {}.",
            found.known.join(", ")
        );
    };
    let spot = spot.name(locale);
    let km = wording::kilometres(found.radius_km, Locale::En);
    if found.sights.is_empty() {
        let nearest = found.nearest.iter().map(|sight| line(sight, locale));
        let nearest: String = nearest.collect();
        return format!("No other sight is known within {km} of {spot}. The nearest:{nearest}");
    }
    let mut text = format!("Sights within {km} of {spot} in {city}, nearest first:");
    for sight in &found.sights {
        text.push_str(&line(sight, locale));
    }
    text
}

fn line(found: &FoundSight, locale: Locale) -> String {
    let (sight, at) = (found.sight, found.sight.at);
    let closing = closing(found, Locale::En).map(|days| format!("; {days}"));
    format!(
        "\n{}: {}{} ({:.4}, {:.4})",
        sight.name(locale),
        detail(found, Locale::En),
        closing.unwrap_or_default(),
        at.lat,
        at.lon
    )
}
