//! Pages as a browser without script gets them.

use reqwest::{Method, Response, header};

use super::{server::Server, streaming::search, visitor::Visitor};

const HTML: &str = "text/html,application/xhtml+xml";

async fn page(visitor: &Visitor, path: &str, language: &str) -> (u16, String) {
    let request = visitor
        .request(Method::GET, path)
        .header(header::ACCEPT, HTML)
        .header(header::ACCEPT_LANGUAGE, language);
    let response = visitor.send(request).await;
    is_protected(&response, path);
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
    assert!(kind.starts_with("text/html"), "{path}: {kind}");
    let status = response.status().as_u16();
    let html = response.text().await.unwrap();
    has_nothing_inline(&html);
    (status, html)
}

fn is_protected(response: &Response, path: &str) {
    let said = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    let policy = said("content-security-policy");
    for rule in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{path}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(said("x-content-type-options"), "nosniff");
    assert_eq!(said("referrer-policy"), "same-origin");
    assert_eq!(said("cross-origin-resource-policy"), "same-origin");
    assert_eq!(said("cache-control"), "no-store", "{path}");
    assert!(response.headers().contains_key("x-trace-id"), "{path}");
}

/// The policy would block it: the page would look and work otherwise than meant.
fn has_nothing_inline(html: &str) {
    assert!(
        !html.contains("<style") && !html.contains(" style=\""),
        "inline style"
    );
    assert!(!html.contains("javascript:"));
    for tag in html.split("<script").skip(1) {
        let attributes = tag.split('>').next().unwrap();
        assert!(
            attributes.contains("src=\"/static/"),
            "inline script: {attributes}"
        );
    }
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let handler = tag
            .split_whitespace()
            .any(|word| word.starts_with("on") && word.contains('='));
        assert!(!handler, "inline handler: {tag}");
    }
}

async fn submit(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Response {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let request = visitor
        .request(Method::POST, path)
        .header(header::ACCEPT, HTML)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(body);
    visitor.send(request).await
}

fn location(response: &Response) -> &str {
    assert_eq!(response.status(), 303, "{}", response.url());
    response.headers()[header::LOCATION].to_str().unwrap()
}

/// The values of the hidden fields of the form with this action.
fn hidden_fields(html: &str, action: &str) -> Vec<(String, String)> {
    let form = html
        .split("<form")
        .find(|form| form.contains(&format!("action=\"{action}\"")));
    let form = form.expect(action).split("</form>").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split(&format!("{name}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().replace("&amp;", "&")
    };
    let inputs = form.split("<input").skip(1);
    inputs
        .filter(|tag| tag.contains("type=\"hidden\""))
        .map(|tag| (attribute(tag, "name"), attribute(tag, "value")))
        .collect()
}

#[tokio::test]
async fn the_page_speaks_the_visitors_language() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (status, french) = page(&visitor, "/", "fr-FR,fr;q=0.9,en;q=0.8").await;
    assert_eq!(status, 200);
    assert!(french.contains("<html lang=\"fr\">"));
    let (_, english) = page(&visitor, "/", "en-GB,en;q=0.9").await;
    assert!(english.contains("<html lang=\"en\">"));
    assert_ne!(french, english);

    // The button of the page, as the page has it.
    let mut fields = hidden_fields(&english, "/preferences");
    fields.push(("locale".to_owned(), "fr".to_owned()));
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let chosen = submit(&visitor, "/preferences", &fields).await;
    assert_eq!(location(&chosen), "/");
    let (_, html) = page(&visitor, "/", "en").await;
    assert!(
        html.contains("<html lang=\"fr\">"),
        "the choice wins over the browser"
    );
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let chosen = submit(
            &visitor,
            "/preferences",
            &[("locale", "en"), ("return", elsewhere)],
        )
        .await;
        assert_eq!(location(&chosen), "/", "{elsewhere}");
    }
}

#[tokio::test]
async fn a_conversation_works_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let sent = submit(&visitor, "/chat", &[("message", &search())]).await;
    let path = location(&sent).to_owned();
    assert!(path.starts_with("/c/"));
    let (status, html) = page(&visitor, &path, "fr").await;
    assert_eq!(status, 200);
    for part in [
        "Lyon",
        "New York",
        "illustrati",
        "class=\"message agent\"",
        "/traces/",
        "€",
    ] {
        assert!(html.contains(part), "{part}");
    }
    // It goes on in the same conversation.
    let fields = hidden_fields(&html, "/chat");
    let id = path.strip_prefix("/c/").unwrap();
    assert_eq!(fields[0], ("conversation_id".to_owned(), id.to_owned()));
    let sent = submit(
        &visitor,
        "/chat",
        &[("message", "plutôt depuis Nantes"), ("conversation_id", id)],
    )
    .await;
    assert_eq!(location(&sent), path);
    let (_, html) = page(&visitor, &path, "fr").await;
    assert_eq!(html.matches("class=\"message agent\"").count(), 2);
    assert!(html.contains("Nantes"));
}

#[tokio::test]
async fn the_buttons_of_a_proposal_work_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    for button in ["confirm", "reject"] {
        let sent = submit(&visitor, "/chat", &[("message", &search())]).await;
        let path = location(&sent).to_owned();
        let (_, html) = page(&visitor, &path, "fr").await;
        let id = html.split("data-proposal-id=\"").nth(1).unwrap();
        let id = id.split('"').next().unwrap();
        let action = format!("/proposals/{id}/{button}");
        let fields = hidden_fields(&html, &action);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        assert_eq!(location(&submit(&visitor, &action, &fields).await), path);
        let (_, html) = page(&visitor, &path, "fr").await;
        assert_eq!(html.matches("class=\"message agent\"").count(), 2);
        assert!(!html.contains(&action), "the button is gone");
        // An old page's button leads to what became of it.
        assert_eq!(location(&submit(&visitor, &action, &fields).await), path);
    }
}

#[tokio::test]
async fn a_conversation_is_renamed_and_deleted_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let sent = submit(&visitor, "/chat", &[("message", "bonjour")]).await;
    let path = location(&sent).to_owned();
    let action = path.replace("/c/", "/conversations/");
    let renamed = submit(
        &visitor,
        &format!("{action}/rename"),
        &[("title", "<b>Mon été</b>")],
    )
    .await;
    assert_eq!(location(&renamed), path);
    let (_, html) = page(&visitor, "/", "fr").await;
    assert!(
        html.contains("&#60;b&#62;Mon été&#60;/b&#62;") && !html.contains("<b>Mon"),
        "escaped"
    );
    let deleted = submit(&visitor, &format!("{action}/delete"), &[]).await;
    assert_eq!(location(&deleted), "/");
    let (status, _) = page(&visitor, &path, "fr").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn messages_are_text_and_never_markup() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let message = "<script>alert(1)</script> <img src=x onerror=alert(2)> **pas gras** \u{202e}vol";
    let sent = submit(&visitor, "/chat", &[("message", message)]).await;
    let (_, html) = page(&visitor, location(&sent), "fr").await;
    assert!(html.contains("&#60;script&#62;alert(1)"));
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x"));
    let (_, html) = page(&visitor, "/?q=%22%3E%3Cscript%3Ealert(1)", "fr").await;
    assert!(!html.contains("<script>alert"));
}

#[tokio::test]
async fn what_goes_wrong_is_a_page_too() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    for (language, lang) in [("fr", "<html lang=\"fr\">"), ("en", "<html lang=\"en\">")] {
        for path in [
            "/nowhere",
            "/c/12",
            "/c/%FF",
            "/static/none.css",
            "/traces/12",
        ] {
            let (status, html) = page(&visitor, path, language).await;
            assert!(
                status == 404 || (path == "/c/%FF" && status == 400),
                "{path}: {status}"
            );
            assert!(html.contains(lang) && html.contains("href=\"/\""), "{path}");
        }
    }
    // What was typed is not lost, and nothing of it is stored.
    let long = "é".repeat(4_001);
    for (message, kept) in [("  ", "  "), (&*long, &*long), ("a\0b", "")] {
        let refused = submit(&visitor, "/chat", &[("message", message)]).await;
        assert_eq!(refused.status(), 422);
        let html = refused.text().await.unwrap();
        assert!(html.contains(kept));
    }
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"], serde_json::json!([]));
}
