//! What two phrases of a clause ask together: neither of them does alone.

use std::ops::Range;

use super::subject::Subject;
use crate::{
    text::{lexicon::Meaning, tokens::Tokens},
    topic::Topic,
};

/// Phrases that ask together.
struct Pair {
    topic: Topic,
    /// The phrase that tells the topic.
    words: Meaning,
    /// The one beside it.
    with: Meaning,
    /// A third one, where two do not do.
    third: Option<Meaning>,
    /// Asked of flights it is a search.
    flies: bool,
    /// The topic before which it counts; `None` = before all.
    before: Option<Topic>,
    /// Most tokens from the one to the other.
    within: usize,
}

/// Anywhere in the clause.
const CLAUSE: usize = usize::MAX;

const PAIRS: &[Pair] = &[
    Pair {
        topic: Topic::Window,
        words: Meaning::TopicCheapest,
        with: Meaning::TopicCheapestWhen,
        third: Some(Meaning::TopicNights),
        flies: false,
        before: None,
        within: CLAUSE,
    },
    Pair {
        topic: Topic::Cost,
        words: Meaning::TopicCostAsk,
        with: Meaning::TopicCostAll,
        third: None,
        flies: false,
        before: Some(Topic::Cost),
        within: CLAUSE,
    },
    Pair {
        topic: Topic::Itinerary,
        words: Meaning::TopicPlanVerb,
        with: Meaning::TopicPlanDays,
        third: None,
        flies: true,
        before: Some(Topic::Overview),
        within: 6,
    },
    Pair {
        topic: Topic::Nearby,
        words: Meaning::TopicNearby,
        with: Meaning::TopicNearbyAsk,
        third: None,
        flies: true,
        before: Some(Topic::Sights),
        within: CLAUSE,
    },
    Pair {
        topic: Topic::Nearby,
        words: Meaning::TopicNearby,
        with: Meaning::TopicSights,
        third: None,
        flies: true,
        before: Some(Topic::Sights),
        within: CLAUSE,
    },
];

/// The first pair that stands in the clause, and the topic before which it counts.
pub(super) fn of(tokens: &Tokens<'_>, clause: &Range<usize>) -> Option<(Option<Topic>, Subject)> {
    PAIRS.iter().find_map(|pair| {
        let flies = standing(tokens, clause, Meaning::QuestionSpeaksOfFlights);
        if !pair.flies && !flies.is_empty() {
            return None;
        }
        let third = pair.third.map(|third| standing(tokens, clause, third));
        if third.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        let others = standing(tokens, clause, pair.with);
        let (words, with) = standing(tokens, clause, pair.words)
            .into_iter()
            .find_map(|words| {
                let apart = |other: &&Range<usize>| {
                    (other.end <= words.start || words.end <= other.start)
                        && other.start.abs_diff(words.start) <= pair.within
                };
                Some((words.clone(), others.iter().find(apart)?.clone()))
            })?;
        let subject = Subject {
            topic: pair.topic,
            words,
            with: claimed(pair, with),
        };
        Some((pair.before, subject))
    })
}

/// What of the other phrase is used: days are read as days of the trip.
fn claimed(pair: &Pair, with: Range<usize>) -> Vec<Range<usize>> {
    match pair.with {
        Meaning::TopicPlanDays => Vec::new(),
        _ => vec![with],
    }
}

/// Where phrases of that meaning stand in a clause, but for the beginning of what is none: "plan to".
fn standing(tokens: &Tokens<'_>, clause: &Range<usize>, meaning: Meaning) -> Vec<Range<usize>> {
    let said = |at: usize| {
        let length = tokens.means(at, meaning)?;
        let other = tokens.means(at, Meaning::TopicNone).unwrap_or(0);
        (length >= other && at + length <= clause.end).then_some(at..at + length)
    };
    clause.clone().filter_map(said).collect()
}
