//! A database file that was written before messages were read as one value: its conversations are
//! listed, shown, continued and confirmed.
//!
//! The file (`testkit/fixtures/store/before_readings.db`) was made by the binary of the last commit
//! before that, 5cc35e4, on 29 November 2026 at noon in Paris: a French search with its proposal, and
//! an English one of which the second offer was chosen. It is vacuumed, and has the spans of its last
//! turn only.

use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{File, Opened, searched};

/// Opened eight minutes after it was made.
const FILE: File = File {
    bytes: include_bytes!("../../../../testkit/fixtures/store/before_readings.db"),
    cookie: "travel_agent_visitor=5cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45",
    now: || "2026-11-29T11:10:00Z".parse().unwrap(),
};
const FRENCH: &str = "01a226f8-c7aa-7262-a400-d088edae107a";
const FRENCH_PROPOSAL: &str = "01a226f8-c7b0-7b22-8046-5a3def3a474b";
const ENGLISH: &str = "01a226f8-c93c-7d58-a154-aa016de02211";
const ENGLISH_TRACE: &str = "7eadbfb763541806d1360ba49cdbc6fe";

#[tokio::test]
async fn its_conversations_are_listed_and_shown() {
    let opened = Opened::new(&FILE).await;
    let list = opened.json(Method::GET, "/api/conversations", None).await;
    let ids: Vec<_> = list["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|conversation| conversation["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [ENGLISH, FRENCH]);
    for (id, messages, words) in [(FRENCH, 2, "Transavia"), (ENGLISH, 4, "British Airways")] {
        let path = format!("/api/conversations/{id}");
        let conversation = opened.json(Method::GET, &path, None).await;
        assert_eq!(conversation["messages"].as_array().unwrap().len(), messages);
        let (status, page) = opened.send(Method::GET, &format!("/c/{id}"), None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(words), "{page}");
    }
    let path = format!("/traces/{ENGLISH_TRACE}");
    let (status, trace) = opened.send(Method::GET, &path, None).await;
    assert_eq!(status, StatusCode::OK, "{trace}");
}

#[tokio::test]
async fn its_trips_are_changed() {
    let opened = Opened::new(&FILE).await;
    let later = opened
        .say(FRENCH, "un jour plus tard, et surtout pas Ryanair")
        .await;
    let search = searched(&later);
    assert_eq!(search["departure"], "LYS");
    assert_eq!(search["date"], "2027-01-13");
    assert_eq!(search["return_date"], "2027-01-21");
    assert_eq!(search["adults"], 2);
    assert_eq!(search["children_ages"], json!([5]));
    assert_eq!(search["exclude_airlines"], "FR");
    let cheaper = opened
        .say(ENGLISH, "rather in economy, with a checked bag")
        .await;
    let search = searched(&cheaper);
    assert_eq!(
        (&search["date"], &search["return_date"]),
        (&json!("2027-03-03"), &json!("2027-03-10"))
    );
    assert_eq!(search["checked_bag"], true);
}

#[tokio::test]
async fn its_proposals_are_confirmed_by_button_and_in_words() {
    let opened = Opened::new(&FILE).await;
    let path = format!("/api/proposals/{FRENCH_PROPOSAL}/confirm");
    let button = opened.json(Method::POST, &path, None).await;
    let words = opened.say(ENGLISH, "Yes, book it please").await;
    for (answer, conversation) in [(&button, FRENCH), (&words, ENGLISH)] {
        assert_eq!(answer["conversation_id"], conversation);
        let calls = answer["tool_calls"].as_array().unwrap();
        let checked = calls.iter().find(|call| call["name"] == "check_price");
        assert_eq!(checked.unwrap()["success"], true, "{answer}");
        assert_eq!(answer["intent"]["name"], "confirmation", "{answer}");
        assert_eq!(answer["left_over"], json!([]), "{answer}");
    }
}
