//! Clock times: "10h30", "6pm", "18:00", "midi", "half past six".

use crate::text::words;
use jiff::civil::Time;
use travel::DayPart;

use super::{names, parts};
use crate::text::{
    lexicon::Meaning,
    numbers::cardinal,
    tokens::{Gap, Tokens},
};

/// A clock time as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) end: usize,
    /// It can be nothing else: "18:00", "6 pm".
    pub(super) sure: bool,
    /// A number alone: whether it is morning or evening was not said.
    pub(super) bare: bool,
}

fn clock(hour: u32, minute: u32, end: usize, sure: bool) -> Option<Clock> {
    let hour = if hour == 24 && minute == 0 { 23 } else { hour };
    let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
    Some(Clock {
        time: Time::new(hour, minute, 0, 0).ok()?,
        end,
        sure,
        bare: false,
    })
}

/// Reads a clock time at `at`; `bare`: a number alone is one.
pub(super) fn read(tokens: &Tokens<'_>, at: usize, bare: bool) -> Option<Clock> {
    if tokens.is(at, words::HOUR_NOON) {
        return clock(12, 0, at + 1, true);
    }
    if tokens.is(at, words::HOUR_MIDNIGHT) {
        let time = Time::new(23, 59, 0, 0).ok()?;
        let end = at + 1;
        return Some(Clock {
            time,
            end,
            sure: true,
            bare: false,
        });
    }
    let (hour, length) = cardinal(tokens, at)?;
    let next = at + length;
    let minute = |at: usize| {
        tokens
            .number(at)
            .filter(|minute| *minute < 60 && tokens.digits(at) == 2)
    };
    let marked = matches!(tokens.gap(next), Gap::Mark(':' | '.'));
    // "18:00", "6.30 pm"
    if let Some(minute) = minute(next).filter(|_| marked) {
        if let Some((hour, end)) = meridiem(tokens, next + 1, hour) {
            return clock(hour, minute, end, true);
        }
        // "before 18.00" is a time, "12.03" alone a day.
        let colon = tokens.gap(next) == Gap::Mark(':') || bare && hour < 24;
        let h = usize::from(tokens.is(next + 1, words::HOUR_H));
        return colon.then(|| clock(hour, minute, next + 1 + h, true))?;
    }
    if let Some((hour, end)) = meridiem(tokens, next, hour) {
        return clock(hour, 0, end, true);
    }
    if tokens.is(next, words::HOUR_MARK) {
        if tokens.is(next, words::HOUR_O) {
            return tokens
                .is(next + 1, words::HOUR_CLOCK)
                .then(|| clock(hour, 0, next + 2, true))?;
        }
        let (minute, mut end) = match minute(next + 1) {
            Some(minute) => (minute, next + 2),
            None if tokens.longest(next + 1, words::HOUR_HALF).is_some() => (30, next + 3),
            None => (0, next + 1),
        };
        let mut hour = hour;
        // "8 heures du soir"
        if let Some(length) = tokens.longest(end, words::HOUR_OF_THE_AFTERNOON) {
            hour += if hour < 12 { 12 } else { 0 };
            end += length;
        } else {
            end += tokens.longest(end, words::HOUR_OF_THE_MORNING).unwrap_or(0);
        }
        // "2h de vol" and "10h max" are lengths.
        let long = tokens.means(end, Meaning::TimeDurationNoun).is_some()
            || tokens.is(end, words::HOUR_OF);
        return if long {
            None
        } else {
            clock(hour, minute, end, false)
        };
    }
    // "9 in the morning", "6 in the evening"
    let dated = names::month(tokens.before(at, 1)).is_some()
        || names::weekday(tokens.before(at, 1)).is_some()
        || tokens.is(at.wrapping_sub(1), words::HOUR_ON_THE);
    if let Some((part, length)) = said_of_day(tokens, next)
        && (1..=12).contains(&hour)
        && !dated
    {
        let late = matches!(part, DayPart::Afternoon | DayPart::Evening)
            || part == DayPart::Night && hour >= 8;
        let hour = if late && hour < 12 { hour + 12 } else { hour };
        return clock(hour, 0, next + length, false);
    }
    let alone = bare && (1..=24).contains(&hour) && tokens.number(at).is_some();
    let mut found = clock(hour, 0, next, false).filter(|_| alone)?;
    found.bare = true;
    Some(found)
}

/// "in the morning", "du soir" behind a number.
fn said_of_day(tokens: &Tokens<'_>, at: usize) -> Option<(DayPart, usize)> {
    let led = tokens.means(at, Meaning::TimeOfDayLead).is_some();
    parts::read(tokens, at).filter(|_| led)
}

/// "am" and "pm" after an hour.
fn meridiem(tokens: &Tokens<'_>, at: usize, hour: u32) -> Option<(u32, usize)> {
    let (evening, length) = if let Some(length) = tokens.longest(at, words::HOUR_PM) {
        (true, length)
    } else {
        (false, tokens.longest(at, words::HOUR_AM)?)
    };
    let hour = match (hour, evening) {
        (12, false) => 0,
        (12, true) => 12,
        (1..=11, true) => hour + 12,
        (0..=11, false) => hour,
        _ => return None,
    };
    Some((hour, at + length))
}
