//! How the subjects of a whole trip are asked about.

use std::ops::Range;

use super::{clause::Clause, stands, subject::Subject};
use crate::{
    text::{lexicon::Meaning, tokens::Tokens},
    topic::Topic,
};

/// Whether a clause asks about its subject; `None` where the general rule decides.
pub(super) fn is_asked(tokens: &Tokens<'_>, clause: &Clause, subject: &Subject) -> Option<bool> {
    let topic = subject.topic;
    if topic.takes_trip_facts() {
        // Its words are used, and what stands beside them is of the trip: no clause is set aside.
        return Some(false);
    }
    if topic.is_said_by_its_words() {
        return Some(true);
    }
    let wide = matches!(
        topic,
        Topic::Sights | Topic::Food | Topic::SchoolHolidays | Topic::Holidays | Topic::WhenToGo
    );
    if !wide {
        return None;
    }
    let says = |meaning| stands(tokens, &clause.tokens, meaning);
    let asks = [
        Meaning::QuestionAsking,
        Meaning::QuestionInterrogative,
        Meaning::QuestionRequest,
    ];
    let asks = asks.into_iter().any(says) || clause.ends_in_question;
    (asks && !says(Meaning::QuestionWishing)).then_some(true)
}

/// The words of a clause that ask, besides those that tell its subject.
pub(super) fn asking(tokens: &Tokens<'_>, clause: &Clause) -> Vec<Range<usize>> {
    let meanings = [
        Meaning::QuestionAsking,
        Meaning::QuestionInterrogative,
        Meaning::QuestionRequest,
    ];
    let said = |at: usize| {
        let lengths = meanings
            .iter()
            .filter_map(|meaning| tokens.means(at, *meaning));
        lengths.max().map(|length| at..at + length)
    };
    clause.tokens.clone().filter_map(said).collect()
}
