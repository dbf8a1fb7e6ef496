//! What the built-in model says of a plan of the visitor's own.

use guide::check::{Finding, Problem};

use super::{
    check_card::{advice, entry_name, problem, unknown},
    check_itinerary::{CheckItinerary, CheckItineraryArgs},
    found::CheckFound,
    listed,
};
use crate::{
    capability::{arguments::ages, asking, wording},
    locale::Locale,
    planner::{Brief, LookUp, Progress, Reply, View},
};

/// The next step for a question about one's own plan.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let Some(place) = brief.destination else {
        return asking::which_place(view, brief);
    };
    let listed = listed::days(place, &view.message, brief.days);
    let known = listed.iter().flat_map(|day| &day.entries).any(|entry| {
        guide::check::meaning(place.code, &entry.text)
            .place()
            .is_some()
    });
    if !known && !view.message.contains(['\n', ':', ',']) {
        return which_plan(view, brief);
    }
    let args = CheckItineraryArgs {
        city: place.code.to_string(),
        plan: view.message.clone().into_owned(),
        check_in: brief.days.map(|(first, _)| first),
        check_out: brief.days.map(|(_, last)| last),
        pace: brief.details.pace,
        children_ages: ages(&brief.party),
    };
    match view.look_up::<CheckItinerary, CheckFound>(&args) {
        LookUp::Open(call) => Progress::Call(call),
        LookUp::Found(found) => Progress::Say(told(found, view.locale()).into()),
        LookUp::Failed(error) => asking::failed(view, error),
        LookUp::Absent => Progress::Unable,
    }
}

/// Asks for the plan.
fn which_plan(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let text = view.locale().pick(
        "Collez-moi votre programme, un jour par ligne, par exemple « Jour 1 : …, … ».",
        "Paste me your plan, a day a line, such as “Day 1: …, …”.",
    );
    Progress::Say(Reply::asking(text, asking::again(view, brief)))
}

fn told(found: &CheckFound, locale: Locale) -> String {
    let findings: &[Finding] = found.report.as_ref().map_or(&[], |report| &report.findings);
    let mut clashes = findings
        .iter()
        .filter(|finding| finding.problem != Problem::Unknown);
    let count = clashes.clone().count();
    let at = wording::at(found.destination.name(locale), locale);
    let mut said = Vec::new();
    said.push(match (count, locale) {
        (0, Locale::Fr) => format!("Votre programme {at} **paraît faisable** : rien ne se heurte."),
        (0, Locale::En) => format!("Your plan {at} **looks feasible**: nothing clashes."),
        (_, Locale::Fr) => format!(
            "Tel quel, votre programme {at} **coince en {}**.",
            wording::counted(count, ["point", "points"], ["", ""], locale)
        ),
        (_, Locale::En) => format!(
            "As it stands, your plan {at} **clashes in {}**.",
            wording::counted(count, ["", ""], ["point", "points"], locale)
        ),
    });
    // The first clash that has a remedy tells most.
    let first = clashes.clone().find(|finding| finding.advice.is_some());
    if let Some(finding) = first.or_else(|| clashes.next()) {
        let name = match finding.entry {
            Some(entry) => entry_name(found, finding.day, entry, locale),
            None => match locale {
                Locale::Fr => format!("le jour {}", finding.day + 1),
                Locale::En => format!("day {}", finding.day + 1),
            },
        };
        let problem = problem(found, finding, locale);
        let remedy = finding
            .advice
            .and_then(|what| advice(found, finding, what, locale))
            .map(|remedy| match locale {
                Locale::Fr => format!(" ; {remedy}"),
                Locale::En => format!("; {remedy}"),
            });
        let remedy = remedy.unwrap_or_default();
        said.push(match locale {
            Locale::Fr => format!("D’abord {name} : {problem}{remedy}."),
            Locale::En => format!("First {name}: {problem}{remedy}."),
        });
    }
    let unknown = unknown(found, locale);
    if !unknown.is_empty() {
        let unknown = wording::list(&unknown, locale);
        said.push(match locale {
            Locale::Fr => format!("Je ne connais pas {unknown} : non vérifié."),
            Locale::En => format!("I do not know {unknown}: not checked."),
        });
    }
    if !found.is_dated {
        let note = locale.pick(
            "Donnez-moi les dates pour vérifier aussi les jours de fermeture.",
            "Give me the dates to check closing days as well.",
        );
        said.push(note.to_owned());
    }
    said.join(" ")
}
