//! From words to a trip: places, dates, party, money, preferences. Pure; the clock is injected.

pub mod slots;
pub mod trip;

pub use slots::{
    AirlineMention, Ambiguity, Choice, DateSpan, PartyMention, Place, PlaceKind, Problem, SlotName,
    Slots,
};
pub use trip::TripRequest;
