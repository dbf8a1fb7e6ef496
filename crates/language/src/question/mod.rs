//! What a message asks besides its trip: read once, each question with the place that it is about.

mod clause;
mod elliptic;
mod gist;
mod pairs;
mod parts;
pub(crate) mod pasted;
mod planned;
mod spots;
mod stays;
mod subject;

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    mention::details,
    reading::{DateSpan, Place, Reading},
    text::{lexicon::Meaning, tokens::Tokens},
    topic::Topic,
    wish::Span,
};
pub(crate) use gist::are_of_flights;
pub use gist::{is_only_a_question, seeks_a_destination, speaks_of_flights};

use clause::Clause;
pub(crate) use elliptic::{complete, go_on, lead};
pub(crate) use parts::own_words;
pub(crate) use stays::within;
use subject::Subject;

/// Something said, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said<T> {
    /// What.
    #[serde(flatten)]
    pub value: T,
    /// Where.
    pub at: Span,
}

/// How a topic is brought up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// It is asked about, whatever else the message wants; its words are used.
    Asked,
    /// It is named: a question where the message wants no trip, or else a need that is left over.
    Named,
}

/// A question of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What it is about.
    pub topic: Topic,
    /// How it is brought up.
    pub manner: Manner,
    /// Where its distance counts from, as far as its own clause says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Place>,
    /// The place that it is about, as far as its own clause says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<Place>,
    /// The days that it is about, as far as its own clause says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateSpan>,
    /// The days of stay that it is about, as far as its own clause says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay_days: Option<u16>,
}

impl Question {
    /// A question about a topic, as far as a reading of its words says.
    fn of(topic: Topic, manner: Manner, said: Reading) -> Self {
        Self {
            topic,
            manner,
            dates: days(&said),
            stay_days: said.stay_days,
            origin: said.origin,
            destination: said.destination,
        }
    }
}

/// The questions of a message, and its words that they take from the trip.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) questions: Vec<Said<Question>>,
    /// Clauses that only ask, in bytes: nothing in them is said of a trip.
    pub(crate) asides: Vec<Range<usize>>,
    /// Words of services, in bytes: what stands beside them may be said of the trip.
    pub(crate) services: Vec<Range<usize>>,
}

impl Found {
    /// What is asked.
    pub(crate) fn asked(&self) -> impl Iterator<Item = Topic> {
        let asked = |said: &&Said<Question>| said.value.manner == Manner::Asked;
        self.questions
            .iter()
            .filter(asked)
            .map(|said| said.value.topic)
    }
}

/// A clause, and what it brings up.
struct Topical {
    clause: Clause,
    subject: Option<Subject>,
    asked: bool,
}

impl Topical {
    fn of(tokens: &Tokens<'_>, clause: Clause) -> Self {
        let subject = subject::of(tokens, &clause.tokens);
        let asked = subject
            .as_ref()
            .is_some_and(|subject| is_asked(tokens, &clause, subject));
        Self {
            clause,
            subject,
            asked,
        }
    }

    fn topic(&self) -> Option<Topic> {
        self.subject.as_ref().map(|subject| subject.topic)
    }
}

/// The questions. `first`: the day on which the trip begins, or today; `read`: what a part of the message
/// says of places and days.
pub(crate) fn find(tokens: &Tokens<'_>, first: Date, read: impl Fn(&str) -> Reading) -> Found {
    let clauses = spots::joined(tokens, clause::of(tokens)).into_iter();
    let mut clauses: Vec<_> = clauses.map(|clause| Topical::of(tokens, clause)).collect();
    if clauses.iter().all(|clause| clause.subject.is_none()) && !parts::is_plan(tokens) {
        return Found::default();
    }
    chain(tokens, &mut clauses);
    let mut found = Found::default();
    let bare = clauses.iter().filter(|clause| clause.subject.is_none());
    let bare: Vec<_> = bare.map(|clause| clause.clause.clone()).collect();
    let mut clauses = clauses.into_iter().peekable();
    while let Some(Topical {
        mut clause,
        subject,
        asked,
    }) = clauses.next()
    {
        let Some(mut subject) = subject else {
            continue;
        };
        let mut said = read(&part(tokens, &clause, &subject));
        // Who names a town does not ask where to go.
        if subject.topic == Topic::Suggest && planned::names_a_town(&said) {
            let Some(other) = subject::but(tokens, &clause.tokens, Some(Topic::Suggest)) else {
                continue;
            };
            subject = other;
        }
        // "The time in Rome and in Oslo".
        let mut second = None;
        if asked && let Some(next) = clauses.next_if(|next| continues(tokens, next, &read)) {
            let end = next.clause.tokens.end;
            if subject.topic.spans_two_places() {
                clause.tokens.end = end;
                said = read(&part(tokens, &clause, &subject));
            } else {
                // "The currency in Rome and in Oslo" asks twice.
                second = Some(read(tokens.surface(next.clause.tokens)));
                clause.tokens.end = end;
            }
        }
        let Subject { topic, words, used } = subject;
        let asked = asked && (topic.is_said_by_its_words() || !says_a_trip(topic, &said));
        let service = topic.takes_trip_facts()
            && !(topic.may_be_refused() && is_refused(tokens, &clause, &words));
        let manner = match asked || service {
            true => Manner::Asked,
            false => Manner::Named,
        };
        let at = match asked {
            true => clause.tokens.clone(),
            false => words.clone(),
        };
        if asked {
            let with_lead = clause.lead..clause.tokens.end;
            found.asides.push(tokens.bytes(with_lead));
        } else if service {
            let asking = planned::asking(tokens, &clause).into_iter().chain(used);
            found
                .services
                .extend(asking.map(|words| tokens.bytes(words)));
        }
        let question = Question::of(topic, manner, said);
        let second = second.map(|said| Said {
            at: Span::of(tokens, at.clone()),
            value: other_place(Question::of(topic, manner, said)),
        });
        // The same again is one question, unless it is about another place.
        let known = found.questions.iter_mut().find(|known| {
            known.value.topic == topic && known.value.destination == question.destination
        });
        if let Some(known) = known {
            if known.value.manner == Manner::Named {
                known.value.manner = manner;
            }
        } else {
            found.questions.push(Said {
                at: Span::of(tokens, at),
                value: question,
            });
        }
        found.questions.extend(second);
    }
    if parts::is_plan(tokens) {
        take_plan(tokens, &mut found, &read);
    }
    parts::join(&mut found.questions, |said| {
        let at = said.at.start..said.at.end;
        let within = |token: &usize| at.contains(&tokens.bytes(*token..token + 1).start);
        let words = (0..tokens.len()).filter(within);
        let (first, last) = (words.clone().min(), words.max());
        first
            .zip(last)
            .is_some_and(|(first, last)| planned::says_so(tokens, &(first..last + 1)))
    });
    stays::listed(tokens, &bare, first, &mut found, read);
    found
}

/// A question about the one place that its words name, whichever end of a way they read as.
fn other_place(question: Question) -> Question {
    let place = question.destination.or(question.origin);
    Question {
        origin: None,
        destination: place,
        ..question
    }
}

/// A plan of the visitor's own is to be judged, unless one is wanted: all of its words are of it.
fn take_plan(tokens: &Tokens<'_>, found: &mut Found, read: impl Fn(&str) -> Reading) {
    let has = |topic: Topic| found.asked().any(|asked| asked == topic);
    if has(Topic::Itinerary) && !has(Topic::Check) {
        return;
    }
    let all = 0..tokens.len();
    found
        .questions
        .retain(|said| said.value.topic != Topic::Check);
    found.asides.push(tokens.bytes(all.clone()));
    // The names in the plan are of sights, whatever towns are called like them.
    let besides = pasted::around(tokens.text()).unwrap_or_else(|| {
        let entries = parts::entries(tokens).into_iter();
        let entries: Vec<_> = entries.map(|entry| tokens.bytes(entry)).collect();
        without(tokens.text(), &entries)
    });
    let said = read(&besides);
    found.questions.push(Said {
        at: Span::of(tokens, all),
        value: Question::of(Topic::Check, Manner::Asked, said),
    });
}

/// A clause as its places are read: "le taux de change au Maroc" is no change of planes there, and the
/// spot that something is near to no town of its own.
fn part(tokens: &Tokens<'_>, clause: &Clause, subject: &Subject) -> String {
    let surface = tokens.surface(clause.tokens.clone());
    let start = tokens.bytes(clause.tokens.clone()).start;
    let within = |words: &Range<usize>| {
        let words = tokens.bytes(words.clone());
        words.start - start..words.end - start
    };
    let mut used = Vec::new();
    let is_whole = subject.words.len() >= clause.tokens.len();
    if subject.topic == Topic::Exchange && !is_whole || planned::is_no_place(subject.topic) {
        used.push(within(&subject.words));
    }
    if matches!(subject.topic, Topic::Hotel | Topic::Rental) {
        used.extend(planned::praise(tokens, clause).iter().map(within));
    }
    used.extend(planned::kind_of_thing(tokens, subject).as_ref().map(within));
    let inside =
        |spot: &Range<usize>| clause.tokens.start <= spot.start && spot.end <= clause.tokens.end;
    used.extend(
        planned::spot(tokens, subject.topic)
            .filter(inside)
            .as_ref()
            .map(within),
    );
    let passport = details::passport_words(tokens).filter(inside);
    used.extend(passport.as_ref().map(within));
    without(surface, &used)
}

/// The text with blanks in the place of `asides`: everything else stands where it stood.
pub(crate) fn without(text: &str, asides: &[Range<usize>]) -> String {
    let mut rest = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match asides.iter().any(|aside| aside.contains(&at)) {
            true => rest.extend(std::iter::repeat_n(' ', c.len_utf8())),
            false => rest.push(c),
        }
    }
    rest
}

/// The days that a part of a message names: from the way out to the way back.
fn days(said: &Reading) -> Option<DateSpan> {
    let from = said.depart_date.clone()?;
    let to = said.return_date.as_ref().map_or(from.to, |back| back.to);
    Some(DateSpan { to, ..from })
}

fn has(tokens: &Tokens<'_>, clause: &Topical, meaning: Meaning) -> bool {
    stands(tokens, &clause.clause.tokens, meaning)
}

fn stands(tokens: &Tokens<'_>, range: &Range<usize>, meaning: Meaning) -> bool {
    range.clone().any(|at| tokens.means(at, meaning).is_some())
}

/// Whether a clause asks about its topic, so that it is no wish for a flight.
fn is_asked(tokens: &Tokens<'_>, clause: &Clause, subject: &Subject) -> bool {
    let (topic, words) = (subject.topic, &subject.words);
    if let Some(asked) = planned::is_asked(tokens, clause, subject) {
        return asked;
    }
    let says = |meaning| stands(tokens, &clause.tokens, meaning);
    if says(Meaning::QuestionWishing) {
        return false;
    }
    let asks = says(Meaning::QuestionAsking);
    if topic.is_a_need() {
        return asks;
    }
    if !topic.stands_beside_a_trip() {
        return says(Meaning::QuestionInterrogative);
    }
    let article = tokens.means(clause.tokens.start, Meaning::QuestionArticle);
    let first = clause.tokens.start + article.unwrap_or(0);
    let named = topic.is_asked_by_name() && words.start <= first;
    asks || clause.ends_in_question || named
}

/// "The code of the airport and the currency": what stands beside a question is one, too.
fn chain(tokens: &Tokens<'_>, clauses: &mut [Topical]) {
    let joins = |clause: &Topical| {
        let beside = clause.topic().is_some_and(Topic::stands_beside_a_trip);
        beside && !has(tokens, clause, Meaning::QuestionWishing)
    };
    for at in 1..clauses.len() {
        if clauses[at].clause.joined && clauses[at - 1].asked && joins(&clauses[at]) {
            clauses[at].asked = true;
        }
    }
    for at in (1..clauses.len()).rev() {
        let said = planned::says_so(tokens, &clauses[at].clause.tokens);
        if clauses[at].clause.joined && clauses[at].asked && said && joins(&clauses[at - 1]) {
            clauses[at - 1].asked = true;
        }
    }
}

/// Whether a clause names but one more place of the question before it.
fn continues(tokens: &Tokens<'_>, next: &Topical, read: impl Fn(&str) -> Reading) -> bool {
    let bare =
        next.subject.is_none() && next.clause.joined && !has(tokens, next, Meaning::QuestionFlight);
    if !bare {
        return false;
    }
    let said = read(tokens.surface(next.clause.tokens.clone()));
    let one_place = said.origin.is_some() != said.destination.is_some();
    one_place && said.passengers.is_none() && said.wishes.is_empty() && said.left_over.is_empty()
}

/// Whether a clause that asks says a trip as well, which must not be lost.
fn says_a_trip(topic: Topic, said: &Reading) -> bool {
    let route = said.origin.is_some() && said.destination.is_some();
    let dated = said.depart_date.is_some() || said.passengers.is_some();
    (route && !topic.spans_two_places()) || (topic.is_a_need() && dated)
}

/// Whether a service is named to be refused: "no hotel".
fn is_refused(tokens: &Tokens<'_>, clause: &Clause, words: &Range<usize>) -> bool {
    stands(
        tokens,
        &(clause.tokens.start..words.start),
        Meaning::PolarityNegation,
    )
}
