//! Read-only links: what a stranger sees and what not, how a link ends, and who may make one.

use reqwest::{Method, Response, header};
use serde_json::{Value, json};
use testkit::Receiver;

use super::{
    html::{has_nothing_inline, hidden_fields, location, page, submit},
    problem::{refused, refused_field},
    server::Server,
    streaming::search,
    visitor::Visitor,
};

/// What no stranger may read of what was said.
const PERSONAL: [(&str, &str); 3] = [
    ("zoe.durand@example.fr", "[email]"),
    ("06 12 34 56 78", "[phone]"),
    ("12AB34567", "[passport]"),
];

async fn shares(visitor: &Visitor, conversation: &str) -> Value {
    let path = format!("/api/conversations/{conversation}/shares");
    visitor.get_json(&path).await["shares"].clone()
}

/// A new link: what was answered, and its path.
async fn share(visitor: &Visitor, conversation: &str, wanted: Value) -> (Value, String) {
    let path = format!("/api/conversations/{conversation}/shares");
    let made = visitor.post(&path, &wanted).await;
    assert_eq!(made.status(), 201);
    let made: Value = made.json().await.unwrap();
    let url = made["url"].as_str().unwrap();
    let path = url.split_once("/shared/").unwrap().1;
    assert!(path.len() == 32 && path.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let path = format!("/shared/{path}");
    (made, path)
}

async fn open(stranger: &Visitor, path: &str, language: &str) -> Response {
    let request = stranger
        .request(Method::GET, path)
        .header(header::ACCEPT, "text/html")
        .header(header::ACCEPT_LANGUAGE, language);
    stranger.send(request).await
}

fn is_private(response: &Response) {
    let said = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert!(said("x-robots-tag").contains("noindex"));
    assert_eq!(said("cache-control"), "no-store");
    assert_eq!(said("referrer-policy"), "no-referrer");
    let policy = said("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert!(!response.headers().contains_key(header::SET_COOKIE));
}

/// A conversation about flights, and its id.
async fn talk(visitor: &Visitor) -> (Value, String) {
    let personal = PERSONAL.map(|(said, _)| said).join(", ");
    let first = visitor
        .say(&format!("{} ; je suis {personal}", search()), None)
        .await;
    let id = first["conversation_id"].as_str().unwrap().to_owned();
    (first, id)
}

#[tokio::test]
async fn a_stranger_reads_what_was_shared_and_nothing_about_who_shared_it() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (first, id) = talk(&visitor).await;
    let second = visitor
        .say(
            "des hôtels à New York du 12 au 15 janvier",
            Some(&json!(id)),
        )
        .await;
    let (made, path) = share(&visitor, &id, json!({})).await;
    for (language, note) in [("fr", "Lecture seule"), ("en", "Read-only")] {
        let stranger = server.visitor();
        let response = open(&stranger, &path, language).await;
        assert_eq!(response.status(), 200);
        is_private(&response);
        let trace = response.headers()["x-trace-id"].clone();
        let html = response.text().await.unwrap();
        has_nothing_inline(&html);
        let lang = format!("<html lang=\"{language}\">");
        let robots = "<meta name=\"robots\" content=\"noindex";
        for part in [
            &*lang,
            note,
            robots,
            "class=\"card flights\"",
            "€",
            "offer-line",
        ] {
            assert!(html.contains(part), "{language}: {part}");
        }
        for (said, word) in PERSONAL {
            assert!(!html.contains(said), "{said}");
            assert!(html.contains(word), "{word}");
        }
        for active in [
            "<form",
            "<button",
            "<script",
            "form=\"ask\"",
            "/proposals/",
            "<iframe",
        ] {
            assert!(!html.contains(active), "{active}");
        }
        for answer in [&first, &second] {
            for secret in [
                "conversation_id",
                "message_id",
                "user_message_id",
                "trace_id",
            ] {
                assert!(!html.contains(answer[secret].as_str().unwrap()), "{secret}");
            }
        }
        for secret in [
            trace.to_str().unwrap(),
            made["id"].as_str().unwrap(),
            "builtin",
            "planner-1",
            "tokens",
            "/traces",
            "visitor:",
        ] {
            assert!(!html.contains(secret), "{secret}");
        }
    }
}

#[tokio::test]
async fn a_link_shows_what_there_was_and_ends_when_it_is_ended() {
    let server = Server::start(&[]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let (_, id) = talk(&visitor).await;
    let (made, path) = share(&visitor, &id, json!({"expires_in_days": 1})).await;
    let seen = open(&stranger, &path, "fr").await.text().await.unwrap();
    visitor.say("plutôt depuis Nantes", Some(&json!(id))).await;
    let renamed = visitor.request(Method::PATCH, &format!("/api/conversations/{id}"));
    visitor
        .send(renamed.json(&json!({"title": "Secret"})))
        .await;
    let again = open(&stranger, &path, "fr").await.text().await.unwrap();
    assert_eq!(seen, again);

    let listed = shares(&visitor, &id).await;
    assert_eq!(listed[0]["id"], made["id"]);
    assert!(listed[0].get("url").is_none() && listed[0].get("token").is_none());
    let (_, other) = share(&visitor, &id, json!({"expires_in_days": 30})).await;
    let one = format!(
        "/api/conversations/{id}/shares/{}",
        made["id"].as_str().unwrap()
    );
    let ended = visitor.send(visitor.request(Method::DELETE, &one)).await;
    assert_eq!(ended.status(), 204);
    let twice = visitor.send(visitor.request(Method::DELETE, &one)).await;
    refused(twice, 404, "ended twice").await;
    assert_eq!(shares(&visitor, &id).await.as_array().unwrap().len(), 1);
    assert_eq!(open(&stranger, &other, "fr").await.status(), 200);
    let deleted = visitor.request(Method::DELETE, &format!("/api/conversations/{id}"));
    assert_eq!(visitor.send(deleted).await.status(), 204);

    // Whatever was never, is over or was ended looks the same, but for the trace of the request.
    let mut pages = Vec::new();
    let unknown = format!("/shared/{}", "0".repeat(32));
    for path in [&path, &other, &unknown, "/shared/x", "/shared/%3Cscript%3E"] {
        let response = open(&stranger, path, "fr").await;
        assert_eq!(response.status(), 404, "{path}");
        is_private(&response);
        let trace = response.headers()["x-trace-id"]
            .to_str()
            .unwrap()
            .to_owned();
        pages.push(response.text().await.unwrap().replace(&trace, ""));
    }
    pages.dedup();
    assert_eq!(pages.len(), 1);
}

#[tokio::test]
async fn only_the_owner_shares_and_what_does_not_fit_is_named() {
    let server = Server::start(&[]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let (first, id) = talk(&visitor).await;
    stranger.say("bonjour", None).await;
    let path = format!("/api/conversations/{id}/shares");
    let (made, _) = share(
        &visitor,
        &id,
        json!({"message_id": first["user_message_id"]}),
    )
    .await;
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    refused(stranger.get(&path).await, 404, "list").await;
    refused(stranger.post(&path, &json!({})).await, 404, "make").await;
    let end = stranger.send(stranger.request(Method::DELETE, &one)).await;
    refused(end, 404, "end").await;
    for (body, field) in [
        (json!({"expires_in_days": 2}), "expires_in_days"),
        (json!({"expires_in_days": 0}), "expires_in_days"),
        (json!({"expires_in_days": -1}), "expires_in_days"),
        (json!({"expires_in_days": "7"}), "expires_in_days"),
        (json!({"message_id": "x"}), "message_id"),
        (json!({"message_id": id}), "message_id"),
        (json!({"forever": true}), "forever"),
    ] {
        let response = visitor.post(&path, &body).await;
        refused_field(response, field, &body.to_string()).await;
    }
    for _ in 1..20 {
        share(&visitor, &id, json!({})).await;
    }
    let more = visitor.post(&path, &json!({})).await;
    refused(more, 409, "too many").await;
    let foreign = visitor
        .request(Method::POST, &path)
        .header(header::ORIGIN, "https://evil.example");
    refused(visitor.send(foreign).await, 403, "another site").await;
}

#[tokio::test]
async fn a_link_is_previewed_made_and_ended_without_script() {
    let server = Server::start(&[]).await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let (_, id) = talk(&visitor).await;
    let (_, chat) = page(&visitor, &format!("/c/{id}"), "fr").await;
    let home = format!("/c/{id}/share");
    assert!(chat.contains(&format!("href=\"{home}\"")));
    let (status, preview) = page(&visitor, &home, "fr").await;
    assert_eq!(status, 200);
    assert!(preview.contains("[email]") && !preview.contains(PERSONAL[0].0));
    assert_eq!(shares(&visitor, &id).await, json!([]), "looking makes none");
    let thread = |html: &str| {
        let (_, rest) = html.split_once("<ol class=\"thread\"").unwrap();
        let (thread, _) = rest.rsplit_once("</ol>").unwrap();
        thread.to_owned()
    };

    let action = format!("/conversations/{id}/shares");
    let mut fields = hidden_fields(&preview, &action);
    fields.push(("expires_in_days".to_owned(), "30".to_owned()));
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    // What is said between the preview and the button is not shared.
    visitor.say("plutôt depuis Nantes", Some(&json!(id))).await;
    let made = submit(&visitor, &action, &fields).await;
    assert_eq!(made.status(), 200);
    let made = made.text().await.unwrap();
    let path = made.split("/shared/").nth(1).unwrap();
    let path = format!("/shared/{}", path.split('"').next().unwrap());
    let seen = open(&stranger, &path, "fr").await.text().await.unwrap();
    assert_eq!(thread(&preview), thread(&seen), "as it was previewed");
    let (_, later) = page(&visitor, &home, "fr").await;
    assert!(!later.contains("/shared/"), "it is told once");

    let end = later.split("/delete\"").next().unwrap();
    let end = end.rsplit("action=\"").next().unwrap();
    let ended = submit(&visitor, &format!("{end}/delete"), &[]).await;
    assert_eq!(location(&ended).0, home);
    assert_eq!(open(&stranger, &path, "fr").await.status(), 404);
    let (status, _) = page(&stranger, &home, "fr").await;
    assert_eq!(status, 404, "a stranger's");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_span_and_no_log_line_tells_the_token() {
    let receiver = Receiver::start().await.unwrap();
    let mut server = Server::start(&[
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &receiver.endpoint()),
        ("CAPTURE_CONTENT", "true"),
    ])
    .await;
    let (visitor, stranger) = (server.visitor(), server.visitor());
    let (_, id) = talk(&visitor).await;
    let (_, path) = share(&visitor, &id, json!({})).await;
    for path in [path.clone(), format!("{path}?q=1"), format!("{path}/x")] {
        open(&stranger, &path, "fr").await;
    }
    let list = visitor.get("/api/traces").await.text().await.unwrap();
    assert!(server.terminate().await.success());
    let received = receiver.received();
    let told = format!(
        "{:?} {:?} {:?} {list}",
        received.spans,
        received.logs,
        server.log()
    );
    let token = path.strip_prefix("/shared/").unwrap();
    assert!(!told.contains(token));
    assert!(told.contains("/shared/{token}"));
}
