//! The list of conversations, and what can be done with one.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    html::page,
    problem::{refused, refused_field},
    server::Server,
    visitor::Visitor,
};

async fn titles(visitor: &Visitor, query: &str) -> Vec<String> {
    let list = visitor
        .get_json(&format!("/api/conversations{query}"))
        .await;
    let lines = list["conversations"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["title"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn conversations_are_listed_searched_renamed_pinned_and_deleted() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let mut ids = Vec::new();
    for message in [
        "Un vol pour Osaka",
        "bonjour",
        "flights to Nairobi",
        "visa pour le Japon ?",
        "hello",
    ] {
        let answer = visitor.say(message, None).await;
        ids.push(answer["conversation_id"].as_str().unwrap().to_owned());
    }
    let mut pages = Vec::new();
    let mut path = "/api/conversations?limit=2".to_owned();
    loop {
        let page = visitor.get_json(&path).await;
        for line in page["conversations"].as_array().unwrap() {
            pages.push(line["id"].as_str().unwrap().to_owned());
        }
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/api/conversations?limit=2&cursor={cursor}");
    }
    let newest_first: Vec<_> = ids.iter().rev().cloned().collect();
    assert_eq!(pages, newest_first);

    assert_eq!(titles(&visitor, "?q=osaka").await.len(), 1);
    assert_eq!(
        titles(&visitor, "?q=OSA").await.len(),
        1,
        "the start of a word"
    );
    for query in ["?q=zanzibar", "?q=osaka+nairobi"] {
        assert_eq!(titles(&visitor, query).await, [""; 0], "{query}");
    }
    for query in [
        "?q=*",
        "?q=%22%22%22",
        "?q=a%20OR%20b",
        "?q=NEAR(",
        "?q=title%3Ax",
        "?q=%27;--",
    ] {
        titles(&visitor, query).await;
    }

    let path = format!("/api/conversations/{}", ids[0]);
    let patch = |body: Value| visitor.request(Method::PATCH, &path).json(&body);
    let renamed: Value = visitor
        .send(patch(json!({"title": "  Été à Ōsaka "})))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(renamed["title"], "Été à Ōsaka");
    assert_eq!(
        visitor.send(patch(json!({"pinned": true}))).await.status(),
        200
    );
    assert_eq!(
        titles(&visitor, "?limit=1").await,
        ["Été à Ōsaka"],
        "pinned on top"
    );
    assert_eq!(
        titles(&visitor, "?q=ete").await,
        ["Été à Ōsaka"],
        "without accents"
    );
    for (body, field) in [
        (json!({"title": " "}), "title"),
        (json!({"title": "a".repeat(201)}), "title"),
        (json!({"pinned": "yes"}), "pinned"),
        (json!({"id": 1}), "id"),
    ] {
        refused_field(visitor.send(patch(body)).await, field, field).await;
    }
    let answer = visitor.send(visitor.request(Method::DELETE, &path)).await;
    assert_eq!(answer.status(), 204);
    for method in [Method::GET, Method::DELETE] {
        refused(
            visitor.send(visitor.request(method, &path)).await,
            404,
            "gone",
        )
        .await;
    }
    assert_eq!(titles(&visitor, "").await.len(), 4);
    assert_eq!(
        titles(&visitor, "?q=osaka").await,
        [""; 0],
        "deleted with its text"
    );
}

#[tokio::test]
async fn a_search_is_as_long_as_the_contract_says_through_every_door() {
    let folder = super::folder::Folder::new();
    let server = Server::start(&[("DATABASE_URL", &folder.database())]).await;
    let visitor = server.visitor();
    let answer = visitor.say("Un vol pour Osaka", None).await;
    let open = format!("/c/{}", answer["conversation_id"].as_str().unwrap());
    // 20 kB of words that occur, as one term each; the head of a request has 32 KiB.
    let long = "osaka+vol+".repeat(2_000);
    let fits = "osaka+vol+".repeat(20);
    for (path, language, notice) in [
        ("/", "en", "This search is too long"),
        ("/", "fr", "Cette recherche est trop longue"),
        (&*open, "fr", "Cette recherche est trop longue"),
    ] {
        let (status, html) = page(&visitor, &format!("{path}?q={long}"), language).await;
        assert_eq!(status, 422, "{path}");
        assert!(html.contains(notice), "{path} {language}");
        assert!(html.contains("Un vol pour Osaka"), "the list is there");
        let (status, html) = page(&visitor, &format!("{path}?q={fits}"), language).await;
        assert_eq!(status, 200, "{path}");
        assert!(!html.contains(notice), "{path} {language}");
    }
    let refused = visitor.get(&format!("/api/conversations?q={long}")).await;
    refused_field(refused, "q", "too long").await;
    let found = titles(&visitor, &format!("?q={fits}")).await;
    assert_eq!(found.len(), 1, "each word counts once");
    let ninth = titles(&visitor, "?q=un+u+vol+vo+v+pour+osaka+o+zanzibar").await;
    assert_eq!(ninth.len(), 1, "eight words count");
}
