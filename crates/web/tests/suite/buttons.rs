//! The buttons of an answer: each, pressed in the conversation that shows it, does what it says, in
//! both languages, and none of them confirms anything.

use serde_json::{Value, json};

use super::{dates::in_days, html::page, server::Server, visitor::Visitor};

/// Each begins a conversation that shows offers: return and one-way, far and near.
fn searches() -> Vec<(&'static str, String)> {
    let (out, back) = (in_days(40), in_days(48));
    vec![
        (
            "fr",
            format!("Lyon Rome le {out}, retour le {back}, 2 adultes"),
        ),
        ("fr", format!("Nantes New York le {out}, retour le {back}")),
        ("fr", format!("Boston Paris le {out}, retour le {back}")),
        ("fr", format!("Un vol Lyon Lisbonne le {out}")),
        (
            "en",
            format!("London to Rome on {out}, back on {back}, 2 adults"),
        ),
        (
            "en",
            format!("Boston to Paris on {out}, returning on {back}"),
        ),
        ("en", format!("a flight from Boston to Denver on {out}")),
    ]
}

/// The messages of the buttons within the part of the page that `class` begins.
async fn buttons(visitor: &Visitor, answer: &Value, class: &str) -> Vec<String> {
    let id = answer["conversation_id"].as_str().unwrap();
    let language = answer["locale"].as_str().unwrap();
    let (status, html) = page(visitor, &format!("/c/{id}"), language).await;
    assert_eq!(status, 200);
    let begins = format!("class=\"{class}\"");
    let parts = html.split(begins.as_str()).skip(1);
    let list = parts.map(|part| part.split("</ul>").next().unwrap().to_owned());
    list.flat_map(|part| {
        let values = part.split("name=\"message\" value=\"").skip(1);
        let values = values.map(|value| unescaped(value.split('"').next().unwrap()));
        // Of a button itself, its own message alone.
        let most = if class == "choose" { 1 } else { usize::MAX };
        values.take(most).collect::<Vec<_>>()
    })
    .collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&#39;", "'").replace("&amp;", "&")
}

fn offers(answer: &Value) -> Vec<Value> {
    let cards = answer["cards"].as_array().unwrap().iter();
    let offers = cards.filter_map(|card| card["offers"].as_array());
    offers.flatten().map(|offer| offer["id"].clone()).collect()
}

fn tools(answer: &Value) -> Vec<&str> {
    let calls = answer["tool_calls"].as_array().unwrap().iter();
    calls.map(|call| call["name"].as_str().unwrap()).collect()
}

fn searched(answer: &Value) -> &Value {
    let calls = answer["tool_calls"].as_array().unwrap();
    let call = calls.iter().find(|call| call["name"] == "search_flights");
    &call.unwrap_or_else(|| panic!("{answer}"))["arguments"]
}

fn day(answer: &Value) -> jiff::civil::Date {
    searched(answer)["date"].as_str().unwrap().parse().unwrap()
}

/// Begins a conversation, says `message` in it, and answers with both answers.
async fn say(server: &Server, start: &str, message: &str) -> (Visitor, Value, Value) {
    let visitor = server.visitor();
    let first = visitor.say(start, None).await;
    let then = visitor.say(message, Some(&first["conversation_id"])).await;
    (visitor, first, then)
}

#[tokio::test]
async fn each_offer_is_proposed_by_its_button_and_confirmed_by_none() {
    let server = Server::start(&[("RATE_LIMIT_TURNS_PER_MINUTE", "1000")]).await;
    for (language, start) in searches() {
        let visitor = server.visitor();
        let first = visitor.say(&start, None).await;
        assert_eq!(first["locale"], language);
        let shown = offers(&first);
        let messages = buttons(&visitor, &first, "choose").await;
        assert_eq!(messages.len(), shown.len(), "{messages:?}");
        for (message, offer) in messages.iter().zip(&shown) {
            // Twice: the second time it is the one that waits for a yes.
            let mut last = first.clone();
            for _ in 0..2 {
                last = visitor.say(message, Some(&last["conversation_id"])).await;
                assert_eq!(last["proposal"]["offer_id"], *offer, "{message}: {last}");
                assert_eq!(tools(&last), ["propose_offer"], "{message}");
                assert_eq!(last["left_over"], json!([]), "{message}");
            }
        }
    }
}

#[tokio::test]
async fn each_follow_up_is_understood() {
    let server = Server::start(&[("RATE_LIMIT_TURNS_PER_MINUTE", "1000")]).await;
    let mut seen: Vec<(String, String)> = Vec::new();
    for (language, start) in searches() {
        let visitor = server.visitor();
        let first = visitor.say(&start, None).await;
        let messages = buttons(&visitor, &first, "follow-ups").await;
        assert!((2..=4).contains(&messages.len()), "{start}: {messages:?}");
        for message in messages {
            let (_, first, then) = say(&server, &start, &message).await;
            does_what_it_says(&message, &first, &then);
            assert_eq!(then["left_over"], json!([]), "{message}");
            assert_eq!(then["status"], "ok");
            seen.push((language.to_owned(), message));
        }
    }
    // Whether some offers are direct and some are not depends on the days.
    for (language, message) in [
        ("fr", "Vols directs seulement"),
        ("en", "Direct flights only"),
    ] {
        if !seen.contains(&(language.to_owned(), message.to_owned())) {
            let searches = searches();
            let (_, start) = searches.iter().find(|(of, _)| *of == language).unwrap();
            let (_, _, then) = say(&server, start, message).await;
            assert_eq!(searched(&then)["max_stops"], 0, "{message}");
            seen.push((language.to_owned(), message.to_owned()));
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(
        seen.len(),
        10,
        "each of the five, in both languages: {seen:?}"
    );
}

fn does_what_it_says(message: &str, first: &Value, then: &Value) {
    let by = |days: i64| {
        let moved = day(first).saturating_add(jiff::ToSpan::days(days));
        assert_eq!(day(then), moved, "{message}");
        assert!(!offers(then).is_empty(), "{message}: {then}");
    };
    match message {
        "Vols directs seulement" | "Direct flights only" => {
            assert_eq!(searched(then)["max_stops"], 0, "{message}");
            assert!(!offers(then).is_empty(), "some were direct: {then}");
        }
        "Un jour plus tôt" | "A day earlier" => by(-1),
        "Un jour plus tard" | "A day later" => by(1),
        "Un hôtel sur place" | "Hotels there" => {
            assert_eq!(tools(then), ["search_hotels"], "{message}: {then}");
        }
        "Que voir sur place\u{a0}?" | "What to see there?" => {
            assert_eq!(
                tools(then),
                ["find_cultural_activities"],
                "{message}: {then}"
            );
        }
        other => panic!("what should {other} do?"),
    }
}

#[tokio::test]
async fn what_may_follow_a_yes_is_understood() {
    let server = Server::start(&[("RATE_LIMIT_TURNS_PER_MINUTE", "1000")]).await;
    for (_, start) in searches() {
        let visitor = server.visitor();
        let first = visitor.say(&start, None).await;
        let proposal = first["proposal"]["id"].as_str().unwrap();
        let path = format!("/api/proposals/{proposal}/confirm");
        let pressed = visitor.post(&path, &json!({})).await;
        let confirmed: Value = pressed.json().await.unwrap();
        let messages = buttons(&visitor, &confirmed, "follow-ups").await;
        assert!(!messages.is_empty(), "{start}");
        // The page has those of the search, too, which are not shown any more.
        for message in messages.iter().rev().take(2) {
            let then = visitor
                .say(message, Some(&confirmed["conversation_id"]))
                .await;
            let reply = then["reply"].as_str().unwrap();
            let asks_days = reply.contains("quels jours") || reply.contains("which days");
            assert!(asks_days || !tools(&then).is_empty(), "{message}: {then}");
        }
    }
}

#[tokio::test]
async fn more_offers_are_others() {
    let server = Server::start(&[("RATE_LIMIT_TURNS_PER_MINUTE", "1000")]).await;
    for (_, start) in searches() {
        let visitor = server.visitor();
        let first = visitor.say(&start, None).await;
        let left = first["cards"][0]["more"].as_u64().unwrap_or_default();
        let messages = buttons(&visitor, &first, "more-offers").await;
        if left == 0 {
            assert!(messages.is_empty(), "{messages:?}");
            continue;
        }
        let then = visitor
            .say(&messages[0], Some(&first["conversation_id"]))
            .await;
        let (before, after) = (offers(&first), offers(&then));
        assert!(!after.is_empty(), "{then}");
        assert!(after.iter().all(|offer| !before.contains(offer)), "{then}");
        let rest = then["cards"][0]["more"].as_u64().unwrap_or_default();
        assert_eq!(rest + after.len() as u64, left, "{start}");
    }
}
