//! How much strangers may change, and what stays of them.

use reqwest::{Method, Response, header};
use serde_json::json;

use super::{
    html::{location, page, submit},
    problem::refused,
    server::Server,
    visitor::Visitor,
};

/// Far above any limit: reaching it means that there is none.
const WITHOUT_END: usize = 1_000;
/// The limits of turns as they are without configuration: those of changes depend on them.
const LIMITED: [(&str, &str); 2] = [
    ("RATE_LIMIT_TURNS_PER_MINUTE", "30"),
    ("RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS", "120"),
];

/// Repeats a request until it is refused; how often it was not, and the refusal.
async fn until_refused(mut send: impl AsyncFnMut() -> Response) -> (usize, Response) {
    for done in 0..WITHOUT_END {
        let response = send().await;
        if response.status() == 429 {
            return (done, response);
        }
    }
    panic!("without end");
}

fn wait(response: &Response) -> u32 {
    let wait = response.headers()["retry-after"].to_str().unwrap();
    wait.parse().unwrap()
}

#[tokio::test]
async fn each_kind_of_change_has_the_visitor_s_limit() {
    const NOBODY: &str = "01a2030c-1955-7924-aeb8-9daa33a49f5c";
    let server = Server::start(&[LIMITED[0]]).await;
    let form = "application/x-www-form-urlencoded";
    let json = "application/json";
    for (method, path, kind, body) in [
        (
            Method::PATCH,
            "/api/conversations/{}",
            json,
            r#"{"title": "x"}"#,
        ),
        (Method::DELETE, "/api/conversations/{}", "", ""),
        (Method::DELETE, "/api/turns/{}", "", ""),
        (
            Method::POST,
            "/api/messages/{}/feedback",
            json,
            r#"{"score": 1}"#,
        ),
        (Method::POST, "/api/proposals/{}/confirm", "", ""),
        (Method::POST, "/api/proposals/{}/reject", "", ""),
        (Method::POST, "/messages/{}/feedback", form, "score=1"),
        (
            Method::POST,
            "/proposals/{}/confirm",
            form,
            "conversation_id={}",
        ),
        (
            Method::POST,
            "/proposals/{}/reject",
            form,
            "conversation_id={}",
        ),
        (Method::POST, "/conversations/{}/rename", form, "title=x"),
        (Method::POST, "/conversations/{}/delete", form, ""),
        (Method::POST, "/preferences", form, "locale=fr"),
    ] {
        let visitor = server.visitor();
        visitor.get("/").await;
        let (path, body) = (path.replace("{}", NOBODY), body.replace("{}", NOBODY));
        let (done, refusal) = until_refused(async || {
            let request = visitor.request(method.clone(), &path).body(body.clone());
            visitor
                .send(request.header(header::CONTENT_TYPE, kind))
                .await
        })
        .await;
        assert!(done >= 60, "{method} {path}: {done}");
        assert!((1..=60).contains(&wait(&refusal)));
        refused(refusal, 429, &path).await;
        assert_eq!(visitor.get("/").await.status(), 200, "it may go on reading");
    }
}

#[tokio::test]
async fn an_address_has_a_limit_whatever_its_cookies_and_a_page_says_so() {
    let server = Server::start(&[LIMITED[1]]).await;
    let mut renames = 0;
    let (done, refusal) = until_refused(async || {
        // A made-up cookie each time.
        renames += 1;
        let cookie = format!("travel_agent_visitor={renames:064x}");
        let visitor = server.visitor().with_header("cookie", &cookie);
        submit(&visitor, "/preferences", &[("locale", "fr")]).await
    })
    .await;
    assert!(done >= 120, "{done}");
    assert!((1..=60).contains(&wait(&refusal)));
    let kind = refusal.headers()[header::CONTENT_TYPE].to_str().unwrap();
    assert!(kind.starts_with("text/html"), "{kind}");
    // Turns are counted apart.
    server.visitor().say("bonjour", None).await;
}

#[tokio::test]
async fn whoever_lifts_the_limits_of_turns_lifts_these_too() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    visitor.get("/").await;
    for _ in 0..150 {
        let chosen = submit(&visitor, "/preferences", &[("locale", "fr")]).await;
        assert_eq!(chosen.status(), 303);
    }
}

async fn language(visitor: &Visitor) -> String {
    let (_, html) = page(visitor, "/", "en").await;
    html.split("<html lang=\"").nth(1).unwrap()[..2].to_owned()
}

#[tokio::test]
async fn a_first_visitor_gets_the_language_and_leaves_no_row_behind() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let chosen = submit(&visitor, "/preferences", &[("locale", "fr")]).await;
    assert_eq!(location(&chosen).0, "/");
    assert_eq!(language(&visitor).await, "fr");
    // By the visitor's cookie alone, which is all that the store would know it by.
    let cookies = chosen.headers().get_all(header::SET_COOKIE).iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap());
    let token = cookies.find(|cookie| cookie.starts_with("travel_agent_visitor="));
    let token = token.unwrap().to_owned();
    let known_to_the_store = || server.visitor().with_header("cookie", &token);
    assert_eq!(language(&known_to_the_store()).await, "en");
    // What a message does not tell, the choice does.
    let (status, answer) = visitor.chat(json!({"message": "?"})).await;
    assert_eq!((status, answer["locale"].as_str()), (200, Some("fr")));
    // Who is known by then chooses again, and for good.
    submit(&visitor, "/preferences", &[("locale", "en")]).await;
    assert_eq!(language(&visitor).await, "en");
    submit(&visitor, "/preferences", &[("locale", "fr")]).await;
    assert_eq!(language(&known_to_the_store()).await, "fr");
}
