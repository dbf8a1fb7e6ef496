//! `GET /traces` and `GET /traces/{trace_id}`: the built-in trace viewer.

use agent::{prompt::tier::Tier, store::MessageRecord};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{api::otlp, stats::overview};
use crate::{
    caller::{admin_key::ADMIN_COOKIE, client::Client, visitor::cookie},
    extract::StrictQuery,
    page_frame::PageFrame,
    problem::Problem,
    reader::Reader,
    state::AppState,
    traces::{
        curl::{self, Credentials},
        lookup::{self, Found},
        query::{Filter, RawQuery},
        range::Here,
        summary::{conversation, root},
        table,
    },
    views::{
        show,
        viewer::{
            list::{Listing, TracesPage},
            tab::Tab,
            trace::{Around, TracePage},
            zoom::Asked,
        },
    },
};

/// Traces that one may be compared with.
const OTHERS: usize = 20;

/// Answers `GET /traces`.
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    page: PageFrame,
    headers: HeaderMap,
    StrictQuery(query): StrictQuery<RawQuery>,
) -> Result<Response, Problem> {
    let here = Here {
        now: state.clock.now(),
        zone: page.zone.clone(),
    };
    let traces = match Filter::parse(&query, &here) {
        Ok(filter) if filter.all_kinds && !reader.is_admin => {
            let login = Redirect::to("/admin/login?next=%2Ftraces%3Fkind%3Dall");
            return Ok(login.into_response());
        }
        // One more than is shown tells whether there are more.
        Ok(filter) => Ok(table::read(&state, &reader, &filter.with_one_more()).await?),
        Err(error) => Err(error),
    };
    let listing = Listing {
        is_admin: reader.is_admin,
        can_sign_out: reader.is_admin && cookie(&headers, ADMIN_COOKIE).is_some(),
        query,
        traces,
        tools: tools(&state),
        overview: reader.is_admin.then(|| overview(&state)),
    };
    Ok(TracesPage::new(page.frame, &page.zone, listing).respond())
}

fn tools(state: &AppState) -> Vec<String> {
    let specs = state.agent.tools().specs(Tier::Full);
    specs.iter().map(|spec| spec.name.to_string()).collect()
}

/// The parameters of a trace's page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PageQuery {
    tab: Tab,
    /// The stretch of time that the waterfall shows, in milliseconds from the start of the trace.
    from: String,
    to: String,
}

/// Answers `GET /traces/{trace_id}`.
pub async fn read(
    State(state): State<AppState>,
    reader: Reader,
    client: Client,
    page: PageFrame,
    headers: HeaderMap,
    Path(id): Path<String>,
    StrictQuery(query): StrictQuery<PageQuery>,
) -> Result<Response, Problem> {
    let found = lookup::find(&state, &reader, &id).await?;
    // As it is written elsewhere, whatever the address has.
    let id = found.trace.trace_id.to_string();
    let own = own_conversation(&state, &reader, &found).await?;
    let mut around = Around {
        tab: query.tab,
        stretch: Asked {
            from: query.from,
            to: query.to,
        },
        captures_content: state.config.capture_content,
        owns_conversation: own.is_some(),
        sees_session: own.is_some() || reader.is_admin,
        grafana_url: state.config.grafana_url.clone(),
        ..Around::default()
    };
    match query.tab {
        Tab::Raw => around.raw = otlp(&state, &found)?,
        Tab::Summary => {
            let base = base(&client, &headers);
            let credentials = match (client.is_local, reader.is_admin) {
                (true, _) => Credentials::None,
                (false, true) => Credentials::AdminKey,
                (false, false) => Credentials::Cookie,
            };
            around.curl_read = curl::read(&base, &id, credentials);
            around.credentials = credentials;
            if let Some(conversation) = own {
                let question = question(&state, &reader, conversation, &id).await?;
                around.curl_ask = question.map(|text| curl::ask(&base, &text));
            }
            let recent = lookup::list(&state, &reader, &Filter::newest(OTHERS)).await?;
            around.others = recent;
            around.others.retain(|other| other.trace_id != id);
        }
        Tab::Messages | Tab::Tools | Tab::Logs => {}
    }
    Ok(show(&TracePage::new(
        page.frame, &page.zone, &found, around,
    )))
}

/// The conversation of the trace, if it is the reader's.
async fn own_conversation(
    state: &AppState,
    reader: &Reader,
    found: &Found,
) -> Result<Option<Uuid>, Problem> {
    let root = root(&found.trace.spans, true);
    let Some(conversation) = root.and_then(|root| conversation(root)) else {
        return Ok(None);
    };
    let owns = state.store.owns(&reader.owner, conversation, None).await?;
    Ok(owns.then_some(conversation))
}

/// What the person asked in the turn of this trace.
async fn question(
    state: &AppState,
    reader: &Reader,
    conversation: Uuid,
    trace_id: &str,
) -> Result<Option<String>, Problem> {
    let conversation = state
        .store
        .conversation(&reader.owner, conversation)
        .await?;
    let asked = conversation
        .messages
        .iter()
        .find_map(|message| match message {
            MessageRecord::Agent { answer, .. } if answer.trace_id == trace_id => {
                Some(answer.user_message_id)
            }
            _ => None,
        });
    let text = conversation
        .messages
        .into_iter()
        .find_map(|message| match message {
            MessageRecord::User { id, text, .. } if Some(id) == asked => Some(text),
            _ => None,
        });
    Ok(text)
}

/// Scheme and host as the reader's browser has them.
fn base(client: &Client, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST);
    let host = host
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let scheme = if client.is_tls { "https" } else { "http" };
    format!("{scheme}://{host}")
}
