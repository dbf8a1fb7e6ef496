//! What the built-in model says of costs.

use super::{
    calculate_total_cost::{CalculateTotalCost, CalculateTotalCostArgs, CostLeg},
    card,
    found::{CostFound, Fare},
};
use crate::{
    capability::{
        arguments::{ages, number},
        asking,
        flights::search_flights::FurtherLeg,
        wording,
    },
    language::Topic,
    locale::Locale,
    planner::{Brief, LookUp, Progress, Reply, View},
    travel::Money,
};

/// Changes that the text names; the card has all.
const NAMED: usize = 2;

/// The next step for a question about the cost.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    let Some(when) = asking::days_or_some(view, brief) else {
        return asking::which_days(view, brief);
    };
    let budget = asking::budget(view, brief);
    let (check_in, check_out) = when.days;
    let several = brief.ways.as_ref();
    let home = several.map(|ways| ways.home.clone());
    let legs = several.map(|ways| ways.further.iter().map(leg).collect());
    let args = CalculateTotalCostArgs {
        city: place.code.to_string(),
        departure: home.or(brief.home.map(|code| code.to_string())),
        check_in,
        check_out,
        legs: legs.unwrap_or_default(),
        adults: Some(brief.party.adults),
        children_ages: ages(&brief.party),
        rooms: brief.details.rooms,
        category: brief.details.category,
        budget: budget.amount.and_then(number),
        budget_per_person: budget.each.then_some(true),
        currency: Some(budget.currency.to_string()),
        savings: (brief.topic == Topic::Relax).then_some(true),
    };
    match view.look_up::<CalculateTotalCost, CostFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(answer(view, brief, found, when.assumed)),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

fn leg(leg: &FurtherLeg) -> CostLeg {
    CostLeg {
        departure: leg.departure.clone(),
        arrival: leg.arrival.clone(),
        date: leg.date,
    }
}

/// Which flights are counted.
fn flights(found: &CostFound, locale: Locale) -> String {
    let several = found.ways > 1;
    let text = match (found.fare, several) {
        (Fare::OfTrip, false) => locale.pick("avec le vol choisi", "with the chosen flight"),
        (Fare::OfTrip, true) => locale.pick(
            "avec les vols choisis, tous trajets compris",
            "with the chosen flights of all the ways",
        ),
        (Fare::Cheapest, false) => {
            locale.pick("avec le vol le moins cher", "with the cheapest flight")
        }
        (Fare::Cheapest, true) => locale.pick(
            "avec les vols les moins chers de tous les trajets",
            "with the cheapest flights of all the ways",
        ),
        (Fare::NotFound, false) => locale.pick(
            "sans vol : je n’en connais pas",
            "without flights: I know of none",
        ),
        (Fare::NotFound, true) => locale.pick(
            "sans aucun des vols : je n’en connais pas pour ce parcours",
            "without any of the flights: I know of none for this route",
        ),
        (Fare::NoDeparture, _) => locale.pick("sans les vols", "without flights"),
    };
    text.to_owned()
}

fn answer(view: &View<'_>, brief: &Brief<'_>, found: &CostFound, assumed: bool) -> Reply {
    let locale = view.locale();
    let cities: Vec<_> = found
        .cities(locale)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let at = match (cities.len(), locale) {
        (2.., Locale::Fr) => format!("Pour {}", wording::list(&cities, locale)),
        (2.., Locale::En) => format!("For {}", wording::list(&cities, locale)),
        _ => wording::capitalised(&wording::at(found.destination.name(locale), locale)),
    };
    let Some(bill) = &found.bill else {
        return match locale {
            Locale::Fr => format!("{at}, je ne connais pas le prix d’un séjour."),
            Locale::En => format!("{at}, I do not know what a stay costs."),
        }
        .into();
    };
    let (total, each) = (
        wording::about(bill.total, locale),
        wording::about(bill.per_person, locale),
    );
    let stay = wording::stay(found.stay, found.party.size(), locale).replace(" · ", ", ");
    let flights = flights(found, locale);
    let alone = bill.people == 1;
    let first = match (locale, alone) {
        (Locale::Fr, false) => format!(
            "{at} ({stay}), comptez environ **{total}** au total, soit {each} par personne, {flights}."
        ),
        (Locale::Fr, true) => {
            format!("{at} ({stay}), comptez environ **{total}** au total, {flights}.")
        }
        (Locale::En, false) => {
            format!("{at} ({stay}), expect a total of about **{total}**, {each} each, {flights}.")
        }
        (Locale::En, true) => {
            format!("{at} ({stay}), expect a total of about **{total}**, {flights}.")
        }
    };
    let mut lines = vec![first];
    lines.extend(against(found, locale));
    let mut told = vec![savings(found, brief, locale)];
    if brief.topic != Topic::Relax {
        told.push(Some(
            locale
                .pick(
                    "Montants indicatifs, détaillés dans la carte.",
                    "Indicative amounts, itemised in the card.",
                )
                .to_owned(),
        ));
    }
    if assumed {
        told.push(Some(asking::assumed_days(found.stay, locale)));
    }
    let told: Vec<_> = told.into_iter().flatten().collect();
    lines.push(told.join(" "));
    let text = lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>();
    let text = asking::with_assumed_party(text.join("\n\n"), brief, locale);
    if found.fare == Fare::NoDeparture && brief.topic == Topic::Cost && brief.is_of_one_stop {
        // The flights lead to several cities: they are counted with the whole.
        let note = locale.pick(
            "Pour le voyage entier, vols compris, demandez le total de tout le voyage.",
            "For the whole trip with its flights, ask for the total of the whole trip.",
        );
        return format!("{text} {note}").into();
    }
    if found.fare == Fare::NoDeparture && brief.topic == Topic::Cost {
        let question = locale.pick(
            "D’où partiriez-vous ? J’ajouterai les vols.",
            "Where would you leave from? I will add the flights.",
        );
        return Reply::asking(format!("{text} {question}"), asking::again(view, brief));
    }
    text.into()
}

/// What is left of the budget, or missing.
fn against(found: &CostFound, locale: Locale) -> Option<String> {
    let (budget, left) = found.budget.zip(found.left)?;
    let off = Money::new(left.minor.abs(), left.currency);
    let (budget, off) = (wording::about(budget, locale), wording::about(off, locale));
    Some(match (left.minor < 0, locale) {
        (false, Locale::Fr) => {
            format!("Sur votre budget de {budget}, il reste {off} : c’est {off} en dessous.")
        }
        (false, Locale::En) => format!("Your budget of {budget} suffices: it is {off} under."),
        (true, Locale::Fr) => {
            format!("Votre budget de {budget} est dépassé : c’est {off} au-dessus.")
        }
        (true, Locale::En) => {
            format!("Your budget of {budget} does not suffice: it is {off} over.")
        }
    })
}

/// What would make it cheaper; nothing is changed by itself.
fn savings(found: &CostFound, brief: &Brief<'_>, locale: Locale) -> Option<String> {
    let named = found.savings.iter().take(NAMED).map(|saving| {
        let saves = wording::about(saving.saves, locale);
        let change = card::change(saving, locale);
        match locale {
            Locale::Fr => format!("{change} (−{saves})"),
            Locale::En => format!("{change} (saves {saves})"),
        }
    });
    let named: Vec<_> = named.collect();
    if named.is_empty() {
        return (brief.topic == Topic::Relax || found.is_over()).then(|| {
            locale
                .pick(
                    "Je n’ai rien trouvé qui coûte moins : c’est déjà le plus simple.",
                    "I found nothing that costs less: it is the simplest already.",
                )
                .to_owned()
        });
    }
    let named = named.join(locale.pick(" ; ", "; "));
    Some(match locale {
        Locale::Fr => format!(
            "Ce qui allégerait le plus : {named}. Rien n’est changé tant que vous ne le dites pas."
        ),
        Locale::En => format!("What would save most: {named}. Nothing changes until you say so."),
    })
}
