//! Who travels.

use super::{
    Phrase,
    read::{Arguments, counted},
};
use crate::{capability::wording, locale::Locale};

/// In this order.
pub(super) const PHRASES: &[Phrase] = &[
    (&["adults"], |a, locale| {
        Some(adults(a.count("adults")?, locale))
    }),
    (&["children_ages"], children),
    (&["infants"], |a, locale| {
        let infants = a.count("infants").filter(|count| *count > 0)?;
        Some(counted(
            infants,
            ["bébé", "bébés"],
            ["infant", "infants"],
            locale,
        ))
    }),
    (&["rooms"], |a, locale| {
        let rooms = a.count("rooms")?;
        Some(counted(
            rooms,
            ["chambre", "chambres"],
            ["room", "rooms"],
            locale,
        ))
    }),
];

fn adults(count: usize, locale: Locale) -> String {
    counted(count, ["adulte", "adultes"], ["adult", "adults"], locale)
}

/// "2 enfants (4 et 7 ans)".
fn children(a: &Arguments<'_>, locale: Locale) -> Option<String> {
    let ages = a.counts("children_ages")?;
    let children = counted(
        ages.len(),
        ["enfant", "enfants"],
        ["child", "children"],
        locale,
    );
    if ages.len() > 6 {
        return Some(children);
    }
    let texts: Vec<_> = ages.iter().map(u64::to_string).collect();
    let list = wording::list(&texts, locale);
    let years = if ages.iter().any(|age| *age > 1) {
        "ans"
    } else {
        "an"
    };
    Some(match locale {
        Locale::Fr => format!("{children} ({list}\u{a0}{years})"),
        Locale::En => format!("{children} (aged {list})"),
    })
}
