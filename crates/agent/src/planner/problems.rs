//! What cannot be, said plainly, and the question that gets the trip going again.

use super::{ask, phrases, step::Reply, trouble, view::View};
use crate::{
    language::{Pending, Problem, SlotName},
    locale::Locale,
    travel::format,
};

/// Names every problem, then asks about the first; `None` when there is none.
pub(super) fn report(view: &View<'_>) -> Option<Reply> {
    let locale = view.locale();
    let problems = match &*view.context.problems {
        [] => vec![overdue(view)?],
        problems => problems.to_vec(),
    };
    let mut sentences: Vec<_> = problems
        .iter()
        .map(|problem| match problem {
            Problem::BadParty if trouble::is_group(view) => trouble::group(locale).to_owned(),
            Problem::SamePlace => {
                trouble::same_place(view).unwrap_or_else(|| sentence(problem, locale))
            }
            problem => sentence(problem, locale),
        })
        .collect();
    sentences.dedup();
    let (question, slot) = problems.first().map(|problem| question(problem, view))?;
    sentences.push(question.to_owned());
    Some(Reply::asking(sentences.join(" "), Pending::slot(slot)))
}

/// A conversation may be taken up again after the day of the trip.
fn overdue(view: &View<'_>) -> Option<Problem> {
    let span = view.context.trip.depart_date.as_ref()?;
    (span.to < view.context.now.date()).then(|| Problem::PastDate {
        surface: span.surface.clone(),
    })
}

fn sentence(problem: &Problem, locale: Locale) -> String {
    let quoted = |surface: &str| phrases::quoted(surface, locale);
    match (problem, locale) {
        (Problem::PastDate { surface }, Locale::Fr) => {
            format!("{} est une date déjà passée.", quoted(surface))
        }
        (Problem::PastDate { surface }, Locale::En) => {
            format!("{} is already in the past.", quoted(surface))
        }
        (Problem::ImpossibleDate { surface }, Locale::Fr) => {
            format!("La date {} n’existe pas.", quoted(surface))
        }
        (Problem::ImpossibleDate { surface }, Locale::En) => {
            format!("The date {} does not exist.", quoted(surface))
        }
        (Problem::TooFar { surface }, Locale::Fr) => format!(
            "{} est trop loin : je ne peux chercher que dans les 331 prochains jours.",
            quoted(surface)
        ),
        (Problem::TooFar { surface }, Locale::En) => format!(
            "{} is too far away: I can only search the next 331 days.",
            quoted(surface)
        ),
        (Problem::WeekdayMismatch { surface, date }, Locale::Fr) => format!(
            "{} : ce jour-là est {}.",
            quoted(surface),
            format::date(*date, locale)
        ),
        (Problem::WeekdayMismatch { surface, date }, Locale::En) => format!(
            "{}: that day is {}.",
            quoted(surface),
            format::date(*date, locale)
        ),
        (Problem::ReturnBeforeDeparture, _) => locale
            .pick(
                "Le retour serait avant le départ.",
                "The return would be before the departure.",
            )
            .to_owned(),
        (Problem::UnknownPlace { surface, .. }, Locale::Fr) => format!(
            "Je ne connais pas {} : essayez une grande ville proche ou un code d’aéroport.",
            quoted(surface)
        ),
        (Problem::UnknownPlace { surface, .. }, Locale::En) => format!(
            "I do not know {}: try a larger city nearby or an airport code.",
            quoted(surface)
        ),
        (Problem::SamePlace, _) => locale
            .pick(
                "Le départ et l’arrivée sont au même endroit.",
                "Departure and arrival are the same place.",
            )
            .to_owned(),
        (Problem::LegsOutOfOrder, _) => locale
            .pick(
                "Une étape partirait avant celle qui la précède.",
                "One leg would leave before the one that it follows.",
            )
            .to_owned(),
        (Problem::OneWayWithReturn, _) => locale
            .pick(
                "Vous parlez à la fois d’un aller simple et d’un retour.",
                "You mention both a one-way trip and a way back.",
            )
            .to_owned(),
        (Problem::PartyMismatch { total, named }, Locale::Fr) => {
            format!("Vous annoncez {total} voyageurs en tout, mais j’en compte {named}.")
        }
        (Problem::PartyMismatch { total, named }, Locale::En) => {
            format!("You said {total} travellers in all, but I count {named}.")
        }
        (Problem::BadParty, _) => locale
            .pick(
                "Il faut au moins un adulte, au plus neuf sièges, et un adulte pour chaque bébé.",
                "A search needs at least one adult, at most nine seats, and one adult per infant.",
            )
            .to_owned(),
    }
}

/// The question, and the part of the trip that its answer is for.
fn question(problem: &Problem, view: &View<'_>) -> (&'static str, SlotName) {
    let (trip, locale) = (&view.context.trip, view.locale());
    let slot = match problem {
        // Which of two dates was wrong is not known here: the departure that stands may be right.
        Problem::PastDate { surface }
        | Problem::ImpossibleDate { surface }
        | Problem::WeekdayMismatch { surface, .. }
        | Problem::TooFar { surface } => {
            let other = trip
                .depart_date
                .as_ref()
                .filter(|span| span.surface != *surface);
            match other {
                Some(_) => {
                    let other_date = locale.pick(
                        "Quelle autre date vous conviendrait ?",
                        "Which other date would suit you?",
                    );
                    return (other_date, SlotName::DepartDate);
                }
                None => SlotName::DepartDate,
            }
        }
        Problem::ReturnBeforeDeparture => SlotName::ReturnDate,
        Problem::UnknownPlace { slot, .. } => *slot,
        Problem::SamePlace => SlotName::Destination,
        Problem::LegsOutOfOrder => {
            let other = locale.pick(
                "Quel autre jour pour cette étape ?",
                "Which other day for that leg?",
            );
            return (other, SlotName::DepartDate);
        }
        Problem::BadParty if trouble::is_group(view) => {
            let first = locale.pick(
                "Pour combien d’adultes, d’enfants et de bébés dois-je chercher d’abord ?",
                "For how many adults, children and infants shall I search first?",
            );
            return (first, SlotName::Passengers);
        }
        Problem::OneWayWithReturn => {
            let which = locale.pick(
                "Aller simple, ou aller-retour ?",
                "One way, or a return trip?",
            );
            return (which, SlotName::ReturnDate);
        }
        Problem::BadParty | Problem::PartyMismatch { .. } => SlotName::Passengers,
    };
    (ask::question(slot, locale), slot)
}
