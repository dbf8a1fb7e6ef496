//! An offer in one line, and the figures that offers of a card are sorted and filtered by.

use agent::{
    locale::Locale,
    travel::{DayPart, Offer, Slice},
};

use super::{format, slice::TimeView};
use crate::i18n::{Texts, offers::OfferTexts};

/// What the line of an offer shows.
pub(crate) struct OfferLine {
    /// Departure and arrival of each direction.
    pub(super) times: Vec<(TimeView, TimeView)>,
    pub(super) carriers: String,
    /// `Direct`, or the most stops of any direction.
    pub(super) stops: String,
    pub(super) direct: bool,
    /// `10 h 55 + 10 h 10`: each direction's.
    pub(super) duration: String,
    pub(super) bag: String,
    pub(super) emissions: String,
    pub(super) price: String,
    pub(super) figures: Figures,
}

/// What offers are sorted and filtered by.
pub(crate) struct Figures {
    /// Of the whole party, in the smallest unit of the currency.
    pub(super) price: i64,
    /// All directions together, in minutes.
    pub(super) minutes: i64,
    pub(super) stops: u8,
    /// First departure, in minutes of its day, by its local clock.
    pub(super) leaves: i32,
    /// Part of the day of the first departure.
    pub(super) part: &'static str,
    /// Codes of the carriers, with blanks between them.
    pub(super) carriers: String,
    pub(super) bags: u8,
    /// Of the whole party, in kilograms.
    pub(super) emissions: u32,
}

impl OfferLine {
    pub(super) fn new(offer: &Offer, locale: Locale) -> Self {
        let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
        let durations = offer.slices.iter().map(|slice| slice.duration);
        let durations: Vec<_> = durations
            .map(|duration| format::duration(duration, locale))
            .collect();
        Self {
            times: offer.slices.iter().map(|slice| times(slice, t)).collect(),
            carriers: carriers(offer),
            stops: match offer.stops() {
                0 => t.direct.to_owned(),
                n => t.stops.of(n.into()),
            },
            direct: offer.stops() == 0,
            duration: durations.join(" + "),
            bag: match offer.baggage.checked {
                0 => o.no_bag.to_owned(),
                n => t.hold_bags.of(n.into()),
            },
            emissions: o
                .kilograms
                .replace("{n}", &format::integer(offer.emissions_kg.into(), locale)),
            price: format::money(offer.total, locale),
            figures: Figures::of(offer),
        }
    }
}

impl Figures {
    fn of(offer: &Offer) -> Self {
        let leaves = leaves(offer);
        Self {
            price: offer.total.minor,
            minutes: offer.duration().as_mins(),
            stops: offer.stops(),
            leaves: leaves.map_or(0, |time| {
                i32::from(time.hour()) * 60 + i32::from(time.minute())
            }),
            part: match leaves_in(offer) {
                Some(DayPart::Morning) => "morning",
                Some(DayPart::Afternoon) => "afternoon",
                Some(DayPart::Evening) => "evening",
                Some(DayPart::Night) => "night",
                None => "",
            },
            carriers: distinct(
                segments(offer).map(|segment| segment.carrier.iata.to_string()),
                " ",
            ),
            bags: offer.baggage.checked,
            emissions: offer.emissions_kg,
        }
    }
}

/// The first departure, by its local clock.
fn leaves(offer: &Offer) -> Option<jiff::civil::Time> {
    let first = offer.slices.first()?.segments.first()?;
    Some(first.departing_at.civil().time())
}

/// Part of the day of the first departure.
pub(super) fn leaves_in(offer: &Offer) -> Option<DayPart> {
    leaves(offer).map(|time| DayPart::of_hour(time.hour()))
}

fn segments(offer: &Offer) -> impl Iterator<Item = &agent::travel::Segment> {
    offer.slices.iter().flat_map(|slice| &slice.segments)
}

/// The names of those who fly it, each once, in order: `Air France + Delta`.
pub(crate) fn carriers(offer: &Offer) -> String {
    distinct(
        segments(offer).map(|segment| segment.carrier.name.clone()),
        " + ",
    )
}

/// `1 739 kg`.
pub(crate) fn emissions(offer: &Offer, locale: Locale) -> String {
    format!(
        "{}\u{a0}kg",
        format::integer(offer.emissions_kg.into(), locale)
    )
}

fn times(slice: &Slice, t: &Texts) -> (TimeView, TimeView) {
    let start = slice.segments.first().map(|segment| segment.departing_at);
    let end = slice.segments.last().map(|segment| segment.arriving_at);
    (TimeView::new(start, start, t), TimeView::new(end, start, t))
}

/// The different texts, in order.
pub(super) fn distinct(texts: impl Iterator<Item = String>, between: &str) -> String {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.join(between)
}
