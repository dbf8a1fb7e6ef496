//! Times of day and durations in a line.

use super::{
    facts::{Fact, Value},
    tokens::{Line, List, Words, words},
    unit,
};

const DAY: u32 = 24 * 60;

const HOUR: Words = words("h|heure|heures");
/// Hours that are no time of day: clocks do not show them.
const HOURS: Words = words("hour|hours|hr|hrs");
const MINUTE: Words = words("m|min|mn|minutes|mins");
/// Words before "19.45" that make it a time.
const AT: Words =
    words("at|à|vers|dès|by|départ|departs|departing|leaves|arrivée|arrives|arriving");
/// Words that may stand between a word for a duration and its length.
const FILLERS: Words = words("de|d|of|est|is|environ|about|only|seulement|just|dure|the|a");
/// Words before a length of time.
const LASTS: Words = words(
    "durée|duration|dure|durent|lasts|last|takes|take|prend|prennent|vol|vols|trajet|voyage|\
    escale|attente|correspondance|flight|journey|trip|wait|layover|stopover|connection|stop|in|\
    en|pendant|during|for|within|décalage|difference|différence|save|saves|saving|gagnez|\
    économisez|soit|over",
);
/// Words after a length of time, perhaps behind "de" or "in".
const LONG: Words = words(
    "vol|trajet|voyage|escale|attente|correspondance|route|flight|flights|flying|journey|layover|\
    stopover|connection|wait|plus|moins|more|less|ahead|behind|later|earlier|longer|shorter|\
    faster|slower|nonstop|direct|total|tout|avance|retard|décalage|différence|difference|porte|\
    durée|duration",
);
const PREPOSITIONS: Words = words("de|d|of|en|in|au|the|à");
/// Words for the second half of the day.
const LATE: Words = words("soir|soirée|evening|afternoon|midi|tonight|pm|night");

/// A time of day as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// Minutes after midnight.
    pub(super) minutes: u32,
    /// The words around say that it may be twelve hours later.
    pub(super) late: bool,
}

/// Reads the time or duration that begins at token `at`; answers the token after it.
pub(super) fn find<'a>(line: &Line<'a>, at: usize, out: &mut Vec<Fact<'a>>) -> Option<usize> {
    let digits = line.number(at).filter(|digits| digits.len() <= 3)?;
    let hours: u32 = digits.parse().ok()?;
    let (value, end) = colon(line, at, hours)
        .or_else(|| twelve_hours(line, at + 1, hours, 0))
        .or_else(|| lettered(line, at, hours))
        .or_else(|| dotted(line, at, hours))?;
    if let Some(value) = value {
        let text = line.slice(at, end);
        out.push(Fact { text, value });
    }
    Some(end)
}

/// `10:30`, `10:30:00`, `10:30 pm`; an offset from UTC is skipped.
fn colon(line: &Line<'_>, at: usize, hours: u32) -> Option<(Option<Value>, usize)> {
    if !line.is_glued_mark(at + 1, ':') || line.number(at)?.len() > 2 {
        return None;
    }
    let minutes = sixtieth(line.glued_number(at + 2)?)?;
    let mut end = at + 3;
    if line.is_glued_mark(end, ':')
        && let Some(seconds) = line.glued_number(end + 1)
    {
        sixtieth(seconds)?;
        end += 2;
    }
    if is_offset(line, at) {
        return Some((None, end));
    }
    if let Some(found) = twelve_hours(line, end, hours, minutes) {
        return Some(found);
    }
    let value = if is_duration(line, at, end, "durée|duration") {
        Value::Duration(hours * 60 + minutes)
    } else {
        clock(line, hours, minutes, end)?
    };
    Some((Some(value), end))
}

/// Whether the number is an offset: `UTC+01:00`, `10:05:00-05:00`.
fn is_offset(line: &Line<'_>, at: usize) -> bool {
    let Some(sign) = at.checked_sub(1).filter(|_| line.is_glued(at)) else {
        return false;
    };
    match line.mark(sign) {
        Some('+') => true,
        Some('-' | '−') if line.is_glued(sign) => {
            let before = sign.saturating_sub(1);
            let seconds = line.number(before).is_some()
                && sign >= 5
                && line.is_glued_mark(sign - 2, ':')
                && line.is_glued_mark(sign - 4, ':');
            line.is_any(before, "utc|gmt") || seconds
        }
        _ => false,
    }
}

/// `am`, `p.m.` after a number of hours, and perhaps minutes, that ends before token `end`.
fn twelve_hours(
    line: &Line<'_>,
    end: usize,
    hours: u32,
    minutes: u32,
) -> Option<(Option<Value>, usize)> {
    let (afternoon, end) = if line.is_any(end, "am|pm") {
        (line.is_any(end, "pm"), end + 1)
    } else {
        let dots = line.is_any(end, "a|p")
            && line.is_glued_mark(end + 1, '.')
            && line.is_glued(end + 2)
            && line.is_any(end + 2, "m");
        let last = if line.is_glued_mark(end + 3, '.') {
            4
        } else {
            3
        };
        dots.then(|| (line.is_any(end, "p"), end + last))?
    };
    if !(1..=12).contains(&hours) {
        return None;
    }
    let minutes = hours % 12 * 60 + minutes + if afternoon { DAY / 2 } else { 0 };
    let late = false;
    Some((Some(Value::Time(Clock { minutes, late })), end))
}

/// `10h30`, `10 h`, `8h 25m`, `8 hours`.
fn lettered(line: &Line<'_>, at: usize, hours: u32) -> Option<(Option<Value>, usize)> {
    let certain = line.is_any(at + 1, HOURS);
    if !certain && !line.is_any(at + 1, HOUR) {
        return None;
    }
    let mut end = at + 2;
    let mut minutes = 0;
    let mut counted = false;
    if let Some(digits) = line.number(end)
        && digits.len() <= 2
        && let Some(found) = sixtieth(digits)
        && unit::after(line, end + 1).is_none()
    {
        counted = line.is_any(end + 1, MINUTE);
        if counted || digits.len() == 2 {
            minutes = found;
            end += if counted { 2 } else { 1 };
        }
    }
    let length = hours * 60 + minutes;
    let long = certain || counted || length > DAY || is_duration(line, at, end, LASTS);
    let value = if long {
        Value::Duration(length)
    } else {
        clock(line, hours, minutes, end)?
    };
    Some((Some(value), end))
}

/// `19.45` after a word that makes it a time.
fn dotted(line: &Line<'_>, at: usize, hours: u32) -> Option<(Option<Value>, usize)> {
    let minutes = line
        .glued_number(at + 2)
        .filter(|digits| digits.len() == 2)?;
    let minutes = sixtieth(minutes)?;
    let end = at + 3;
    let sure = line.is_glued_mark(at + 1, '.')
        && at > 0
        && line.is_any(at - 1, AT)
        && line
            .word(end)
            .is_none_or(|_| !line.is_any(end, "kg|km|kilos|miles"))
        && line.mark(end) != Some('%')
        && line.glued_number(end + 1).is_none();
    sure.then(|| clock(line, hours, minutes, end).map(|value| (Some(value), end)))?
}

fn clock(line: &Line<'_>, hours: u32, minutes: u32, end: usize) -> Option<Value> {
    let length = hours * 60 + minutes;
    (length <= DAY).then(|| {
        let late = hours < 12 && line.has_any(end..end + 7, LATE);
        Value::Time(Clock {
            minutes: length % DAY,
            late,
        })
    })
}

/// Digits of minutes.
fn sixtieth(digits: &str) -> Option<u32> {
    let value = digits.parse().ok().filter(|value| *value < 60)?;
    (digits.len() <= 2).then_some(value)
}

/// Whether the words around say that a length of time is meant: one of `lasts` before it, or a word
/// such as "flight" after it.
fn is_duration(line: &Line<'_>, at: usize, end: usize, lasts: impl List) -> bool {
    let skipped = |at: &usize| {
        line.is_any(*at, FILLERS) && !line.is_any(*at, lasts)
            || matches!(line.mark(*at), Some('~' | '≈' | ':' | '(' | '’' | '\''))
    };
    let before = (at.saturating_sub(4)..at).rev().find(|at| !skipped(at));
    let after =
        (end..end + 3).find(|at| !line.is_any(*at, PREPOSITIONS) && line.mark(*at) != Some('’'));
    before.is_some_and(|at| line.is_any(at, lasts)) || after.is_some_and(|at| line.is_any(at, LONG))
}
