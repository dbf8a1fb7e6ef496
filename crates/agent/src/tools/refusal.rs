//! A refused argument, as a person reads it: what a model is told names arguments, in English.

use super::{BadArgument, Problem};
use crate::{locale::Locale, travel::HORIZON_DAYS};

/// What an argument is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Days,
    Nights,
    Adults,
    Children,
    Rooms,
    Budget,
    Place,
    Passport,
    Other,
}

impl Subject {
    fn of(argument: &str) -> Self {
        match argument {
            "date" | "return_date" | "check_in" | "check_out" | "month" | "from" | "to" | "day" => {
                Self::Days
            }
            "nights" | "stay_days" => Self::Nights,
            "adults" => Self::Adults,
            "children_ages" | "infants" => Self::Children,
            "rooms" => Self::Rooms,
            "budget" | "max_price" | "max_price_per_person" => Self::Budget,
            "city" | "departure" | "arrival" | "country" | "home" | "near" | "stops" | "areas" => {
                Self::Place
            }
            "passport" => Self::Passport,
            _ => Self::Other,
        }
    }

    const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Days => locale.pick("les dates", "the dates"),
            Self::Nights => locale.pick("le nombre de nuits", "the number of nights"),
            Self::Adults => locale.pick("le nombre d’adultes", "the number of adults"),
            Self::Children => locale.pick("l’âge des enfants", "the ages of the children"),
            Self::Rooms => locale.pick("le nombre de chambres", "the number of rooms"),
            Self::Budget => locale.pick("le budget", "the budget"),
            Self::Place => locale.pick("le lieu", "the place"),
            Self::Passport => locale.pick("le passeport", "the passport"),
            Self::Other => locale.pick("un détail de la demande", "a detail of the request"),
        }
    }
}

/// What cannot be looked up, and what can, in one sentence.
#[must_use]
pub(crate) fn sentence(bad: &BadArgument, locale: Locale) -> String {
    let subject = Subject::of(bad.argument);
    match &bad.problem {
        Problem::UnknownPlace(code) => match locale {
            Locale::Fr => format!("Je ne connais ni ville ni aéroport de code {code}."),
            Locale::En => format!("I know no city and no airport with the code {code}."),
        },
        Problem::SameCity(from, to) => match locale {
            Locale::Fr => format!("{from} et {to} sont la même ville : aucun vol ne les relie."),
            Locale::En => format!("{from} and {to} are the same city: no flight links them."),
        },
        Problem::Unlisted => locale
            .pick(
                "Ce lieu n’est pas dans mes tables. Quelle grande ville proche puis-je regarder ?",
                "This place is not in my tables. Which larger city near it shall I look at?",
            )
            .to_owned(),
        Problem::NotThere(name) => match locale {
            Locale::Fr => format!("Je ne connais pas « {name} » dans cette ville."),
            Locale::En => format!("I know no “{name}” in that city."),
        },
        Problem::Past => locale
            .pick(
                "Ces dates sont déjà passées : il me faut des jours à venir.",
                "Those dates have passed: I need days to come.",
            )
            .to_owned(),
        Problem::TooFar => match locale {
            Locale::Fr => format!("Ces dates sont trop loin : je vois {HORIZON_DAYS} jours."),
            Locale::En => format!("Those dates are too far ahead: I see {HORIZON_DAYS} days."),
        },
        Problem::NotAfter(_) | Problem::Before(_) => locale
            .pick(
                "Le dernier jour vient avant le premier : quelles sont les dates ?",
                "The last day comes before the first: which are the dates?",
            )
            .to_owned(),
        Problem::Outside(least, most) => outside(subject, *least, *most, locale),
        Problem::NoAdult => locale
            .pick(
                "Il me faut au moins un adulte.",
                "I need at least one adult.",
            )
            .to_owned(),
        Problem::NoLap => locale
            .pick(
                "Il faut un adulte pour chaque bébé.",
                "Each infant needs an adult.",
            )
            .to_owned(),
        Problem::NoAmount => locale
            .pick(
                "Ce budget n’est pas un montant que je peux compter.",
                "That budget is no amount that I can count with.",
            )
            .to_owned(),
        Problem::Missing => match locale {
            Locale::Fr => format!("Il me manque {}.", subject.name(locale)),
            Locale::En => format!("I still need {}.", subject.name(locale)),
        },
        Problem::Form(_) => match locale {
            Locale::Fr => format!(
                "Je ne peux pas chercher cela : {} ne convient pas.",
                Plain(subject).name_fr()
            ),
            Locale::En => format!(
                "I cannot look that up: I cannot use {}.",
                subject.name(locale)
            ),
        },
    }
}

/// A subject as the subject of a sentence in the singular.
struct Plain(Subject);

impl Plain {
    const fn name_fr(&self) -> &'static str {
        match self.0 {
            Subject::Days => "l’une des dates",
            subject => subject.name(Locale::Fr),
        }
    }
}

fn outside(subject: Subject, least: u32, most: u32, locale: Locale) -> String {
    match (subject, locale) {
        (Subject::Nights | Subject::Days, Locale::Fr) => {
            format!("Je compte des séjours de {least} à {most} nuits.")
        }
        (Subject::Nights | Subject::Days, Locale::En) => {
            format!("I count stays of {least} to {most} nights.")
        }
        (Subject::Adults, Locale::Fr) => format!("Je compte de {least} à {most} voyageurs."),
        (Subject::Adults, Locale::En) => format!("I count {least} to {most} travellers."),
        (Subject::Children, Locale::Fr) => {
            format!("Je compte comme enfants ceux de {least} à {most} ans.")
        }
        (Subject::Children, Locale::En) => {
            format!("I count as children those aged {least} to {most}.")
        }
        (Subject::Rooms, Locale::Fr) => format!("Je compte de {least} à {most} chambres."),
        (Subject::Rooms, Locale::En) => format!("I count {least} to {most} rooms."),
        (_, Locale::Fr) => format!("Je peux en regarder de {least} à {most}."),
        (_, Locale::En) => format!("I can look at {least} to {most} of them."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems() -> Vec<Problem> {
        let code = |text: &str| text.parse().unwrap();
        vec![
            Problem::UnknownPlace(code("XXX")),
            Problem::SameCity(code("CDG"), code("ORY")),
            Problem::Unlisted,
            Problem::NotThere("Mordor".to_owned()),
            Problem::Past,
            Problem::TooFar,
            Problem::NotAfter("check_in"),
            Problem::Before("check_in"),
            Problem::Outside(1, 9),
            Problem::NoAdult,
            Problem::NoLap,
            Problem::NoAmount,
            Problem::Missing,
            Problem::Form("needs the form YYYY-MM".to_owned()),
        ]
    }

    #[test]
    fn a_person_reads_no_argument_and_no_other_language() {
        for argument in [
            "check_in",
            "nights",
            "adults",
            "children_ages",
            "rooms",
            "budget",
            "city",
            "passport",
            "radius_km",
        ] {
            for problem in problems() {
                let bad = BadArgument::of(argument, problem);
                let french = sentence(&bad, Locale::Fr);
                let english = sentence(&bad, Locale::En);
                assert_ne!(french, english);
                for text in [&french, &english] {
                    assert!(text.ends_with(['.', '?']), "{text}");
                    assert!(!text.contains('_') && !text.contains("YYYY"), "{text}");
                }
                for word in [" the ", " is ", " must ", " needs ", " of "] {
                    assert!(!french.contains(word), "{french}");
                }
            }
        }
    }
}
