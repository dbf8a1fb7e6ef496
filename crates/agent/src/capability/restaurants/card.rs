//! Food as a sheet, and as a text for models.

use guide::{dishes, quarters, way};

use super::found::FoodFound;
use crate::{
    capability::wording,
    event::Card,
    locale::Locale,
    sheet::{Block, Item, Sheet},
};

/// Dishes, and quarters to eat in.
pub(super) fn card(found: &FoodFound, locale: Locale) -> Option<Card> {
    if found.dishes.is_empty() && found.quarters.is_empty() {
        return None;
    }
    let city = found.destination.name(locale);
    let title = match locale {
        Locale::Fr => format!("Bien manger : {city}"),
        Locale::En => format!("Eating well: {city}"),
    };
    let mut sheet = Sheet::new("recommend_restaurants", title)
        .with(tables(found, locale))
        .with(to_try(found, locale));
    let mut notes = vec![locale.pick(
        "Aucun restaurant n’est nommé : je n’en connais pas. Sur place, demandez aux habitants.",
        "No restaurant is named: I know none. Ask the locals when you are there.",
    )];
    if !found.dishes.is_empty() {
        notes.push(locale.pick(
            "Les plats sont ceux du pays ; certains sont d’une autre région.",
            "The dishes are the country’s; some are from another region.",
        ));
    }
    sheet.notes = notes.into_iter().map(str::to_owned).collect();
    if !found.dishes.is_empty() {
        sheet.sources.push(wording::origin(&dishes::SOURCE, locale));
    }
    if !found.quarters.is_empty() {
        sheet
            .sources
            .push(wording::origin(&quarters::SOURCE, locale));
    }
    if found.quarters.iter().any(|eating| eating.way.is_some()) {
        sheet.sources.push(wording::origin(&way::SOURCE, locale));
    }
    Some(Card::Sheet(Box::new(sheet)))
}

fn tables(found: &FoodFound, locale: Locale) -> Option<Block> {
    let items = found.quarters.iter().map(|eating| {
        let reasons = eating.quarter.tags.iter().take(3);
        let reasons: Vec<_> = reasons.map(|tag| tag.label(locale)).collect();
        let mut item = Item::new(eating.quarter.name(locale), reasons.join(", "));
        let spot = found.spot.map(|spot| spot.name(locale));
        item.note = eating.way.zip(spot).map(|(way, spot)| {
            let way = wording::way(way, locale);
            match locale {
                Locale::Fr => format!("{way} depuis {spot}"),
                Locale::En => format!("{way} from {spot}"),
            }
        });
        item
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| Block::Items {
        heading: Some(
            locale
                .pick("Quartiers où manger", "Quarters to eat in")
                .to_owned(),
        ),
        items,
    })
}

fn to_try(found: &FoodFound, locale: Locale) -> Option<Block> {
    let items = found.dishes.iter().map(|dish| {
        let category = dish.categories.first();
        let category = category.map(|category| category.label(locale).to_owned());
        Item::new(wording::capitalised(dish.name(locale)), category)
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| Block::Items {
        heading: Some(locale.pick("Plats à goûter", "Dishes to try").to_owned()),
        items,
    })
}

/// The same for models that read text.
pub(super) fn text(found: &FoodFound, locale: Locale) -> String {
    let city = found.destination.name(locale);
    let dishes = found.dishes.iter().map(|dish| dish.name(locale));
    let dishes: Vec<_> = dishes.collect();
    let quarters = found.quarters.iter();
    let quarters: Vec<_> = quarters.map(|eating| eating.quarter.name(locale)).collect();
    let or_none = |names: Vec<&str>| match names.is_empty() {
        true => "none known".to_owned(),
        false => names.join(", "),
    };
    let unknown = match (&found.near, found.spot) {
        (Some(_), None) => "\nThe spot that was named is not known there.",
        _ => "",
    };
    format!(
        "Food in {city} (no restaurant is known by name: name none).\nDishes of the country: \
         {}\nQuarters to eat in: {}{unknown}",
        or_none(dishes),
        or_none(quarters)
    )
}
