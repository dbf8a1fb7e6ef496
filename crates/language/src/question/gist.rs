//! What a message as a whole is about, whatever it asks.

use crate::text::{lexicon::Meaning, tokens::Tokens};

/// Whether a message speaks of flights.
#[must_use]
pub fn speaks_of_flights(message: &str) -> bool {
    are_of_flights(&Tokens::new(message))
}

/// The same of what is taken apart already.
pub(crate) fn are_of_flights(tokens: &Tokens<'_>) -> bool {
    tokens
        .all(Meaning::QuestionSpeaksOfFlights)
        .next()
        .is_some()
}

/// Whether somebody asks where to go.
#[must_use]
pub fn seeks_a_destination(message: &str) -> bool {
    let tokens = Tokens::new(message);
    tokens.all(Meaning::QuestionInspiration).next().is_some()
}
