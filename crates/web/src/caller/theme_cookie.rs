//! The theme that someone chose: kept by the page's own script, so that the server can send a page
//! in it and nothing flashes.

use axum::http::HeaderMap;

use super::visitor::cookie;

const COOKIE: &str = "travel_agent_theme";

/// Colours of a page, where someone chose them: otherwise those of their system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// As in the cookie and in `html[data-theme]`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The theme of the cookie.
#[must_use]
pub fn chosen(headers: &HeaderMap) -> Option<Theme> {
    let name = cookie(headers, COOKIE)?;
    [Theme::Light, Theme::Dark]
        .into_iter()
        .find(|theme| theme.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_theme_of_ours_counts() {
        for (cookies, theme) in [
            ("travel_agent_theme=dark", Some(Theme::Dark)),
            ("a=b; travel_agent_theme=light", Some(Theme::Light)),
            ("travel_agent_theme=\"><script>", None),
            ("travel_agent_theme=", None),
            ("theme=dark", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("cookie", cookies.parse().unwrap());
            assert_eq!(chosen(&headers), theme, "{cookies}");
        }
        assert_eq!(chosen(&HeaderMap::new()), None);
    }
}
