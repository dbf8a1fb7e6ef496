//! What every answer says to browsers: a strict content security policy, and errors as pages.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{
    caller::client::{Client, host},
    caller::theme_cookie,
    caller::visitor::Visitor,
    problem::Problem,
    routes::pages::page_locale,
    sharing,
    state::AppState,
    views::{Frame, error::ErrorPage},
};

/// Nothing inline, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A file that is no page needs nothing, and says so in few bytes: a first view asks for thirty.
const FILE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Behind TLS, browsers come back by TLS for a year (RFC 6797). Nothing is said for subdomains, which
/// may be others'.
const TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=31536000");
const NO_INDEX: HeaderValue = HeaderValue::from_static("noindex, nofollow, noarchive");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Adds the headers that protect people from what the answer might hold.
pub async fn protect(client: Client, request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/static/");
    let is_shared = sharing::is_shared(request.uri().path());
    // A browser would hold every other server on its own machine to it.
    let is_site =
        host(request.headers()).is_none_or(|host| !host.eq_ignore_ascii_case("localhost"));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE);
    // An error may be a page there, too.
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let policy = if is_asset && !is_page {
        FILE_POLICY
    } else {
        POLICY
    };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::REFERRER_POLICY,
            // Its address opens it.
            if is_shared {
                "no-referrer"
            } else {
                "same-origin"
            },
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_shared {
        headers.insert(HeaderName::from_static("x-robots-tag"), NO_INDEX);
    }
    if client.is_tls && is_site {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, TRANSPORT);
    }
    // What belongs to one visitor is kept by no cache, whatever a library says of it.
    if is_asset {
        headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    } else {
        headers.insert(header::CACHE_CONTROL, NO_STORE);
    }
    response
}

/// Shows a problem as a page to whoever asked for one.
pub async fn errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let wants_page = accepts_html(request.headers()) && !request.uri().path().starts_with("/api/");
    let visitor = request.extensions().get::<Visitor>().cloned();
    let headers = request.headers().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let Some(problem) = response
        .extensions()
        .get::<Problem>()
        .filter(|_| wants_page)
    else {
        return response;
    };
    let locale = match &visitor {
        Some(visitor) => page_locale(&state, visitor, &headers).await,
        None => state.config.default_locale.fixed().unwrap_or_default(),
    };
    let frame = Frame::new(locale, path).themed(theme_cookie::chosen(&headers));
    problem.told_by(ErrorPage::new(frame, problem, None).respond())
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}
