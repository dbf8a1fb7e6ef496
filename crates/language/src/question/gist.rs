//! What a message as a whole is about, whatever it asks.

use super::{Topical, clause, has};
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

/// Whether a message asks something that travellers ask, and for no flight beside it: "how far is Lyon
/// from Rome". Two places without such a question are a trip.
#[must_use]
pub fn is_only_a_question(message: &str) -> bool {
    let tokens = Tokens::new(message);
    let clauses = clause::of(&tokens).into_iter();
    let clauses: Vec<_> = clauses.map(|clause| Topical::of(&tokens, clause)).collect();
    let wants = |clause: &Topical| {
        clause.subject.is_none() && has(&tokens, clause, Meaning::QuestionFlight)
    };
    clauses.iter().any(|clause| clause.subject.is_some()) && !clauses.iter().any(wants)
}
