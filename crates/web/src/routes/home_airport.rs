//! The airport of a visitor.

use agent::{starters, store::TripQuery, travel::Iata};

use crate::{caller::visitor::Visitor, page_frame::PageFrame, state::AppState};

/// Where the visitor's journeys begin: as of the last trip, else by clocks and language.
pub(super) async fn of(state: &AppState, visitor: &Visitor, reader: &PageFrame) -> Option<Iata> {
    let last = TripQuery {
        limit: 1,
        after: None,
    };
    // What is only to help needs no answer.
    let last = state.store.trips(&visitor.owner, &last).await.ok();
    let origin = last.and_then(|page| page.trips.into_iter().next()?.state.trip.origin);
    let code = origin.and_then(|place| place.codes.first().copied());
    code.or_else(|| starters::home_of(reader.zone.iana_name(), reader.frame.locale))
}
