//! Who is calling, behind proxies that are known, and behind those that are not.

use reqwest::{Response, header};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{problem::refused, server::Server, visitor::Visitor};

const KEY: &str = "correct horse battery staple";
const PROXY: (&str, &str) = ("TRUSTED_PROXIES", "127.0.0.1");

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

/// The status of `GET /api/stats`, which is for the admin, with these headers.
async fn stats(server: &Server, lines: &[(&'static str, &str)]) -> u16 {
    let visitor = lines
        .iter()
        .fold(server.visitor(), |visitor, (name, value)| {
            visitor.with_header(name, value)
        });
    visitor.get("/api/stats").await.status().as_u16()
}

/// The status of the same as a proxy asks that speaks HTTP/1.0 to the servers behind it.
async fn stats_by_http_1_0(server: &Server) -> String {
    let address = server.url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request =
        format!("GET /api/stats HTTP/1.0\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn without_a_key_a_direct_caller_on_this_machine_is_the_admin_and_no_proxy_s_is() {
    let mut server = Server::start(&[]).await;
    assert_eq!(stats(&server, &[]).await, 200);
    assert_eq!(stats(&server, &[("host", "localhost")]).await, 200);
    assert_eq!(
        stats_by_http_1_0(&server).await,
        "403",
        "nginx's proxy_pass"
    );
    for mark in [
        ("x-forwarded-for", "1.2.3.4"),
        ("x-forwarded-port", "443"),
        ("x-forwarded", "for=1.2.3.4"),
        ("forwarded", "for=1.2.3.4"),
        ("via", "1.1 proxy"),
        ("x-real-ip", "1.2.3.4"),
        ("cf-connecting-ip", "1.2.3.4"),
        ("x-client-ip", "1.2.3.4"),
    ] {
        assert_eq!(stats(&server, &[mark]).await, 403, "{mark:?}");
    }
    server.terminate().await;
    let said = told_at_the_start(&server);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("cannot") || said[0].contains("set ADMIN_KEY"),
        "{said:?}"
    );
}

/// The log lines that say who sees everyone's traces.
fn told_at_the_start(server: &Server) -> Vec<String> {
    let lines = server.log().into_iter();
    let messages = lines.filter_map(|line| line["message"].as_str().map(str::to_owned));
    messages
        .filter(|message| message.contains("ADMIN_KEY"))
        .collect()
}

#[tokio::test]
async fn nobody_is_the_admin_for_where_it_calls_from_once_anything_is_configured() {
    for environment in [
        &[("ADMIN_KEY", KEY)][..],
        &[("ALLOWED_HOSTS", "travel.example")],
        &[PROXY],
        &[("TRUSTED_PROXIES", "10.0.0.0/8")],
        &[
            ("ADMIN_KEY", KEY),
            PROXY,
            ("ALLOWED_HOSTS", "travel.example"),
        ],
    ] {
        let mut server = Server::start(environment).await;
        for lines in [
            &[][..],
            &[("host", "localhost")],
            &[("x-forwarded-for", "127.0.0.1")],
            &[("authorization", "Bearer ")],
            &[("authorization", "Bearer wrong")],
        ] {
            assert_eq!(
                stats(&server, lines).await,
                403,
                "{environment:?} {lines:?}"
            );
        }
        let has_key = environment.contains(&("ADMIN_KEY", KEY));
        let bearer = format!("Bearer {KEY}");
        let with_key = stats(&server, &[("authorization", &bearer)]).await;
        assert_eq!(with_key, if has_key { 200 } else { 403 }, "{environment:?}");
        server.terminate().await;
        let lines = told_at_the_start(&server).len();
        assert_eq!(lines, usize::from(!has_key), "{environment:?}");
    }
}

#[tokio::test]
async fn behind_tls_cookies_are_secure_and_browsers_told_to_come_back_by_it() {
    let server = Server::start(&[PROXY, ("ALLOWED_HOSTS", "travel.example")]).await;
    for (name, value, is_tls) in [
        ("x-forwarded-proto", "https", true),
        ("x-forwarded-proto", "HTTPS", true),
        ("x-forwarded-proto", "https, http", true),
        ("x-forwarded-proto", "http, https", false),
        ("x-forwarded-proto", "http", false),
        ("forwarded", "for=1.2.3.4;proto=https", true),
        ("forwarded", "for=1.2.3.4;proto=http", false),
    ] {
        let visitor = server.visitor().with_header("host", "travel.example");
        let visitor = visitor.with_header(name, value);
        let response = visitor.get("/").await;
        let cookie = header(&response, "set-cookie").unwrap();
        assert_eq!(
            cookie.ends_with("; Secure"),
            is_tls,
            "{name}: {value}: {cookie}"
        );
        for path in [
            "/",
            "/static/css/base.css",
            "/api/conversations",
            "/nowhere",
        ] {
            let response = visitor.get(path).await;
            let transport = header(&response, "strict-transport-security");
            assert_eq!(transport.is_some(), is_tls, "{name}: {value}: {path}");
            assert!(transport.is_none_or(|said| said == "max-age=31536000"));
        }
    }
    let here = server.visitor().with_header("x-forwarded-proto", "https");
    let here = here.with_header("host", "localhost").get("/").await;
    assert_eq!(
        header(&here, "strict-transport-security"),
        None,
        "every server on it"
    );
    // Nobody believes a stranger.
    let server = Server::start(&[]).await;
    let stranger = server
        .visitor()
        .with_header("x-forwarded-proto", "https")
        .get("/")
        .await;
    assert!(!header(&stranger, "set-cookie").unwrap().contains("Secure"));
    assert_eq!(header(&stranger, "strict-transport-security"), None);
}

async fn turns(server: &Server, lines: &[(&'static str, &str)]) -> u16 {
    let visitor = lines
        .iter()
        .fold(server.visitor(), |visitor, (name, value)| {
            visitor.with_header(name, value)
        });
    let body = serde_json::json!({"message": "bonjour"});
    visitor.post("/api/chat", &body).await.status().as_u16()
}

/// Each way of a proxy to tell the address, with what a client may put before it.
#[tokio::test]
async fn a_client_counts_for_the_address_that_the_proxy_tells() {
    type Case = (&'static str, fn(usize) -> Vec<(&'static str, String)>);
    let cases: [Case; 9] = [
        ("appended", |n| {
            vec![("x-forwarded-for", format!("9.9.9.{n}, 8.8.8.8"))]
        }),
        ("a line of its own", |n| {
            let own = ("x-forwarded-for", "8.8.8.8".to_owned());
            vec![("x-forwarded-for", format!("9.9.9.{n}")), own]
        }),
        ("with a port", |n| {
            vec![("x-forwarded-for", format!("9.9.9.{n}, 8.8.8.8:{n}"))]
        }),
        ("in brackets", |n| {
            vec![("x-forwarded-for", format!("9.9.9.{n}, [2001:db8::1]:{n}"))]
        }),
        ("unknown", |n| {
            vec![("x-forwarded-for", format!("9.9.9.{n}, unknown"))]
        }),
        ("one network of IPv6", |n| {
            vec![("x-forwarded-for", format!("2001:db8:1:1::{n:x}"))]
        }),
        ("mapped", |n| {
            let address = ["8.8.8.8", "::ffff:8.8.8.8"][n % 2];
            vec![("x-forwarded-for", address.to_owned())]
        }),
        ("a client's own Forwarded", |n| {
            let proxy = ("x-forwarded-for", "8.8.8.8".to_owned());
            vec![("forwarded", format!("for=9.9.9.{n}")), proxy]
        }),
        ("Forwarded alone", |n| {
            vec![(
                "forwarded",
                format!("for=9.9.9.{n}, for=\"8.8.8.8:{n}\";proto=https"),
            )]
        }),
    ];
    for (name, lines) in cases {
        let limit = ("RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS", "2");
        let server = Server::start(&[PROXY, limit]).await;
        let mut statuses = Vec::new();
        for n in 1..=3 {
            let lines = lines(n);
            let lines: Vec<_> = lines
                .iter()
                .map(|(name, value)| (*name, &**value))
                .collect();
            statuses.push(turns(&server, &lines).await);
        }
        assert_eq!(statuses, [200, 200, 429], "{name}");
        let other = [("x-forwarded-for", "7.7.7.7, 127.0.0.1")];
        assert_eq!(turns(&server, &other).await, 200, "{name}: another client");
    }
}

#[tokio::test]
async fn wrong_keys_count_by_whichever_door_and_never_keep_the_right_one_out() {
    let mut server = Server::start(&[("ADMIN_KEY", KEY)]).await;
    let form = |key: &str| {
        let visitor = server.visitor();
        let body = format!("key={}", key.replace(' ', "+"));
        let request = visitor
            .request(reqwest::Method::POST, "/admin/login")
            .body(body);
        let kind = "application/x-www-form-urlencoded";
        let request = request.header(header::CONTENT_TYPE, kind);
        async move { visitor.send(request).await }
    };
    let bearer = |key: &str| bearer(server.visitor(), key.to_owned());
    let cookie = |proof: String| {
        let cookie = format!("travel_agent_admin={proof}");
        let visitor = server.visitor().with_header("cookie", &cookie);
        async move { visitor.get("/api/stats").await }
    };
    // Two by each of two doors and one by the third; the same one again is no further guess.
    for n in 0..2 {
        assert_eq!(bearer(&format!("guess {n}")).await.status(), 403);
        assert_eq!(cookie(format!("{n:064x}")).await.status(), 403);
    }
    for _ in 0..8 {
        assert_eq!(form("guess").await.status(), 403);
    }
    let old = format!("travel_agent_admin={:064x}", 0);
    let old = server.visitor().with_header("cookie", &old);
    assert_eq!(old.get("/api/traces").await.status(), 200, "as a visitor");
    // What is for the admin alone is refused as a guess is, also without one.
    for path in ["/api/stats", "/api/traces?kind=all"] {
        refused(server.visitor().get(path).await, 429, path).await;
    }
    for response in [
        bearer("one more").await,
        cookie("f".repeat(64)).await,
        form("yet another").await,
    ] {
        assert_eq!(response.status(), 429, "{}", response.url());
        let wait: u32 = header(&response, "retry-after").unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
    }
    refused(bearer("and one").await, 429, "as a problem").await;
    // The right one, by each door.
    assert_eq!(bearer(KEY).await.status(), 200);
    let signed_in = form(KEY).await;
    assert_eq!(signed_in.status(), 303);
    let proof = header(&signed_in, "set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let proof = proof
        .strip_prefix("travel_agent_admin=")
        .unwrap()
        .to_owned();
    assert_eq!(cookie(proof).await.status(), 200);
    // What needs no key is not refused for a wrong one.
    let wrong = server
        .visitor()
        .with_header("authorization", "Bearer another wrong one");
    assert_eq!(wrong.get("/api/conversations").await.status(), 200);

    server.terminate().await;
    let lines = server.log();
    let warnings: Vec<_> = lines
        .iter()
        .filter(|line| line["level"] == "WARN")
        .collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0].to_string().contains("127.0.0.1"),
        "{warnings:?}"
    );
    for line in &lines {
        assert!(!line.to_string().contains("guess"), "{line}");
    }
}

async fn bearer(visitor: Visitor, key: String) -> Response {
    let visitor = visitor.with_header("authorization", &format!("Bearer {key}"));
    visitor.get("/api/stats").await
}

#[tokio::test]
async fn a_guess_too_many_is_a_page_for_browsers() {
    let server = Server::start(&[("ADMIN_KEY", KEY)]).await;
    let mut last = None;
    for n in 0..6 {
        let visitor = server
            .visitor()
            .with_header("authorization", &format!("Bearer {n}"));
        let request = visitor.request(reqwest::Method::GET, "/traces");
        last = Some(
            visitor
                .send(request.header(header::ACCEPT, "text/html"))
                .await,
        );
    }
    let last = last.unwrap();
    assert_eq!(last.status(), 429);
    assert!(
        header(&last, "content-type")
            .unwrap()
            .starts_with("text/html")
    );
    assert!(header(&last, "retry-after").is_some());
}
