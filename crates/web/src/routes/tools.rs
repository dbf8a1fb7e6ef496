//! `GET /api/tools` and `GET /api/tools/{name}`: the planning tools without the chat.

use std::sync::Arc;

use agent::{
    event::Card,
    message::ToolCall,
    prompt::tier::Tier,
    sheet::Sheet,
    tools::{ToolContext, ToolError},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
};
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    caller::{accept_language, visitor::Visitor},
    extract,
    problem::Problem,
    state::AppState,
};

/// A tool as programs are told of it.
#[derive(Debug, Serialize)]
pub struct ToolView {
    name: &'static str,
    description: &'static str,
    /// JSON schema of its parameters.
    parameters: Value,
}

/// What a tool answered.
#[derive(Debug, Serialize)]
pub struct ResultView {
    /// The values.
    result: Value,
    result_count: u64,
    source: Option<&'static str>,
    /// The same for people, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<Sheet>,
}

/// Answers `GET /api/tools`.
pub async fn list(State(state): State<AppState>, _visitor: Visitor) -> Json<Vec<ToolView>> {
    let tools = state.agent.tools().direct().map(|spec| ToolView {
        name: spec.name,
        description: spec.description,
        parameters: (*spec.parameters).clone(),
    });
    Json(tools.collect())
}

/// Answers `GET /api/tools/{name}`: its arguments are the query string.
pub async fn call(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<ResultView>, Problem> {
    let tools = state.agent.tools();
    let spec = tools
        .direct()
        .find(|spec| spec.name == name)
        .ok_or_else(Problem::not_found)?;
    let arguments = arguments(query.unwrap_or_default().as_bytes(), &spec.parameters)?;
    let context = context(&state, &visitor, &headers);
    let call = ToolCall {
        id: "direct".to_owned(),
        name,
        arguments: Value::Object(arguments).to_string(),
    };
    let output = tools.dispatch(&context, call).await.result;
    let output = output.map_err(problem)?;
    Ok(Json(ResultView {
        result: output.data.json().unwrap_or(Value::Null),
        result_count: output.result_count,
        source: output.source,
        sheet: match &output.card {
            Some(Card::Sheet(sheet)) => Some((**sheet).clone()),
            _ => None,
        },
    }))
}

/// The query string as arguments: texts, which the tool's schema fits; a list's elements are separated
/// by commas. Each stands once.
fn arguments(query: &[u8], schema: &Value) -> Result<Map<String, Value>, Problem> {
    let pairs: Vec<(String, String)> = extract::parse_pairs(query)?;
    let mut arguments = Map::new();
    for (name, value) in pairs {
        let Some(property) = schema["properties"].get(&name) else {
            return Err(Problem::field(name, "is no parameter of this tool"));
        };
        let is_list = property["type"] == "array";
        let value = match is_list {
            true => value
                .split(',')
                .map(|one| Value::from(one.trim()))
                .collect(),
            false => Value::from(value),
        };
        if arguments.contains_key(&name) {
            return Err(Problem::field(name, "stands more than once"));
        }
        arguments.insert(name, value);
    }
    let required = schema["required"].as_array().into_iter().flatten();
    let mut required = required.filter_map(Value::as_str);
    match required.find(|name| !arguments.contains_key(*name)) {
        Some(name) => Err(Problem::field(name, "is missing")),
        None => Ok(arguments),
    }
}

/// A tool's failure: what the caller can mend is 422 and named.
fn problem(error: ToolError) -> Problem {
    match error {
        ToolError::BadArgument(bad) => Problem::field(bad.argument, bad.problem.to_string()),
        ToolError::Unreadable {
            argument: Some(argument),
            problem,
        } => Problem::field(argument, problem),
        ToolError::Unreadable { problem, .. } => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, problem)
        }
        ToolError::Query(query) => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, query.to_string())
        }
        ToolError::RespondToModel(text) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, text),
        ToolError::TimedOut => Problem::new(StatusCode::GATEWAY_TIMEOUT, error.to_string()),
        ToolError::Source(_) | ToolError::Panicked | ToolError::Fatal(_) => {
            Problem::new(StatusCode::BAD_GATEWAY, error.to_string())
        }
    }
}

/// What a tool may know of a call outside any turn.
pub(super) fn context(state: &AppState, visitor: &Visitor, headers: &HeaderMap) -> ToolContext {
    let locale = state.config.default_locale.fixed();
    let zone = state
        .config
        .default_time_zone
        .clone()
        .unwrap_or_else(TimeZone::system);
    ToolContext {
        now: state.clock.now_in(zone),
        locale: locale
            .or_else(|| accept_language::first_spoken(headers))
            .unwrap_or_default(),
        currency: state.config.default_currency,
        state: Arc::default(),
        confirmed: None,
        tier: Tier::Full,
        direct: Some(visitor.door),
        conversation: None,
        capture_content: state.config.capture_content,
    }
}
