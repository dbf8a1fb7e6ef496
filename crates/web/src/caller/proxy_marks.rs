//! Headers that tell of a proxy in between, whichever it is.

use axum::http::HeaderMap;

/// Parts of the names that proxies, load balancers and networks of caches give to what they add.
const PARTS: [&str; 9] = [
    "forwarded",
    "client-ip",
    "clientip",
    "real-ip",
    "connecting-ip",
    "remote-ip",
    "remote-addr",
    "originating-ip",
    "proxy",
];
/// How names of one product begin.
const PREFIXES: [&str; 11] = [
    "akamai-",
    "cf-",
    "fastly-",
    "tailscale-",
    "x-amz",
    "x-appengine-",
    "x-arr-",
    "x-azure-",
    "x-envoy-",
    "x-original-",
    "x-vercel-",
];
/// Whole names.
const NAMES: [&str; 6] = [
    "via",
    "cdn-loop",
    "front-end-https",
    "surrogate-capability",
    "x-cloud-trace-context",
    "x-varnish",
];

/// Whether a proxy has left a mark. One that leaves none cannot be told from a caller of its own.
pub(super) fn are_in(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        NAMES.contains(&name)
            || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
            || PARTS.iter().any(|part| name.contains(part))
    })
}
