//! What the built-in model says of packages.

use guide::package::Tier;
use jiff::civil::Date;

use super::{
    card,
    found::PackagesFound,
    recommend_best_package::{RecommendBestPackage, RecommendBestPackageArgs},
};
use crate::{
    capability::{
        arguments::{ages, number},
        asking, wording,
    },
    language,
    locale::Locale,
    planner::{Brief, LookUp, Progress, View, phrases},
    travel::{Money, format},
};

/// Nights where nobody said how many.
const NIGHTS: u16 = 7;
/// Changes that the text names; the card has all.
const NAMED: usize = 2;

/// The next step for a question about packages.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    let Some(home) = brief.home else {
        return asking::where_from(view, brief);
    };
    let Some(when) = When::of(view, brief) else {
        return asking::which_days(view, brief);
    };
    let budget = asking::budget(view, brief);
    let args = RecommendBestPackageArgs {
        departure: home.to_string(),
        arrival: place.code.to_string(),
        date: when.days.map(|(first, _)| first),
        return_date: when.days.map(|(_, last)| last),
        month: when.month.map(|first| first.strftime("%Y-%m").to_string()),
        nights: when.month.map(|_| when.nights),
        adults: Some(brief.party.adults),
        children_ages: ages(&brief.party),
        rooms: brief.details.rooms,
        budget: budget.amount.and_then(number),
        budget_per_person: budget.each.then_some(true),
        currency: Some(budget.currency.to_string()),
        tier: brief.said.tier.map(tier),
    };
    match view.look_up::<RecommendBestPackage, PackagesFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => {
            let text = match taken(found, view.locale()) {
                Some(text) => text,
                None => {
                    let text = answer(found, when.nights_assumed, view.locale());
                    let kept = kept(view, found);
                    kept.map_or(text.clone(), |kept| format!("{text}\n\n{kept}"))
                }
            };
            Progress::Say(asking::with_assumed_party(text, brief, view.locale()).into())
        }
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

const fn tier(said: language::Tier) -> Tier {
    match said {
        language::Tier::Thrifty => Tier::Thrifty,
        language::Tier::Balanced => Tier::Balanced,
        language::Tier::Comfort => Tier::Comfort,
    }
}

/// What is said of the package that the visitor takes.
fn taken(found: &PackagesFound, locale: Locale) -> Option<String> {
    let (package, offer) = found.best().filter(|_| found.is_choice)?;
    let name = package.tier.name(locale).to_lowercase();
    let stay = wording::stay(found.stay, found.party.size(), locale).replace(" · ", ", ");
    let (total, each) = (
        wording::about(package.bill.total, locale),
        wording::about(package.bill.per_person, locale),
    );
    let fare = format::money(offer.total, locale);
    let city = found.destination.name(locale);
    Some(match locale {
        Locale::Fr => format!(
            "C’est noté : votre voyage à {city} ({stay}) suit la formule {name}, environ **{total}** en \
             tout, soit {each} par personne, dont {fare} de vols.\n\nRien n’est réservé ; hors vols, tout \
             est indicatif."
        ),
        Locale::En => format!(
            "Noted: your trip to {city} ({stay}) follows the {name} package, about **{total}** in all, \
             {each} each, of which {fare} for the flights.\n\nNothing is booked; all but flights is \
             indicative."
        ),
    })
}

/// That the trip keeps what was chosen for it until a package is taken.
fn kept(view: &View<'_>, found: &PackagesFound) -> Option<String> {
    let locale = view.locale();
    if !found.keeps_flights || found.packages.is_empty() {
        return None;
    }
    let city = found.destination.name(locale);
    let several = !view.context.trip.onward.is_empty();
    let text = match (several, locale) {
        (true, Locale::Fr) => format!(
            "Une formule est un aller-retour vers {city} seulement : vos autres trajets n’y sont pas, et \
             votre voyage reste comme il est."
        ),
        (true, Locale::En) => format!(
            "A package is a return to {city} alone: your other flights are not in it, and your trip stays \
             as it is."
        ),
        (false, Locale::Fr) => {
            "Vos vols restent ceux du voyage ; pour en changer, dites par exemple « je \
             prends la formule confort »."
                .to_owned()
        }
        (false, Locale::En) => {
            "Your trip keeps its flights; to change them, say for instance “I’ll take \
             the comfort package”."
                .to_owned()
        }
    };
    Some(text)
}

/// When the trip is: settled days, or the cheapest of a month.
struct When {
    days: Option<(Date, Date)>,
    month: Option<Date>,
    nights: u16,
    nights_assumed: bool,
}

impl When {
    fn of(view: &View<'_>, brief: &Brief<'_>) -> Option<Self> {
        let nights = brief.nights.filter(|nights| *nights > 0);
        let mut when = Self {
            days: brief.days.filter(|(first, last)| first < last),
            month: None,
            nights: nights.unwrap_or(NIGHTS),
            nights_assumed: false,
        };
        if when.days.is_none() {
            let today = view.context.now.date();
            let (from, to) = match brief.within {
                Some((from, to)) => (from, to),
                None if nights.is_some() => asking::some_days(view)?,
                None => return None,
            };
            // A day alone is a departure without a length.
            when.days = (from == to)
                .then(|| guide::stays::Stay::of(from, when.nights))
                .flatten()
                .map(|stay| (stay.check_in, stay.check_out));
            when.month = when.days.is_none().then_some(from.max(today));
            when.nights_assumed = nights.is_none();
        }
        Some(when)
    }
}

fn answer(found: &PackagesFound, nights_assumed: bool, locale: Locale) -> String {
    let at = wording::capitalised(&wording::at(found.destination.name(locale), locale));
    let stay = wording::stay(found.stay, found.party.size(), locale).replace(" · ", ", ");
    if found.packages.is_empty() {
        return match locale {
            Locale::Fr => format!(
                "{at} ({stay}), je ne connais aucun vol : je n’ai pas de formule à proposer."
            ),
            Locale::En => {
                format!("{at} ({stay}), I know of no flight: I have no package to suggest.")
            }
        };
    }
    let totals = found.packages.iter().map(|package| {
        let total = wording::about(package.bill.total, locale);
        let name = package.tier.name(locale).to_lowercase();
        format!("{name} {total}")
    });
    let totals = phrases::list(&totals.collect::<Vec<_>>(), locale.pick("et", "and"));
    let count = match (found.packages.len(), locale) {
        (1, _) => locale.pick("une formule", "one package").to_owned(),
        (count, Locale::Fr) => format!("{count} formules"),
        (count, Locale::En) => format!("{count} packages"),
    };
    let first = match locale {
        Locale::Fr => format!("{at} ({stay}), {count}, tout compris : {totals}."),
        Locale::En => format!("{at} ({stay}), {count}, all in: {totals}."),
    };
    let mut told = Vec::new();
    if found.days_chosen {
        told.push(
            locale
                .pick(
                    "Dates : les moins chères du mois.",
                    "Dates: the cheapest of the month.",
                )
                .to_owned(),
        );
    }
    if nights_assumed {
        let nights = wording::nights(found.stay.nights().count(), locale);
        told.push(match locale {
            Locale::Fr => format!("Faute de durée, j’ai compté {nights}."),
            Locale::En => format!("As no length was given, I took {nights}."),
        });
    }
    told.push(
        locale
            .pick(
                "Hors vols, tout est indicatif ; le détail est dans la carte.",
                "All but flights is indicative; the card has the details.",
            )
            .to_owned(),
    );
    [first, advice(found, locale), told.join(" ")].join("\n\n")
}

/// The recommended package against the budget, or what would fit it.
fn advice(found: &PackagesFound, locale: Locale) -> String {
    if let Some((best, _)) = found.best() {
        let name = best.tier.name(locale).to_lowercase();
        let (total, each) = (
            wording::about(best.bill.total, locale),
            wording::about(best.bill.per_person, locale),
        );
        let each = match (best.bill.people, locale) {
            (1, _) => String::new(),
            (_, Locale::Fr) => format!(", soit {each} par personne"),
            (_, Locale::En) => format!(", {each} each"),
        };
        let Some(budget) = found.budget else {
            return match locale {
                Locale::Fr => format!("Mon conseil : la formule {name}, **{total}**{each}."),
                Locale::En => format!("My advice: the {name} one, **{total}**{each}."),
            };
        };
        let left = Money::new(budget.minor - best.bill.total.minor, budget.currency);
        let (budget, left) = (wording::about(budget, locale), wording::about(left, locale));
        return match locale {
            Locale::Fr => format!(
                "Mon conseil dans votre budget de {budget} : la formule {name}, **{total}**{each} ; il reste {left}."
            ),
            Locale::En => format!(
                "My advice within your budget of {budget}: the {name} one, **{total}**{each}; {left} is left."
            ),
        };
    }
    let (Some(budget), Some(over)) = (found.budget, found.misses_by()) else {
        return String::new();
    };
    let (budget, over) = (wording::about(budget, locale), wording::about(over, locale));
    let lead = match locale {
        Locale::Fr => format!(
            "Aucune ne tient dans votre budget de {budget} : la moins chère le dépasse de **{over}**."
        ),
        Locale::En => {
            format!("None fits your budget of {budget}: the cheapest is **{over}** over.")
        }
    };
    let changes = found.relaxations.iter().take(NAMED).map(|change| {
        let total = wording::about(change.total(), locale);
        format!("{} ({total})", card::change_text(found, change, locale))
    });
    let changes = phrases::list(&changes.collect::<Vec<_>>(), locale.pick("ou", "or"));
    match (changes.is_empty(), locale) {
        (true, Locale::Fr) => format!(
            "{lead} D’autres dates du mois, un autre aéroport, une durée plus courte ou un logement entier n’y suffiraient pas non plus."
        ),
        (true, Locale::En) => format!(
            "{lead} Other dates of the month, another airport, a shorter stay or a flat would not do either."
        ),
        (false, Locale::Fr) => format!("{lead} Ce qui tiendrait : {changes}."),
        (false, Locale::En) => format!("{lead} What would fit: {changes}."),
    }
}
