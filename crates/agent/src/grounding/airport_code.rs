//! Airport and metropolitan codes in a line.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    facts::{Fact, Value},
    tokens::{Line, Shape, Words, words},
};
use crate::travel::{Currency, Iata, airport, carrier};

/// Abbreviations and words in capitals that are also codes of airports.
const WORDS: &str = "ACE AGE AIR ALL AND ANY APR APT ARE ART ASK AUG AUX BAD BAG BAR BED BEN BIG \
    BIT BON BUS BUT BUY CAN CAR CEO CET CEO CFO CGU CGV CSV CTO CUT DAY DEC DES DID DOC DOS DUE EAU \
    EDT END EST ETA ETD ETE EUR FAQ FAR FAX FEB FEW FIN FLY FOR FUN GAY GET GMT GOT GPS HAD HAS HER \
    HIM HIS HOT HOW HTM HUB ICI INC IRE ITS JAN JOB JUL JUN KEY LAW LES LET LOW LUN MAI MAP MAR MAX \
    MAY MEN MER MID MIN MIX MON MOT NET NEW NON NOT NOV NOW OCT OFF OLD ONE OUI OUR OUT OWN PAS PAY \
    PDF PDG PDT PER PIN PLUS PMR PNR PRO PST PUB PUT QUE QUI RAS RED RER ROI RUN SAM SAT SAY SEA SEE SEP \
    SES SET SHE SIM SIX SKI SMS SOL SON SPA SUD SUM SUN SUR TAX TEL TEN TER TEN TGV THE THU TIP TOO \
    TOP TRY TTC TUE TVA TWO UNE URL USA USB USE UTC VAT VER VIA VIP VOL VOS WAS WAY WED WEB WHO WHY \
    WIN YES YET YOU";

/// Words that make a code one of a currency.
const MONEY: Words = words(
    "monnaie|monnaies|currency|currencies|devise|devises|taux|cours|rate|rates|exchange|change",
);

/// How far such a word may be, in tokens.
const NEAR: usize = 20;

static EXCLUDED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    // Airlines whose name is an abbreviation: TAP, LOT, SAS.
    let airlines = carrier::all()
        .iter()
        .flat_map(|carrier| carrier.name.split(|c: char| !c.is_ascii_alphabetic()));
    WORDS
        .split_ascii_whitespace()
        .chain(airlines.filter(|word| is_shaped(word)))
        .collect()
});

/// Reads the code at a token.
pub(super) fn find<'a>(line: &Line<'a>, at: usize, out: &mut Vec<Fact<'a>>) -> Option<usize> {
    let code = candidate(line, at)?;
    let word = line.word(at)?;
    let known = airport::by_code(code).is_some() || !airport::of_metro(code).is_empty();
    let currency = word.parse::<Currency>().is_ok();
    let about_money = currency && line.has_any(at.saturating_sub(NEAR)..at + NEAR, MONEY);
    if !known || about_money || EXCLUDED.contains(word) {
        return None;
    }
    let plain = !currency && !line.is_shouted();
    if !plain && !stands_as_code(line, at) {
        return None;
    }
    let value = Value::Code(code);
    out.push(Fact { text: word, value });
    Some(at + 1)
}

/// Three capitals, and nothing that would make them part of another word.
pub(super) fn candidate(line: &Line<'_>, at: usize) -> Option<Iata> {
    let word = line.word(at).filter(|word| is_shaped(word))?;
    let joined = |next: usize, other: usize| {
        line.is_glued(next)
            && match line.shape(other) {
                Some(Shape::Mark(mark)) => matches!(mark, '_' | '@' | '#' | '&'),
                Some(_) => true,
                None => false,
            }
    };
    // "ABC-123"
    let numbered = matches!(line.mark(at + 1), Some('-' | '/'))
        && line.is_glued(at + 1)
        && line.glued_number(at + 2).is_some();
    if joined(at + 1, at + 1) || (at > 0 && joined(at, at - 1)) || numbered {
        return None;
    }
    word.parse().ok()
}

fn is_shaped(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// In brackets, at an arrow, or beside another code.
fn stands_as_code(line: &Line<'_>, at: usize) -> bool {
    let opens = |mark: Option<char>| matches!(mark, Some('(' | '[' | '→' | '>' | '⇒' | '➔' | '✈'));
    let closes = |mark: Option<char>| matches!(mark, Some(')' | ']' | '→' | '⇒' | '➔' | '✈'));
    let arrow = line.mark(at + 1) == Some('-') && line.mark(at + 2) == Some('>');
    let beside = |at: usize| {
        let word = line.word(at);
        word.is_some_and(|word| is_shaped(word) && !EXCLUDED.contains(word))
    };
    let near = at.saturating_sub(2)..=at + 2;
    (at > 0 && opens(line.mark(at - 1)))
        || closes(line.mark(at + 1))
        || arrow
        || near.into_iter().any(|other| other != at && beside(other))
}
