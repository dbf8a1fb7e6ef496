//! The headers that proxies send, as their documentation and their defaults have them.

use super::*;

const PROXY: &str = "10.0.0.1";

/// A product, the headers that it sends, and the client.
type Product = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

/// A caller as the server sees it.
struct Seen<'a> {
    peer: &'a str,
    version: Version,
    lines: &'a [(&'static str, &'a str)],
    trusted: &'a [&'a str],
    this_machine: bool,
}

impl Seen<'_> {
    fn client(&self) -> Client {
        let mut headers = HeaderMap::new();
        for (name, value) in self.lines {
            headers.append(http::HeaderName::from_static(name), value.parse().unwrap());
        }
        let proxies: Vec<IpNet> = self
            .trusted
            .iter()
            .map(|net| net.parse().unwrap())
            .collect();
        let trust = Trust {
            proxies: &proxies,
            this_machine: self.this_machine,
        };
        identify(self.peer.parse().unwrap(), self.version, &headers, trust)
    }
}

/// Behind a proxy that the operator trusts.
fn behind(lines: &[(&'static str, &str)]) -> Client {
    let seen = Seen {
        peer: PROXY,
        version: Version::HTTP_11,
        lines,
        trusted: &["10.0.0.0/8", "172.68.0.0/16"],
        this_machine: false,
    };
    seen.client()
}

/// On this machine, where nothing is configured.
fn local(version: Version, lines: &[(&'static str, &str)]) -> bool {
    let seen = Seen {
        peer: "127.0.0.1",
        version,
        lines,
        trusted: &[],
        this_machine: true,
    };
    seen.client().is_local
}

/// What each product adds to a request of 8.8.8.8 over TLS whose client made up `x-forwarded-for:
/// 9.9.9.9` and `forwarded: for=9.9.9.9`.
#[test]
fn each_proxy_tells_the_client_and_no_client_makes_one_up() {
    let products: [Product; 10] = [
        (
            "nginx, $proxy_add_x_forwarded_for",
            &[
                ("host", "travel.example"),
                ("x-real-ip", "8.8.8.8"),
                ("x-forwarded-for", "9.9.9.9, 8.8.8.8"),
                ("x-forwarded-proto", "https"),
                ("forwarded", "for=9.9.9.9"),
            ],
            "8.8.8.8",
        ),
        (
            "nginx, Forwarded of its documentation in place of X-Forwarded-For",
            &[("forwarded", "for=9.9.9.9, for=8.8.8.8;proto=https")],
            "8.8.8.8",
        ),
        (
            "HAProxy, option forwardfor: a line of its own",
            &[
                ("x-forwarded-for", "9.9.9.9"),
                ("forwarded", "for=9.9.9.9;proto=http"),
                ("x-forwarded-proto", "https"),
                ("x-forwarded-for", "8.8.8.8"),
            ],
            "8.8.8.8",
        ),
        (
            "HAProxy, option forwarded",
            &[
                ("forwarded", "for=9.9.9.9"),
                ("forwarded", "proto=https;for=8.8.8.8"),
            ],
            "8.8.8.8",
        ),
        (
            "Traefik, which drops what the client sent",
            &[
                ("forwarded", "for=9.9.9.9"),
                ("x-forwarded-for", "8.8.8.8"),
                ("x-forwarded-host", "travel.example"),
                ("x-forwarded-port", "443"),
                ("x-forwarded-proto", "https"),
                ("x-forwarded-server", "a1b2c3"),
                ("x-real-ip", "8.8.8.8"),
            ],
            "8.8.8.8",
        ),
        (
            "Caddy",
            &[
                ("forwarded", "for=9.9.9.9"),
                ("via", "1.1 Caddy"),
                ("x-forwarded-for", "8.8.8.8"),
                ("x-forwarded-host", "travel.example"),
                ("x-forwarded-proto", "https"),
            ],
            "8.8.8.8",
        ),
        (
            "Azure Application Gateway: address and port",
            &[
                ("x-forwarded-for", "9.9.9.9, 8.8.8.8:51742"),
                ("x-forwarded-port", "443"),
                ("x-forwarded-proto", "https"),
                ("x-original-host", "travel.example"),
                ("x-appgw-trace-id", "6f2d"),
            ],
            "8.8.8.8",
        ),
        (
            "Azure App Service, IPv6",
            &[
                ("x-forwarded-for", "9.9.9.9,[2001:db8::8]:51742"),
                ("x-forwarded-proto", "https"),
                ("x-arr-ssl", "2048|256|CN=Issuer|CN=travel.example"),
            ],
            "2001:db8::8",
        ),
        (
            "Cloudflare before a proxy of one's own",
            &[
                ("cdn-loop", "cloudflare; loops=1"),
                ("cf-connecting-ip", "8.8.8.8"),
                ("cf-visitor", "{\"scheme\":\"https\"}"),
                ("x-forwarded-for", "9.9.9.9,8.8.8.8, 172.68.1.2"),
                ("x-forwarded-proto", "https"),
            ],
            "8.8.8.8",
        ),
        (
            "AWS load balancer and a proxy that appends what it speaks",
            &[
                ("x-forwarded-for", "9.9.9.9, 8.8.8.8"),
                ("x-forwarded-for", "10.3.4.5"),
                ("x-forwarded-proto", "HTTPS, http"),
                (
                    "x-amzn-trace-id",
                    "Root=1-67891233-abcdef012345678912345678",
                ),
            ],
            "8.8.8.8",
        ),
    ];
    for (product, lines, client) in products {
        let seen = behind(lines);
        assert_eq!(seen.address.to_string(), client, "{product}");
        assert!(
            seen.is_tls && seen.via_trusted_proxy && !seen.is_local,
            "{product}"
        );
        // The same from a peer that nobody trusts: a client's invention.
        let stranger = Seen {
            peer: "7.7.7.7",
            version: Version::HTTP_11,
            lines,
            trusted: &["10.0.0.0/8"],
            this_machine: false,
        };
        let seen = stranger.client();
        assert_eq!(seen.address.to_string(), "7.7.7.7", "{product}");
        assert!(!seen.is_tls && !seen.via_trusted_proxy, "{product}");
        // And where the operator forgot to say that there is a proxy on this machine.
        let mut hidden = vec![("host", "127.0.0.1:8080")];
        hidden.extend(lines.iter().filter(|(name, _)| *name != "host"));
        assert!(!local(Version::HTTP_11, &hidden), "{product}");
    }
}

#[test]
fn one_is_local_with_a_loopback_host_and_without_the_mark_of_a_proxy() {
    let host = [("host", "localhost:8080")];
    assert!(local(Version::HTTP_11, &host));
    assert!(local(Version::HTTP_2, &[("host", "[::1]:8080")]));
    assert!(local(Version::HTTP_11, &[("host", "127.0.0.1")]));
    // A browser on this machine.
    let browser = [
        ("host", "localhost:8080"),
        ("connection", "keep-alive"),
        ("cache-control", "max-age=0"),
        ("sec-ch-ua-platform", "\"Linux\""),
        ("upgrade-insecure-requests", "1"),
        ("user-agent", "Mozilla/5.0"),
        ("accept", "text/html"),
        ("sec-fetch-site", "none"),
        ("accept-encoding", "gzip, deflate, br, zstd"),
        ("cookie", "travel_agent_visitor=00"),
        ("dnt", "1"),
        ("x-requested-with", "fetch"),
        (
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ),
    ];
    assert!(local(Version::HTTP_11, &browser));

    assert!(!local(Version::HTTP_10, &host), "nginx's plain proxy_pass");
    assert!(!local(Version::HTTP_11, &[("host", "evil.example")]));
    assert!(!local(Version::HTTP_11, &[]));
    for mark in [
        "via",
        "forwarded",
        "x-forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-proto",
        "x-forwarded-server",
        "x-forwarded-ssl",
        "x-forwarded-anything",
        "x-real-ip",
        "cf-ray",
        "cf-connecting-ip",
        "cf-anything",
        "x-client-ip",
        "client-ip",
        "true-client-ip",
        "x-cluster-client-ip",
        "fastly-client-ip",
        "x-azure-clientip",
        "x-original-for",
        "x-original-host",
        "x-arr-log-id",
        "x-envoy-peer",
        "x-amzn-trace-id",
        "cdn-loop",
        "x-varnish",
        "do-connecting-ip",
        "x-proxyuser-ip",
        "x-ms-forwarded-client-ip",
        "tailscale-user-login",
        "proxy-connection",
    ] {
        assert!(!local(Version::HTTP_11, &[host[0], (mark, "1")]), "{mark}");
    }
}

#[test]
fn nobody_is_local_from_elsewhere_nor_where_the_configuration_says_otherwise() {
    let seen = |peer, this_machine, trusted: &[&str]| {
        let seen = Seen {
            peer,
            version: Version::HTTP_11,
            lines: &[("host", "localhost")],
            trusted,
            this_machine,
        };
        seen.client()
    };
    assert!(seen("127.0.0.1", true, &[]).is_local);
    assert!(seen("127.8.9.10", true, &[]).is_local);
    assert!(seen("::1", true, &[]).is_local);
    assert!(
        seen("::ffff:127.0.0.1", true, &[]).is_local,
        "a socket for both"
    );
    assert!(!seen("10.0.0.1", true, &[]).is_local);
    assert!(!seen("127.0.0.1", false, &[]).is_local);
    assert!(!seen("127.0.0.1", true, &["127.0.0.0/8"]).is_local);
    let mapped = seen("::ffff:10.0.0.1", false, &["10.0.0.0/8"]);
    assert!(mapped.via_trusted_proxy);
    assert_eq!(mapped.address.to_string(), "10.0.0.1");
}
