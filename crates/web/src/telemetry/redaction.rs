//! Takes personal data out of what people write before telemetry keeps it. Pure.
//!
//! E-mail addresses, telephone, payment card and passport numbers become words in brackets. Prices,
//! times, dates, flight numbers and booking references stay: a trace is read for them. What only looks
//! like a telephone number goes; what has none of the usual forms of one stays.

mod number;
mod passport;

use std::ops::Range;

use agent::card_number;
use number::Group;

const CARD: &str = "[card]";
const EMAIL: &str = "[email]";

/// The text without personal data.
#[must_use]
pub fn redact(text: &str) -> String {
    let cards = card_number::find(text);
    if cards.is_empty()
        && !text
            .bytes()
            .any(|byte| byte.is_ascii_digit() || byte == b'@')
    {
        return text.to_owned();
    }
    numbers(&emails(&without(text, cards)))
}

/// The text with a word in place of each card number.
fn without(text: &str, cards: Vec<Range<usize>>) -> String {
    let (mut out, mut kept) = (String::with_capacity(text.len()), 0);
    for card in cards {
        out.push_str(text.get(kept..card.start).unwrap_or_default());
        out.push_str(CARD);
        kept = card.end;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    out
}

fn emails(text: &str) -> String {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let is_domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let (mut out, mut kept) = (String::with_capacity(text.len()), 0);
    for (at, _) in text.match_indices('@') {
        if at < kept {
            continue;
        }
        let (Some(before), Some(after)) = (text.get(kept..at), text.get(at + 1..)) else {
            continue;
        };
        let local = before.len() - before.trim_end_matches(is_local).len();
        let domain = after.len() - after.trim_start_matches(is_domain).len();
        let domain = host(after.get(..domain).unwrap_or_default());
        if local > 0 && !domain.is_empty() {
            out.push_str(before.get(..before.len() - local).unwrap_or_default());
            out.push_str(EMAIL);
            kept = at + 1 + domain.len();
        }
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    out
}

/// The part of this that is a host's name; empty where none is. What follows may be the next sentence.
fn host(text: &str) -> &str {
    let mut host = text.trim_matches(['.', '-']);
    while let Some((rest, top)) = host.rsplit_once('.') {
        if top.chars().count() > 1 && top.chars().any(char::is_alphabetic) {
            return host;
        }
        host = rest.trim_end_matches(['.', '-']);
    }
    ""
}

/// A piece of letters, digits and underscores.
#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (at, c) in text.char_indices() {
        if !(c.is_alphanumeric() || c == '_') {
            continue;
        }
        let end = at + c.len_utf8();
        match tokens.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => tokens.push(Token { start: at, end }),
        }
    }
    tokens
}

fn numbers(text: &str) -> String {
    let tokens = tokens(text);
    let of = |token: Token| text.get(token.start..token.end).unwrap_or_default();
    let is_digits = |token: Token| of(token).bytes().all(|byte| byte.is_ascii_digit());
    let (mut out, mut kept, mut next) = (String::with_capacity(text.len()), 0, 0);
    while let Some(token) = tokens.get(next).copied() {
        let found = if is_digits(token) {
            let run = run(text, &tokens, next, &is_digits);
            number::find(&run).map(|(length, word)| (length, word, begin(text, token)))
        } else {
            passport::is_number(of(token)).then_some((1, passport::WORD, token.start))
        };
        let Some((length, word, start)) = found else {
            next += 1;
            continue;
        };
        out.push_str(text.get(kept..start.max(kept)).unwrap_or_default());
        out.push_str(word);
        next += length;
        kept = tokens.get(next - 1).map_or(text.len(), |last| last.end);
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    out
}

/// Groups of digits from token `first` on with nothing but a short separator in between.
fn run<'a>(
    text: &'a str,
    tokens: &[Token],
    first: usize,
    is_digits: &impl Fn(Token) -> bool,
) -> Vec<Group<'a>> {
    let mut run: Vec<Group<'a>> = Vec::new();
    let tokens = tokens.get(first..).unwrap_or_default();
    let is_signed = |token: &Token| {
        let lead = text.get(..token.start).unwrap_or_default();
        lead.trim_end_matches('(').ends_with('+')
    };
    let is_free = |token: &Token| {
        let digits = text.get(token.start..token.end).unwrap_or_default();
        is_signed(token) || digits.starts_with("00")
    };
    // What is long and made of digits alone must not take long.
    let most = match tokens.first().is_some_and(is_free) {
        true => number::MOST_DIGITS,
        false => number::MOST_GROUPS,
    };
    for (at, token) in tokens.iter().take(most).enumerate() {
        let before = match at.checked_sub(1).and_then(|before| tokens.get(before)) {
            Some(previous) => text.get(previous.end..token.start).unwrap_or_default(),
            None => "",
        };
        if !is_digits(*token) || (at > 0 && !number::is_separator(before)) {
            break;
        }
        run.push(Group {
            digits: text.get(token.start..token.end).unwrap_or_default(),
            before,
            after: text.get(token.end..).unwrap_or_default(),
            signed: at == 0 && is_signed(token),
            lead: text.get(..token.start).unwrap_or_default(),
        });
    }
    run
}

/// Where a number begins whose first digits are this token: at their plus, or the bracket around them.
fn begin(text: &str, token: Token) -> usize {
    let before = text.get(..token.start).unwrap_or_default();
    let behind = text.get(token.end..).unwrap_or_default();
    let outside = before.strip_suffix('(').filter(|_| behind.starts_with(')'));
    let outside = outside.unwrap_or(before);
    outside.strip_suffix('+').unwrap_or(outside).len()
}
