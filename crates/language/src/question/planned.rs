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
    let says = |meaning| stands(tokens, &clause.tokens, meaning);
    let asks = [
        Meaning::QuestionAsking,
        Meaning::QuestionInterrogative,
        Meaning::QuestionRequest,
    ];
    let asks = asks.into_iter().any(says);
    let flies = says(Meaning::QuestionSpeaksOfFlights);
    match topic {
        // "I would like to see Rio" is a wish to go there; museums are to be seen.
        Topic::Sights => {
            let noun = tokens.means(subject.words.start, Meaning::TopicSightsNoun);
            Some((asks || noun.is_some() || clause.ends_in_question) && !flies)
        }
        // "Eating is included I hope" beside a wish for flights is part of it.
        Topic::Food => {
            let beside = tokens
                .all(Meaning::QuestionSpeaksOfFlights)
                .next()
                .is_some();
            Some(!flies && (asks || clause.ends_in_question || !beside))
        }
        Topic::SchoolHolidays => {
            // "During the school holidays" says when.
            let led = tokens.means_before(subject.words.start, Meaning::TopicDuring);
            let before = clause.tokens.start..subject.words.start;
            let asked = says(Meaning::TopicSchoolAsk) || asks && led.is_none();
            Some(
                asked
                    && !flies
                    && (led.is_none() || stands(tokens, &before, Meaning::TopicSchoolAsk)),
            )
        }
        // "For a couple with 2,500 euros?" bounds what is asked for.
        Topic::Exchange => (asks && !says(Meaning::QuestionWishing)).then_some(true),
        Topic::Holidays | Topic::WhenToGo | Topic::Distance | Topic::Emergency => {
            let asks = asks || clause.ends_in_question;
            (asks && !says(Meaning::QuestionWishing)).then_some(true)
        }
        _ => None,
    }
}

/// Whether a clause asks with words of asking, and not by what it names alone.
pub(super) fn says_so(tokens: &Tokens<'_>, clause: &Range<usize>) -> bool {
    let meanings = [
        Meaning::QuestionAsking,
        Meaning::QuestionInterrogative,
        Meaning::QuestionRequest,
    ];
    meanings
        .into_iter()
        .any(|meaning| stands(tokens, clause, meaning))
}

/// Whether the words that tell a subject name no place: "national day".
pub(super) const fn is_no_place(topic: Topic) -> bool {
    topic.is_said_by_its_words()
        || matches!(
            topic,
            Topic::Holidays
                | Topic::SchoolHolidays
                | Topic::Check
                | Topic::Relax
                | Topic::Cost
                | Topic::Itinerary
                | Topic::Rental
                | Topic::Food
                | Topic::Language
        )
}

/// The words in "a nice hotel" that say how it is, and name no town on the Riviera.
pub(super) fn praise(tokens: &Tokens<'_>, clause: &Clause) -> Vec<Range<usize>> {
    let inside =
        |words: &Range<usize>| clause.tokens.start <= words.start && words.end <= clause.tokens.end;
    let small = |words: &Range<usize>| {
        let last = tokens.get(words.end.saturating_sub(1));
        last.is_some_and(|token| !token.capital)
    };
    let said = tokens.all(Meaning::DetailComfort);
    said.filter(inside).filter(small).collect()
}

/// The place in "my UK plugs", which says of what kind they are.
pub(super) fn kind_of_thing(tokens: &Tokens<'_>, subject: &Subject) -> Option<Range<usize>> {
    let at = subject.words.start.checked_sub(1)?;
    let owned = tokens.means_before(at, Meaning::QuestionOwn).is_some();
    let things = matches!(subject.topic, Topic::Plugs | Topic::Driving | Topic::Visa);
    (owned && things).then_some(at..at + 1)
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
