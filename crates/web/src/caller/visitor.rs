//! Who is calling: an anonymous visitor, known by a random cookie.

use agent::{event::Door, store::Owner};
use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use sha2::{Digest, Sha256};

use super::client::Client;
use crate::{problem::Problem, sharing};

/// Name of the visitor's cookie.
pub const COOKIE: &str = "travel_agent_visitor";
/// How long a browser keeps what makes it known.
pub(super) const MAX_AGE_SECONDS: u32 = 365 * 24 * 3600;
const TOKEN_BYTES: usize = 32;

/// The caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Whose data it may see.
    pub owner: Owner,
    /// Where it came in.
    pub door: Door,
    /// It has no cookie yet: it may be someone who keeps none, and has nothing here.
    pub is_new: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "the caller is unknown"))
    }
}

/// Gives each caller without a cookie one, with its first answer.
pub async fn identify(
    client: Client,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let token = cookie(request.headers(), COOKIE).filter(|token| is_token(token));
    let (token, new) = match token {
        Some(token) => (token.to_owned(), false),
        None => (new_token().ok_or_else(no_randomness)?, true),
    };
    request.extensions_mut().insert(Visitor {
        owner: owner(&token),
        door: Door::Page,
        is_new: new,
    });
    let secure = client.is_tls;
    let path = request.uri().path();
    // Assets may be kept by shared caches, a visitor's cookie must not; and who reads what someone
    // shared is not followed.
    let is_anonymous = path.starts_with("/static/")
        || matches!(path, "/offline" | "/sw.js")
        || sharing::is_shared(path);
    let mut response = next.run(request).await;
    if new && !is_anonymous {
        let cookie = set_cookie(COOKIE, &token, MAX_AGE_SECONDS, secure);
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    Ok(response)
}

fn no_randomness() -> Problem {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    Problem::new(status, "no randomness is available").retry_after(5)
}

/// The owner's name in the store: a digest, so that the store does not hold what would log one in.
fn owner(token: &str) -> Owner {
    Owner(format!(
        "visitor:{}",
        hex(&Sha256::digest(token.as_bytes())[..16])
    ))
}

fn is_token(text: &str) -> bool {
    text.len() == 2 * TOKEN_BYTES && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// 256 random bits from the operating system, in hex.
#[must_use]
pub fn new_token() -> Option<String> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The value of a cookie.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A `Set-Cookie` that scripts cannot read and other sites cannot send along.
#[must_use]
pub fn set_cookie(name: &str, value: &str, max_age: u32, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}")
}
