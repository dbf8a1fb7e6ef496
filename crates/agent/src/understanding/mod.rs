//! From words to a trip: places, dates, party, money, preferences. Pure; the clock is injected.

pub mod slots;
pub mod trip;

pub use slots::{
    AirlineMention, Ambiguity, Choice, DateSpan, PartyMention, Place, PlaceKind, Problem, SlotName,
    Slots,
};
pub use trip::TripRequest;

pub mod places {
    use crate::travel::{Airport, airport};
    pub fn search(text: &str, limit: usize) -> Vec<&'static Airport> {
        airport::all()
            .iter()
            .filter(|a| {
                a.iata.as_str().eq_ignore_ascii_case(text)
                    || a.city(crate::locale::Locale::En).eq_ignore_ascii_case(text)
            })
            .take(limit)
            .collect()
    }
}
pub struct Input<'a> {
    pub text: &'a str,
    pub previous: Option<&'a str>,
    pub locale: crate::locale::Locale,
    pub now: &'a jiff::Zoned,
    pub trip: &'a TripRequest,
    pub asked: Option<SlotName>,
}
pub fn understand(_input: &Input<'_>) -> Slots {
    Slots::default()
}
pub fn asked_slot(_previous: &str) -> Option<SlotName> {
    None
}
impl TripRequest {
    pub fn merge(
        &self,
        _slots: &Slots,
        _asked: Option<SlotName>,
        _today: jiff::civil::Date,
    ) -> (Self, Vec<Problem>) {
        (self.clone(), vec![])
    }
}
