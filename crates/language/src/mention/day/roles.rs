//! Which date is the way out and which the way back.

use crate::text::words;
use std::ops::Range;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    Context, Hours, Mention, Point, context, flexible,
    flight::{self, End},
    mentions,
    relative::{duration, on_or_after},
    stay, weather, windows,
};
use crate::{
    assemble::items::is_revisit,
    ledger::Ledger,
    reading::{DateSpan, Problem, Reading, SlotName},
    text::{lexicon::Meaning, tokens::Tokens},
    trip::TripRequest,
    wish::TimeWindow,
};

/// What the reader of dates needs to know.
pub(crate) struct Setting<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    pub(crate) today: Date,
    pub(crate) french: bool,
    pub(crate) day_first: bool,
    pub(crate) asked: Option<SlotName>,
    pub(crate) trip: &'a TripRequest,
}

/// Reads the dates of a message into its reading.
pub(crate) fn read<'a>(
    setting: &Setting<'a>,
    mut hours: Vec<Hours>,
    claims: &mut Ledger,
    reading: &mut Reading,
) -> Days<'a> {
    let (tokens, asked) = (setting.tokens, setting.asked);
    let mut ctx = context(setting);
    let mut found = mentions(&ctx, claims);
    let flexible = flexible::read(&ctx, &mut found, claims);
    two_windows(&ctx, &mut found);
    cue_roles(&ctx, &mut found);
    let mut depart: Option<(Date, Date)> = None;
    let return_said = found
        .iter()
        .any(|mention| mention.role == Some(SlotName::ReturnDate));
    let mut bound = 0;
    for mention in &mut found {
        let between = std::mem::replace(&mut bound, mention.end)..mention.start;
        if depart.is_some()
            && mention.role.is_none()
            && weather::is_asked_of(&ctx, mention, between)
        {
            continue;
        }
        if let Some(busy) = tokens.means(mention.end, Meaning::DayBusyBehind) {
            // "Monday I work" says why another day is wanted.
            claims.mark(mention.start..mention.end + busy);
            continue;
        }
        if let Some(words) = denied(tokens, mention.start) {
            // That a weekday is not wanted says nothing of when: it is told.
            if matches!(mention.point, Point::Weekday(_)) {
                claims.release(mention.start..mention.end);
            } else {
                claims.mark(words);
            }
            continue;
        }
        let known = ctx.depart.filter(|_| depart.is_none());
        let role = role_of(&ctx, mention, asked, reading, depart, return_said);
        let cued = mention.role.is_some();
        let after = match role {
            SlotName::ReturnDate => depart.map(|(from, _)| from).or(known),
            _ => None,
        };
        // "retour le 12 février, départ le 9": the way back has said the month.
        if let (Some(back), Point::Day(day), None) = (&reading.return_date, mention.point, depart)
            && role == SlotName::DepartDate
        {
            let before = i32::from(day.day > back.from.day());
            ctx.month = Some(back.from.saturating_sub(before.months()));
        }
        match span_of(&ctx, mention, after) {
            // "this Friday for the weekend": until the Sunday of that week.
            Ok(span) if !cued && is_over_weekend(depart, &span, tokens, mention) => {
                reading.return_date = depart.map(|(out, _)| {
                    let sunday = on_or_after(out, Weekday::Sunday);
                    DateSpan::new(span.surface, sunday, sunday)
                });
            }
            // "on New Year's Day, January 1st" says one day twice.
            Ok(span) if !cued && depart == Some((span.from, span.to)) => {}
            Ok(span) if role == SlotName::ReturnDate => reading.return_date = Some(span),
            Ok(span) => {
                depart = Some((span.from, span.to));
                ctx.month = Some(span.from);
                reading.depart_date = Some(span);
            }
            Err(problem) => reading.problems.push(problem),
        }
        mention.role = Some(role);
    }
    for hours in &mut hours {
        windows::anchor(tokens, &found, &hours.at, &mut hours.end);
    }
    // "I am flexible by two days": said of the date that the trip has.
    if let (Some(days), None, Some(known)) =
        (flexible, &reading.depart_date, &setting.trip.depart_date)
    {
        let mut span = known.clone();
        span.flexible_days = days;
        reading.depart_date = Some(span);
    }
    if !(found.is_empty() && hours.is_empty()) {
        mark_going(tokens, claims);
    }
    stay::read(
        &ctx,
        &found,
        claims,
        asked == Some(SlotName::ReturnDate),
        reading,
    );
    Days { ctx, found, hours }
}

/// Whether a weekend follows a Thursday, Friday or Saturday of departure.
fn is_over_weekend(
    depart: Option<(Date, Date)>,
    span: &DateSpan,
    tokens: &Tokens<'_>,
    mention: &Mention,
) -> bool {
    let weekend =
        (mention.start..mention.end).any(|at| tokens.means(at, Meaning::DayWeekend).is_some());
    depart.is_some_and(|(from, to)| {
        let before = matches!(
            from.weekday(),
            Weekday::Thursday | Weekday::Friday | Weekday::Saturday
        );
        weekend && before && from == to && span.from < from
    })
}

/// The words that say that the date at `start` is not meant: "not on the 5th", "plutôt que le 12".
fn denied(tokens: &Tokens<'_>, start: usize) -> Option<Range<usize>> {
    let small = start - usize::from(tokens.is(start.wrapping_sub(1), words::DAY_ROLE_ARTICLE));
    [start, small]
        .into_iter()
        .find_map(|at| tokens.means_before(at, Meaning::DayDenied))
}

/// The dates of a message, with what they are read against.
pub(crate) struct Days<'a> {
    pub(crate) ctx: Context<'a>,
    /// In the order said.
    pub(crate) found: Vec<Mention>,
    /// In the order in which they were read.
    pub(crate) hours: Vec<Hours>,
}

impl Days<'_> {
    /// Which flight a time is about.
    pub(crate) fn end_of(&self, time: &Range<usize>) -> End {
        let mut end = flight::end_of(self.ctx.tokens, time);
        windows::anchor(self.ctx.tokens, &self.found, time, &mut end);
        end
    }

    /// Whether the words are part of a date.
    pub(crate) fn names(&self, words: &Range<usize>) -> bool {
        let mut found = self.found.iter();
        found.any(|day| day.start <= words.start && words.end <= day.end)
    }

    /// The hours that were said of a day.
    pub(crate) fn window_of(&self, day: usize) -> TimeWindow {
        windows::of_day(&self.hours, &self.found, day)
    }

    /// How many tokens the message has.
    pub(crate) fn len(&self) -> usize {
        self.ctx.tokens.len()
    }

    /// A length of time at `at` in nights, and where it ends.
    pub(crate) fn nights(&self, at: usize) -> Option<(u16, usize)> {
        let (span, end) = duration(&self.ctx, at)?;
        let until = self.ctx.today.until(self.ctx.after(span)).ok()?;
        Some((u16::try_from(until.get_days()).ok()?, end))
    }
}

/// The days that a mention names, or why there are none. `after`: the day that they follow.
pub(crate) fn span_of(
    ctx: &Context<'_>,
    mention: &Mention,
    after: Option<Date>,
) -> Result<DateSpan, Problem> {
    let surface = ctx.tokens.surface(mention.start..mention.end).to_owned();
    match ctx.resolve(mention.point, after) {
        Point::Span(from, _) if from > ctx.horizon() => Err(Problem::TooFar { surface }),
        Point::Span(from, to) => {
            let mut span = DateSpan::new(surface, from, to);
            span.flexible_days = mention.flexible_days;
            let others = mention.or.iter().map(|point| ctx.resolve(*point, after));
            span.or.extend(others.filter_map(|point| match point {
                Point::Span(from, to) => Some((from, to)),
                _ => None,
            }));
            Ok(span)
        }
        Point::Mismatch(date) => Err(Problem::WeekdayMismatch { surface, date }),
        Point::Past => Err(Problem::PastDate { surface }),
        _ => Err(Problem::ImpossibleDate { surface }),
    }
}

/// The role of a mention: as cued, as asked, or by order.
fn role_of(
    ctx: &Context<'_>,
    mention: &Mention,
    asked: Option<SlotName>,
    reading: &Reading,
    depart: Option<(Date, Date)>,
    return_follows: bool,
) -> SlotName {
    if let Some(role) = mention.role {
        return role;
    }
    if let Some((from, to)) = depart {
        // "en janvier, le 12" says one date more and more precisely.
        let refined = match ctx.resolve(mention.point, None) {
            Point::Span(start, end) => from < to && start >= from && end <= to,
            _ => false,
        };
        return if refined {
            SlotName::DepartDate
        } else {
            SlotName::ReturnDate
        };
    }
    if asked == Some(SlotName::ReturnDate) && reading.return_date.is_none() && !return_follows {
        return SlotName::ReturnDate;
    }
    SlotName::DepartDate
}

/// "departing 10-15 June, returning 20-25 June": two ranges, of which the second is of the way back, are
/// windows.
fn two_windows(ctx: &Context<'_>, found: &mut Vec<Mention>) {
    let roles: Vec<_> = found.iter().map(|mention| mention.role).collect();
    let (out, back) = (Some(SlotName::DepartDate), Some(SlotName::ReturnDate));
    let returns = roles == [out, back, out, back]
        && cue_before(ctx.tokens, found[1].end, found[2].start) == back
        && found.iter().all(|mention| mention.or.is_empty());
    if !returns {
        return;
    }
    let mut after = None;
    for at in [0, 1] {
        let last = found.remove(at + 1);
        let first = &mut found[at];
        let Point::Span(from, _) = ctx.resolve(first.point, after) else {
            continue;
        };
        let Point::Span(_, to) = ctx.resolve(last.point, Some(from)) else {
            continue;
        };
        after = Some(from);
        first.point = Point::Span(from, to.max(from));
        first.end = last.end;
        first.role = if at == 0 { out } else { back };
    }
}

/// Sets the roles that nearby words give.
fn cue_roles(ctx: &Context<'_>, found: &mut [Mention]) {
    let tokens = ctx.tokens;
    let mut bound = 0;
    for mention in found.iter_mut() {
        if mention.role.is_none() {
            mention.role =
                cue_before(tokens, bound, mention.start).or_else(|| cue_after(tokens, mention.end));
        } else if mention.role == Some(SlotName::DepartDate)
            && cue_before(tokens, bound, mention.start) == Some(SlotName::ReturnDate)
        {
            // "back from the 12th to the 20th" is no trip of its own; the order still holds.
            mention.role = Some(SlotName::DepartDate);
        }
        bound = mention.end;
    }
}

/// The nearest cue between the date before and this one, within its sentence.
fn cue_before(tokens: &Tokens<'_>, bound: usize, at: usize) -> Option<SlotName> {
    for back in (bound.max(at.saturating_sub(14))..at).rev() {
        if tokens.ends_sentence(back) {
            return None;
        }
        // "retour en famille : Metz-Porto, aller simple, le 6 mai"
        if tokens.means(back, Meaning::WishOneWay).is_some() {
            return None;
        }
        let returns = tokens.means(back, Meaning::DayReturning).is_some();
        if returns && !is_ticket_kind(tokens, back) && !is_revisit(tokens, back) {
            return Some(SlotName::ReturnDate);
        }
        if tokens.means(back, Meaning::DayLeaving).is_some() && !is_ticket_kind(tokens, back) {
            // "pour le retour, départ le 12"
            if flight::is_of_return(tokens, back) {
                return Some(SlotName::ReturnDate);
            }
            return Some(SlotName::DepartDate);
        }
    }
    None
}

/// Marks the words of going and coming back, which say what the days and hours are of.
fn mark_going(tokens: &Tokens<'_>, claims: &mut Ledger) {
    for meaning in [
        Meaning::TimeLeave,
        Meaning::TimeArrive,
        Meaning::TimeWayOut,
        Meaning::TimeWayBack,
        Meaning::TimeHome,
        Meaning::DayLeaving,
        Meaning::DayReturning,
        Meaning::DayWayBackNoun,
    ] {
        tokens.all(meaning).for_each(|words| claims.mark(words));
    }
}

/// Whether "aller", "retour" or "return" there names a kind of ticket.
fn is_ticket_kind(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.word(at) {
        word if words::TRIP_RETURN_FR.contains(&word) => {
            tokens.preceded(at, words::DAY_OUTBOUND_AND_A) && {
                // "l'aller le 3, retour le 9" has a date between; "aller retour" has not.
                true
            }
        }
        word if words::TRIP_OUTBOUND.contains(&word) => {
            tokens.is(at + 1, words::DAY_NOT_THE_OUTBOUND)
        }
        word if words::TRIP_RETURN_EN.contains(&word) => {
            tokens.means(at + 1, Meaning::DayTripKind).is_some()
                && !tokens.is(at.wrapping_sub(1), words::DAY_ROLE_OWNER)
        }
        word if words::DAY_GOING.contains(&word) => tokens.is(at + 1, words::DAY_BACK),
        word if words::DAY_SINCE_FR.contains(&word) => true,
        word if words::DAY_LEAVING_FR.contains(&word) => {
            tokens.preceded(at, words::PARTICLE_A_ALONE)
        }
        _ => false,
    }
}

/// "le 20 pour le retour", "the 20th for the return".
fn cue_after(tokens: &Tokens<'_>, end: usize) -> Option<SlotName> {
    let returns = words::DAY_RETURNING;
    let departs = words::DAY_DEPARTING;
    // "with a March 7th return", "Mon 18 Jan out, Thu 21 Jan back": a noun that ends its clause.
    let noun = |meaning| {
        tokens.means(end, meaning).is_some_and(|length| {
            let next = end + length;
            next >= tokens.len() || tokens.is_symbol(next)
        })
    };
    let return_noun = noun(Meaning::DayWayBackNoun);
    if noun(Meaning::DayWayOutNoun) {
        return Some(SlotName::DepartDate);
    }
    if return_noun || tokens.longest(end, returns).is_some() {
        return Some(SlotName::ReturnDate);
    }
    tokens.longest(end, departs).map(|_| SlotName::DepartDate)
}
