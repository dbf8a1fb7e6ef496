//! From words to a trip: places, dates, party, money, preferences. Pure; the clock is injected.

use std::ops::Range;

use jiff::Zoned;
use travel::locale::Locale;

use crate::{
    asked::asked_slot,
    assemble::{items, stays},
    intent::language::detect_language,
    mention::{carrier, choice, correction, day, details, leg, money, party, place, relaxed, wish},
    text::{lexicon::Meaning, tokens::Tokens},
};
use crate::{
    ledger::Ledger,
    left_over,
    pending::Pending,
    question,
    reading::{LeftOver, Problem, Reading, SlotName},
    topic::Topic,
    trip::TripRequest,
    wish::{Change, Span},
};

/// A message in its conversation.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The message.
    pub text: &'a str,
    /// The agent's last message.
    pub previous: Option<&'a str>,
    /// The visitor's language.
    pub locale: Locale,
    /// "03/04" is the 4th of March, as Americans write it; see [`crate::month_first`].
    pub month_first: bool,
    /// The visitor's clock, in the visitor's zone.
    pub now: &'a Zoned,
    /// What is known so far.
    pub trip: &'a TripRequest,
    /// What the agent waits for, as it said itself; `None` = not known: derived from `previous`.
    pub asked: Option<&'a Pending>,
}

/// Phrases that help to put together what is named, wherever they stand.
const CUES: &[Meaning] = &[
    Meaning::ItineraryThen,
    Meaning::ItineraryAlso,
    Meaning::ItineraryBack,
    Meaning::ItineraryOr,
    Meaning::ItineraryTorn,
    Meaning::ItineraryWouldDo,
    Meaning::ItineraryGoing,
    Meaning::ItineraryRevisit,
    Meaning::PolarityPreference,
    Meaning::TalkPoliteness,
    Meaning::TalkRequest,
    Meaning::PlacePurpose,
];

/// Words that mean nothing of their own beside something that is named; alone they do ("I think so").
const FILLERS: &[Meaning] = &[Meaning::ItineraryShape, Meaning::TalkFiller];

/// Reads what a message says about a trip, and what it asks besides.
#[must_use]
pub fn understand(input: &Input<'_>) -> Reading {
    match question::pasted::without(input.text) {
        Some(text) => read(&Input {
            text: &text,
            ..*input
        }),
        None => read(input),
    }
}

fn read(input: &Input<'_>) -> Reading {
    let tokens = Tokens::new(input.text);
    let written = detect_language(input.text).unwrap_or(input.locale);
    let none = TripRequest::default();
    let depart = input.trip.depart_date.as_ref().map(|span| span.from);
    let first = depart.unwrap_or(input.now.date());
    let found = question::find(&tokens, first, |part| {
        let part = Input {
            text: part,
            previous: None,
            trip: &none,
            asked: None,
            ..*input
        };
        trip(&part, &Tokens::new(part.text), written, &Beside::default())
    });
    let dated = setting(input, &tokens, written, None);
    let beyond = details::read(&dated, &found.questions, input);
    let asked: Vec<_> = found.asked().collect();
    let last = last_topic(input, &found);
    let goes_on = goes_on(input, &tokens, last, &asked).or_else(|| {
        // "Plus tranquille", "no museums": only more of what was asked before.
        let topic = last.filter(|topic| topic.is_planned());
        topic
            .filter(|_| !beyond.details.is_empty())
            .map(|topic| (topic, Vec::new()))
    });
    let mut used = found.services;
    used.extend(beyond.used);
    let lead: Vec<_> = goes_on.iter().flat_map(|(_, lead)| lead.clone()).collect();
    let beside = Beside {
        used: &used,
        lead: &lead,
        topics: &asked,
    };
    let mut reading = if found.asides.is_empty() {
        trip(input, &tokens, written, &beside)
    } else {
        // What only asks says nothing of the trip; all else stays where it stands.
        let text = question::without(input.text, &found.asides);
        let rest = Input {
            text: &text,
            ..*input
        };
        trip(&rest, &Tokens::new(&text), written, &beside)
    };
    reading.details = beyond.details;
    if reading.return_date.is_none() && reading.stay_days.is_none() {
        reading.stay_days = beyond.stay_days;
    }
    let takes = reading.details.tier.is_some();
    if takes {
        // "The first one" is a package, and no offer that was shown before.
        reading.choice = None;
    }
    if takes && !asked.contains(&Topic::Package) {
        question::go_on(Topic::Package, input.text.len(), input.trip, &mut reading);
    } else if let Some((topic, _)) = goes_on {
        question::complete(topic, input.text.len(), input.trip, &mut reading);
    } else if last == Some(Topic::Package) && reading.depart_date.is_some() {
        // Other days of flight and nights together are looked for together.
        question::complete(Topic::Package, input.text.len(), input.trip, &mut reading);
    } else if changes_days(&tokens, last, &reading) {
        let length = input.text.len();
        question::go_on(Topic::Itinerary, length, input.trip, &mut reading);
    }
    let mut questions = found.questions;
    // "No museums" after a plan is of the plan, not of sights.
    let of_plan = input.trip.last_topic == Some(Topic::Itinerary)
        && !reading.details.refused.is_empty()
        && reading.details.interests.is_empty();
    for said in &mut questions {
        let question = &mut said.value;
        if of_plan && question.topic == Topic::Sights && question.destination.is_none() {
            question.topic = Topic::Itinerary;
        }
    }
    // "Too dear, the same but mid-range?" after nights is of nights.
    let nights = input
        .trip
        .last_topic
        .filter(|last| matches!(last, Topic::Hotel));
    for said in &mut questions {
        if said.value.topic == Topic::Relax
            && reading.details.category.is_some()
            && let Some(nights) = nights
        {
            said.value.topic = nights;
        }
    }
    reading.questions.extend(questions);
    no_end(input, &asked, &mut reading);
    let flies = question::are_of_flights(&tokens);
    question::within(input.trip, &tokens, flies, &mut reading);
    reading
}

/// "A plan for Rome, and fit Naples in": a place besides that of a plan for the trip that is there is no new
/// beginning of it. It is left over.
fn no_end(input: &Input<'_>, asked: &[Topic], reading: &mut Reading) {
    let trip = input.trip;
    let known = trip.origin.is_some() && trip.destination.is_some();
    let plans = asked.contains(&Topic::Itinerary) && !question::speaks_of_flights(input.text);
    if !(known && plans && reading.destination.is_some()) {
        return;
    }
    let Some(place) = reading.origin.take() else {
        return;
    };
    reading
        .problems
        .retain(|problem| *problem != Problem::SamePlace);
    if let Some(start) = input.text.find(&place.surface) {
        reading.left_over.push(LeftOver {
            at: Span {
                start,
                end: start + place.surface.len(),
            },
            text: place.surface,
        });
        reading.left_over.sort_by_key(|left| left.at.start);
    }
}

/// The question that the message goes on with, and the words that say so; `None` where it asks for itself.
fn goes_on(
    input: &Input<'_>,
    tokens: &Tokens<'_>,
    last: Option<Topic>,
    asked: &[Topic],
) -> Option<(Topic, Vec<Range<usize>>)> {
    // Another question is no answer to the one that waits.
    let other = |waiting: Topic| {
        asked
            .iter()
            .any(|topic| topic.is_planned() && *topic != waiting)
    };
    if let Some(Pending::Topic { topic, .. }) = input.asked
        && !other(*topic)
    {
        return Some((*topic, Vec::new()));
    }
    let topic = last?;
    question::lead(tokens, true).map(|lead| (topic, lead))
}

/// The subject of the question before, where the message asks none and the agent awaits no part of the
/// trip.
fn last_topic(input: &Input<'_>, found: &question::Found) -> Option<Topic> {
    let asked = input.asked;
    let free = asked.is_none_or(|asked| asked.awaited_slot().is_none());
    input
        .trip
        .last_topic
        .filter(|_| found.questions.is_empty() && free)
}

/// Whether a message that says nothing else changes the days that were planned: "add the Prado".
fn changes_days(tokens: &Tokens<'_>, topic: Option<Topic>, reading: &Reading) -> bool {
    let nothing = Reading {
        left_over: reading.left_over.clone(),
        ..Reading::default()
    };
    topic == Some(Topic::Itinerary)
        && *reading == nothing
        && tokens.means(0, Meaning::DetailPlanChange).is_some()
}

/// What a message says beside a trip.
#[derive(Clone, Copy, Default)]
struct Beside<'a> {
    /// Bytes that something else has used.
    used: &'a [Range<usize>],
    /// Bytes with which it goes on with a question: used unless the trip uses them, "and with the kids".
    lead: &'a [Range<usize>],
    /// What is asked.
    topics: &'a [Topic],
}

/// Reads what is said about a trip.
fn trip(input: &Input<'_>, tokens: &Tokens<'_>, written: Locale, beside: &Beside<'_>) -> Reading {
    let mut claims = Ledger::new(tokens.len());
    for at in 0..tokens.len() {
        let start = tokens.bytes(at..at + 1).start;
        if beside.used.iter().any(|used| used.contains(&start)) {
            claims.take(at..at + 1);
        }
    }
    let mut reading = Reading::default();
    let open = input.trip.open_ambiguity.as_ref().map(|open| open.slot);
    let asked = match input.asked {
        Some(pending) => pending.awaited_slot(),
        None => input.previous.and_then(asked_slot),
    };
    let asked = asked.or(open);

    leg::read(tokens, input.trip, &mut claims, &mut reading);
    // What one reader uses is taken from the next: "1 500 €" names no day, "Air France" no country.
    money::read(tokens, input.trip, &mut claims, &mut reading);
    carrier::read(tokens, &mut claims, &mut reading);
    let date_asked = matches!(asked, Some(SlotName::DepartDate | SlotName::ReturnDate));
    if input.trip.open_ambiguity.is_none() && !date_asked {
        choice::read(tokens, &mut claims, &mut reading);
    }
    let setting = setting(input, tokens, written, asked);
    day::changes::read(&setting, &mut claims, &mut reading);
    let hours = day::hours::read(tokens, &mut claims);
    let mut days = day::read(&setting, hours, &mut claims, &mut reading);
    let parties = party::read(tokens, &mut claims, asked, &mut reading);
    wish::read(tokens, written, &mut days, &mut claims, &mut reading);
    day::windows::settle(&days.hours, &mut claims, &mut reading);
    let setting = place::Setting {
        tokens,
        locale: written,
        asked,
        trip: input.trip,
    };
    place::read(&setting, &days, &mut claims, &mut reading);
    if input.trip.onward.is_empty() {
        day::listed::settle(&days, &mut reading);
    }
    party::share(parties, &mut reading);
    contradict(tokens, &mut reading);
    let for_legs = asked == Some(SlotName::DepartDate) && input.trip.depart_date.is_some();
    if for_legs && input.trip.undated().next().is_some() {
        stays::answer(&days, input.trip, &mut claims, &mut reading);
    }
    choice::by_quality(tokens, &mut reading);
    if let Some(swap) = tokens.all(Meaning::SwapDirection).next() {
        claims.take(swap);
        reading.changes.push(Change::Swap);
    }
    if matches!(input.asked, Some(Pending::Change { .. })) {
        relaxed::read(tokens, &mut claims, &mut reading);
    }
    correction::read(tokens, input.trip, &mut claims, &mut reading);
    place::mark_cues(tokens, &mut claims);
    items::mark_counts(tokens, &mut claims);
    for meaning in CUES {
        tokens.all(*meaning).for_each(|range| claims.mark(range));
    }
    for at in 0..tokens.len() {
        let start = tokens.bytes(at..at + 1).start;
        if beside.lead.iter().any(|lead| lead.contains(&start)) {
            claims.mark(at..at + 1);
        }
    }
    let topics = beside.topics.iter();
    for meaning in topics.flat_map(|topic| question::own_words(*topic)) {
        tokens.all(*meaning).for_each(|range| claims.mark(range));
    }
    if claims.any(0..tokens.len()) {
        for meaning in FILLERS {
            tokens.all(*meaning).for_each(|range| claims.mark(range));
        }
        left_over::mark_signature(tokens, &mut claims);
    }
    reading.left_over = left_over::of(tokens, &claims);
    reading
}

/// What the days of a message are read against.
fn setting<'a>(
    input: &Input<'a>,
    tokens: &'a Tokens<'a>,
    written: Locale,
    asked: Option<SlotName>,
) -> day::Setting<'a> {
    day::Setting {
        tokens,
        today: input.now.date(),
        french: written == Locale::Fr,
        day_first: !input.month_first || input.locale == Locale::Fr,
        asked,
        trip: input.trip,
    }
}

/// A way back and "one way", where neither takes back the other.
fn contradict(tokens: &Tokens<'_>, reading: &mut Reading) {
    let several = !(reading.onward.is_empty() && reading.also.is_empty());
    let torn = reading.one_way == Some(true) && reading.return_date.is_some() && !several;
    if torn && !(0..tokens.len()).any(|at| items::corrects(tokens, at)) {
        reading.problems.push(Problem::OneWayWithReturn);
    }
}

/// Builds the tables of names now, so that the first message does not wait for them.
pub fn warm_up() {
    crate::text::lexicon::warm_up();
    left_over::warm_up();
    place::warm_up();
}
