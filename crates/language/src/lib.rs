//! What a message wants ([`intent`]) and what it says ([`understanding`]). Pure: no clock, no network,
//! no store.

mod apply;
mod asked;
mod assemble;
pub mod intent;
mod ledger;
mod left_over;
pub mod mention;
mod read;
pub mod slots;
pub mod text;
pub mod trip;
pub mod window;
pub mod wish;

pub use crate::{
    asked::asked_slot,
    mention::day::{is_order_open, month_first},
    read::{Input, understand, warm_up},
    slots::{
        AirlineMention, Ambiguity, Choice, DateSpan, LeftOver, PartyMention, Place, PlaceKind,
        Problem, SlotName, Slots, Town,
    },
    text::fold::fold,
    trip::{Leg, MOST_LEGS, Route, TripRequest},
    wish::{Bound, Budget, Change, Feature, Polarity, Scope, Span, TimeWindow, Way, Wish},
};

/// What messages say, and the trips that they build.
pub mod understanding {
    pub use crate::{mention::place as places, *};
}
