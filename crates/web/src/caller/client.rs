//! Where a request comes from: peer address, forwarding headers, TLS.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Version, request::Parts},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;

use super::{
    access::opens_to_this_machine,
    address::AddressKey,
    forwarding::{self, Way},
    proxy_marks,
};
use crate::state::AppState;

/// The client behind a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address; that of a forwarding header only behind a trusted proxy.
    pub address: IpAddr,
    /// The peer is a trusted proxy.
    pub via_trusted_proxy: bool,
    /// The person's browser speaks TLS, as the trusted proxy says.
    pub is_tls: bool,
    /// A caller on this machine who is its operator, as far as anyone can tell.
    pub is_local: bool,
}

impl Client {
    /// What limits count it as.
    #[must_use]
    pub fn key(&self) -> AddressKey {
        self.address.into()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Client
where
    AppState: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(*known);
        }
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let state = AppState::from_ref(state);
        let trust = Trust {
            proxies: &state.config.trusted_proxies,
            this_machine: opens_to_this_machine(&state.config),
        };
        let client = identify(peer, parts.version, &parts.headers, trust);
        parts.extensions.insert(client);
        Ok(client)
    }
}

/// Whom the configuration trusts.
#[derive(Clone, Copy, Debug)]
struct Trust<'a> {
    /// Their forwarding headers are believed.
    proxies: &'a [IpNet],
    /// Callers on this machine are its operator.
    this_machine: bool,
}

fn identify(peer: IpAddr, version: Version, headers: &HeaderMap, trust: Trust<'_>) -> Client {
    // A socket for both families shows IPv4 peers as IPv6.
    let peer = peer.to_canonical();
    let trusts = |address: &IpAddr| trust.proxies.iter().any(|net| net.contains(address));
    let via_trusted_proxy = trusts(&peer);
    let way = match via_trusted_proxy {
        true => forwarding::read(headers),
        false => Way::default(),
    };
    let origin = way.origin(peer, trusts);
    Client {
        address: origin.address,
        via_trusted_proxy,
        is_tls: origin.is_tls,
        is_local: trust.this_machine
            && !via_trusted_proxy
            && peer.is_loopback()
            && host(headers).is_some_and(is_loopback_host)
            // nginx speaks 1.0 to the servers behind it unless told otherwise; people's tools do not.
            && version > Version::HTTP_10
            && !proxy_marks::are_in(headers),
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
mod tests;
