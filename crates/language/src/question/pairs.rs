//! What two phrases of a clause ask together: neither of them does alone.

use std::ops::Range;

use super::{stands, subject::Subject};
use crate::{
    text::{lexicon::Meaning, tokens::Tokens},
    topic::Topic,
};

/// Which of the phrases are used up by the question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Uses {
    Both,
    /// The other one says something of the trip.
    First,
    /// Both do.
    Neither,
}

/// Phrases that ask together.
struct Pair {
    topic: Topic,
    /// The phrase that tells the topic.
    words: Meaning,
    /// The one beside it.
    with: Meaning,
    uses: Uses,
    /// The topic before which it counts; `None` = before all.
    before: Option<Topic>,
    /// Most tokens from the one to the other.
    within: usize,
    /// It does not count in a clause with one of these.
    unless: &'static [Meaning],
}

/// Anywhere in the clause.
const CLAUSE: usize = usize::MAX;
/// What has prices of its own.
const PRICED: &[Meaning] = &[
    Meaning::QuestionSpeaksOfFlights,
    Meaning::TopicHotel,
    Meaning::TopicRental,
    Meaning::TopicCar,
    Meaning::TopicGround,
    Meaning::TopicAllIn,
];
/// What is wanted of a spot, where it is no sight.
const OTHER_THAN_SIGHTS: &[Meaning] = &[
    Meaning::TopicHotel,
    Meaning::TopicRental,
    Meaning::TopicQuarters,
    Meaning::TopicFood,
    Meaning::QuestionSpeaksOfFlights,
];

const PAIRS: &[Pair] = &[
    Pair {
        topic: Topic::OfferDetails,
        words: Meaning::TopicOfferDetail,
        with: Meaning::TopicOffer,
        uses: Uses::First,
        before: None,
        within: 6,
        unless: &[],
    },
    Pair {
        topic: Topic::OfferDetails,
        words: Meaning::TopicOfferAspect,
        with: Meaning::TopicOffer,
        uses: Uses::Neither,
        before: None,
        within: CLAUSE,
        // "I'll take the second one, without a bag" asks nothing.
        unless: &[Meaning::TopicOfferTaken],
    },
    // "What do we do if it rains?"
    Pair {
        topic: Topic::Sights,
        words: Meaning::TopicInBadWeather,
        with: Meaning::TopicDoneThen,
        uses: Uses::Both,
        before: None,
        within: CLAUSE,
        unless: &[
            Meaning::QuestionSpeaksOfFlights,
            Meaning::TopicHotel,
            Meaning::TopicRental,
            Meaning::TopicRights,
            Meaning::TopicDays,
        ],
    },
    Pair {
        topic: Topic::Cost,
        words: Meaning::TopicCostAsk,
        with: Meaning::TopicCostAll,
        uses: Uses::Both,
        before: Some(Topic::Cost),
        within: CLAUSE,
        unless: PRICED,
    },
    Pair {
        topic: Topic::Itinerary,
        words: Meaning::TopicPlanVerb,
        with: Meaning::TopicPlanDays,
        uses: Uses::First,
        before: Some(Topic::Overview),
        within: 6,
        unless: &[],
    },
    Pair {
        topic: Topic::Nearby,
        words: Meaning::TopicNearby,
        with: Meaning::TopicNearbyAsk,
        uses: Uses::Both,
        before: Some(Topic::Sights),
        within: CLAUSE,
        unless: OTHER_THAN_SIGHTS,
    },
    Pair {
        topic: Topic::Nearby,
        words: Meaning::TopicNearby,
        with: Meaning::TopicSights,
        uses: Uses::Both,
        before: Some(Topic::Sights),
        within: CLAUSE,
        unless: OTHER_THAN_SIGHTS,
    },
    Pair {
        topic: Topic::Nearby,
        words: Meaning::TopicOnFoot,
        with: Meaning::TopicVisit,
        uses: Uses::Both,
        before: Some(Topic::Sights),
        within: CLAUSE,
        unless: OTHER_THAN_SIGHTS,
    },
];

/// The first pair that stands in the clause, and the topic before which it counts.
pub(super) fn of(tokens: &Tokens<'_>, clause: &Range<usize>) -> Option<(Option<Topic>, Subject)> {
    let window = window(tokens, clause).map(|subject| (None, subject));
    window.or_else(|| PAIRS.iter().find_map(|pair| paired(tokens, clause, pair)))
}

fn paired(
    tokens: &Tokens<'_>,
    clause: &Range<usize>,
    pair: &Pair,
) -> Option<(Option<Topic>, Subject)> {
    let all = 0..tokens.len();
    let beside = match pair.uses {
        // "The first one, is there a bag in it?"
        Uses::Neither => &all,
        _ => clause,
    };
    let kept = |meaning: &Meaning| stands(tokens, beside, *meaning);
    if pair.unless.iter().any(kept) {
        return None;
    }
    let others = standing(tokens, beside, pair.with);
    let (words, with) = standing(tokens, clause, pair.words)
        .into_iter()
        .find_map(|words| {
            let apart = |other: &&Range<usize>| {
                (other.end <= words.start || words.end <= other.start)
                    && other.start.abs_diff(words.start) <= pair.within
            };
            let other = others.iter().find(apart)?.clone();
            Some((words, other))
        })?;
    let used = match pair.uses {
        Uses::Both => vec![words.clone(), with],
        Uses::First => vec![words.clone()],
        Uses::Neither => Vec::new(),
    };
    let subject = Subject {
        topic: pair.topic,
        words,
        used,
    };
    Some((pair.before, subject))
}

/// When flight and nights are cheapest; without nights it is the flights that are sought, and "the cheapest"
/// and the days say of them what they say here.
fn window(tokens: &Tokens<'_>, clause: &Range<usize>) -> Option<Subject> {
    let cheapest = standing(tokens, clause, Meaning::TopicCheapest);
    let words = cheapest.into_iter().next()?;
    let all = 0..tokens.len();
    let when = standing(tokens, &all, Meaning::TopicCheapestWhen);
    let apart = |other: &Range<usize>| other.end <= words.start || words.end <= other.start;
    let when = when.into_iter().find(apart)?;
    let sure = stands(tokens, &all, Meaning::TopicSureNights);
    let flies = stands(tokens, clause, Meaning::QuestionSpeaksOfFlights);
    let nights = sure || !flies && stands(tokens, clause, Meaning::TopicNights);
    nights.then(|| Subject {
        topic: Topic::Window,
        words: words.start.min(when.start)..words.end.max(when.end),
        used: Vec::new(),
    })
}

/// Where phrases of that meaning stand in a clause, but for the beginning of what is none: "plan to".
fn standing(tokens: &Tokens<'_>, clause: &Range<usize>, meaning: Meaning) -> Vec<Range<usize>> {
    let said = |at: usize| {
        let length = tokens.means(at, meaning)?;
        let other = tokens.means(at, Meaning::TopicNone).unwrap_or(0);
        let before = at
            .checked_sub(1)
            .and_then(|at| tokens.means(at, Meaning::TopicNone));
        // "Around 500 euros" is no spot.
        let counts = meaning == Meaning::TopicNearby && tokens.number(at + length).is_some();
        let is_none = counts || other > length || before.is_some_and(|words| words > 1);
        (!is_none && at + length <= clause.end).then_some(at..at + length)
    };
    clause.clone().filter_map(said).collect()
}
