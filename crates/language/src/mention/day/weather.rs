//! Months that a question for the weather is about: "Genève Oslo le 3 mai, et quelle météo en mai ?".

use std::ops::Range;

use super::{Context, Mention, Point};
use crate::text::lexicon::Meaning;

/// Whether a month or a season is what a question for the weather is about, and no way back: "Genève Oslo
/// le 3 mai, et quelle météo en mai ?".
pub(super) fn is_asked_of(ctx: &Context<'_>, mention: &Mention, between: Range<usize>) -> bool {
    let long = matches!(ctx.resolve(mention.point, None), Point::Span(from, to) if from < to);
    let mut words = between;
    long && words.any(|at| ctx.tokens.means(at, Meaning::DayWeather).is_some())
}
