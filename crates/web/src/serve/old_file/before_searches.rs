//! A database file that was written while conversations and proposals kept the arguments of
//! `search_flights`: its conversations open, their offers can be chosen, their proposals confirmed.
//!
//! The file (`testkit/fixtures/store/before_searches.db`) was made by the binary of commit ce25244, on
//! 29 November 2026 at twenty past four in Paris: a French search with its second page, an English
//! return with times and a refusal, and an English open jaw, each with its proposal. It is vacuumed,
//! and has the spans of its last turn only.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{File, Opened, searched};

/// Opened nine minutes after it was made.
const FILE: File = File {
    bytes: include_bytes!("../../../../testkit/fixtures/store/before_searches.db"),
    cookie: "travel_agent_visitor=ce25244ce25244ce25244ce25244ce25244ce25244ce25244ce25244ce25244c",
    now: || "2026-11-29T15:29:00Z".parse().unwrap(),
};
/// Lyon to New York and back: the second page of its offers is shown.
const PAGES: &str = "01a227e4-7675-729e-9358-bc831f99f274";
/// Paris to London and back in the morning, without easyJet.
const RETURN: &str = "01a227e4-77ec-7e3b-8d1b-1d82debbafff";
/// Lyon to Rome, Athens to Lyon, in business.
const JAW: &str = "01a227e4-7806-742f-8594-658fb1b30fac";
const JAW_PROPOSAL: &str = "01a227e4-7807-7264-9198-094cc203078a";

fn call<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let calls = answer["tool_calls"].as_array().unwrap();
    let made = calls.iter().find(|call| call["name"] == name);
    made.unwrap_or_else(|| panic!("no {name}: {answer}"))
}

#[tokio::test]
async fn its_conversations_open() {
    let opened = Opened::new(&FILE).await;
    for (id, messages, words) in [
        (PAGES, 4, "New York"),
        (RETURN, 2, "London"),
        (JAW, 2, "ITA Airways"),
    ] {
        let path = format!("/api/conversations/{id}");
        let conversation = opened.json(Method::GET, &path, None).await;
        assert_eq!(conversation["messages"].as_array().unwrap().len(), messages);
        let (status, page) = opened.send(Method::GET, &format!("/c/{id}"), None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(words), "{page}");
    }
}

#[tokio::test]
async fn its_offers_are_chosen_and_confirmed() {
    let opened = Opened::new(&FILE).await;
    for (conversation, choice, yes) in [
        (PAGES, "la deuxième", "oui, je confirme"),
        (RETURN, "the second one", "Yes, book it please"),
        (JAW, "the second one", "Yes, book it please"),
    ] {
        let chosen = opened.say(conversation, choice).await;
        let offer = call(&chosen, "propose_offer")["arguments"]["offer_id"].clone();
        assert!(
            offer.is_string() && chosen["proposal"].is_object(),
            "{chosen}"
        );
        let confirmed = opened.say(conversation, yes).await;
        let checked = call(&confirmed, "check_price");
        assert_eq!(checked["success"], true, "{confirmed}");
        assert_eq!(checked["result_count"], 1, "still sold: {confirmed}");
    }
}

#[tokio::test]
async fn its_proposals_are_confirmed_by_button() {
    let opened = Opened::new(&FILE).await;
    let path = format!("/api/proposals/{JAW_PROPOSAL}/confirm");
    let answer = opened.json(Method::POST, &path, None).await;
    assert_eq!(answer["conversation_id"], JAW);
    let checked = call(&answer, "check_price");
    assert_eq!(
        (&checked["success"], &checked["result_count"]),
        (&json!(true), &json!(1))
    );
}

#[tokio::test]
async fn its_pages_go_on_and_its_trips_are_changed() {
    let opened = Opened::new(&FILE).await;
    let more = opened.say(PAGES, "montre-m’en d’autres").await;
    assert_eq!(searched(&more)["skip"], 10, "after two pages of five");
    let later = opened.say(RETURN, "one day later").await;
    let search = searched(&later);
    assert_eq!(search["date"], "2027-03-04");
    assert_eq!(search["exclude_airlines"], "U2");
}
