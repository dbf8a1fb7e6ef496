//! Where a request comes from: peer address, forwarding headers, TLS.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, request::Parts},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;

use crate::state::AppState;

const FORWARDING: [&str; 5] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-real-ip",
];

/// The client behind a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address; that of a forwarding header only behind a trusted proxy.
    pub address: IpAddr,
    /// The peer is a trusted proxy.
    pub via_trusted_proxy: bool,
    /// The person's browser speaks TLS, as the trusted proxy says.
    pub is_tls: bool,
    /// Peer and `Host` are loopback, and nothing forwarded the request.
    pub is_local: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Client
where
    AppState: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let state = AppState::from_ref(state);
        Ok(identify(
            peer,
            &parts.headers,
            &state.config.trusted_proxies,
        ))
    }
}

fn identify(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Client {
    let trusts = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let via_trusted_proxy = trusts(&peer);
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let forwarded = FORWARDING.iter().any(|name| headers.contains_key(*name));
    let mut address = peer;
    if via_trusted_proxy && let Some(chain) = text("x-forwarded-for") {
        // The nearest address that no trusted proxy added: anything left of it can be made up.
        let chain = chain
            .rsplit(',')
            .filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
        address = chain.into_iter().find(|hop| !trusts(hop)).unwrap_or(peer);
    }
    Client {
        address,
        via_trusted_proxy,
        is_tls: via_trusted_proxy && text("x-forwarded-proto") == Some("https"),
        is_local: peer.is_loopback() && !forwarded && host(headers).is_some_and(is_loopback_host),
    }
}

/// HTTP/2 carries the host in the URI: puts it where HTTP/1.1 has it, before anyone looks.
pub async fn host_header(mut request: Request, next: Next) -> Response {
    let authority = request
        .uri()
        .authority()
        .map(|authority| authority.as_str().to_owned());
    if !request.headers().contains_key(http::header::HOST)
        && let Some(host) = authority.and_then(|host| HeaderValue::from_str(&host).ok())
    {
        request.headers_mut().insert(http::header::HOST, host);
    }
    next.run(request).await
}

/// The host of a request, without its port.
#[must_use]
pub fn host(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(http::header::HOST)?.to_str().ok()?;
    Some(match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    })
}

/// Whether a host name means this machine.
#[must_use]
pub fn is_loopback_host(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, headers: &[(&'static str, &str)], trusted: &[&str]) -> Client {
        let headers = headers
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()));
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        identify(peer.parse().unwrap(), &headers.collect(), &trusted)
    }

    #[test]
    fn forwarding_headers_count_behind_trusted_proxies_only() {
        let headers = [("x-forwarded-for", "6.6.6.6, 9.9.9.9, 10.0.0.2")];
        assert_eq!(
            client("8.8.8.8", &headers, &[]).address.to_string(),
            "8.8.8.8"
        );
        let trusted = client("10.0.0.1", &headers, &["10.0.0.0/8"]);
        assert_eq!(trusted.address.to_string(), "9.9.9.9");
    }

    #[test]
    fn local_means_peer_host_and_nothing_forwarded() {
        assert!(client("127.0.0.1", &[("host", "localhost:8080")], &[]).is_local);
        assert!(client("::1", &[("host", "[::1]:8080")], &[]).is_local);
        assert!(!client("127.0.0.1", &[("host", "evil.example")], &[]).is_local);
        assert!(!client("10.0.0.1", &[("host", "localhost")], &[]).is_local);
        let forwarded = [("host", "localhost"), ("x-forwarded-for", "1.2.3.4")];
        assert!(!client("127.0.0.1", &forwarded, &[]).is_local);
    }
}
