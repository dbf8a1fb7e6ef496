//! Who travels.

use super::chip_of;
use crate::{
    locale::Locale,
    planner::phrases,
    travel::Party,
    understood::{Chip, ChipKind},
};

/// `2 adultes + 1 enfant (5 ans)`; it goes back to one adult.
pub(super) fn chip(party: &Party, locale: Locale) -> Chip {
    let count = |count: usize, one: (&str, &str), many: (&str, &str)| match count {
        0 => None,
        1 => Some(format!("1 {}", locale.pick(one.0, one.1))),
        _ => Some(format!("{count} {}", locale.pick(many.0, many.1))),
    };
    let adults = usize::from(party.adults);
    let infants = usize::from(party.infants);
    let children = party.children.len();
    let counts = [
        count(adults, ("adulte", "adult"), ("adultes", "adults")),
        count(children, ("enfant", "child"), ("enfants", "children"))
            .map(|children| children + &ages(&party.children, locale)),
        count(infants, ("bébé", "infant"), ("bébés", "infants")),
    ];
    let label: Vec<_> = counts.into_iter().flatten().collect();
    let change = match locale {
        Locale::Fr => format!("Finalement {}", phrases::party(party, locale)),
        Locale::En => format!("Make that {}", phrases::party(party, locale)),
    };
    let chip = chip_of(ChipKind::Party, label.join(" + ")).changed_by(change);
    if *party == Party::default() {
        return chip;
    }
    chip.removed_by(locale.pick("Plutôt 1 adulte", "Just 1 adult"))
}

/// ` (3 et 7 ans)`, where all are known.
fn ages(children: &[Option<u8>], locale: Locale) -> String {
    let known: Option<Vec<String>> = children
        .iter()
        .map(|age| Some(age.as_ref()?.to_string()))
        .collect();
    let Some(known) = known.filter(|known| !known.is_empty()) else {
        return String::new();
    };
    let list = phrases::list(&known, locale.pick("et", "and"));
    match locale {
        Locale::Fr if children == [Some(1)] => " (1 an)".to_owned(),
        Locale::Fr => format!(" ({list} ans)"),
        Locale::En => format!(" (aged {list})"),
    }
}
