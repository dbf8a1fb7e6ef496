//! The cost as a sheet, as a text for models, and as a part of the trip.

use guide::{
    costs::{Expense, Line},
    stays::SOURCE,
};

use super::{
    bill::Nights,
    found::{CostFound, Fare, Saving, SavingKind},
};
use crate::{
    capability::wording::{self, counted},
    event::Card,
    locale::Locale,
    sheet::{Block, Item, Say, Sheet},
    travel::Money,
    trip::{Cost, CostLine, Lodging},
};

/// The cost that the trip goes on with.
pub(super) fn cost(found: &CostFound) -> Option<Cost> {
    let bill = found.bill.as_ref()?;
    let lines = bill.lines.iter().map(|line| CostLine {
        expense: name(line.expense).to_owned(),
        total: line.total,
    });
    Some(Cost {
        lines: lines.collect(),
        total: bill.total,
        per_person: bill.per_person,
        budget: found.budget,
        rates_of: found.rates_of,
    })
}

/// The name of an expense for programs.
pub(crate) const fn name(expense: Expense) -> &'static str {
    match expense {
        Expense::Flights => "flights",
        Expense::Stay => "stay",
        Expense::Meals => "meals",
        Expense::Visits => "visits",
    }
}

/// The bill, and what would make it cheaper.
pub(super) fn sheet(found: &CostFound, locale: Locale) -> Option<Card> {
    let bill = found.bill.as_ref()?;
    let city = found.cities(locale).join(" · ");
    let title = match locale {
        Locale::Fr => format!("Coût du voyage : {city}"),
        Locale::En => format!("Cost of the trip: {city}"),
    };
    let people = i64::from(bill.people.max(1));
    let each = |total: Money| {
        Money::new(
            (total.minor + people - 1).div_euclid(people),
            total.currency,
        )
    };
    let row = |label: String, total: Money| {
        vec![
            label,
            wording::about(total, locale),
            wording::about(each(total), locale),
        ]
    };
    let mut rows: Vec<_> = bill
        .lines
        .iter()
        .map(|line| row(label(line, found, locale), line.total))
        .collect();
    rows.push(row("Total".to_owned(), bill.total));
    let table = Block::Table {
        heading: None,
        head: vec![
            locale.pick("Poste", "Item").to_owned(),
            locale.pick("Pour tous", "For all").to_owned(),
            locale.pick("Par personne", "Each").to_owned(),
        ],
        rows,
        // A sum is nobody's pick.
        best: None,
    };
    let mut sheet = Sheet::new("calculate_total_cost", title)
        .with(table)
        .with(savings(found, locale));
    if found.is_over() {
        let say = Say {
            label: locale
                .pick("Que peut-on enlever ?", "What could go?")
                .to_owned(),
            message: locale
                .pick(
                    "C’est trop cher, que peux-tu enlever ?",
                    "It is too expensive, what can go?",
                )
                .to_owned(),
        };
        sheet = sheet.with(Block::Next { say: vec![say] });
    }
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

/// An expense, and what it rests on.
fn label(line: &Line, found: &CostFound, locale: Locale) -> String {
    let name = line.expense.name(locale);
    let what = match line.expense {
        Expense::Flights => match found.fare {
            Fare::OfTrip => locale
                .pick("l’offre choisie", "the chosen offer")
                .to_owned(),
            _ => locale.pick("les moins chers", "the cheapest").to_owned(),
        },
        Expense::Stay => {
            let mut kinds: Vec<_> = found.nights.iter().map(|n| kind(n, locale)).collect();
            kinds.dedup();
            kinds.join(", ")
        }
        Expense::Meals | Expense::Visits => return name.to_owned(),
    };
    format!("{name} ({what})")
}

/// What is slept in.
fn kind(nights: &Nights, locale: Locale) -> String {
    match nights.lodging.category() {
        Some(category) => {
            let rooms = counted(
                nights.rooms.into(),
                ["chambre", "chambres"],
                ["room", "rooms"],
                locale,
            );
            format!("{rooms}, {}", category.name(locale))
        }
        None => locale
            .pick("logement entier", "a place of your own")
            .to_owned(),
    }
}

fn savings(found: &CostFound, locale: Locale) -> Option<Block> {
    let items = found.savings.iter().map(|saving| {
        let total = wording::about(saving.total, locale);
        let detail = match locale {
            Locale::Fr => format!(
                "{} de moins, {total} en tout",
                wording::about(saving.saves, locale)
            ),
            Locale::En => format!(
                "{} less, {total} in all",
                wording::about(saving.saves, locale)
            ),
        };
        Item::new(wording::capitalised(&change(saving, locale)), detail)
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| Block::Items {
        heading: Some(
            locale
                .pick(
                    "Ce qui coûterait moins, un changement à la fois",
                    "What would cost less, one change at a time",
                )
                .to_owned(),
        ),
        items,
    })
}

/// A change in words: "une nuit de moins".
pub(super) fn change(saving: &Saving, locale: Locale) -> String {
    let days = |from, to| wording::days(from, to, locale);
    match saving.kind {
        SavingKind::Flight => locale
            .pick(
                "le vol le moins cher de ces jours",
                "the cheapest flight of these days",
            )
            .to_owned(),
        SavingKind::Category { category } => match locale {
            Locale::Fr => format!(
                "des chambres en catégorie {}, et les repas avec",
                category.name(locale)
            ),
            Locale::En => format!(
                "rooms of the {} category, and meals with them",
                category.name(locale)
            ),
        },
        SavingKind::Flat => locale
            .pick(
                "un logement entier au lieu de chambres",
                "a place of your own in place of rooms",
            )
            .to_owned(),
        SavingKind::Nights { nights, .. } => match locale {
            Locale::Fr => format!(
                "une nuit de moins ({} en tout)",
                wording::nights(nights.into(), locale)
            ),
            Locale::En => format!(
                "a night less ({} in all)",
                wording::nights(nights.into(), locale)
            ),
        },
        SavingKind::Dates {
            check_in,
            check_out,
        } => match locale {
            Locale::Fr => format!("d’autres dates : {}", days(check_in, check_out)),
            Locale::En => format!("other dates: {}", days(check_in, check_out)),
        },
    }
}

fn notes(found: &CostFound, locale: Locale) -> Vec<String> {
    let mut notes = Vec::new();
    let fare = match found.fare {
        Fare::OfTrip => None,
        Fare::Cheapest => Some(locale.pick(
            "Vols : les moins chers du calendrier de démonstration pour ces dates, aucun n’a été choisi.",
            "Flights: the cheapest of the demonstration schedule for these dates; none was chosen.",
        )),
        Fare::NotFound => Some(locale.pick(
            "Vols non comptés : aucun n’est connu pour ces dates.",
            "Flights are not counted: none is known for these dates.",
        )),
        Fare::NoDeparture => Some(locale.pick(
            "Vols non comptés : je ne sais pas d’où vous partez.",
            "Flights are not counted: I do not know where you leave from.",
        )),
    };
    notes.extend(fare.map(str::to_owned));
    if found
        .nights
        .iter()
        .any(|nights| nights.lodging == Lodging::Rental)
    {
        notes.push(
            locale
                .pick(
                    "Le prix d’un logement entier suit une règle à nous à partir du prix des chambres.",
                    "The price of a place of your own follows a rule of ours on the price of rooms.",
                )
                .to_owned(),
        );
    }
    notes.push(
        locale
            .pick(
                "Nuits, repas et visites : montants indicatifs, dérivés de plafonds officiels par des règles à nous.",
                "Nights, meals and visits: indicative amounts, derived from official ceilings by rules of ours.",
            )
            .to_owned(),
    );
    notes.extend(wording::rates(found.basis, found.rates_of, locale));
    notes
}

/// The cost for models that read text.
pub(super) fn text(found: &CostFound) -> String {
    let city = found.cities(Locale::En).join(", ");
    let Some(bill) = &found.bill else {
        return format!("No figure is known for a stay in {city}.");
    };
    let mut text = format!(
        "Indicative cost of a trip to {city}, {} to {}, for {} travellers (rates of {}):",
        found.stay.check_in,
        found.stay.check_out,
        found.party.size(),
        found.rates_of
    );
    for line in &bill.lines {
        text.push_str(&format!("\n{}: {}", name(line.expense), line.total));
    }
    text.push_str(&format!(
        "\ntotal: {}, {} for each of {}",
        bill.total, bill.per_person, bill.people
    ));
    text.push_str(match found.fare {
        Fare::OfTrip => "\nThe flight is the one that was chosen.",
        Fare::Cheapest => "\nThe flight is the cheapest of these days; none was chosen.",
        Fare::NotFound => "\nFlights are not counted: none is known for these days.",
        Fare::NoDeparture => "\nFlights are not counted: ask where the trip begins.",
    });
    if let Some((budget, left)) = found.budget.zip(found.left) {
        let off = Money::new(left.minor.abs(), left.currency);
        let word = if left.minor < 0 { "over" } else { "under" };
        text.push_str(&format!("\nbudget: {budget}; {off} {word} it"));
    }
    for saving in &found.savings {
        text.push_str(&format!(
            "\nsaves {}: {} (then {})",
            saving.saves,
            change(saving, Locale::En),
            saving.total
        ));
    }
    text
}
