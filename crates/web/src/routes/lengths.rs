//! What the journey of an answer costs by the length of the stay.

use agent::{
    capability::flights::{FlightsFound, search_flights::SearchFlights},
    travel::Money,
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use futures::{StreamExt, stream};

use super::{flights, tools, turns::parse_id};
use crate::{
    caller::visitor::Visitor,
    page_frame::PageFrame,
    problem::Problem,
    state::AppState,
    views::{
        self,
        lengths::{Journey, LengthsPage, NIGHTS},
    },
};

/// Searches at once.
const AT_ONCE: usize = 3;

/// Answers `GET /messages/{id}/lengths`; 404 where the answer has no journey of which that is known.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let answer = state.store.answer(&visitor.owner, parse_id(&id)?).await?;
    let journey = Journey::of(&answer).ok_or_else(Problem::not_found)?;
    let context = tools::context(&state, &visitor, &headers);
    let fare = async |nights: u16| -> Option<(u16, Money)> {
        // A length that no flight fits, or beyond what can be searched, is left out.
        let search = journey.search(nights);
        let output = flights::call::<SearchFlights>(&state, &context, &search).await;
        let output = output.ok()?;
        let found: &FlightsFound = output.data.get()?;
        Some((nights, found.offers.first()?.total))
    };
    let fares = stream::iter(NIGHTS).map(fare).buffered(AT_ONCE);
    let fares: Vec<_> = fares.filter_map(async |fare| fare).collect().await;
    let page = LengthsPage::new(reader.frame, &answer, &journey, &fares);
    Ok(views::show(&page))
}
