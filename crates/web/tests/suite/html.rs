//! Pages and forms as a browser without script has them.

use reqwest::{Method, Response, header};

use super::visitor::Visitor;

const HTML: &str = "text/html,application/xhtml+xml";

pub(super) async fn page(visitor: &Visitor, path: &str, language: &str) -> (u16, String) {
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
pub(super) fn has_nothing_inline(html: &str) {
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
        // Names of attributes alone: what stands between quotes is text.
        let tag = tag
            .split('>')
            .next()
            .unwrap()
            .split('"')
            .step_by(2)
            .collect::<String>();
        let handler = tag
            .split_whitespace()
            .any(|word| word.starts_with("on") && word.contains('='));
        assert!(!handler, "inline handler: {tag}");
    }
}

pub(super) async fn submit(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Response {
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

/// Where an answer leads: the page, and perhaps the message on it.
pub(super) fn location(response: &Response) -> (&str, &str) {
    assert_eq!(response.status(), 303, "{}", response.url());
    let location = response.headers()[header::LOCATION].to_str().unwrap();
    location.split_once('#').unwrap_or((location, ""))
}

/// The values of the hidden fields of the form with this action.
pub(super) fn hidden_fields(html: &str, action: &str) -> Vec<(String, String)> {
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
