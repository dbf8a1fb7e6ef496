//! Children and their ages: "de 6 et 9 ans", "(5 and 8)", "aged 5".

use super::Reader;
use crate::text::numbers::cardinal;

/// Units of age.
const UNITS: &[&str] = &[
    "ans",
    "an",
    "years old",
    "year old",
    "years",
    "yo",
    "y o",
    "mois",
    "months",
    "months old",
    "y",
];

impl Reader<'_, '_> {
    /// Counts a child by its age: under two an infant, from twelve an adult.
    pub(crate) fn child(&mut self, age: Option<u8>, months: bool) {
        match age {
            Some(age) if months && age < 24 || !months && age < 2 => {
                self.party.infants = Some(self.party.infants.unwrap_or(0).saturating_add(1));
            }
            Some(age) if !months && age >= 12 => {
                self.party.adults = Some(self.party.adults.unwrap_or(0).saturating_add(1));
            }
            _ => {
                let age = if months { age.map(|age| age / 12) } else { age };
                self.party.children.get_or_insert_default().push(age);
            }
        }
    }

    /// Ages after "enfants": "de 6 et 9 ans", "(5 and 8)", "aged 5".
    pub(crate) fn ages(&self, end: usize) -> (Vec<(Option<u8>, bool)>, usize) {
        let tokens = self.tokens;
        let lead = [
            "de",
            "d",
            "of",
            "aged",
            "ages",
            "age de",
            "ages de",
            "agee de",
            "agees de",
            "age",
            "qui a",
            "qui ont",
            "who is",
            "who are",
            ",",
            "(",
            "( aged",
            "ages respectivement de",
            "who s",
            "is",
        ];
        let Some(length) = tokens.longest(end, &lead) else {
            return (Vec::new(), end);
        };
        let aged =
            tokens.longest(end, &["aged", "ages", "( aged"]).is_some() || tokens.is(end, &["("]);
        let mut at = end + length;
        let mut ages = Vec::new();
        while let Some((age, length)) = cardinal(tokens, at) {
            ages.push(u8::try_from(age).ok());
            at += length;
            let unit = tokens.longest(at, UNITS);
            at += unit.unwrap_or(0);
            // "de 5 ans et un bébé": after a unit, only another age goes on.
            let goes_on = |from: usize| {
                let (_, length) = cardinal(tokens, from)?;
                (unit.is_none() || tokens.longest(from + length, UNITS).is_some()).then_some(())
            };
            let next = tokens
                .longest(at, &["et", "and", ",", "et de", "&", ", et", ", and"])
                .filter(|length| goes_on(at + length).is_some());
            match next {
                Some(length) => at += length,
                None => break,
            }
        }
        let months = tokens.is(at.wrapping_sub(1), &["mois", "months"])
            || tokens.is(at.wrapping_sub(2), &["months"]);
        let years = tokens.is(
            at.wrapping_sub(1),
            &["ans", "an", "old", "years", "yo", "o", "y"],
        );
        if ages.is_empty() || !(aged || months || years) {
            return (Vec::new(), end);
        }
        at += usize::from(tokens.is(at, &[")"]));
        (ages.into_iter().map(|age| (age, months)).collect(), at)
    }

    pub(crate) fn skip_age(&self, end: usize) -> usize {
        self.ages(end).1
    }
}
