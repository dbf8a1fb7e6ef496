//! The state of a conversation, as it is stored with the answer after which it holds.
//!
//! Its offers are most of it, and nearly always those that the answer shows: they are written once, with the answer.

use std::borrow::Borrow;

use rusqlite::Row;
use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::{StoreError, rows};
use crate::{
    answer::Answer,
    booking::Proposal,
    conversation::{ConversationState, Searched},
    event::Card,
    language::{Pending, TripRequest},
    locale::Locale,
    travel::Offer,
    trip::Trip,
};

/// What is written of a state whose offers the answer shows: all but the offers.
#[derive(Serialize)]
struct WithoutOffers<'a> {
    trip: &'a TripRequest,
    search: Option<&'a Searched>,
    proposal: Option<&'a Proposal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'a Trip>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<&'a Pending>,
    locale: Option<Locale>,
}

impl<'a> From<&'a ConversationState> for WithoutOffers<'a> {
    fn from(state: &'a ConversationState) -> Self {
        let ConversationState {
            trip,
            offers: _,
            search,
            proposal,
            plan,
            pending,
            locale,
        } = state;
        Self {
            trip,
            search: search.as_ref(),
            proposal: proposal.as_ref(),
            plan: Some(plan).filter(|plan| !plan.is_empty()),
            pending: pending.as_ref(),
            locale: *locale,
        }
    }
}

/// Whether a written state has offers of its own, be they none.
#[derive(Deserialize)]
struct Own {
    offers: Option<IgnoredAny>,
}

/// The document of a state that is stored beside this answer.
pub(super) fn to_json(state: &ConversationState, answer: &Answer) -> Result<String, StoreError> {
    match shown(&answer.cards) {
        Some(offers) if *offers == *state.offers => rows::to_json(&WithoutOffers::from(state)),
        _ => rows::to_json(state),
    }
}

/// The state in a row of a message, by its columns `state` and `answer`; `None` where it stores none.
pub(super) fn of(row: &Row<'_>) -> Result<Option<ConversationState>, StoreError> {
    /// All that is read of an answer.
    #[derive(Deserialize)]
    struct Shows {
        #[serde(default)]
        cards: Vec<Card>,
    }
    let Some(document) = rows::optional(row, "state")? else {
        return Ok(None);
    };
    let state = read(&document, || {
        let Some(answer) = rows::optional(row, "answer")? else {
            return Ok(Vec::new());
        };
        rows::json(&answer).map(|answer: Shows| answer.cards)
    });
    state.map(Some)
}

/// The state of a document; `cards`: those of the answer beside it.
pub(super) fn read<C: Borrow<[Card]>>(
    document: &str,
    cards: impl FnOnce() -> Result<C, StoreError>,
) -> Result<ConversationState, StoreError> {
    let mut state: ConversationState = rows::json(document)?;
    if state.offers.is_empty() && rows::json::<Own>(document)?.offers.is_none() {
        state.offers = shown(cards()?.borrow()).map_or_else(Vec::new, <[Offer]>::to_vec);
    }
    Ok(state)
}

/// The offers that an answer shows last.
fn shown(cards: &[Card]) -> Option<&[Offer]> {
    cards.iter().rev().find_map(|card| match card {
        Card::FlightOffers { offers, .. } => Some(&**offers),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::testing::turn;

    #[test]
    fn a_state_without_its_offers_is_the_same_document_but_for_them() {
        let sample = include_str!("../../trip/samples/tokyo.json");
        for sample in ["{}", sample] {
            let state: ConversationState = serde_json::from_str(sample).unwrap();
            let mut answer = turn("vols").answer;
            let mut whole: serde_json::Value =
                rows::json(&to_json(&state, &answer).unwrap()).unwrap();
            answer.cards = vec![Card::FlightOffers {
                offers: state.offers.clone(),
                more: 0,
            }];
            let brief: serde_json::Value = rows::json(&to_json(&state, &answer).unwrap()).unwrap();
            assert!(whole.as_object_mut().unwrap().remove("offers").is_some());
            assert_eq!(brief, whole);
        }
    }
}
