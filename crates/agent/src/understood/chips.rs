//! A trip, part by part.

use jiff::civil::Date;

use super::{Chip, ChipKind};
use crate::{
    locale::Locale,
    planner::{phrases, wish_text},
    travel::{Cabin, DayPart, Money, Party, carrier, format},
    understanding::{AirlineMention, DateSpan, Place, TripRequest},
};

/// What is known of a trip, in the order in which people say it; what is only assumed is no part.
#[must_use]
pub fn chips(trip: &TripRequest, locale: Locale) -> Vec<Chip> {
    let chips = [
        route(trip, locale),
        out(trip, locale),
        back(trip, locale),
        trip.party.as_ref().map(|who| party(who, locale)),
        trip.cabin.map(|class| cabin(class, locale)),
        trip.max_stops.map(|most| stops(most, locale)),
        trip.departure.map(|part| part_of_day(part, locale)),
        trip.airline.as_ref().map(|known| airline(known, locale)),
        trip.budget.map(|most| budget(most, locale)),
    ];
    let wishes = wish_text::list(trip, locale).into_iter();
    let wishes = wishes.map(|label| chip_of(ChipKind::Wish, label));
    chips
        .into_iter()
        .flatten()
        .chain(legs(trip, locale))
        .chain(wishes)
        .collect()
}

/// One chip a leg after the first.
fn legs(trip: &TripRequest, locale: Locale) -> impl Iterator<Item = Chip> {
    trip.onward.iter().map(move |leg| {
        let end = |place: &Option<Place>| {
            let place = place.as_ref().or(trip.origin.as_ref());
            place.map_or_else(|| "…".to_owned(), |place| phrases::place(place, locale))
        };
        let date = leg
            .date
            .as_ref()
            .map_or_else(String::new, |date| format!(", {}", days(date, locale)));
        let label = format!("{} → {}{date}", end(&leg.origin), end(&leg.destination));
        chip_of(ChipKind::Route, label)
    })
}

fn chip_of(kind: ChipKind, label: impl Into<String>) -> Chip {
    Chip {
        kind,
        label: label.into(),
        remove: None,
        change: None,
    }
}

impl Chip {
    fn removed_by(self, message: &str) -> Self {
        let remove = Some(message.to_owned());
        Self { remove, ..self }
    }

    fn changed_by(self, text: &str) -> Self {
        let change = Some(text.to_owned());
        Self { change, ..self }
    }
}

fn route(trip: &TripRequest, locale: Locale) -> Option<Chip> {
    let origin = trip.origin.as_ref().map(|at| phrases::place(at, locale));
    let destination = trip.destination.as_ref();
    let destination = destination.map(|at| phrases::place(at, locale));
    let (label, change) = match (&origin, &destination) {
        (None, None) => return None,
        (Some(from), Some(to)) => (
            format!("{from} → {to}"),
            match locale {
                Locale::Fr => format!("Plutôt de {from} à {to}"),
                Locale::En => format!("Rather from {from} to {to}"),
            },
        ),
        (Some(from), None) => (
            format!("{from} → …"),
            locale
                .pick("Plutôt au départ de ", "Rather from ")
                .to_owned(),
        ),
        (None, Some(to)) => (
            format!("… → {to}"),
            locale.pick("Plutôt vers ", "Rather to ").to_owned(),
        ),
    };
    Some(chip_of(ChipKind::Route, label).changed_by(&change))
}

fn out(trip: &TripRequest, locale: Locale) -> Option<Chip> {
    let label = days(trip.depart_date.as_ref()?, locale);
    let change = locale.pick("Départ le ", "Leaving on ");
    Some(chip_of(ChipKind::Date, label).changed_by(change))
}

/// The way back, the length of the stay, or that there is no way back.
fn back(trip: &TripRequest, locale: Locale) -> Option<Chip> {
    let change = locale.pick("Retour le ", "Returning on ");
    if trip.one_way == Some(true) {
        let label = locale.pick("aller simple", "one-way");
        return Some(chip_of(ChipKind::Date, label).changed_by(change));
    }
    let label = match (&trip.return_date, trip.stay_days) {
        (Some(span), _) => {
            let days = days(span, locale);
            format!("{} {days}", locale.pick("retour", "back"))
        }
        (None, Some(1)) => locale.pick("1 jour sur place", "1 day there").to_owned(),
        (None, Some(days)) => {
            let (fr, en) = (
                format!("{days} jours sur place"),
                format!("{days} days there"),
            );
            locale.pick(&fr, &en).to_owned()
        }
        (None, None) => return None,
    };
    let chip = chip_of(ChipKind::Date, label).changed_by(change);
    Some(chip.removed_by(locale.pick("Plutôt un aller simple", "One-way, please")))
}

fn days(span: &DateSpan, locale: Locale) -> String {
    let day = |date: Date| format::short_date(date, locale);
    let first = span.from.first_of_month();
    if span.from == span.to {
        day(span.from)
    } else if span.from == first && span.to == first.last_of_month() {
        format::month(first, locale)
    } else {
        format!("{} – {}", day(span.from), day(span.to))
    }
}

fn party(party: &Party, locale: Locale) -> Chip {
    let count = |count: usize, one: (&str, &str), many: (&str, &str)| match count {
        0 => None,
        1 => Some(format!("1 {}", locale.pick(one.0, one.1))),
        _ => Some(format!("{count} {}", locale.pick(many.0, many.1))),
    };
    let adults = usize::from(party.adults);
    let infants = usize::from(party.infants);
    let children = party.children.len();
    let counts = [
        count(adults, ("adulte", "adult"), ("adultes", "adults")),
        count(children, ("enfant", "child"), ("enfants", "children"))
            .map(|children| children + &ages(&party.children, locale)),
        count(infants, ("bébé", "infant"), ("bébés", "infants")),
    ];
    let label: Vec<_> = counts.into_iter().flatten().collect();
    let change = match locale {
        Locale::Fr => format!("Finalement {}", phrases::party(party, locale)),
        Locale::En => format!("Make that {}", phrases::party(party, locale)),
    };
    let chip = chip_of(ChipKind::Party, label.join(" + ")).changed_by(&change);
    if *party == Party::default() {
        return chip;
    }
    chip.removed_by(locale.pick("Finalement 1 adulte", "Just 1 adult"))
}

/// ` (3 et 7 ans)`, where all are known.
fn ages(children: &[Option<u8>], locale: Locale) -> String {
    let known: Option<Vec<String>> = children
        .iter()
        .map(|age| Some(age.as_ref()?.to_string()))
        .collect();
    let Some(known) = known.filter(|known| !known.is_empty()) else {
        return String::new();
    };
    let list = phrases::list(&known, locale.pick("et", "and"));
    match locale {
        Locale::Fr if children == [Some(1)] => " (1 an)".to_owned(),
        Locale::Fr => format!(" ({list} ans)"),
        Locale::En => format!(" (aged {list})"),
    }
}

fn cabin(cabin: Cabin, locale: Locale) -> Chip {
    let chip = chip_of(ChipKind::Wish, phrases::cabin(cabin, locale))
        .changed_by(locale.pick("Plutôt en classe ", "Rather in "));
    if cabin == Cabin::Economy {
        return chip;
    }
    chip.removed_by(locale.pick("En classe économique", "In economy"))
}

fn stops(most: u8, locale: Locale) -> Chip {
    let (fr, en) = match most {
        0 => ("vol direct".to_owned(), "nonstop".to_owned()),
        1 => ("1 escale au plus".to_owned(), "1 stop at most".to_owned()),
        _ => (
            format!("{most} escales au plus"),
            format!("{most} stops at most"),
        ),
    };
    chip_of(ChipKind::Wish, locale.pick(&fr, &en))
        .removed_by(locale.pick("Peu importe les escales", "Any number of stops"))
        .changed_by(locale.pick("Au maximum 1 escale", "At most 1 stop"))
}

fn part_of_day(part: DayPart, locale: Locale) -> Chip {
    let label = match part {
        DayPart::Morning => locale.pick("départ le matin", "morning departure"),
        DayPart::Afternoon => locale.pick("départ l’après-midi", "afternoon departure"),
        DayPart::Evening => locale.pick("départ le soir", "evening departure"),
        DayPart::Night => locale.pick("départ la nuit", "night departure"),
    };
    chip_of(ChipKind::Wish, label)
        .removed_by(locale.pick("Peu importe l’heure de départ", "Any departure time"))
        .changed_by(locale.pick("Départ plutôt le ", "Leaving in the "))
}

fn airline(airline: &AirlineMention, locale: Locale) -> Chip {
    let known = carrier::by_code(airline.code);
    let name = known.map_or(&*airline.surface, |carrier| carrier.name);
    let (fr, en) = (format!("avec {name}"), format!("with {name}"));
    chip_of(ChipKind::Wish, locale.pick(&fr, &en))
        .removed_by(locale.pick("Peu importe la compagnie", "Any airline"))
        .changed_by(locale.pick("Plutôt avec ", "Rather with "))
}

fn budget(most: Money, locale: Locale) -> Chip {
    let amount = format::money(most, locale);
    // Nobody says the cents of a round sum.
    let amount = match most.decimal().ends_with(".00") {
        true => amount.replacen(locale.pick(",00", ".00"), "", 1),
        false => amount,
    };
    let (fr, en) = (format!("{amount} au plus"), format!("{amount} at most"));
    chip_of(ChipKind::Money, locale.pick(&fr, &en))
        .removed_by(locale.pick("Sans limite de budget", "No budget limit"))
        .changed_by(locale.pick("Budget maximum : ", "Budget at most "))
}
