//! What became of a call, in words. An error as a model is told it may quote what was asked, and is in
//! English: people are told its kind.

use super::read::bounded;
use crate::locale::Locale;

/// What a failed call says to people.
#[must_use]
pub fn failure(error: &str, locale: Locale) -> &'static str {
    let (fr, en) = match error {
        error if error.starts_with("bad arguments:") => (
            "une indication ne convenait pas",
            "something in the request did not fit",
        ),
        "the source is not available" => ("source indisponible", "source not available"),
        "the source took too long" | "the tool took too long" => ("délai dépassé", "took too long"),
        "the source takes no more queries for now" => (
            "source trop sollicitée pour l’instant",
            "source takes no more questions for now",
        ),
        error if error.starts_with("the source does not support") => (
            "la source ne sait pas le faire",
            "the source cannot do this",
        ),
        "the tool failed internally" => ("erreur de notre côté", "an error on our side"),
        _ => ("n’a pas abouti", "did not succeed"),
    };
    locale.pick(fr, en)
}

/// Where the data of a call comes from, as people read it; a name that is not known stays as it is.
#[must_use]
pub fn source(name: &str, locale: Locale) -> String {
    match name {
        "offline" => locale.pick("données hors ligne", "offline data").to_owned(),
        "airport table" => locale
            .pick("table des aéroports", "airport table")
            .to_owned(),
        other => bounded(other, 40),
    }
}
