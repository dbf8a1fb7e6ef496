//! What proxies say of the way of a request: `X-Forwarded-*`, else `Forwarded` (RFC 7239).

use std::net::IpAddr;

use axum::http::HeaderMap;

use super::address;

/// The way of a request, from whoever sent it to the last proxy but one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    hops: Vec<Hop>,
    /// What `X-Forwarded-Proto` says, where it is there.
    is_tls: Option<bool>,
}

/// What a proxy says of whoever called it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Hop {
    /// `None`: not told, or not as an address.
    address: Option<IpAddr>,
    is_tls: bool,
}

/// Where a request began, as far as trusted proxies can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) address: IpAddr,
    pub(super) is_tls: bool,
}

/// Reads the headers of a trusted proxy. `X-Forwarded-For` wins: whoever writes it need not know
/// `Forwarded`, which then is the client's own invention.
pub(super) fn read(headers: &HeaderMap) -> Way {
    let hops = match list(headers, "x-forwarded-for") {
        Some(nodes) => nodes.into_iter().map(Hop::at).collect(),
        None => forwarded(headers),
    };
    // The leftmost is what the browser spoke; those after it are what proxies spoke to each other.
    let protos = list(headers, "x-forwarded-proto");
    Way {
        hops,
        is_tls: protos.map(|protos| protos.first().is_some_and(|proto| is_https(proto))),
    }
}

impl Way {
    /// The nearest address that no trusted proxy has: anything left of it can be made up. A hop that
    /// cannot be read ends the search at the last one that could, which may be the peer.
    pub(super) fn origin(&self, peer: IpAddr, trusts: impl Fn(&IpAddr) -> bool) -> Origin {
        let mut origin = Origin {
            address: peer,
            is_tls: false,
        };
        for hop in self.hops.iter().rev() {
            origin.is_tls = hop.is_tls;
            let Some(address) = hop.address else { break };
            origin.address = address;
            if !trusts(&address) {
                break;
            }
        }
        Origin {
            is_tls: self.is_tls.unwrap_or(origin.is_tls),
            ..origin
        }
    }
}

impl Hop {
    fn at(node: &str) -> Self {
        Self {
            address: address::node(node),
            is_tls: false,
        }
    }
}

fn is_https(proto: &str) -> bool {
    proto.trim().eq_ignore_ascii_case("https")
}

/// All lines of a header as one list; `None` without the header. What is no text counts as one item
/// that cannot be read.
fn list<'a>(headers: &'a HeaderMap, name: &str) -> Option<Vec<&'a str>> {
    let mut items = Vec::new();
    for line in headers.get_all(name) {
        items.extend(line.to_str().unwrap_or_default().split(','));
    }
    (!items.is_empty()).then_some(items)
}

/// All elements of `Forwarded`; one that is malformed tells nothing.
fn forwarded(headers: &HeaderMap) -> Vec<Hop> {
    let mut hops = Vec::new();
    for line in headers.get_all("forwarded") {
        // Each line by itself: a quote that a client left open must not swallow a proxy's line.
        let elements = split(line.to_str().unwrap_or_default(), ',').into_iter();
        hops.extend(elements.map(|text| element(text).unwrap_or_default()));
    }
    hops
}

fn element(text: &str) -> Option<Hop> {
    let (mut node, mut proto) = (None, None);
    for pair in split(text, ';') {
        if pair.trim().is_empty() {
            continue;
        }
        let (name, value) = pair.split_once('=')?;
        // A quote that a client left open swallows what the proxy adds behind it, into a name.
        let name = Some(name.trim()).filter(|name| is_token(name))?;
        let value = unquoted(value.trim())?;
        let slot = match name {
            name if name.eq_ignore_ascii_case("for") => &mut node,
            name if name.eq_ignore_ascii_case("proto") => &mut proto,
            _ => continue,
        };
        // Each parameter stands once, or nobody knows which one counts.
        if slot.replace(value).is_some() {
            return None;
        }
    }
    Some(Hop {
        is_tls: proto.is_some_and(|proto| is_https(&proto)),
        ..Hop::at(&node.unwrap_or_default())
    })
}

/// Whether a text is a token (RFC 9110, 5.6.2), as names of parameters are.
fn is_token(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_part)
}

/// The parts of a text between separators that stand outside quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let outside = |c: char| {
        let is_escaped = escaped;
        escaped = quoted && c == '\\' && !is_escaped;
        quoted ^= c == '"' && !is_escaped;
        c == separator && !quoted
    };
    text.split(outside).collect()
}

/// A value without its quotes and escapes; `None` when they do not match.
fn unquoted(value: &str) -> Option<String> {
    let Some(inner) = value.strip_prefix('"') else {
        return (!value.contains('"')).then(|| value.to_owned());
    };
    let mut text = String::new();
    let mut chars = inner.chars();
    loop {
        match chars.next()? {
            '\\' => text.push(chars.next()?),
            '"' => return chars.as_str().is_empty().then_some(text),
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.append(HeaderName::from_static(name), value);
        }
        headers
    }

    /// The client behind a trusted 10.0.0.1, and whether it speaks TLS.
    fn way(lines: &[(&'static str, &str)]) -> (String, bool) {
        let trusts = |address: &IpAddr| address.to_string().starts_with("10.");
        let origin = read(&headers(lines)).origin("10.0.0.1".parse().unwrap(), trusts);
        (origin.address.to_string(), origin.is_tls)
    }

    fn forwarded_for(lines: &[&str]) -> String {
        let lines: Vec<_> = lines.iter().map(|line| ("forwarded", *line)).collect();
        way(&lines).0
    }

    #[test]
    fn x_forwarded_for_is_one_list_read_from_the_right() {
        const NAME: &str = "x-forwarded-for";
        for (lines, client) in [
            (&["8.8.8.8"][..], "8.8.8.8"),
            (&["9.9.9.9, 8.8.8.8"], "8.8.8.8"),
            (&["9.9.9.9, 8.8.8.8,10.0.0.2"], "8.8.8.8"),
            (&["9.9.9.9", "8.8.8.8"], "8.8.8.8"),
            (&["9.9.9.9, 8.8.8.8", "10.0.0.2", "10.0.0.3:80"], "8.8.8.8"),
            (&["9.9.9.9, 8.8.8.8:4321"], "8.8.8.8"),
            (&["9.9.9.9, [2001:db8::1]:443"], "2001:db8::1"),
            (&["9.9.9.9, 2001:db8::1"], "2001:db8::1"),
            (&["9.9.9.9, ::ffff:8.8.8.8"], "8.8.8.8"),
            // What cannot be read ends it at the nearest address that could.
            (&["9.9.9.9, unknown"], "10.0.0.1"),
            (&["9.9.9.9, unknown, 10.0.0.2"], "10.0.0.2"),
            (&["9.9.9.9, "], "10.0.0.1"),
            (&["9.9.9.9", ""], "10.0.0.1"),
            (&["9.9.9.9", "\u{e9}"], "10.0.0.1"),
            (&["8.8.8.8 9.9.9.9"], "10.0.0.1"),
            (&[""], "10.0.0.1"),
            (&["10.0.0.7, 10.0.0.2"], "10.0.0.7"),
            (&[], "10.0.0.1"),
        ] {
            let lines: Vec<_> = lines.iter().map(|line| (NAME, *line)).collect();
            assert_eq!(way(&lines).0, client, "{lines:?}");
        }
    }

    #[test]
    fn forwarded_is_read_with_its_quotes() {
        for (lines, client) in [
            (&["for=8.8.8.8"][..], "8.8.8.8"),
            (&["For=\"8.8.8.8:4711\""], "8.8.8.8"),
            (&["for=9.9.9.9, for=8.8.8.8"], "8.8.8.8"),
            (&["for=9.9.9.9", "for=8.8.8.8;proto=http"], "8.8.8.8"),
            (&["for=\"[2001:db8:cafe::17]:4711\""], "2001:db8:cafe::17"),
            (&["for=\"\\[2001:db8::1\\]\""], "2001:db8::1"),
            (&["for=[2001:db8::1]"], "2001:db8::1"),
            (&["by=203.0.113.43;FOR=8.8.8.8 ; proto=https"], "8.8.8.8"),
            (&["for=8.8.8.8;host=\"a,b;for=9.9.9.9\""], "8.8.8.8"),
            (&["for=8.8.8.8;host=\"a\\\",for=9.9.9.9\""], "8.8.8.8"),
            (&["for=8.8.8.8;;, for=10.0.0.9"], "8.8.8.8"),
            // Not told, or not to be read.
            (&["for=9.9.9.9, for=unknown"], "10.0.0.1"),
            (&["for=9.9.9.9, for=_hidden"], "10.0.0.1"),
            (&["for=9.9.9.9, for=\"_gazonk\", for=10.0.0.3"], "10.0.0.3"),
            (&["for=9.9.9.9, proto=https"], "10.0.0.1"),
            (&["for=9.9.9.9, for=8.8.8.8;for=7.7.7.7"], "10.0.0.1"),
            (&["for=9.9.9.9, 8.8.8.8"], "10.0.0.1"),
            (&["for=9.9.9.9, "], "10.0.0.1"),
            // A client's open quote hides no proxy's element.
            (&["for=9.9.9.9, for=\", for=8.8.8.8"], "10.0.0.1"),
            (
                &["for=9.9.9.9, for=\", for=\"[2001:db8::1]:443\""],
                "10.0.0.1",
            ),
            (&["for=9.9.9.9;x=\"", "for=8.8.8.8"], "8.8.8.8"),
            (&["for=9.9.9.9;x=\"\\", "for=8.8.8.8"], "8.8.8.8"),
        ] {
            assert_eq!(forwarded_for(lines), client, "{lines:?}");
        }
    }

    #[test]
    fn a_client_s_forwarded_counts_for_nothing_beside_x_forwarded_for() {
        let own = ("forwarded", "for=9.9.9.9;proto=https");
        let xff = ("x-forwarded-for", "8.8.8.8");
        assert_eq!(way(&[own, xff]), ("8.8.8.8".to_owned(), false));
        assert_eq!(
            way(&[own, ("x-forwarded-for", "")]),
            ("10.0.0.1".to_owned(), false)
        );
        assert_eq!(way(&[own]), ("9.9.9.9".to_owned(), true));
        let plain = ("x-forwarded-proto", "http");
        assert_eq!(way(&[own, plain]), ("9.9.9.9".to_owned(), false));
    }

    #[test]
    fn a_quote_that_a_client_left_open_does_not_hide_the_proxy() {
        for own in [
            "for=9.9.9.9;\"",
            "for=9.9.9.9;x=\"",
            "for=9.9.9.9; \"a",
            "for=9.9.9.9;\"=\"",
        ] {
            let client = forwarded_for(&[&format!("{own}, for=8.8.8.8")]);
            assert!(
                ["8.8.8.8", "10.0.0.1"].contains(&&*client),
                "{own}: {client}"
            );
        }
    }

    #[test]
    fn the_leftmost_protocol_is_the_browser_s() {
        const NAME: &str = "x-forwarded-proto";
        for (lines, is_tls) in [
            (&["https"][..], true),
            (&["HTTPS"], true),
            (&[" Https "], true),
            (&["https, http"], true),
            (&["https,http"], true),
            (&["https", "http"], true),
            (&["http, https"], false),
            (&["http", "https"], false),
            (&["httpsx"], false),
            (&["", "https"], false),
            (&[", https"], false),
            (&[], false),
        ] {
            let lines: Vec<_> = lines.iter().map(|line| (NAME, *line)).collect();
            assert_eq!(way(&lines).1, is_tls, "{lines:?}");
        }
        for (line, is_tls) in [
            ("for=8.8.8.8;proto=HTTPS", true),
            ("for=8.8.8.8;proto=\"https\", for=10.0.0.2;proto=http", true),
            ("for=8.8.8.8;proto=http, for=10.0.0.2;proto=https", false),
            ("for=8.8.8.8, for=10.0.0.2;proto=https", false),
            // Told by a trusted proxy, whatever the client put before it.
            ("for=9.9.9.9;proto=http, for=8.8.8.8;proto=https", true),
            ("for=9.9.9.9;proto=https, for=8.8.8.8;proto=http", false),
            ("for=9.9.9.9, for=unknown;proto=https", true),
            ("for=8.8.8.8;proto=https;proto=http", false),
        ] {
            assert_eq!(way(&[("forwarded", line)]).1, is_tls, "{line}");
        }
    }

    proptest::proptest! {
        /// Whatever a client sends, what a proxy adds behind it is what counts, or nothing does.
        #[test]
        fn a_client_s_own_text_never_becomes_its_address(
            own in "((for=|,|;|\"|\\\\|9\\.9\\.9\\.9|\\[|\\]|=|x| |:|unknown){0,12})",
            quoted in proptest::bool::ANY,
        ) {
            let xff = format!("{own}, 8.8.8.8");
            proptest::prop_assert_eq!(way(&[("x-forwarded-for", &xff)]).0, "8.8.8.8");
            let node = if quoted { "\"[2001:db8::1]:443\"" } else { "8.8.8.8" };
            let told = ["8.8.8.8", "2001:db8::1"][usize::from(quoted)];
            let client = forwarded_for(&[&format!("{own}, for={node}")]);
            proptest::prop_assert!([told, "10.0.0.1"].contains(&&*client), "{}", client);
            let apart = forwarded_for(&[&own, &format!("for={node}")]);
            proptest::prop_assert_eq!(apart, told);
        }
    }
}
