//! The examples of the home page: each works as it stands, in both languages.

use serde_json::Value;

use super::{html::page, server::Server};

/// The messages that the buttons of the page send.
fn starters(html: &str) -> Vec<String> {
    let (_, list) = html.split_once("class=\"examples\"").unwrap();
    let (list, _) = list.split_once("</ul>").unwrap();
    list.split("value=\"")
        .skip(1)
        .map(|rest| {
            let (message, _) = rest.split_once('"').unwrap();
            message
                .replace("&#39;", "'")
                .replace("&#x27;", "'")
                .replace("&amp;", "&")
        })
        .collect()
}

/// Whether an answer moves on: offers, facts that were looked up, or the question for what a search
/// still needs.
fn moves_on(answer: &Value) -> bool {
    let reply = answer["reply"].as_str().unwrap();
    let looked_up = !answer["tool_calls"].as_array().unwrap().is_empty();
    let asks = [
        "D’où partez-vous",
        "Quand souhaitez-vous",
        "Where are you leaving",
        "When would",
    ];
    let shown = answer["cards"]
        .as_array()
        .unwrap()
        .iter()
        .any(|card| card["type"] == "flight_offers" || card["type"] == "sheet");
    match answer["intent"]["name"].as_str().unwrap() {
        "travel_info" => looked_up,
        "planning" => shown || asks.iter().any(|question| reply.contains(question)),
        _ => false,
    }
}

#[tokio::test]
async fn every_starter_moves_on() {
    let server = Server::start(&[]).await;
    for language in ["fr", "en"] {
        let (status, html) = page(&server.visitor(), "/", language).await;
        assert_eq!(status, 200);
        let starters = starters(&html);
        assert_eq!(starters.len(), 6, "{starters:?}");
        for message in starters {
            let answer = server.visitor().say(&message, None).await;
            assert_eq!(answer["locale"], language, "{message}");
            assert!(moves_on(&answer), "{message}: {answer}");
            let refusals = [
                "ne peux pas",
                "I cannot",
                "I could not",
                "n’ai trouvé aucun",
                "found no",
            ];
            let reply = answer["reply"].as_str().unwrap();
            for refusal in refusals {
                assert!(!reply.contains(refusal), "{message}: {reply}");
            }
        }
    }
}

#[tokio::test]
async fn a_question_with_two_subjects_gets_both() {
    let server = Server::start(&[]).await;
    for (message, time) in [
        (
            "What time is it in Tokyo, and what is the currency?",
            "UTC+09:00",
        ),
        (
            "Quelle heure est-il à Tokyo et quelle est la monnaie ?",
            "UTC+09:00",
        ),
    ] {
        let answer = server.visitor().say(message, None).await;
        let reply = answer["reply"].as_str().unwrap();
        assert!(reply.contains(time) && reply.contains("JPY"), "{reply}");
    }
}
