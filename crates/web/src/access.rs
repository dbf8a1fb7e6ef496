//! Which requests are let in at all: known hosts, no foreign sites, and who may see everything.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use crate::{
    client::{Client, host, is_loopback_host},
    problem::Problem,
    state::AppState,
    visitor::{cookie, hex},
};

/// Name of the admin's cookie.
pub const ADMIN_COOKIE: &str = "travel_agent_admin";

/// Refuses hosts that the operator does not know (421) and changes from other sites (403).
pub async fn check(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let headers = request.headers();
    let allowed = |name: &str| {
        is_loopback_host(name)
            || state
                .config
                .allowed_hosts
                .iter()
                .any(|host| host.eq_ignore_ascii_case(name))
    };
    if !host(headers).is_some_and(allowed) {
        let detail = "this server does not answer for this host";
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail));
    }
    if changes_state(request.method()) && !is_same_origin(headers) {
        let detail = "requests from other sites are refused";
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    Ok(next.run(request).await)
}

fn changes_state(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Browsers say where a request comes from; other clients say nothing.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match headers.get(header::ORIGIN) {
        None => true,
        Some(origin) => {
            let origin = origin
                .to_str()
                .ok()
                .and_then(|origin| origin.split_once("://"));
            origin.map(|(_, authority)| authority) == text("host")
        }
    }
}

/// Whether the caller may see the viewer, stats and metrics of everyone.
#[must_use]
pub fn is_admin(state: &AppState, client: &Client, headers: &HeaderMap) -> bool {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(admin_proof);
    let cookie = cookie(headers, ADMIN_COOKIE);
    client.is_local
        || bearer.is_some_and(|bearer| proves_admin(state, &bearer))
        || cookie.is_some_and(|cookie| proves_admin(state, cookie))
}

/// Whether the text is the digest of the admin key.
#[must_use]
pub fn proves_admin(state: &AppState, proof: &str) -> bool {
    let key = state.config.admin_key.as_ref();
    let key = key.map(ExposeSecret::expose_secret);
    // An empty key would open everything to everyone.
    key.is_some_and(|key| !key.is_empty() && equal(proof, &admin_proof(key)))
}

/// What the admin's cookie holds: a digest of the key, so that a stolen cookie is not the key.
#[must_use]
pub fn admin_proof(key: &str) -> String {
    hex(&Sha256::digest(
        format!("travel-agent admin {key}").as_bytes(),
    ))
}

/// Compares in a time that does not depend on where the texts differ.
fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |acc, (x, y)| acc | (x ^ y))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn other_sites_are_told_apart() {
        let same = |pairs: &[(&'static str, &str)]| is_same_origin(&headers(pairs));
        assert!(same(&[("host", "localhost:8080")]));
        assert!(same(&[
            ("host", "localhost:8080"),
            ("origin", "http://localhost:8080")
        ]));
        assert!(!same(&[
            ("host", "localhost:8080"),
            ("origin", "http://evil.example")
        ]));
        assert!(!same(&[("host", "localhost:8080"), ("origin", "null")]));
        assert!(same(&[("sec-fetch-site", "same-origin")]));
        assert!(!same(&[("sec-fetch-site", "same-site")]));
        assert!(!same(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://localhost")
        ]));
    }
}
