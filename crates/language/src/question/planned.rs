//! How the subjects of a whole trip are asked about.

use std::ops::Range;

use super::{clause::Clause, stands, subject::Subject};
use crate::{
    mention::details,
    reading::{Place, PlaceKind, Reading},
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
    let asks =
        asks.into_iter().any(says) || clause.ends_in_question && topic != Topic::SchoolHolidays;
    // "During the school holidays" says when.
    let led = tokens.means_before(subject.words.start, Meaning::TopicDuring);
    if matches!(topic, Topic::SchoolHolidays | Topic::Holidays) && led.is_some() {
        return Some(false);
    }
    (asks && !says(Meaning::QuestionWishing)).then_some(true)
}

/// Whether a reading names a place to which one goes, and no wide one within which another is sought.
pub(super) fn names_a_town(said: &Reading) -> bool {
    let wide = |place: &Place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region);
    said.destination.as_ref().is_some_and(|place| !wide(place))
}

/// The spot that the subject is near to.
pub(super) fn spot(tokens: &Tokens<'_>, topic: Topic) -> Option<Range<usize>> {
    details::spot(tokens, topic)
}

/// The words of a clause that ask, besides those that tell its subject.
pub(super) fn asking(tokens: &Tokens<'_>, clause: &Clause) -> Vec<Range<usize>> {
    let meanings = [
        Meaning::QuestionAsking,
        Meaning::QuestionInterrogative,
        Meaning::QuestionRequest,
        Meaning::QuestionWanting,
    ];
    let said = |at: usize| {
        let lengths = meanings
            .iter()
            .filter_map(|meaning| tokens.means(at, *meaning));
        lengths.max().map(|length| at..at + length)
    };
    clause.tokens.clone().filter_map(said).collect()
}
