//! The classifier's verdict against what the message says: a route alone is a request, and so is what
//! answers a question about the trip.

use super::Intent;
use crate::slots::{SlotName, Slots};

/// From this confidence on, a short answer that names nothing is taken for what it seems to be.
const SURE: f32 = 0.9;
/// Most words of an answer to a question.
const SHORT: usize = 2;

/// What the message wants. `asked`: what the agent had asked for.
#[must_use]
pub fn settle(
    intent: Intent,
    confidence: f32,
    text: &str,
    slots: &Slots,
    asked: Option<SlotName>,
) -> Intent {
    if intent == Intent::Planning {
        return intent;
    }
    let read = slots.left_over.is_empty();
    let route = slots.origin.is_some() && slots.destination.is_some();
    let answers = asked.is_some_and(|asked| fills(slots, asked));
    let is_short = text.split_whitespace().count() <= SHORT;
    let unclear = asked.is_some()
        && is_short
        && confidence < SURE
        && !matches!(intent, Intent::Confirmation | Intent::Rejection);
    let reserved = matches!(intent, Intent::Confirmation) && !slots.change_trip();
    if !reserved && (read && (route || answers) || unclear) {
        Intent::Planning
    } else {
        intent
    }
}

/// Whether the message says what was asked for.
fn fills(slots: &Slots, asked: SlotName) -> bool {
    match asked {
        SlotName::Origin | SlotName::Destination => {
            slots.origin.is_some() || slots.destination.is_some() || !slots.ambiguities.is_empty()
        }
        SlotName::DepartDate | SlotName::ReturnDate => {
            slots.depart_date.is_some() || slots.return_date.is_some() || slots.stay_days.is_some()
        }
        SlotName::Passengers => slots.passengers.is_some(),
    }
}
