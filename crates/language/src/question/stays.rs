//! Stays one after the other: "hotels: Bangkok 7 to 13, Hanoi 13 to 20" asks twice.

use std::ops::Range;

use jiff::{ToSpan, civil::Date};

use super::{Found, Manner, Question, Said, clause::Clause, days};
use crate::{
    mention::day::names,
    reading::{DateSpan, Reading},
    text::{lexicon::Meaning, tokens::Tokens},
    topic::Topic,
    trip::TripRequest,
    wish::Span,
};

/// Fewest stays that are a list.
const SEVERAL: usize = 2;
/// Most months by which days without a month are moved to those of the trip.
const MOST_MONTHS: i32 = 14;

/// The question about nights, once for each of the clauses that name but a place and its days. Their words are
/// of the stays: no leg of a trip goes there.
pub(super) fn listed(
    tokens: &Tokens<'_>,
    bare: &[Clause],
    first: Date,
    found: &mut Found,
    read: impl Fn(&str) -> Reading,
) {
    let of_stays = |said: &Said<Question>| {
        let question = &said.value;
        let nights = matches!(question.topic, Topic::Hotel | Topic::Rental);
        nights && question.manner == Manner::Asked
    };
    let Some(at) = found.questions.iter().position(of_stays) else {
        return;
    };
    let topic = found.questions[at].value.topic;
    let stay = |words: Range<usize>| {
        let said = read(tokens.surface(words.clone()));
        let one = said.origin.is_some() != said.destination.is_some();
        let dates = days(&said).filter(|dates| dates.from < dates.to);
        let dates = dates.or_else(|| numbered(tokens, &words, first))?;
        if !one {
            return None;
        }
        let mut question = Question::of(topic, Manner::Asked, said);
        question.destination = question
            .destination
            .take()
            .or_else(|| question.origin.take());
        question.dates = Some(dates);
        question.stay_days = None;
        Some(Said {
            at: Span::of(tokens, words),
            value: question,
        })
    };
    let clauses = bare.iter().filter_map(|clause| {
        let said = stay(clause.tokens.clone())?;
        Some((clause.lead..clause.tokens.end, said))
    });
    let (words, stays): (Vec<_>, Vec<_>) = clauses.unzip();
    if stays.len() < SEVERAL {
        return;
    }
    found
        .asides
        .extend(words.into_iter().map(|words| tokens.bytes(words)));
    found.questions.splice(at..=at, stays);
}

/// The days of the questions as the trip has them: "7 to 13" beside a trip of March is of March, and what lies
/// within a trip whose days are settled moves none of its flights.
pub(crate) fn within(trip: &TripRequest, tokens: &Tokens<'_>, flies: bool, reading: &mut Reading) {
    let Some((first, last)) = settled(trip) else {
        return;
    };
    // Whether the words of a question name a month.
    let dated = |at: Span| {
        let mut words = (0..tokens.len()).filter(|word| {
            let bytes = tokens.bytes(*word..word + 1);
            at.start <= bytes.start && bytes.end <= at.end
        });
        words.any(|word| names::month(tokens.word(word)).is_some())
    };
    let of_nights = reading.questions.iter();
    let several = of_nights
        .filter(|said| is_of_nights(said.value.topic))
        .count()
        > 1;
    let named = (0..tokens.len()).any(|word| names::month(tokens.word(word)).is_some());
    if !flies && named {
        own_days(reading, first, last);
    }
    let (mut of_stays, mut astray) = (false, false);
    for said in &mut reading.questions {
        let month = if several { dated(said.at) } else { named };
        let question = &mut said.value;
        astray |= question.manner == Manner::Asked
            && question.topic.is_planned()
            && !is_when(question.topic);
        if question.manner != Manner::Asked || !is_of_nights(question.topic) {
            continue;
        }
        let Some(dates) = &mut question.dates else {
            continue;
        };
        if !month && dates.to < first {
            // "The weekend" without a number is that of the trip.
            match dates.surface.contains(|c: char| c.is_ascii_digit()) {
                true => bring(dates, first),
                false => {
                    question.dates = None;
                    continue;
                }
            }
        }
        of_stays |= dates.from < dates.to && first <= dates.from && dates.to <= last;
    }
    let moves = flies || reading.origin.is_some() || !reading.changes.is_empty();
    // "Something better for the whole weekend", of a trip in March, is no weekend before it.
    let before = reading
        .depart_date
        .as_ref()
        .is_some_and(|depart| depart.from < first);
    // What is asked of one city of several moves no leg.
    let of_a_stop = |topic| is_of_nights(topic) || topic == Topic::Cost;
    let asks = reading
        .questions
        .iter()
        .any(|said| of_a_stop(said.value.topic));
    if asks && !moves && !trip.onward.is_empty() && reading.onward.is_empty() {
        let place = reading.destination.take();
        for said in &mut reading.questions {
            let question = &mut said.value;
            if of_a_stop(question.topic) && question.destination.is_none() {
                question.destination.clone_from(&place);
            }
        }
        reading.stay_days = None;
    }
    // "That's Easter, isn't it? Is anything closed?" remarks on the days, and moves none.
    let inside = reading.depart_date.as_ref().is_some_and(|depart| {
        first <= depart.from && depart.to <= last && !named && reading.return_date.is_none()
    });
    let numbered = (0..tokens.len()).any(|at| tokens.number(at).is_some());
    if (of_stays || astray && before && !named || astray && inside && !numbered) && !moves {
        (reading.depart_date, reading.return_date) = (None, None);
        (reading.stay_days, reading.one_way) = (None, None);
    }
}

/// Gives the nights of "what would a flat cost instead, from 20 to 27 June?" the days that the message names
/// elsewhere, where they lie within those of the trip.
fn own_days(reading: &mut Reading, first: Date, last: Date) {
    let exact = |span: &Option<DateSpan>| {
        let span = span.as_ref()?;
        (span.from == span.to && span.or.is_empty()).then_some(span.from)
    };
    let Some(days) = exact(&reading.depart_date).zip(exact(&reading.return_date)) else {
        return;
    };
    let mut asked = reading.questions.iter();
    let seeks = asked.any(|said| said.value.manner == Manner::Asked && is_when(said.value.topic));
    let inside = first <= days.0 && days.0 < days.1 && days.1 <= last;
    if seeks || !inside || days == (first, last) {
        return;
    }
    let surface = reading.depart_date.as_ref();
    let surface = surface.map_or_else(String::new, |span| span.surface.clone());
    for said in &mut reading.questions {
        let question = &mut said.value;
        let open = question.dates.is_none() && question.manner == Manner::Asked;
        if open && is_of_nights(question.topic) {
            question.dates = Some(DateSpan::new(surface.clone(), days.0, days.1));
        }
    }
}

/// Whether a question seeks the days themselves.
const fn is_when(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Package | Topic::Window | Topic::Suggest | Topic::Relax
    )
}

const fn is_of_nights(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Hotel | Topic::Rental | Topic::Itinerary | Topic::Quarters
    )
}

/// The first and the last day of a trip with flights, where both are settled.
fn settled(trip: &TripRequest) -> Option<(Date, Date)> {
    trip.origin.as_ref()?;
    trip.destination.as_ref()?;
    let exact = |span: &DateSpan| (span.from == span.to).then_some(span.from);
    let first = exact(trip.depart_date.as_ref()?)?;
    let back = trip.return_date.as_ref();
    let last = back.or_else(|| trip.onward.last()?.date.as_ref());
    Some((first, exact(last?)?))
}

/// Moves days by whole months until they are not before the trip.
fn bring(dates: &mut DateSpan, first: Date) {
    let moved = (1..=MOST_MONTHS).find_map(|months| {
        let by = months.months();
        let from = dates.from.checked_add(by).ok()?;
        let to = dates.to.checked_add(by).ok()?;
        (from >= first).then_some((from, to))
    });
    if let Some((from, to)) = moved {
        (dates.from, dates.to) = (from, to);
    }
}

/// "7 to 13", without a month: the first such days from a day on.
fn numbered(tokens: &Tokens<'_>, words: &Range<usize>, first: Date) -> Option<DateSpan> {
    let at = words.clone().find(|at| {
        let links = tokens.means(at + 1, Meaning::DayRangeTo).is_some()
            || tokens.is(at + 1, crate::text::words::QUESTION_UNTIL);
        links && tokens.number(*at).is_some() && tokens.number(at + 2).is_some()
    })?;
    let day = |at: usize| {
        i8::try_from(tokens.number(at)?)
            .ok()
            .filter(|day| (1..=31).contains(day))
    };
    let next = |from: Date, day: i8| {
        let months = (0..MOST_MONTHS).filter_map(|months| {
            let month = from.first_of_month().checked_add(months.months()).ok()?;
            month.with().day(day).build().ok()
        });
        let mut days = months.skip_while(|found| *found < from);
        days.next()
    };
    let from = next(first, day(at)?)?;
    let to = next(from, day(at + 2)?)?;
    Some(DateSpan::new(tokens.surface(at..at + 3), from, to))
}
