//! What a message says beyond the flights: comfort, pace, passports, wishes on a destination and on
//! what is seen there, a spot, a day.

mod measures;
mod passport;
mod spot;
mod taste;
mod tier;

use std::ops::Range;

use jiff::civil::Date;

use crate::{
    Details, Question, Said, Topic,
    ledger::Ledger,
    mention::day,
    read::Input,
    text::{lexicon::Meaning, tokens::Tokens},
};

pub(crate) use passport::passport_words;
pub(crate) use spot::spot;

/// What the finders share.
struct Setting<'a> {
    tokens: &'a Tokens<'a>,
    /// What its days are read against.
    days: &'a day::Setting<'a>,
    /// Subjects of the message, or else the one that it goes on with.
    topics: Vec<Topic>,
    /// The day on which the trip begins, where it is settled.
    first_day: Option<Date>,
}

impl Setting<'_> {
    /// Whether the message is about one of them.
    fn about(&self, topics: &[Topic]) -> bool {
        self.topics.iter().any(|topic| topics.contains(topic))
    }

    /// Whether it is about anything that a tool of its own answers.
    fn is_planned(&self) -> bool {
        self.topics.iter().any(|topic| topic.is_planned())
    }
}

/// What was read.
pub(crate) struct Read {
    /// The words that say it, in bytes.
    pub(crate) used: Vec<Range<usize>>,
    pub(crate) details: Details,
    /// The days of a plan.
    pub(crate) stay_days: Option<u16>,
}

/// Reads them.
pub(crate) fn read(
    days: &day::Setting<'_>,
    questions: &[Said<Question>],
    input: &Input<'_>,
) -> Read {
    let tokens = days.tokens;
    let mut topics: Vec<_> = questions.iter().map(|said| said.value.topic).collect();
    if topics.is_empty() {
        topics.extend(input.trip.last_topic);
    }
    let depart = input.trip.depart_date.as_ref();
    let first_day = depart
        .filter(|span| span.from == span.to)
        .map(|span| span.from);
    let setting = Setting {
        tokens,
        days,
        topics,
        first_day,
    };
    let mut claims = Ledger::new(tokens.len());
    let mut details = Details::default();
    let stay_days = measures::stay(&setting, &mut claims);
    passport::read(&setting, &mut claims, &mut details);
    if input.trip.last_topic == Some(Topic::Package) {
        tier::read(&setting, &mut claims, &mut details);
    }
    if setting.is_planned() {
        let near = setting.topics.iter().find_map(|topic| spot(tokens, *topic));
        if let Some(words) = near {
            details.near = Some(tokens.surface(words.clone()).to_owned());
            let led = words.start.saturating_sub(spot::LONGEST_LEAD)..words.start;
            let lead = led.rev().find_map(|at| {
                let length = tokens.means(at, Meaning::TopicNearby)?;
                (at + length <= words.start).then_some(at..words.start)
            });
            claims.take(lead.unwrap_or(words.clone()));
            claims.take(words);
        }
        measures::read(&setting, &mut claims, &mut details);
        taste::read(&setting, &mut claims, &mut details);
    }
    let used = (0..tokens.len()).filter(|at| claims.taken(*at));
    Read {
        used: used.map(|at| tokens.bytes(at..at + 1)).collect(),
        details,
        stay_days,
    }
}
