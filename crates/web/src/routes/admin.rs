//! `/admin/login` and `/admin/logout`: the cookie that opens everything in the viewer.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    access::{ADMIN_COOKIE, admin_proof, proves_admin},
    client::Client,
    extract::{StrictForm, StrictQuery},
    page_frame::PageFrame,
    reader::Reader,
    state::AppState,
    views::login::{LoginPage, Refusal},
    visitor::set_cookie,
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
    reader: Reader,
    page: PageFrame,
    StrictQuery(query): StrictQuery<LoginQuery>,
) -> Response {
    let page = LoginPage {
        frame: page.frame,
        next: own_path(query.next.as_deref()).to_owned(),
        has_key: state.config.admin_key.is_some(),
        is_admin: reader.is_admin,
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
    let next = own_path(form.next.as_deref());
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
    if let Err(wait) = state.limits.check_login(client.address) {
        let seconds = wait.as_secs() + 1;
        let refusal = Refusal::TooMany { seconds };
        let mut response = refused(StatusCode::TOO_MANY_REQUESTS, refusal);
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return response;
    }
    let proof = admin_proof(&form.key);
    if !proves_admin(&state, &proof) {
        tracing::warn!("an admin login was refused");
        return refused(StatusCode::FORBIDDEN, Refusal::WrongKey);
    }
    let cookie = set_cookie(ADMIN_COOKIE, &proof, MAX_AGE, client.is_tls);
    ([(header::SET_COOKIE, cookie)], Redirect::to(next)).into_response()
}

/// Answers `POST /admin/logout`.
pub async fn logout(client: Client) -> Response {
    let cookie = set_cookie(ADMIN_COOKIE, "", 0, client.is_tls);
    ([(header::SET_COOKIE, cookie)], Redirect::to(HOME)).into_response()
}

/// A path of this site: a link from elsewhere must not send anyone away after login.
fn own_path(next: Option<&str>) -> &str {
    let is_own = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && path
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    next.filter(is_own).unwrap_or(HOME)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn one_is_sent_back_to_this_site_alone() {
        assert_eq!(own_path(Some("/traces?kind=all")), "/traces?kind=all");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\r\nb",
            "/\t/evil.example",
            "",
        ] {
            assert_eq!(own_path(Some(elsewhere)), "/traces", "{elsewhere}");
        }
        assert_eq!(own_path(None), "/traces");
    }
}
