//! The language that someone chose before they had a visitor's cookie: kept by them, not by the store,
//! which a stranger without cookies could fill.

use agent::locale::Locale;
use axum::http::HeaderMap;

use super::visitor::{MAX_AGE_SECONDS, cookie, set_cookie};

const COOKIE: &str = "travel_agent_locale";

/// The language of the cookie.
#[must_use]
pub fn chosen(headers: &HeaderMap) -> Option<Locale> {
    let code = cookie(headers, COOKIE)?;
    [Locale::Fr, Locale::En]
        .into_iter()
        .find(|locale| locale.as_str() == code)
}

/// The `Set-Cookie` that keeps a language.
#[must_use]
pub fn keep(locale: Locale, secure: bool) -> String {
    set_cookie(COOKIE, locale.as_str(), MAX_AGE_SECONDS, secure)
}
