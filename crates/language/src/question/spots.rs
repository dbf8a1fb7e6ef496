//! A spot that is named before the question about it: "around the Duomo, is there anything else?".

use super::{clause::Clause, stands, subject};
use crate::{
    mention::place::names_place,
    text::{lexicon::Meaning, tokens::Tokens, words},
    topic::Topic,
};

/// Most words of "in the Canary Islands".
const MOST_OF_A_PLACE: usize = 5;

/// The clauses with such a spot in the clause that asks about it.
pub(super) fn joined(tokens: &Tokens<'_>, clauses: Vec<Clause>) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match joined.last_mut() {
            Some(before)
                if names_a_spot(tokens, before) && asks(tokens, before, &clause)
                    || names_a_place(tokens, before) && is_question(tokens, before, &clause) =>
            {
                before.tokens.end = clause.tokens.end;
                before.ends_in_question = clause.ends_in_question;
            }
            _ => joined.push(clause),
        }
    }
    joined
}

/// Whether a clause begins with "near", asks nothing and speaks of no flight.
fn names_a_spot(tokens: &Tokens<'_>, clause: &Clause) -> bool {
    let words = &clause.tokens;
    let start = words.start;
    let near = tokens.means(start, Meaning::TopicNearby).is_some();
    // The Brandenburg Gate is none of an airport.
    let gate = |subject: subject::Subject| subject.topic == Topic::FlightStatus;
    near && subject::of(tokens, words).is_none_or(gate)
        && !stands(tokens, words, Meaning::QuestionSpeaksOfFlights)
}

/// "And in Rome": whether a clause is but a preposition and a name.
fn names_a_place(tokens: &Tokens<'_>, clause: &Clause) -> bool {
    let words = &clause.tokens;
    let leads = tokens.means(words.start, Meaning::PlaceBefore) == Some(1)
        && tokens.is(words.start, words::QUESTION_THERE);
    let bare = words.clone().all(|at| tokens.is_word(at)) && words.len() <= MOST_OF_A_PLACE;
    leads && bare && names_place(tokens.slice(words.start + 1..words.end))
}

/// Whether nothing but a comma parts it from a clause that asks about something else than flights.
fn is_question(tokens: &Tokens<'_>, before: &Clause, clause: &Clause) -> bool {
    let words = &clause.tokens;
    let comma = tokens.is(before.tokens.end, &[","]) && before.tokens.end + 1 == words.start;
    comma
        && subject::of(tokens, words).is_some_and(|subject| !subject.topic.takes_trip_facts())
        && !stands(tokens, words, Meaning::QuestionSpeaksOfFlights)
        && !stands(tokens, words, Meaning::QuestionWishing)
}

/// Whether nothing but a comma parts it from a clause that asks what there is.
fn asks(tokens: &Tokens<'_>, before: &Clause, clause: &Clause) -> bool {
    let comma =
        tokens.is(before.tokens.end, &[","]) && before.tokens.end + 1 == clause.tokens.start;
    comma && stands(tokens, &clause.tokens, Meaning::TopicNearbyAsk)
}
