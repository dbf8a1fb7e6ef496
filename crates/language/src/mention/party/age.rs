//! Ages: "de 6 et 9 ans", "(5 and 8)", "aged 5", "14-year-old", "8 mois".

use crate::text::words;
use crate::text::{
    lexicon::Meaning,
    numbers::cardinal,
    tokens::{Gap, Tokens},
};

/// From this age on a traveller is an adult.
const ADULT_FROM: u8 = 12;

/// Under this age a traveller sits on a lap.
const INFANT_UNDER: u8 = 2;

/// How old one of the minors is; `None` = not said.
pub(super) type Age = Option<Years>;

/// An age in full years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Years(pub(super) u8);

impl Years {
    pub(super) fn is_infant(self) -> bool {
        self.0 < INFANT_UNDER
    }

    pub(super) fn is_adult(self) -> bool {
        self.0 >= ADULT_FROM
    }
}

/// The unit at `at`: whether it is months, and how many tokens it spans.
fn unit(tokens: &Tokens<'_>, at: usize) -> Option<(bool, usize)> {
    let months = tokens.means(at, Meaning::PartyMonths).map(|l| (true, l));
    let years = tokens.means(at, Meaning::PartyYears).map(|l| (false, l));
    // A single letter is a unit only where it is glued to its number: "5y".
    let years = years.filter(|(_, length)| {
        *length > 1 || tokens.word(at).len() > 1 || tokens.gap(at) == Gap::None
    });
    years
        .into_iter()
        .chain(months)
        .max_by_key(|(_, length)| *length)
}

/// An age with its unit at `at` ("14-year-old", "8 mois") and where it ends.
pub(super) fn with_unit(tokens: &Tokens<'_>, at: usize) -> Option<(Years, usize)> {
    let (value, length) = cardinal(tokens, at)?;
    let (months, spans) = unit(tokens, at + length)?;
    let years = if months { value / 12 } else { value };
    let years = u8::try_from(years).ok().filter(|years| *years <= 110)?;
    Some((Years(years), at + length + spans))
}

/// The limit of "under two", "de moins de 12 ans" at `at`, and where it ends.
pub(super) fn under(tokens: &Tokens<'_>, at: usize) -> Option<(Years, usize)> {
    let from = at + tokens.means(at, Meaning::PartyUnder)?;
    let (value, length) = cardinal(tokens, from)?;
    let end = from + length;
    let said = unit(tokens, end);
    let (months, spans) = said.unwrap_or((false, 0));
    let over = said.is_some() || end >= tokens.len() || tokens.is_symbol(end);
    let years = if months { value.div_ceil(12) } else { value };
    let years = u8::try_from(years)
        .ok()
        .filter(|years| (1..=17).contains(years))?;
    over.then_some((Years(years), end + spans))
}

/// The ages after a noun that counts `count` people, and where they end: "de 6 et 9 ans", "(5 and 8)".
pub(super) fn after(tokens: &Tokens<'_>, end: usize, count: Option<u8>) -> (Vec<Years>, usize) {
    let bracket = tokens.is(end, &["("]);
    let from = end + usize::from(bracket || tokens.is(end, &[","]));
    let comma = from > end && !bracket;
    let lead = tokens.means(from, Meaning::PartyAgeLead).unwrap_or(0);
    let aged = bracket || tokens.means(from, Meaning::PartyAged).is_some();
    let mut at = from + lead;
    let (mut ages, mut months, mut years) = (Vec::new(), false, false);
    while let Some((value, length)) = cardinal(tokens, at) {
        ages.push(value);
        at += length;
        let said = unit(tokens, at);
        if let Some((in_months, spans)) = said {
            months |= in_months;
            years |= !in_months;
            at += spans;
        }
        // "a child aged 2 and 1 infant", "…, one stop": each has an age, and what follows is counted.
        let complete = count.is_some_and(|count| ages.len() >= usize::from(count));
        // "de 5 ans et un bébé": after a unit, only another age goes on.
        let goes_on = |from: usize| {
            cardinal(tokens, from).is_some_and(|(value, length)| {
                let united = unit(tokens, from + length).is_some();
                if complete && !united && tokens.is_word(from + length) {
                    return false;
                }
                (value < 18 && said.is_none()) || (value <= 110 && united)
            })
        };
        // "trois enfants 3 5 et 10 ans": as many numbers as children.
        let listed = said.is_none()
            && tokens.number(at).is_some()
            && count.is_some_and(|count| ages.len() < usize::from(count));
        let next = between(tokens, at).or(listed.then_some(at));
        let Some(next) = next.filter(|next| goes_on(*next)) else {
            break;
        };
        at = next;
    }
    // "kids 5 and 8" has an age for each; "2 kids 5 March" has not.
    let one_each = (ages.len() >= 2 || lead > 0 && count == Some(1))
        && count.is_none_or(|count| usize::from(count) == ages.len());
    let meant = aged
        || months
        || years
        || (one_each && (!comma || ages.len() >= 2) && (lead > 0 || !tokens.is_word(at)));
    if ages.is_empty() || !meant || ages.iter().any(|age| *age > 216) {
        return (Vec::new(), end);
    }
    // "my son and my daughter, 7 and 9": they are not all of the one who was named last.
    if count == Some(1) && ages.len() > 1 {
        return (Vec::new(), end);
    }
    at += usize::from(bracket && tokens.is(at, &[")"]));
    let full = |age: u32| u8::try_from(if months && !years { age / 12 } else { age });
    let ages = ages.into_iter().filter_map(|age| full(age).ok());
    (ages.map(Years).collect(), at)
}

/// What stands between two ages.
fn between(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let comma = usize::from(tokens.is(at, &[",", "/"]));
    let and = usize::from(tokens.is(at + comma, words::PARTICLE_AND_SIGN));
    let of = usize::from(tokens.is(at + comma + and, words::PARTICLE_DE));
    if comma + and > 0 {
        return Some(at + comma + and + of);
    }
    // "5/8" and "5,8" are numbers with a mark between them.
    matches!(tokens.gap(at), Gap::Mark(_)).then_some(at)
}
