//! Where a form may lead back to: a page of this site, and nowhere else.

use axum::http::uri::PathAndQuery;

/// Longer ones do not fit into the header that proxies accept.
const MAX_BYTES: usize = 2_048;

/// The text, if every browser takes it for a path (and query) of this site.
///
/// Browsers drop tabs and line ends, read `\` as `/`, take `//` for a host, and resolve `.` and `..`,
/// also percent-encoded, before they look again. No page of this site has any of it in its path.
#[must_use]
pub fn own_path(text: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\\#".contains(&byte);
    if text.len() > MAX_BYTES || !text.bytes().all(is_plain) {
        return None;
    }
    let parsed: PathAndQuery = text.parse().ok()?;
    // The parser adds a slash where a text begins with `?`.
    let segments = text.split('?').next()?.strip_prefix('/')?;
    (parsed.as_str() == text && (segments.is_empty() || segments.split('/').all(is_segment)))
        .then_some(text)
}

/// Whether a segment of a path names something, once decoded, within its parent.
fn is_segment(segment: &str) -> bool {
    let decoded: Option<Vec<u8>> = decoded(segment.as_bytes());
    decoded.is_some_and(|bytes| {
        !matches!(&*bytes, b"" | b"." | b"..")
            && !bytes
                .iter()
                .any(|byte| byte.is_ascii_control() || b"/\\".contains(byte))
    })
}

/// Without percent-encoding; `None` where it is broken.
fn decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        plain.push(match byte {
            b'%' => hex(*rest.next()?)? << 4 | hex(*rest.next()?)?,
            byte => byte,
        });
    }
    Some(plain)
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn one_is_sent_back_to_pages_of_this_site() {
        for own in [
            "/",
            "/?q=lyon",
            "/?q=a%2Fb%5C%09//",
            "/traces?kind=all",
            "/traces/4bf92f3577b34da6a3ce929d0e0e4736?tab=raw",
            "/c/01a2030e-e5dc-7c30-85c5-43f9d30b8fc8",
            "/traces/compare?a=1&b=2",
            "/@evil.example",
            "/a%20b",
            "/...",
        ] {
            assert_eq!(own_path(own), Some(own));
        }
    }

    #[test]
    fn nothing_else_is_a_way_back() {
        for elsewhere in [
            "",
            "traces",
            "?q=1",
            "*",
            "https://evil.example",
            "http:evil.example",
            "javascript:alert(1)",
            "evil.example",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/traces\\..\\..",
            "/\t/evil.example",
            "\t//evil.example",
            "/\n/evil.example",
            "/\r\nset-cookie:x=1",
            "/\0",
            "/\u{7f}/x",
            " //evil.example",
            " /",
            "/ /evil.example",
            "/a b",
            "/\u{e9}",
            "/\u{ff0f}evil.example",
            "/\u{2028}/evil.example",
            "/./evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/x/..//evil.example",
            "/x/../",
            "/x//y",
            "/x/",
            "/%2e/evil.example",
            "/%2E%2e//evil.example",
            "/.%2e/x",
            "/%2F/evil.example",
            "/%2f%2fevil.example",
            "/%5Cevil.example",
            "/%09/evil.example",
            "/%0d%0aset-cookie:x=1",
            "/%00",
            "/%",
            "/%2",
            "/%zz",
            "/#@evil.example",
            "/traces#//evil.example",
            "/?q=\\",
        ] {
            assert_eq!(own_path(elsewhere), None, "{elsewhere:?}");
        }
        let long = format!("/?q={}", "a".repeat(2_048));
        assert_eq!(own_path(&long), None);
    }

    proptest::proptest! {
        /// As browsers resolve it.
        #[test]
        fn whatever_is_accepted_stays_on_this_site(
            text in "(/|\\\\|\\.|%2e|%2F|%5c|%09|%|\t|\n|\r|\u{0}|@|:|\\?|#| |evil\\.example|https:|x){0,10}",
        ) {
            let site = reqwest::Url::parse("https://travel.example/traces?q=1").unwrap();
            for text in [text.clone(), format!("/{text}")] {
                let Some(path) = own_path(&text) else { continue };
                let target = site.join(path).unwrap();
                proptest::prop_assert_eq!(target.origin(), site.origin());
                let query = target.query().map(|query| format!("?{query}"));
                let kept = format!("{}{}", target.path(), query.unwrap_or_default());
                proptest::prop_assert_eq!(kept, path);
            }
        }
    }
}
