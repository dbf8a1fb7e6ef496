//! The cheapest days as a sheet and as a text for models.

use guide::{rates, stays::SOURCE, window::TripWindow};

use super::found::WindowFound;
use crate::{
    capability::wording::{self, counted},
    event::Card,
    locale::Locale,
    planner::phrases,
    sheet::{Block, Say, Sheet},
    travel::format,
};

/// The days, cheapest first, with a button each.
pub(super) fn sheet(found: &WindowFound, locale: Locale) -> Option<Card> {
    found.windows.first()?;
    let city = found.destination.name(locale);
    let nights = wording::nights(found.nights.into(), locale);
    let title = match locale {
        Locale::Fr => format!("Les dates les moins chères : {city}, {nights}"),
        Locale::En => format!("The cheapest dates: {city}, {nights}"),
    };
    let rows = found.windows.iter().map(|window| {
        vec![
            wording::days(window.depart, window.return_date, locale),
            wording::about(window.flights, locale),
            wording::about(window.stay, locale),
            wording::about(window.total, locale),
        ]
    });
    let table = Block::Table {
        heading: None,
        head: vec![
            locale.pick("Dates", "Dates").to_owned(),
            locale.pick("Vols", "Flights").to_owned(),
            locale.pick("Nuits", "Nights").to_owned(),
            locale.pick("Ensemble", "Together").to_owned(),
        ],
        rows: rows.collect(),
        best: Some(0),
    };
    let say = found
        .windows
        .iter()
        .filter_map(|window| button(found, window, locale));
    let say: Vec<_> = say.collect();
    let mut sheet = Sheet::new("find_trip_window", title).with(table);
    if !say.is_empty() {
        sheet = sheet.with(Block::Next { say });
    }
    let people = counted(
        found.party.size(),
        ["personne", "personnes"],
        ["person", "people"],
        locale,
    );
    let rooms = counted(
        found.rooms.into(),
        ["chambre", "chambres"],
        ["room", "rooms"],
        locale,
    );
    sheet.lead = Some(format!(
        "{} · {people} · {rooms}, {}",
        departures(found, locale),
        found.category.name(locale)
    ));
    sheet.notes = vec![
        locale
            .pick(
                "Vols du calendrier de démonstration ; prix des nuits indicatifs : rien n’est réservable.",
                "Flights of the demonstration schedule, indicative prices of nights: nothing can be booked.",
            )
            .to_owned(),
    ];
    sheet.sources = vec![wording::origin(&SOURCE, locale)];
    let currency = found.windows.first()?.total.currency;
    let dollars = "USD".parse().unwrap_or(currency);
    let basis = rates::rate(dollars, currency).basis;
    sheet
        .sources
        .extend(basis.source().map(|rates| wording::origin(&rates, locale)));
    Some(Card::Sheet(Box::new(sheet)))
}

/// The span that was compared.
pub(super) fn departures(found: &WindowFound, locale: Locale) -> String {
    let days = wording::days(found.from, found.to, locale);
    match locale {
        Locale::Fr => format!("départs {days}"),
        Locale::En => format!("departures {days}"),
    }
}

/// Searches the flights of these days.
fn button(found: &WindowFound, window: &TripWindow, locale: Locale) -> Option<Say> {
    let from = phrases::city(&found.departure, locale)?;
    let to = found.destination.name(locale);
    let full = |day| format::date(day, locale);
    let (out, back) = (full(window.depart), full(window.return_date));
    Some(Say {
        label: wording::days(window.depart, window.return_date, locale),
        message: match locale {
            Locale::Fr => format!("Vols de {from} à {to} le {out}, retour le {back}"),
            Locale::En => format!("Flights from {from} to {to} on {out}, returning on {back}"),
        },
    })
}

/// The days for models that read text.
pub(super) fn text(found: &WindowFound) -> String {
    let city = found.destination.name(Locale::En);
    if found.windows.is_empty() {
        return format!(
            "No flight to {city} is known for departures {} to {}.",
            found.from, found.to
        );
    }
    let mut text = format!(
        "Cheapest days for {} nights in {city} ({:?} rooms), departures {} to {}, {} days compared; \
         flights of the schedule, indicative nights:",
        found.nights, found.category, found.from, found.to, found.compared
    );
    for window in &found.windows {
        text.push_str(&format!(
            "\n{} to {}: {} (flights {}, nights {})",
            window.depart, window.return_date, window.total, window.flights, window.stay
        ));
    }
    text
}
