//! `POST /preferences`: the choice of a language.

use agent::{locale::Locale, store::Preferences};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::pages::{self, Place};
use crate::{
    caller::client::Client,
    caller::locale_cookie,
    caller::visitor::Visitor,
    extract::{StrictForm, StrictQuery},
    own_path::own_path,
    page_frame::PageFrame,
    problem::Problem,
    state::AppState,
};

/// The choice of a language, as a form of its own or as a button of the input's form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreferencesForm {
    locale: Locale,
    #[serde(default)]
    return_path: Option<String>,
    /// What is being written.
    #[serde(default)]
    message: String,
    /// The conversation that is open; the page may have begun it since it was loaded.
    #[serde(default)]
    conversation_id: Option<Uuid>,
    /// The end of the branch that is shown, where it is not the newest one.
    #[serde(default)]
    parent_id: Option<Uuid>,
}

/// Where the button of the input's form leads back to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WayBack {
    #[serde(default)]
    return_path: Option<String>,
}

/// Answers `POST /preferences`: by a redirect, or, where something is being written, by the page that
/// still has it: no address ever holds what people write. The store keeps what visitors choose who
/// came back with their cookie; a first request may be that of someone who never will.
pub async fn choose(
    State(state): State<AppState>,
    visitor: Visitor,
    client: Client,
    mut reader: PageFrame,
    StrictQuery(way): StrictQuery<WayBack>,
    StrictForm(form): StrictForm<PreferencesForm>,
) -> Result<Response, Problem> {
    let named = form.return_path.or(way.return_path);
    let back = back(named.as_deref(), form.conversation_id);
    let cookie = if visitor.is_new {
        Some(locale_cookie::keep(form.locale, client.is_tls))
    } else {
        let chosen = Preferences {
            locale: Some(form.locale),
            ..Preferences::default()
        };
        state.store.set_preferences(&visitor.owner, &chosen).await?;
        None
    };
    let answer = if form.message.trim().is_empty() {
        Redirect::to(&back).into_response()
    } else {
        reader.frame.locale = form.locale;
        let place = Place {
            open: form.conversation_id,
            branch: form.parent_id,
        };
        pages::with_draft(&state, &visitor, &reader, place, form.message).await?
    };
    Ok(match cookie {
        Some(kept) => ([(header::SET_COOKIE, kept)], answer).into_response(),
        None => answer,
    })
}

/// The page that was named, unless a conversation is open elsewhere.
fn back(named: Option<&str>, open: Option<Uuid>) -> String {
    let named = named.and_then(own_path).unwrap_or("/");
    match open.map(pages::home_of) {
        Some(home) if named.split('?').next() != Some(home.as_str()) => home,
        _ => named.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_conversation_is_what_one_comes_back_to() {
        let open = Uuid::from_u128(7);
        let home = pages::home_of(open);
        assert_eq!(back(Some("/traces?q=a"), None), "/traces?q=a");
        assert_eq!(back(Some("/"), Some(open)), home);
        assert_eq!(back(None, Some(open)), home);
        let searched = format!("{home}?q=rome");
        assert_eq!(back(Some(&searched), Some(open)), searched);
        assert_eq!(back(Some("//elsewhere.example"), None), "/");
    }
}
