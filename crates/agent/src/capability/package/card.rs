//! Packages as a sheet, as a text for models, and as the parts of a trip.

use guide::{
    costs::Expense,
    package::{Package, Reason, Relaxation, Tier},
    stays::SOURCE,
};

use super::found::PackagesFound;
use crate::{
    capability::{
        costs::expense_name,
        wording::{self, counted},
    },
    event::Card,
    locale::Locale,
    planner::{offer_text, phrases},
    sheet::{Block, Item, Sheet},
    travel::{Offer, format},
    trip::{Cost, CostLine, Part, PlannedStay},
};

/// The parts of a trip that the package brings which was taken, or recommended where nothing was chosen yet.
pub(super) fn planned(found: &PackagesFound, locale: Locale) -> Option<Part> {
    let (package, offer) = found.best().filter(|_| !found.keeps_flights)?;
    let lines = package.bill.lines.iter().map(|line| CostLine {
        expense: expense_name(line.expense).to_owned(),
        total: line.total,
    });
    Some(Part::All {
        flight: Box::new(offer.clone()),
        stay: PlannedStay {
            city: found.arrival,
            name: found.destination.name(locale).to_owned(),
            check_in: found.stay.check_in,
            check_out: found.stay.check_out,
            lodging: package.style.category.into(),
            rooms: found.rooms,
            total: package.bill.line(Expense::Stay)?,
            quarter: None,
        },
        cost: Cost {
            lines: lines.collect(),
            total: package.bill.total,
            per_person: package.bill.per_person,
            budget: found.budget,
            rates_of: found.rates_of,
        },
    })
}

/// The tiers side by side, why each is as it is, and what would fit the budget.
pub(super) fn sheet(found: &PackagesFound, locale: Locale) -> Option<Card> {
    found.packages.first()?;
    let city = found.destination.name(locale);
    let title = match locale {
        Locale::Fr => format!("Formules : {city}"),
        Locale::En => format!("Packages: {city}"),
    };
    let mut sheet = Sheet::new("recommend_best_package", title)
        .with(table(found, locale))
        .with(reasons(found, locale))
        .with(relaxed(found, locale));
    sheet.lead = Some(wording::stay(found.stay, found.party.size(), locale));
    sheet.notes = notes(found, locale);
    sheet.sources = vec![wording::origin(&SOURCE, locale)];
    sheet.sources.extend(
        found
            .basis
            .source()
            .map(|rates| wording::origin(&rates, locale)),
    );
    Some(Card::Sheet(Box::new(sheet)))
}

fn table(found: &PackagesFound, locale: Locale) -> Block {
    let expenses = [
        Expense::Flights,
        Expense::Stay,
        Expense::Meals,
        Expense::Visits,
    ];
    let mut head = vec![locale.pick("Poste", "Item").to_owned()];
    head.extend(
        found
            .packages
            .iter()
            .map(|package| package.tier.name(locale).to_owned()),
    );
    let mut rows: Vec<Vec<String>> = Vec::new();
    for expense in expenses {
        let cells = found.packages.iter().map(|package| {
            let total = package.bill.line(expense);
            total.map_or_else(|| "–".to_owned(), |total| wording::about(total, locale))
        });
        rows.push(
            [expense.name(locale).to_owned()]
                .into_iter()
                .chain(cells)
                .collect(),
        );
    }
    let total = found
        .packages
        .iter()
        .map(|package| wording::about(package.bill.total, locale));
    rows.push(
        [locale.pick("Total", "Total").to_owned()]
            .into_iter()
            .chain(total)
            .collect(),
    );
    let each = found
        .packages
        .iter()
        .map(|package| wording::about(package.bill.per_person, locale));
    rows.push(
        [locale.pick("Par personne", "Each").to_owned()]
            .into_iter()
            .chain(each)
            .collect(),
    );
    let total_row = rows.len() - 2;
    Block::Table {
        heading: None,
        head,
        rows,
        best: Some(total_row),
    }
}

fn reasons(found: &PackagesFound, locale: Locale) -> Block {
    let items =
        found
            .packages
            .iter()
            .zip(&found.flights)
            .enumerate()
            .map(|(at, (package, offer))| {
                let name = package.tier.name(locale);
                let name = match (found.taken == Some(at), locale) {
                    (true, Locale::Fr) => format!("{name} : mon conseil"),
                    (true, Locale::En) => format!("{name}: my advice"),
                    (false, _) => name.to_owned(),
                };
                let mut item = Item::new(name, description(found, package, offer, locale));
                item.note = trade_off(package, locale);
                item
            });
    Block::Items {
        heading: Some(
            locale
                .pick("Ce que chacune offre", "What each offers")
                .to_owned(),
        ),
        items: items.collect(),
    }
}

/// The flight and why, the rooms, the meals.
fn description(found: &PackagesFound, package: &Package, offer: &Offer, locale: Locale) -> String {
    let rooms = counted(
        found.rooms.into(),
        ["chambre", "chambres"],
        ["room", "rooms"],
        locale,
    );
    let reason = match package.reason {
        Reason::Cheapest => locale.pick("le vol le moins cher", "the cheapest flight"),
        Reason::Best => locale.pick(
            "le meilleur compromis entre prix et durée",
            "the best balance of price and time",
        ),
        Reason::Smoothest => locale.pick(
            "le vol avec le moins d’escales et le plus rapide",
            "the flight with fewest stops, and the fastest",
        ),
    };
    let flight = offer_text::figures(offer, locale);
    let (category, meals) = (
        package.style.category.name(locale),
        package.style.meals.name(locale),
    );
    match locale {
        Locale::Fr => {
            format!("{reason} ({flight}) ; {rooms} en catégorie {category} ; repas {meals}")
        }
        Locale::En => format!("{reason} ({flight}); {rooms}, {category}; {meals} meals"),
    }
}

/// What a tier costs more than the thriftiest, and what it gains in time.
fn trade_off(package: &Package, locale: Locale) -> Option<String> {
    if package.tier == Tier::Thrifty {
        return None;
    }
    let dearer = wording::about(package.dearer_by, locale);
    let time = jiff::SignedDuration::from_mins(package.saves_minutes);
    let time = format::duration(time, locale);
    Some(match (package.saves_minutes, locale) {
        (0, Locale::Fr) => format!("{dearer} de plus que l’économique, aussi long en vol"),
        (0, Locale::En) => format!("{dearer} more than the thrifty one, as long in the air"),
        (1.., Locale::Fr) => {
            format!("{dearer} de plus que l’économique, {time} de trajet en moins")
        }
        (1.., Locale::En) => format!("{dearer} more than the thrifty one, {time} less on the way"),
        (_, Locale::Fr) => format!("{dearer} de plus que l’économique, {time} de trajet en plus"),
        (_, Locale::En) => format!("{dearer} more than the thrifty one, {time} more on the way"),
    })
}

fn relaxed(found: &PackagesFound, locale: Locale) -> Option<Block> {
    let items = found.relaxations.iter().map(|change| {
        let total = wording::about(change.total(), locale);
        let detail = match locale {
            Locale::Fr => format!("{total} en tout"),
            Locale::En => format!("{total} in all"),
        };
        Item::new(
            wording::capitalised(&change_text(found, change, locale)),
            detail,
        )
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| Block::Items {
        heading: Some(
            locale
                .pick(
                    "Ce qui tiendrait dans le budget",
                    "What would fit the budget",
                )
                .to_owned(),
        ),
        items,
    })
}

/// A change that would fit the budget, in words.
pub(super) fn change_text(found: &PackagesFound, change: &Relaxation, locale: Locale) -> String {
    match change {
        Relaxation::Dates { depart, .. } => {
            let nights = found.stay.nights().count();
            let nights = u16::try_from(nights).unwrap_or_default();
            let days = guide::stays::Stay::of(*depart, nights);
            let days = days.map_or_else(
                || format::short_date(*depart, locale),
                |stay| wording::days(stay.check_in, stay.check_out, locale),
            );
            match locale {
                Locale::Fr => format!("partir à d’autres dates, {days}"),
                Locale::En => format!("going on other dates, {days}"),
            }
        }
        Relaxation::Airport { code, .. } => {
            let city = phrases::city(&[*code], locale).unwrap_or_else(|| code.as_str());
            match locale {
                Locale::Fr => format!(
                    "partir d’un autre aéroport : {city} ({code}), trajet jusque-là en plus"
                ),
                Locale::En => format!(
                    "leaving from another airport: {city} ({code}), the way there not counted"
                ),
            }
        }
        Relaxation::Nights { nights, .. } => {
            let nights = wording::nights((*nights).into(), locale);
            match locale {
                Locale::Fr => format!("rester moins longtemps : {nights}, au prix du même vol"),
                Locale::En => format!("staying less: {nights}, at the price of the same flight"),
            }
        }
        Relaxation::Flat { .. } => locale
            .pick("prendre un logement entier", "taking a place of your own")
            .to_owned(),
    }
}

fn notes(found: &PackagesFound, locale: Locale) -> Vec<String> {
    let mut notes = vec![
        locale
            .pick(
                "Vols du calendrier de démonstration ; nuits, repas et visites indicatifs : rien n’est réservable.",
                "Flights of the demonstration schedule; nights, meals and visits are indicative: nothing can be booked.",
            )
            .to_owned(),
    ];
    notes.extend(wording::rates(found.basis, found.rates_of, locale));
    notes
}

/// Packages for models that read text.
pub(super) fn text(found: &PackagesFound) -> String {
    let city = found.destination.name(Locale::En);
    if found.packages.is_empty() {
        return format!("No flight to {city} is known for these days, so there is no package.");
    }
    let mut text = format!(
        "Packages for {city}, {} to {}, {} travellers; all but flights indicative:",
        found.stay.check_in,
        found.stay.check_out,
        found.party.size()
    );
    for (package, offer) in found.packages.iter().zip(&found.flights) {
        let bill = &package.bill;
        text.push_str(&format!(
            "\n{}: {} in all, {} each; flight {} ({:?}, {}); {:?} rooms, {:?} meals; {} dearer than \
             the thriftiest",
            package.tier.name(Locale::En),
            bill.total,
            bill.per_person,
            offer.id.0,
            package.reason,
            offer.total,
            package.style.category,
            package.style.meals,
            package.dearer_by
        ));
    }
    match (found.best(), found.misses_by()) {
        (Some((best, _)), _) => {
            text.push_str(&format!("\nrecommended: {}", best.tier.name(Locale::En)));
        }
        (None, Some(over)) => text.push_str(&format!(
            "\nnone is within the budget; the cheapest is {over} over"
        )),
        (None, None) => {}
    }
    for change in &found.relaxations {
        text.push_str(&format!(
            "\nwould fit: {} ({})",
            change_text(found, change, Locale::En),
            change.total()
        ));
    }
    text
}
