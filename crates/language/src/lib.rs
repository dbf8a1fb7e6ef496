//! What a message wants ([`intent`]) and what it says ([`understand`]). Pure: no clock, no network,
//! no store.

mod apply;
mod asked;
mod assemble;
pub mod intent;
mod ledger;
mod left_over;
pub mod mention;
mod pending;
pub mod question;
mod read;
pub mod reading;
pub mod text;
mod topic;
pub mod trip;
pub mod window;
pub mod wish;

pub use crate::{
    asked::asked_slot,
    mention::{
        correction::is_correction,
        day::{is_order_open, month_first},
        place as places,
    },
    pending::Pending,
    question::{Manner, Question, Said, is_only_a_question},
    read::{Input, understand, warm_up},
    reading::{
        AirlineMention, Ambiguity, Choice, DateSpan, DayRef, Details, Kind, LeftOver, LegDay,
        PartyMention, Passport, Place, PlaceKind, Problem, Reach, Reading, SlotName, Taste, Tier,
        Town, Warmth,
    },
    topic::Topic,
    trip::{Leg, MOST_LEGS, Route, Subject, TripRequest},
    wish::{Bound, Budget, Change, Feature, Polarity, Scope, Span, TimeWindow, Way, Wish},
};
pub use travel::fold::fold;
// The build compiles the classifier's text as well and has the module there.
use travel::fold;
