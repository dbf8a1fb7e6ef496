//! `Accept-Language`: the languages of a browser, the preferred one first.

use agent::locale::Locale;
use http::{HeaderMap, header::ACCEPT_LANGUAGE};

/// The tags in the order of the header, which is that of preference in every browser.
fn tags(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let ranges = accepted.unwrap_or_default().split(',');
    ranges.map(|range| range.split(';').next().unwrap_or_default().trim())
}

/// The first of our languages that the browser accepts.
#[must_use]
pub fn first_spoken(headers: &HeaderMap) -> Option<Locale> {
    tags(headers).find_map(|tag| {
        let primary = tag.get(..2)?;
        if primary.eq_ignore_ascii_case("fr") {
            Some(Locale::Fr)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Locale::En)
        } else {
            None
        }
    })
}

/// The tag of the preferred language, ours or not: how its speakers write dates is a habit that they
/// keep in any language.
#[must_use]
pub fn first_tag(headers: &HeaderMap) -> Option<&str> {
    tags(headers)
        .next()
        .filter(|tag| !tag.is_empty() && *tag != "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(accepted: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_LANGUAGE, accepted.parse().unwrap())])
    }

    #[test]
    fn the_preferred_tag_and_the_first_language_of_ours() {
        for (accepted, tag, spoken) in [
            ("en-US,en;q=0.9,fr;q=0.8", Some("en-US"), Some(Locale::En)),
            ("fr-CA, fr;q=0.9", Some("fr-CA"), Some(Locale::Fr)),
            ("de-DE,de;q=0.9,EN;q=0.7", Some("de-DE"), Some(Locale::En)),
            ("en;q=1.0", Some("en"), Some(Locale::En)),
            ("*", None, None),
            ("", None, None),
            ("é", None, None),
        ] {
            assert_eq!(first_tag(&headers(accepted)), tag, "{accepted}");
            assert_eq!(first_spoken(&headers(accepted)), spoken, "{accepted}");
        }
        assert_eq!(first_tag(&HeaderMap::new()), None);
    }
}
