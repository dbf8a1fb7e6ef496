//! Flight numbers in a line.

use super::{
    aircraft,
    facts::{Fact, Value},
    tokens::{Line, Shape, Words, words},
    unit,
};
use crate::travel::{CarrierCode, carrier};

/// Designators that are also words in capitals, or units; with a blank, they need three digits.
const WORDS: &str =
    "AI|AM|AS|AT|BE|DE|EN|ET|ID|IT|LA|ME|NO|ON|OR|OU|PC|PM|SA|SU|TO|TV|UP|US|WE|3H|6H|7H";
const MAKERS: Words =
    words("airbus|boeing|embraer|saab|bombardier|tupolev|antonov|sukhoi|fokker|dash");
/// What is counted in a number that is none of a flight.
const COUNTED: Words = words(
    "h|am|pm|kg|km|min|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|\
    novembre|décembre|january|february|march|april|may|june|july|august|september|october|\
    november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|adultes|adults",
);

/// A carrier's designator and the number of its flight.
pub(super) type Flight = (CarrierCode, u16);

/// Reads the flight number that begins at token `at`: `AF 1234`, `U2 4567`, `BA117`; answers the
/// token after it.
pub(super) fn find<'a>(line: &Line<'a>, at: usize, out: &mut Vec<Fact<'a>>) -> Option<usize> {
    if is_continued(line, at) {
        return None;
    }
    let run_end = run_end(line, at);
    let run = line.slice(at, run_end);
    let (code, digits, end) = match run.len() {
        2 => {
            let digits = line.number(run_end).filter(|_| !line.is_glued(run_end))?;
            if WORDS.split('|').any(|word| word == run) && digits.len() < 3 {
                return None;
            }
            (run, digits, run_end + 1)
        }
        3..=6 if ends_in_digits(run) && !aircraft::is_type(run) => {
            (run.get(..2)?, run.get(2..)?, run_end)
        }
        _ => return None,
    };
    let lettered = code.bytes().all(|byte| byte.is_ascii_uppercase());
    let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let fits = code.bytes().all(upper)
        && code.bytes().any(|byte| byte.is_ascii_uppercase())
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        // "G20", "A4": with a digit in the designator, one more is too little.
        && (lettered || digits.len() > 1);
    if !fits || is_counted(line, at, end) {
        return None;
    }
    let code: CarrierCode = code.parse().ok()?;
    carrier::by_code(code)?;
    let value = Value::Flight((code, digits.parse().ok()?));
    let text = line.slice(at, end);
    out.push(Fact { text, value });
    Some(end)
}

/// Whether all but the two characters of a designator are digits.
fn ends_in_digits(run: &str) -> bool {
    let number = run.as_bytes().get(2..);
    number.is_some_and(|number| number.iter().all(u8::is_ascii_digit))
}

/// Whether the token goes on with something before it, or names an aircraft's maker's type.
fn is_continued(line: &Line<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    let glued = line.is_glued(at)
        && match line.shape(before) {
            Some(Shape::Mark(mark)) => matches!(mark, '-' | '_' | '.' | '@' | '#'),
            _ => true,
        };
    let clock = line.is_any(at, "am|pm") && line.number(before).is_some();
    glued || clock || line.is_any(before, MAKERS)
}

/// The token after the letters and digits that are glued together.
fn run_end(line: &Line<'_>, at: usize) -> usize {
    let is_part = |at: &usize| matches!(line.shape(*at), Some(Shape::Word | Shape::Number));
    (at + 1..line.len())
        .find(|next| !is_part(next) || !line.is_glued(*next))
        .unwrap_or(line.len())
}

/// Whether the digits before token `end` go on as a time, a date, a decimal or a quantity.
fn is_counted(line: &Line<'_>, at: usize, end: usize) -> bool {
    let goes_on = line.is_glued(end)
        && match line.shape(end) {
            Some(Shape::Mark(mark)) => {
                matches!(mark, ':' | '.' | ',' | '/' | '-' | '%' | '_')
                    && line.glued_number(end + 1).is_some()
            }
            Some(_) => true,
            None => false,
        };
    // "AF 1234 EUR 99" is a flight and a price.
    let priced = unit::after(line, end).is_some() && unit::before(line, end).is_none();
    let spaced = end > at + 1 && !line.is_glued(end - 1);
    goes_on || (spaced && (priced || line.is_any(end, COUNTED)))
}
