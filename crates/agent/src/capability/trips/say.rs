//! What the built-in model says of the trip's files and of a change taken back.

use super::{
    done::{Form, TripFiles, TripUndone},
    export_trip::{ExportTrip, ExportTripArgs},
    undo_trip_change::{UndoTripChange, UndoTripChangeArgs},
};
use crate::{
    capability::asking,
    language::Topic,
    locale::Locale,
    planner::{Brief, LookUp, Progress, View, phrases},
};

/// The next step.
pub(super) fn step(view: &View<'_>, brief: &Brief<'_>) -> Progress {
    let locale = view.locale();
    match brief.topic {
        Topic::Undo => match view.look_up::<UndoTripChange, TripUndone>(&UndoTripChangeArgs {}) {
            LookUp::Open(call) => Progress::Call(call),
            LookUp::Found(undone) => Progress::Say(taken_back(undone, locale).to_owned().into()),
            LookUp::Failed(error) => asking::failed(view, error),
            LookUp::Absent => Progress::Unable,
        },
        _ => match view.look_up::<ExportTrip, TripFiles>(&ExportTripArgs {}) {
            LookUp::Open(call) => Progress::Call(call),
            LookUp::Found(files) => Progress::Say(links(files, locale).into()),
            LookUp::Failed(error) => asking::failed(view, error),
            LookUp::Absent => Progress::Unable,
        },
    }
}

fn links(files: &TripFiles, locale: Locale) -> String {
    let names: Vec<_> = files
        .forms
        .iter()
        .map(|form| lower(form.label(locale)))
        .collect();
    let names = phrases::list(&names, locale.pick("et", "and"));
    let gpx = files.forms.contains(&Form::Gpx);
    let text = match (&files.title, locale) {
        (None, Locale::Fr) => {
            return "Il n’y a pas encore de voyage à exporter : dites-moi où vous allez, et \
                    j’en ferai un calendrier, un document et une version à imprimer."
                .to_owned();
        }
        (None, Locale::En) => {
            return "There is no trip to export yet: tell me where you are going, and I make a \
                    calendar, a document and a version to print of it."
                .to_owned();
        }
        (Some(_), Locale::Fr) => {
            format!("Votre voyage est prêt, à télécharger sur la carte ci-dessous : {names}.")
        }
        (Some(_), Locale::En) => {
            format!("Your trip is ready to download from the card below: {names}.")
        }
    };
    if gpx {
        return text;
    }
    let note = locale.pick(
        "Un fichier GPX s’y ajoutera quand des journées seront planifiées.",
        "A GPX file joins them once days are planned.",
    );
    format!("{text} {note}")
}

/// A label within a sentence; acronyms stay.
fn lower(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() && !label.starts_with("Markdown") => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => label.to_owned(),
    }
}

const fn taken_back(undone: &TripUndone, locale: Locale) -> &'static str {
    match undone.now {
        Some(_) => locale.pick(
            "C’est fait : le dernier changement du voyage est annulé.",
            "Done: the last change of the trip is taken back.",
        ),
        None => locale.pick(
            "Il n’y a aucun changement à annuler dans ce voyage.",
            "There is no change of this trip to take back.",
        ),
    }
}
