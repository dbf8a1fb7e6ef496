//! `GET /api/flights` and `GET /api/flights/calendar`: the search tools without the chat.

mod parameters;

use std::sync::Arc;

use agent::{
    capability::flights::{
        FlightsFound,
        find_cheapest_dates::{FindCheapestDates, FindCheapestDatesArgs},
        search_flights::SearchFlights,
    },
    message::ToolCall,
    tools::{BadArgument, Tool, ToolContext, ToolOutput},
    travel::{FareCalendar, Offer},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};

use parameters::FlightsRequest;

use super::tools::context;
use crate::{caller::visitor::Visitor, extract::StrictQuery, problem::Problem, state::AppState};

/// Offers found.
#[derive(Debug, Serialize)]
pub struct FlightsView {
    offers: Vec<Offer>,
    /// Offers that fit in all, those skipped and those beyond the limit included.
    found: usize,
    source: Option<&'static str>,
}

/// Answers `GET /api/flights`.
pub async fn search(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    request: FlightsRequest,
) -> Result<Json<FlightsView>, Problem> {
    let context = context(&state, &visitor, &headers);
    let checked = request.args.query(&context);
    checked.map_err(|bad| request.problem(bad))?;
    let output = call::<SearchFlights>(&state, &context, &request.args).await?;
    let found: &FlightsFound = output.data.get().ok_or_else(unexpected)?;
    Ok(Json(FlightsView {
        offers: found.offers.clone(),
        found: found.found,
        source: output.source,
    }))
}

/// Parameters of a fare calendar.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarParameters {
    from: String,
    to: String,
    month: String,
}

/// Answers `GET /api/flights/calendar`.
pub async fn calendar(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    StrictQuery(query): StrictQuery<CalendarParameters>,
) -> Result<Json<FareCalendar>, Problem> {
    let context = context(&state, &visitor, &headers);
    let args = FindCheapestDatesArgs {
        departure: query.from,
        arrival: query.to,
        month: query.month,
        ..FindCheapestDatesArgs::default()
    };
    args.query(&context).map_err(bad_parameter)?;
    let output = call::<FindCheapestDates>(&state, &context, &args).await?;
    let calendar: &FareCalendar = output.data.get().ok_or_else(unexpected)?;
    Ok(Json(calendar.clone()))
}

/// Calls a tool outside a turn.
pub(super) async fn call<T: Tool>(
    state: &AppState,
    context: &ToolContext,
    args: &impl Serialize,
) -> Result<Arc<ToolOutput>, Problem> {
    let call = ToolCall {
        id: "direct".to_owned(),
        name: T::NAME.to_owned(),
        arguments: serde_json::to_string(args).map_err(|_| unexpected())?,
    };
    let finished = state.agent.tools().dispatch(context, call).await;
    finished
        .result
        .map_err(|error| Problem::new(StatusCode::BAD_GATEWAY, error.to_string()))
}

fn unexpected() -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "the search answered something else",
    )
}

/// A tool's argument by the name of its parameter.
fn bad_parameter(bad: BadArgument) -> Problem {
    let field = match bad.argument {
        "departure" => "from",
        "arrival" => "to",
        "date" => "depart",
        "return_date" => "return",
        "children_ages" => "children",
        other => other,
    };
    Problem::field(field, bad.problem.to_string())
}
