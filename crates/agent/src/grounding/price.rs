//! Prices in a line, with the words that say how an amount was arrived at.

use std::ops::Range;

use super::{
    facts::{Fact, Value},
    number::{self, Number},
    tokens::{Line, Words, words},
    unit::{self, Unit},
};
use crate::travel::Currency;

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Price {
    /// Thousandths of the currency's unit.
    pub(super) milli: i64,
    pub(super) unit: Unit,
    pub(super) said: Said,
}

/// What the words around an amount say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// It is rounded.
    pub(super) about: bool,
    /// It is one share of several, or several shares together.
    pub(super) share: bool,
    /// It is a sum.
    pub(super) sum: bool,
    /// It is what one thing costs more than another.
    pub(super) difference: bool,
}

const ABOUT: Words = words(
    "environ|about|around|approximately|approx|roughly|nearly|almost|presque|près|autour|just|\
    juste|peu|peine|vers|some|quelque",
);
const SHARE: Words = words(
    "personne|personnes|person|people|each|chacun|chacune|passager|passagers|passenger|\
    passengers|adulte|adultes|adult|adults|enfant|enfants|child|children|traveller|travellers|\
    traveler|travelers|voyageur|voyageurs|pers|pax|tête|head|trajet|way|leg|deux|two|trois|\
    three",
);
const SUM: Words = words(
    "total|totale|totals|totaux|ensemble|together|altogether|combined|cumulé|somme|sum|soit|both|\
    all",
);
const DIFFERENCE_BEFORE: Words = words(
    "save|saves|saving|savings|économisez|économise|économiser|économie|supplément|surcoût|\
    différence|écart|difference|gap|extra|ajoutez",
);
const DIFFERENCE_AFTER: Words = words(
    "plus|moins|more|less|cheaper|dearer|pricier|extra|additional|higher|lower|supplémentaires|\
    supplément|économie|écart|différence|difference",
);
const BETWEEN: Words = words("entre|between");
const FROM: Words = words("de|from");
const TO: Words = words("à|to|ou|or");
const AND: Words = words("et|and");

/// How far a clause is read on either side of an amount, in tokens.
const CLAUSE: usize = 24;

/// A number with the currency before or after it, if there is one.
struct Amount {
    unit: Option<Unit>,
    number: Number,
    end: usize,
}

/// Reads the price or the range of prices that begins at token `at`; answers the token after it.
pub(super) fn find<'a>(line: &Line<'a>, at: usize, out: &mut Vec<Fact<'a>>) -> Option<usize> {
    let lower = amount(line, at)?;
    let upper = connected(line, at, lower.end).and_then(|next| amount(line, next));
    let upper = upper.filter(|upper| is_range(line, at, &lower, upper));
    let unit = lower.unit.or_else(|| upper.as_ref()?.unit)?;
    let end = upper.as_ref().map_or(lower.end, |upper| upper.end);
    let text = line.slice(at, end);
    let mut said = said(line, &(at..end));
    // The ends of a range are round.
    said.about |= upper.is_some();
    for amount in std::iter::once(lower).chain(upper) {
        let unit = amount.unit.unwrap_or(unit);
        let milli = match (amount.number.fraction, unit) {
            (Some(fraction), Unit::Code(code)) if has_thousandths(code) => fraction,
            _ => amount.number.milli,
        };
        let value = Value::Price(Price { milli, unit, said });
        out.push(Fact { text, value });
    }
    Some(end)
}

fn amount(line: &Line<'_>, at: usize) -> Option<Amount> {
    if let Some((unit, from)) = unit::before(line, at) {
        let number = number::read(line, from).filter(|number| !is_moment(line, number.end))?;
        // "$431 CAD", but not "€431 $99".
        let closer = unit::after(line, number.end)
            .filter(|(closer, _)| closer.may_be(unit))
            .filter(|_| unit::before(line, number.end).is_none());
        let (unit, end) = closer.unwrap_or((unit, number.end));
        let unit = Some(unit);
        return Some(Amount { unit, number, end });
    }
    if at > 0 && line.is_glued(at) && line.word(at - 1).is_some() {
        return None;
    }
    let number = number::read(line, at)?;
    let (unit, end) = match unit::after(line, number.end) {
        Some((unit, end)) => (Some(unit), end),
        None => (None, number.end),
    };
    Some(Amount { unit, number, end })
}

/// Whether a number that ends before token `end` is one of a time or a date: codes such as MAD are
/// those of an airport, too ("MAD 18:00").
fn is_moment(line: &Line<'_>, end: usize) -> bool {
    let part = |at: usize, marks: &[char]| {
        line.is_glued(at)
            && line.mark(at).is_some_and(|mark| marks.contains(&mark))
            && line.glued_number(at + 1).is_some()
    };
    let date = part(end, &['-']) && part(end + 2, &['-']);
    part(end, &[':', '/']) || date || line.is_any(end, "h")
}

/// The token after a word or dash that makes a range of what goes from `at` to before `end`.
fn connected(line: &Line<'_>, at: usize, end: usize) -> Option<usize> {
    let between = at > 0 && line.is_any(at - 1, BETWEEN);
    let connects = matches!(line.mark(end), Some('-' | '–' | '—'))
        || line.is_any(end, TO)
        || (between && line.is_any(end, AND));
    connects.then_some(end + 1)
}

/// Whether two amounts are the ends of a range: by the word before them, or by their sizes, for
/// "offer 1 at 431 €" and "€431 - 2 stops" are none.
fn is_range(line: &Line<'_>, at: usize, lower: &Amount, upper: &Amount) -> bool {
    let opened = at > 0 && (line.is_any(at - 1, BETWEEN) || line.is_any(at - 1, FROM));
    let (low, high) = (lower.number.milli, upper.number.milli);
    let one_currency = match (lower.unit, upper.unit) {
        (Some(one), Some(other)) => one.may_be(other),
        (None, Some(_)) => true,
        (Some(_), None) => low * 2 >= high,
        (None, None) => false,
    };
    one_currency && low < high && (opened || low * 2 >= high)
}

fn has_thousandths(code: &str) -> bool {
    code.parse()
        .is_ok_and(|currency: Currency| currency.exponent() == 3)
}

/// What stands around the tokens, within their clause.
fn said(line: &Line<'_>, tokens: &Range<usize>) -> Said {
    let ends = |at: &usize| matches!(line.mark(*at), Some('.' | ';' | '!' | '?' | '|'));
    let before = tokens.start.saturating_sub(CLAUSE)..tokens.start;
    let from = before
        .rev()
        .find(ends)
        .map_or(tokens.start.saturating_sub(CLAUSE), |at| at + 1);
    let last = line.len().min(tokens.end.saturating_add(CLAUSE));
    let to = (tokens.end..last).find(ends).unwrap_or(last);
    // "économisez environ 50 €", "50 € de moins": close by, for "the cheapest" is no difference.
    let near = tokens.start.saturating_sub(4).max(from)..tokens.start;
    let after = (tokens.end..to.min(tokens.end + 4)).take_while(|at| line.mark(*at).is_none());
    let signs = |wanted: &[char]| {
        (from..to).any(|at| line.mark(at).is_some_and(|mark| wanted.contains(&mark)))
    };
    let approximate = (near.clone().rev().take(3))
        .any(|at| line.is_any(at, ABOUT) || matches!(line.mark(at), Some('~' | '≈')));
    Said {
        about: approximate,
        share: line.has_any(from..to, SHARE) || signs(&['×']),
        sum: line.has_any(from..to, SUM) || signs(&['=', '+', '×']),
        difference: line.has_any(near, DIFFERENCE_BEFORE)
            || after
                .into_iter()
                .any(|at| line.is_any(at, DIFFERENCE_AFTER)),
    }
}
