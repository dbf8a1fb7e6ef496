//! Parts of the day: "matin", "in the evening".

use travel::DayPart;

use crate::text::{lexicon::Meaning, tokens::Tokens};

/// The part of the day named at `at`, and how many tokens that takes.
pub(super) fn read(tokens: &Tokens<'_>, at: usize) -> Option<(DayPart, usize)> {
    [
        (DayPart::Morning, Meaning::TimeMorning),
        (DayPart::Afternoon, Meaning::TimeAfternoon),
        (DayPart::Evening, Meaning::TimeEvening),
        (DayPart::Night, Meaning::TimeNight),
    ]
    .into_iter()
    .filter_map(|(part, meaning)| Some((part, tokens.means(at, meaning)?)))
    .max_by_key(|(_, length)| *length)
}
