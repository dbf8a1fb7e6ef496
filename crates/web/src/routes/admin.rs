//! `/admin/login` and `/admin/logout`: the cookie that opens everything in the viewer.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    caller::admin_key::{self, ADMIN_COOKIE, TooManyGuesses, admin_proof},
    caller::{client::Client, visitor::set_cookie},
    extract::{StrictForm, StrictQuery},
    own_path::own_path,
    page_frame::PageFrame,
    problem::Problem,
    reader::Reader,
    state::AppState,
    views::login::{LoginPage, Refusal},
};

/// How long one stays signed in, in seconds.
const MAX_AGE: u32 = 12 * 3600;
const HOME: &str = "/traces";

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginQuery {
    next: Option<String>,
}

/// Answers `GET /admin/login`.
pub async fn page(
    State(state): State<AppState>,
    // Whoever has a wrong key is let in here, to give the right one.
    reader: Result<Reader, Problem>,
    page: PageFrame,
    StrictQuery(query): StrictQuery<LoginQuery>,
) -> Response {
    let page = LoginPage {
        frame: page.frame,
        next: way_back(query.next.as_deref()).to_owned(),
        has_key: state.config.admin_key.is_some(),
        is_admin: reader.is_ok_and(|reader| reader.is_admin),
        refusal: None,
    };
    page.respond(StatusCode::OK)
}

/// The form of the page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginForm {
    key: String,
    next: Option<String>,
}

/// Answers `POST /admin/login`: sets the cookie when the key is right.
pub async fn login(
    State(state): State<AppState>,
    client: Client,
    page: PageFrame,
    StrictForm(form): StrictForm<LoginForm>,
) -> Response {
    let next = way_back(form.next.as_deref());
    let refused = |status, refusal| {
        let page = LoginPage {
            // A reload must not send the key again.
            frame: page.frame.at("/admin/login"),
            next: next.to_owned(),
            has_key: state.config.admin_key.is_some(),
            is_admin: false,
            refusal: Some(refusal),
        };
        page.respond(status)
    };
    let proof = admin_proof(&form.key);
    match admin_key::prove(&state, &client, std::slice::from_ref(&proof)) {
        Ok(true) => {}
        Ok(false) => return refused(StatusCode::FORBIDDEN, Refusal::WrongKey),
        Err(TooManyGuesses(wait)) => {
            let seconds = wait.as_secs() + 1;
            let refusal = Refusal::TooMany { seconds };
            let mut response = refused(StatusCode::TOO_MANY_REQUESTS, refusal);
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            return response;
        }
    }
    let cookie = set_cookie(ADMIN_COOKIE, &proof, MAX_AGE, client.is_tls);
    ([(header::SET_COOKIE, cookie)], Redirect::to(next)).into_response()
}

/// Answers `POST /admin/logout`.
pub async fn logout(client: Client) -> Response {
    let cookie = set_cookie(ADMIN_COOKIE, "", 0, client.is_tls);
    ([(header::SET_COOKIE, cookie)], Redirect::to(HOME)).into_response()
}

/// The page to go to: a link from elsewhere must not send anyone away after login.
fn way_back(next: Option<&str>) -> &str {
    next.and_then(own_path).unwrap_or(HOME)
}
