//! Nights as a sheet, as a text for models, and as a part of the trip.

use guide::{
    Destination,
    quarters::Quarter,
    stays::{SOURCE, Stay, ceilings},
};

use super::found::{HotelsFound, RentalFound};
use crate::{
    capability::wording::{self, counted},
    event::Card,
    locale::Locale,
    sheet::{Block, Fact, Item, Sheet},
    trip::{Lodging, PlannedStay},
};

/// The stay that the trip goes on with.
pub(super) fn planned_hotel(found: &HotelsFound, locale: Locale) -> Option<PlannedStay> {
    let price = found.taken()?;
    Some(PlannedStay {
        city: found.city,
        name: found.destination.name(locale).to_owned(),
        check_in: found.stay.check_in,
        check_out: found.stay.check_out,
        lodging: price.category.into(),
        rooms: price.rooms,
        total: price.total,
        quarter: None,
    })
}

/// The flat that the trip goes on with.
pub(super) fn planned_rental(found: &RentalFound, locale: Locale) -> Option<PlannedStay> {
    let price = found.price.as_ref()?;
    Some(PlannedStay {
        city: found.city,
        name: found.destination.name(locale).to_owned(),
        check_in: found.stay.check_in,
        check_out: found.stay.check_out,
        lodging: Lodging::Rental,
        rooms: 1,
        total: price.total,
        quarter: None,
    })
}

/// Hotels, by category.
pub(super) fn hotels(found: &HotelsFound, locale: Locale) -> Option<Card> {
    let first = found.prices.first()?;
    let city = found.destination.name(locale);
    let title = match locale {
        Locale::Fr => format!("Hôtels : {city}"),
        Locale::En => format!("Hotels: {city}"),
    };
    let taken = found.taken().map(|price| price.category);
    let rows = found.prices.iter().map(|price| {
        vec![
            capital(price.category.name(locale)),
            wording::about(price.per_night, locale),
            wording::about(price.total, locale),
        ]
    });
    let rooms = counted(
        first.rooms.into(),
        ["chambre", "chambres"],
        ["room", "rooms"],
        locale,
    );
    let table = Block::Table {
        heading: None,
        head: vec![
            locale.pick("Catégorie", "Category").to_owned(),
            locale
                .pick("Une chambre, une nuit", "A room, a night")
                .to_owned(),
            locale.pick("Tout le séjour", "The whole stay").to_owned(),
        ],
        rows: rows.collect(),
        best: found
            .prices
            .iter()
            .position(|price| Some(price.category) == taken),
    };
    let mut sheet = Sheet::new("search_hotels", title)
        .with(table)
        .with(quarters(&found.quarters, locale));
    sheet.lead = Some(format!(
        "{} · {rooms}",
        wording::stay(found.stay, found.party.size(), locale)
    ));
    sheet.notes = notes(found.destination, found.stay, locale);
    sheet.sources = vec![wording::origin(&SOURCE, locale)];
    Some(Card::Sheet(Box::new(sheet)))
}

/// A flat.
pub(super) fn rental(found: &RentalFound, locale: Locale) -> Option<Card> {
    let price = found.price.as_ref()?;
    let city = found.destination.name(locale);
    let title = match locale {
        Locale::Fr => format!("Logement entier : {city}"),
        Locale::En => format!("A place of your own: {city}"),
    };
    let money = |amount| wording::about(amount, locale);
    let mut night = Fact::new(locale.pick("Une nuit", "A night"), money(price.per_night));
    night.note = (price.discount_percent > 0).then(|| match locale {
        Locale::Fr => format!("remise de durée de {} % comprise", price.discount_percent),
        Locale::En => format!("with {}% off for the length", price.discount_percent),
    });
    let facts = vec![
        night,
        Fact::new(
            locale.pick("Ménage, une fois", "Cleaning, once"),
            money(price.cleaning),
        ),
        Fact::new(
            locale.pick("Tout le séjour", "The whole stay"),
            money(price.total),
        ),
    ];
    let facts = Block::Facts {
        heading: None,
        facts,
    };
    let mut sheet = Sheet::new("search_vacation_rentals", title)
        .with(facts)
        .with(quarters(&found.quarters, locale));
    sheet.lead = Some(wording::stay(found.stay, found.party.size(), locale));
    sheet.notes = notes(found.destination, found.stay, locale);
    sheet.notes.push(
        locale
            .pick(
                "Le prix d’un logement entier suit une règle à nous à partir du prix des chambres.",
                "The price of a place of your own follows a rule of ours on the price of rooms.",
            )
            .to_owned(),
    );
    sheet.sources = vec![wording::origin(&SOURCE, locale)];
    Some(Card::Sheet(Box::new(sheet)))
}

/// Quarters to stay in, and why.
fn quarters(quarters: &[&'static Quarter], locale: Locale) -> Option<Block> {
    let items = quarters.iter().map(|quarter| {
        let reasons = quarter.tags.iter().take(2).map(|tag| tag.reason(locale));
        let reasons: Vec<_> = reasons.collect();
        Item::new(quarter.name(locale), reasons.join(locale.pick(" ; ", "; ")))
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| Block::Items {
        heading: Some(
            locale
                .pick("Quartiers où loger", "Quarters to stay in")
                .to_owned(),
        ),
        items,
    })
}

fn notes(place: &Destination, stay: Stay, locale: Locale) -> Vec<String> {
    let mut notes = vec![
        locale
            .pick(
                "Prix indicatifs par catégorie : aucun établissement n’est nommé ni réservé.",
                "Indicative prices by category: no house is named or booked.",
            )
            .to_owned(),
    ];
    let of_country = ceilings(place).is_some_and(|ceilings| !ceilings.is_of_city);
    if of_country {
        let note = locale.pick(
            "La source ne connaît que le pays, pas cette ville : une station peut être plus chère.",
            "The source knows the country only, not this city: a resort may be dearer.",
        );
        notes.push(note.to_owned());
    }
    let _ = stay;
    notes
}

/// Hotels for models that read text.
pub(super) fn hotels_text(found: &HotelsFound, locale: Locale) -> String {
    let city = found.destination.name(locale);
    if found.prices.is_empty() {
        return format!("No figure is known for hotels in {city}.");
    }
    let mut text = format!(
        "Indicative hotel prices in {city}, {} to {} (derived from lodging ceilings of {}; no hotel \
         is known by name):",
        found.stay.check_in, found.stay.check_out, SOURCE.as_of
    );
    for price in &found.prices {
        let category = price.category.name(Locale::En);
        text.push_str(&format!(
            "\n{category}: {} a room and night, {} in all ({} rooms, {} nights)",
            price.per_night, price.total, price.rooms, price.nights
        ));
    }
    text.push_str(&quarters_text(&found.quarters, locale));
    text
}

/// A flat for models that read text.
pub(super) fn rental_text(found: &RentalFound, locale: Locale) -> String {
    let city = found.destination.name(locale);
    let Some(price) = &found.price else {
        return format!("No figure is known for flats in {city}.");
    };
    format!(
        "Indicative price of a flat in {city}, {} to {} for {} guests, by a rule on room prices of \
         {}: {} a night, cleaning {}, {} in all.{}",
        found.stay.check_in,
        found.stay.check_out,
        price.guests,
        SOURCE.as_of,
        price.per_night,
        price.cleaning,
        price.total,
        quarters_text(&found.quarters, locale)
    )
}

fn quarters_text(quarters: &[&'static Quarter], locale: Locale) -> String {
    let names: Vec<_> = quarters
        .iter()
        .map(|quarter| quarter.name(locale))
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("\nQuarters to stay in: {}.", names.join(", ")),
    }
}

fn capital(text: &str) -> String {
    wording::capitalised(text)
}
