//! `POST /preferences`: the choice of a language.

use agent::{locale::Locale, store::Preferences};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    caller::client::Client, caller::locale_cookie, caller::visitor::Visitor, extract::StrictForm,
    own_path::own_path, problem::Problem, state::AppState,
};

/// The choice of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreferencesForm {
    locale: Locale,
    #[serde(default)]
    return_path: Option<String>,
}

/// Answers `POST /preferences`. The store keeps what visitors choose who came back with their cookie;
/// a first request may be that of someone who never will.
pub async fn choose(
    State(state): State<AppState>,
    visitor: Visitor,
    client: Client,
    StrictForm(form): StrictForm<PreferencesForm>,
) -> Result<Response, Problem> {
    let back = form.return_path.as_deref().and_then(own_path);
    let back = Redirect::to(back.unwrap_or("/"));
    if visitor.is_new {
        let kept = locale_cookie::keep(form.locale, client.is_tls);
        return Ok(([(header::SET_COOKIE, kept)], back).into_response());
    }
    let chosen = Preferences {
        locale: Some(form.locale),
        ..Preferences::default()
    };
    state.store.set_preferences(&visitor.owner, &chosen).await?;
    Ok(back.into_response())
}
