//! What a tool answers.

use crate::{
    booking::Proposal,
    event::Card,
    tools::{facts::PlaceFacts, search_flights::SearchFlightsArgs},
    travel::{Airport, FareCalendar, Offer},
};

/// A tool's answer: text for the model, typed data for the built-in model, a card for people.
#[derive(Clone, Debug)]
pub struct ToolOutput {
    /// For models that read text.
    pub text: String,
    /// The same, typed.
    pub data: ToolData,
    /// For people.
    pub card: Option<Card>,
    /// Number of results; none is a success too.
    pub result_count: u64,
    /// Where the results come from.
    pub source: Option<&'static str>,
    /// What the conversation remembers of it.
    pub effect: Option<Effect>,
}

/// Typed results.
#[derive(Clone, Debug)]
pub enum ToolData {
    /// Flight offers, in the order asked for, and the search that found them.
    Flights {
        /// Offers.
        offers: Vec<Offer>,
        /// The search.
        search: SearchFlightsArgs,
        /// Offers that fit in all, shown or not.
        found: usize,
    },
    /// A fare calendar.
    Calendar(FareCalendar),
    /// Airports, best match first.
    Airports(Vec<&'static Airport>),
    /// A proposal that was made.
    Proposed(Proposal),
    /// A price that was asked again: before and now (`None` = no longer sold).
    Price {
        /// As proposed.
        before: Offer,
        /// As of now.
        now: Option<Offer>,
    },
    /// Facts about a place.
    Facts(PlaceFacts),
}

/// What the conversation remembers of a tool's answer.
#[derive(Clone, Debug)]
pub enum Effect {
    /// These offers were shown.
    Shown {
        /// Offers.
        offers: Vec<Offer>,
        /// The search that found them.
        search: SearchFlightsArgs,
    },
    /// This offer was proposed.
    Proposed(Proposal),
}
