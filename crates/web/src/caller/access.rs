//! Which requests are let in at all: known hosts, no foreign sites, and who may see everything.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use secrecy::ExposeSecret;

use super::{
    admin_key::{self, TooManyGuesses},
    client::{Client, host, is_loopback_host},
};
use crate::{config::Config, problem::Problem, state::AppState};

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

/// Whether a method is for requests that change something.
#[must_use]
pub fn changes_state(method: &Method) -> bool {
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
///
/// # Errors
/// A wrong key, where too many were tried from the caller's address.
pub fn is_admin(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
) -> Result<bool, TooManyGuesses> {
    Ok(client.is_local || admin_key::prove(state, client, &admin_key::proofs(headers))?)
}

/// Whether callers on this machine are its operator: not where a key says who is, nor where the
/// configuration speaks of a name or a proxy, behind which a caller on this machine may be anyone.
#[must_use]
pub fn opens_to_this_machine(config: &Config) -> bool {
    let is_set = |hosts: &[String]| hosts.iter().any(|host| !host.trim().is_empty());
    config.admin_key.is_none()
        && !is_set(&config.allowed_hosts)
        && config.trusted_proxies.is_empty()
}

/// Says once who sees everyone's traces where no key decides it, since no program can find out
/// whether a caller on this machine is a proxy that hides.
pub fn announce(config: &Config) {
    let has_key = config
        .admin_key
        .as_ref()
        .is_some_and(|key| !key.expose_secret().is_empty());
    if has_key || !config.viewer.viewer {
        return;
    }
    if opens_to_this_machine(config) {
        tracing::info!(
            "whoever calls from this machine sees everyone's traces, and so does everyone behind a \
             proxy on it that speaks HTTP/1.1 and adds no header: set ADMIN_KEY where there is one"
        );
    } else {
        tracing::info!("nobody sees everyone's traces: that needs an ADMIN_KEY here");
    }
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
