//! What a browser may keep for when there is no connection: nobody's page, and a copy that is asked for.

use reqwest::header;

use super::{html::page, problem::refused, server::Server};

#[tokio::test]
async fn the_worker_and_its_page_are_the_same_for_everyone() {
    let server = Server::start(&[]).await;
    let (visitor, other) = (server.visitor(), server.visitor());
    visitor.say("bonjour, je suis zoe@example.fr", None).await;
    let mut seen = Vec::new();
    for visitor in [&visitor, &other] {
        let worker = visitor.get("/sw.js").await;
        let kind = worker.headers()[header::CONTENT_TYPE].to_str().unwrap();
        assert!(kind.starts_with("text/javascript"), "{kind}");
        assert!(!worker.headers().contains_key(header::SET_COOKIE));
        let worker = worker.text().await.unwrap();
        let release = worker.split('"').nth(1).unwrap();
        assert!(
            worker.contains(&format!("\"/static/{release}/error.css\"")),
            "{worker}"
        );
        let offline = visitor.get("/offline").await;
        assert!(!offline.headers().contains_key(header::SET_COOKIE));
        let policy = offline.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(policy.contains("worker-src 'self'"), "{policy}");
        seen.push((worker, offline.text().await.unwrap()));
    }
    assert_eq!(seen[0], seen[1]);
    for language in ["fr", "en"] {
        let (_, html) = page(&visitor, "/offline", language).await;
        assert!(html.contains("Hors connexion") && html.contains("You are offline"));
        assert!(!html.contains("<script"));
    }
}

#[tokio::test]
async fn a_copy_is_the_owners_alone_and_acts_on_nothing() {
    let server = Server::start(&[]).await;
    let (visitor, other) = (server.visitor(), server.visitor());
    let answer = visitor.say(&super::streaming::search(), None).await;
    let path = format!("/c/{}/offline", answer["conversation_id"].as_str().unwrap());
    let (status, html) = page(&visitor, &path, "fr").await;
    assert_eq!(status, 200);
    assert!(html.contains("Copie hors connexion") && html.contains("class=\"card flights\""));
    for active in ["<form", "<button", "<script", "/traces/"] {
        assert!(!html.contains(active), "{active}");
    }
    refused(other.get(&path).await, 404, "a stranger's").await;
}
