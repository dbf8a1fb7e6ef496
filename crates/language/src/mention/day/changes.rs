//! Changes of dates to the trip that is there: "un jour plus tôt", "push the return back by two days",
//! "stay one more night". Where there is no trip, such words are read as dates and stays.

mod way;

use std::ops::Range;

use jiff::ToSpan;

use super::{Mention, Setting, context, mentions, relative::duration, roles::span_of, weeks};
use crate::{
    ledger::Ledger,
    reading::{Reading, SlotName},
    text::{lexicon::Meaning, numbers::cardinal, tokens::Tokens, words},
    wish::{Change, Way},
};
use way::way;

/// So much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Days(i32),
    Months(i32),
}

/// A change that was said.
struct Said {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The dates move; a date in the message would be what it counts from.
    Shift(Time),
    /// A verb moves the dates.
    Push(Time),
    /// The stay is longer or shorter.
    Stay(i32),
}

/// Reads changes of dates; their words are no dates and no stay.
pub(crate) fn read(setting: &Setting<'_>, claims: &mut Ledger, reading: &mut Reading) {
    let tokens = setting.tokens;
    let (trip, asked) = (setting.trip, setting.asked);
    drop_return(setting, claims, reading);
    if trip.depart_date.is_none() {
        return;
    }
    let mut said = all(setting, claims);
    if said.is_empty() {
        return;
    }
    // A date in the message is what the words count from: "on the 5th, back a week later".
    let mut scratch = claims.clone();
    said.iter()
        .for_each(|said| scratch.take(said.range.clone()));
    let ctx = context(setting);
    let dates = mentions(&ctx, &mut scratch);
    let dated = !dates.is_empty();
    let answers = asked == Some(SlotName::ReturnDate);
    said.retain_mut(|said| {
        if let Some(end) = told_again(setting, said, &dates) {
            said.range.end = end;
            return true;
        }
        !matches!(said.kind, Kind::Shift(_)) || !(dated || answers)
    });

    let mut bound = 0;
    for said in said {
        let way = way(tokens, bound, &said.range).unwrap_or(Way::Both);
        bound = said.range.end;
        let returns = trip.return_date.is_some() || !trip.onward.is_empty();
        if way == Way::Back && !returns && !matches!(said.kind, Kind::Stay(_)) {
            continue;
        }
        reading.changes.push(match said.kind {
            Kind::Stay(nights) => Change::Stay { nights },
            Kind::Shift(Time::Months(months)) | Kind::Push(Time::Months(months)) => {
                Change::ShiftMonths { way, months }
            }
            Kind::Shift(Time::Days(days)) | Kind::Push(Time::Days(days)) => {
                Change::Shift { way, days }
            }
        });
        claims.take(said.range);
    }
    if !reading.changes.is_empty() {
        fillers(tokens, claims);
    }
}

/// Where the date ends behind a change that leads to it: "back a day later, on the 17th" says it twice.
fn told_again(setting: &Setting<'_>, said: &Said, dates: &[Mention]) -> Option<usize> {
    let (tokens, trip) = (setting.tokens, setting.trip);
    let Kind::Shift(Time::Days(days)) = said.kind else {
        return None;
    };
    let end = said.range.end;
    let date = dates
        .iter()
        .find(|date| (end..=end + 2).contains(&date.start))?;
    let known = match way(tokens, 0, &said.range)? {
        Way::Back => trip.return_date.as_ref()?,
        Way::Out | Way::Both => trip.depart_date.as_ref()?,
    };
    let moved = known.from.checked_add(days.days()).ok()?;
    let span = span_of(&context(setting), date, None).ok()?;
    (span.from == moved && span.to == moved).then_some(date.end)
}

/// "supprime le retour", "no return flight after all": where the trip has one.
fn drop_return(setting: &Setting<'_>, claims: &mut Ledger, reading: &mut Reading) {
    let (tokens, trip) = (setting.tokens, setting.trip);
    if trip.return_date.is_none() && trip.stay_days.is_none() && trip.one_way != Some(false) {
        return;
    }
    let dropped = tokens.all(Meaning::ChangeReturnFlight).find_map(|noun| {
        let article = tokens.means_before(noun.start, Meaning::ChangeArticle);
        let from = article.map_or(noun.start, |article| article.start);
        let verb = tokens.means_before(from, Meaning::ChangeDrop)?;
        // "pas de retour avant 18 h" says when.
        let end = noun.start + tokens.means(noun.start, Meaning::ChangeReturnFlight)?;
        let over = end >= tokens.len()
            || tokens.is_symbol(end)
            || tokens.means(end, Meaning::ChangeFiller).is_some();
        over.then_some(verb.start..end)
    });
    if let Some(range) = dropped {
        claims.take(range);
        reading.changes.push(Change::DropReturn);
    }
}

/// The words around a change that say no more than it does.
fn fillers(tokens: &Tokens<'_>, claims: &mut Ledger) {
    for meaning in [
        Meaning::ChangeFiller,
        Meaning::ChangeReturn,
        Meaning::ChangeDeparture,
        Meaning::ChangePush,
        Meaning::ChangeBring,
        Meaning::ChangeForward,
        Meaning::ChangeExtend,
        Meaning::ChangeShorten,
        Meaning::ChangeSameDay,
        Meaning::ChangeAnother,
    ] {
        tokens.all(meaning).for_each(|range| claims.mark(range));
    }
}

fn all(setting: &Setting<'_>, claims: &Ledger) -> Vec<Said> {
    let tokens = setting.tokens;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let said = stay(setting, at)
            .or_else(|| verb(setting, at))
            .or_else(|| later(setting, at))
            .or_else(|| named(setting, at))
            .filter(|said| !claims.any(said.range.clone()));
        at = said.as_ref().map_or(at + 1, |said| said.range.end);
        found.extend(said);
    }
    found
}

/// "a week", "two days", "24 heures".
fn time(setting: &Setting<'_>, at: usize) -> Option<(Time, usize)> {
    let tokens = setting.tokens;
    if let Some((hours, length)) = cardinal(tokens, at)
        && tokens.is(at + length, words::HOUR_NOUN)
        && hours % 24 == 0
        && hours > 0
    {
        let days = i32::try_from(hours / 24).ok()?;
        return Some((Time::Days(days), at + length + 1));
    }
    let (span, end) = duration(&context(setting), at)?;
    let days = span.get_weeks() * 7 + span.get_days();
    Some(match span.get_months() {
        0 => (Time::Days(days), end),
        months => (Time::Months(months), end),
    })
}

fn signed(time: Time, sign: i32) -> Time {
    match time {
        Time::Days(days) => Time::Days(sign * days),
        Time::Months(months) => Time::Months(sign * months),
    }
}

/// "un jour plus tôt", "a week later".
fn later(setting: &Setting<'_>, at: usize) -> Option<Said> {
    let tokens = setting.tokens;
    let (time, end) = time(setting, at)?;
    let (sign, length) = direction(tokens, end)?;
    // "two days before Christmas" is a date, "2 jours avant ou après" a flexibility.
    let other = weeks::read(&context(setting), at).is_some()
        || tokens.is(end + length, words::DAY_NOT_SHIFTED);
    (!other).then(|| Said {
        range: at..end + length,
        kind: Kind::Shift(signed(time, sign)),
    })
}

/// "later" or "earlier" at `at`: the sign, and how many tokens it spans.
fn direction(tokens: &Tokens<'_>, at: usize) -> Option<(i32, usize)> {
    let later = tokens.means(at, Meaning::ChangeLater);
    let earlier = || tokens.means(at, Meaning::ChangeEarlier);
    later
        .map(|length| (1, length))
        .or_else(|| earlier().map(|length| (-1, length)))
}

/// "the day before", "le lendemain", "the following month, same day".
fn named(setting: &Setting<'_>, at: usize) -> Option<Said> {
    let tokens = setting.tokens;
    let same_day = || tokens.all(Meaning::ChangeSameDay).next().is_some();
    let forms = [
        (Meaning::ChangeDayLater, Time::Days(1)),
        (Meaning::ChangeDayEarlier, Time::Days(-1)),
        (Meaning::ChangeWeekLater, Time::Days(7)),
        (Meaning::ChangeWeekEarlier, Time::Days(-7)),
        (Meaning::ChangeMonthLater, Time::Months(1)),
        (Meaning::ChangeMonthEarlier, Time::Months(-1)),
        (Meaning::ChangeNextMonth, Time::Months(1)),
    ];
    let standing = forms
        .into_iter()
        .filter(|(meaning, _)| *meaning != Meaning::ChangeNextMonth || same_day())
        .filter_map(|(meaning, time)| Some((tokens.means(at, meaning)?, time)));
    let (length, time) = standing.max_by_key(|(length, _)| *length)?;
    let ctx = context(setting);
    let other = weeks::read(&ctx, at).is_some()
        || tokens.is(at + length, words::DAY_NOT_A_SHIFT)
        || tokens.preceded(at, words::PARTICLE_OF_ANY);
    (!other).then_some(Said {
        range: at..at + length,
        kind: Kind::Shift(time),
    })
}

/// "push the return back by two days", "décale d'une semaine", "prolonge le séjour de deux nuits".
fn verb(setting: &Setting<'_>, at: usize) -> Option<Said> {
    let tokens = setting.tokens;
    let forms = [
        (Meaning::ChangePush, 1, false),
        (Meaning::ChangeBring, -1, false),
        (Meaning::ChangeExtend, 1, true),
        (Meaning::ChangeShorten, -1, true),
    ];
    let standing = forms
        .into_iter()
        .filter_map(|(meaning, sign, stay)| Some((tokens.means(at, meaning)?, sign, stay)));
    // "bring everything forward by a day"
    let brought = tokens.is(at, words::DAY_BRING).then_some((1, -1, false));
    let (length, mut sign, stay) = standing.max_by_key(|(length, ..)| *length).or(brought)?;
    let from = at + length;
    let mut forward = false;
    for next in from..(from + 7).min(tokens.len()) {
        if tokens.ends_sentence(next) {
            return None;
        }
        forward |= tokens.is(next, words::DAY_FORWARD);
        let Some((time, mut end)) = time(setting, next) else {
            continue;
        };
        if let Some(length) = tokens.means(end, Meaning::ChangeEarlier) {
            (sign, end) = (-1, end + length);
        } else if let Some(length) = tokens.means(end, Meaning::ChangeLater) {
            (sign, end) = (1, end + length);
        } else if tokens.is(end, words::DAY_FORWARD_OR_BACK) {
            forward |= tokens.is(end, words::DAY_FORWARD);
            end += 1;
        }
        // Whether to move something forward makes it earlier or later is a matter of whom one asks.
        if forward && brought.is_none() && sign > 0 {
            return None;
        }
        let days = match time {
            Time::Days(days) => days,
            Time::Months(_) if stay => return None,
            Time::Months(_) => 0,
        };
        return Some(Said {
            range: at..end,
            kind: if stay {
                Kind::Stay(sign * days)
            } else {
                Kind::Push(signed(time, sign))
            },
        });
    }
    None
}

/// "one more night", "une nuit de moins", "two days longer", "another week", "encore une nuit".
fn stay(setting: &Setting<'_>, at: usize) -> Option<Said> {
    let tokens = setting.tokens;
    // "another day later" moves the trip, "another day" makes it longer.
    let kind = |range: Range<usize>, nights| {
        let moved = direction(tokens, range.end);
        Some(match moved {
            Some((sign, length)) => Said {
                range: range.start..range.end + length,
                kind: Kind::Push(Time::Days(sign * nights)),
            },
            None => Said {
                range,
                kind: Kind::Stay(nights),
            },
        })
    };
    // "one more night": the word stands within.
    let (count, from) = match cardinal(tokens, at) {
        Some((count, length)) => (i32::try_from(count).ok()?, at + length),
        None if tokens.is(at, words::PARTICLE_A) => (1, at + 1),
        None => (0, at),
    };
    if (1..=60).contains(&count) {
        let within = |meaning| Some(from + tokens.means(from, meaning)?);
        let unit = |at: usize| unit_of(tokens, at);
        if let Some(noun) = within(Meaning::ChangeMore)
            && let Some(days) = unit(noun)
        {
            return kind(at..noun + 1, count * days);
        }
        if let Some(noun) = within(Meaning::ChangeLess)
            && let Some(days) = unit(noun)
        {
            return kind(at..noun + 1, -count * days);
        }
    }
    if let Some(length) = tokens.means(at, Meaning::ChangeAnother) {
        let noun = at + length;
        if let Some(days) = unit_of(tokens, noun) {
            return kind(at..noun + 1, days);
        }
        // "a week is added to the stay" is said with its length: "encore deux nuits".
        if let Some((Time::Days(days), end)) = time(setting, noun) {
            let more = tokens.means(end, Meaning::ChangeMore).unwrap_or(0);
            return kind(at..end + more, days);
        }
    }
    let (Time::Days(days), end) = time(setting, at)? else {
        return None;
    };
    if let Some(length) = tokens.means(end, Meaning::ChangeMore) {
        return kind(at..end + length, days);
    }
    let length = tokens.means(end, Meaning::ChangeLess)?;
    kind(at..end + length, -days)
}

/// Days of a unit of stay.
fn unit_of(tokens: &Tokens<'_>, at: usize) -> Option<i32> {
    match tokens.word(at) {
        word if words::DAY_OR_NIGHT_SHIFTED.contains(&word) => Some(1),
        word if words::DAY_WEEKS.contains(&word) => Some(7),
        _ => None,
    }
}
