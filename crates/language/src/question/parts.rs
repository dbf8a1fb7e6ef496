//! Questions that are part of another one: the hotel of "when is it cheapest, hotel included", the sights of
//! a plan that is to be judged.

use super::{Manner, Question, Said};
use crate::{
    text::{lexicon::Meaning, tokens::Tokens},
    topic::Topic,
};

/// Fewest days with a number that make a plan.
const DAYS_OF_A_PLAN: usize = 2;
/// Fewest hours that make a plan.
const HOURS_OF_A_PLAN: usize = 3;

/// Words that belong to a question on that subject wherever they stand, unless they say something of the
/// trip: "so what's the damage in total".
pub(crate) const fn own_words(topic: Topic) -> &'static [Meaning] {
    match topic {
        Topic::Cost => &[
            Meaning::TopicCost,
            Meaning::TopicCostAsk,
            Meaning::TopicCostAll,
            Meaning::DetailCosting,
        ],
        Topic::Window => &[
            Meaning::TopicCheapest,
            Meaning::TopicCheapestWhen,
            Meaning::TopicSureNights,
            Meaning::DetailSameNights,
        ],
        Topic::OfferDetails => &[
            Meaning::TopicOffer,
            Meaning::TopicOfferDetail,
            Meaning::TopicOfferAspect,
        ],
        Topic::Hotel | Topic::Rental | Topic::Package | Topic::Quarters => {
            &[Meaning::DetailSameNights]
        }
        _ => &[],
    }
}

/// Leaves out what belongs to another question. `says_so`: whether it stands in a clause with words that ask.
pub(super) fn join(questions: &mut Vec<Said<Question>>, says_so: impl Fn(&Said<Question>) -> bool) {
    let asked: Vec<_> = questions
        .iter()
        .filter(|said| said.value.manner == Manner::Asked)
        .map(|said| said.value.topic)
        .collect();
    questions.retain(|said| {
        let topic = said.value.topic;
        let whole = asked
            .iter()
            .any(|other| *other != topic && is_part(topic, *other));
        let of_a_plan = asked.contains(&Topic::Check) && is_seen(topic);
        !(whole && !is_seen(topic) || (whole || of_a_plan) && !says_so(said))
    });
    let mut known = Vec::new();
    questions.retain(|said| {
        let topic = said.value.topic;
        let again = topic.takes_trip_facts() && known.contains(&topic);
        known.push(topic);
        !again
    });
}

/// Whether a subject is part of another.
const fn is_part(topic: Topic, of: Topic) -> bool {
    match of {
        Topic::Window => matches!(
            topic,
            Topic::Package | Topic::Hotel | Topic::Rental | Topic::WhenToGo
        ),
        Topic::Package => matches!(topic, Topic::Hotel | Topic::Sights),
        Topic::Hotel | Topic::Rental => matches!(topic, Topic::Quarters),
        Topic::Itinerary | Topic::Suggest | Topic::Nearby => is_seen(topic),
        _ => false,
    }
}

/// What is seen and done on the days of a trip.
const fn is_seen(topic: Topic) -> bool {
    matches!(topic, Topic::Sights | Topic::Food | Topic::Nearby)
}

/// Whether a message is a plan, day by day or hour by hour.
pub(super) fn is_plan(tokens: &Tokens<'_>) -> bool {
    let all = || 0..tokens.len();
    let days = all().filter(|at| tokens.means(*at, Meaning::DetailDay).is_some());
    let days = days.filter(|at| tokens.number(at + 1).is_some()).count();
    let mut hours = all().filter(|at| is_hour(tokens, *at)).count();
    if hours > 0 {
        // "8am Vatican, 10 Colosseum, 11 Borghese": the others are hours as well.
        hours += all().filter(|at| is_bare_hour(tokens, *at)).count();
    }
    days >= DAYS_OF_A_PLAN || hours >= HOURS_OF_A_PLAN
}

/// What is seen hour by hour, in tokens: a town of that name is not meant ("11h Phoenix Park"). None where
/// nothing but that is said.
pub(super) fn entries(tokens: &Tokens<'_>) -> Vec<std::ops::Range<usize>> {
    let all = 0..tokens.len();
    let begins = |at: &usize| is_hour(tokens, *at) || is_bare_hour(tokens, *at);
    if !all.clone().any(|at| is_hour(tokens, at)) {
        return Vec::new();
    }
    let ends = |at: usize| tokens.is(at, &[",", ";"]) || tokens.ends_sentence(at);
    let entries: Vec<_> = all
        .clone()
        .filter(begins)
        .map(|at| {
            at..(at..all.end)
                .find(|at| ends(*at))
                .map_or(all.end, |end| end + 1)
        })
        .collect();
    let mut rest = all.filter(|at| !entries.iter().any(|entry| entry.contains(at)));
    match rest.any(|at| tokens.is_word(at)) {
        true => entries,
        false => Vec::new(),
    }
}

/// "10h", "9am", "10:30".
fn is_hour(tokens: &Tokens<'_>, at: usize) -> bool {
    use crate::text::{tokens::Gap, words};
    let named = tokens.is(at + 1, words::QUESTION_HOUR_UNIT) && tokens.gap(at + 1) == Gap::None;
    let clock = tokens.gap(at + 1) == Gap::Mark(':');
    tokens.number(at).is_some() && (named || clock)
}

/// A number that begins an entry of a list, before the name of what is seen then.
fn is_bare_hour(tokens: &Tokens<'_>, at: usize) -> bool {
    let begins = at > 0 && tokens.is(at - 1, &[",", ";", ":"]);
    let hour = tokens.number(at).is_some_and(|hour| hour < 24);
    begins && hour && tokens.is_word(at + 1) && !is_hour(tokens, at)
}
