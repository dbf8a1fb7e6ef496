//! A proposal is confirmed by its button or by a clear yes, and by nothing else.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{
    dates::in_days,
    problem::{refused, refused_field},
    server::Server,
    visitor::Visitor,
};

async fn press(visitor: &Visitor, button: &str, proposal: &Value) -> Response {
    let path = format!(
        "/api/proposals/{}/{button}",
        proposal["id"].as_str().unwrap()
    );
    visitor.post(&path, &json!({})).await
}

/// A visitor whose trip is searched, and the answer that proposes an offer.
async fn proposed(server: &Server, message: &str) -> (Visitor, Value) {
    let visitor = server.visitor();
    let answer = visitor.say(message, None).await;
    let proposal = &answer["proposal"];
    assert!(!proposal["summary"].as_str().unwrap().is_empty());
    let until: jiff::Timestamp = proposal["expires_at"].as_str().unwrap().parse().unwrap();
    assert!(until > jiff::Timestamp::now());
    let offers = offers(&answer);
    assert!(
        offers.contains(&proposal["offer_id"]),
        "it is one of those shown"
    );
    (visitor, answer)
}

fn offers(answer: &Value) -> Vec<Value> {
    let offers = answer["cards"][0]["offers"].as_array().unwrap();
    offers.iter().map(|offer| offer["id"].clone()).collect()
}

fn tools(answer: &Value) -> Vec<&str> {
    let calls = answer["tool_calls"].as_array().unwrap();
    calls
        .iter()
        .map(|call| call["name"].as_str().unwrap())
        .collect()
}

fn french() -> String {
    format!("Un vol Lyon New York le {}", in_days(40))
}

fn english() -> String {
    format!("a flight from Boston to Denver on {}", in_days(40))
}

/// The price was checked again, and the answer says that nothing is booked.
fn is_confirmed(answer: &Value) {
    assert_eq!(tools(answer), ["check_price"], "{answer}");
    assert_eq!(answer["intent"]["name"], "confirmation");
    let reply = answer["reply"].as_str().unwrap();
    let said = ["n’est pas encore proposée", "not offered yet"];
    assert!(said.iter().any(|words| reply.contains(words)), "{reply}");
}

#[tokio::test]
async fn the_button_confirms_once() {
    let server = Server::start(&[]).await;
    for message in [french(), english()] {
        let (visitor, answer) = proposed(&server, &message).await;
        let stranger = server.visitor();
        for button in ["confirm", "reject"] {
            let pressed = press(&stranger, button, &answer["proposal"]).await;
            refused(pressed, 404, "a stranger").await;
        }
        let pressed = press(&visitor, "confirm", &answer["proposal"]).await;
        assert_eq!(pressed.status(), 200);
        let confirmed: Value = pressed.json().await.unwrap();
        is_confirmed(&confirmed);
        assert_eq!(confirmed["conversation_id"], answer["conversation_id"]);
        assert_eq!(confirmed["locale"], answer["locale"]);
        for button in ["confirm", "reject"] {
            let again = press(&visitor, button, &answer["proposal"]).await;
            refused(again, 409, "a second time").await;
        }
    }
    let visitor = server.visitor();
    let unknown = json!({"id": "01970000-0000-7000-8000-000000000000"});
    refused(press(&visitor, "confirm", &unknown).await, 404, "unknown").await;
    refused(
        press(&visitor, "confirm", &json!({"id": "12"})).await,
        404,
        "no id",
    )
    .await;
}

#[tokio::test]
async fn a_clear_yes_confirms() {
    let server = Server::start(&[]).await;
    for (message, yes) in [
        (french(), "oui, je confirme"),
        (french(), "ok vas-y"),
        (english(), "yes please, go for it"),
        (english(), "yes, I confirm"),
    ] {
        let (visitor, answer) = proposed(&server, &message).await;
        let confirmed = visitor.say(yes, Some(&answer["conversation_id"])).await;
        is_confirmed(&confirmed);
        let again = press(&visitor, "confirm", &answer["proposal"]).await;
        refused(again, 409, yes).await;
    }
}

#[tokio::test]
async fn a_yes_with_a_change_confirms_nothing() {
    let server = Server::start(&[]).await;
    for (message, changed) in [
        (french(), "ok mais le 16"),
        (english(), "ok but the 16th"),
        (english(), "yes but for 3 people"),
        (french(), "d’accord mais depuis Nantes"),
    ] {
        let (visitor, answer) = proposed(&server, &message).await;
        let next = visitor.say(changed, Some(&answer["conversation_id"])).await;
        assert!(!tools(&next).contains(&"check_price"), "{changed}: {next}");
        assert!(
            tools(&next).contains(&"search_flights"),
            "{changed}: {next}"
        );
        assert_ne!(
            next["proposal"]["id"], answer["proposal"]["id"],
            "{changed}"
        );
        let old = press(&visitor, "confirm", &answer["proposal"]).await;
        refused(old, 409, "of the old search").await;
    }
}

#[tokio::test]
async fn another_offer_is_a_new_proposal() {
    let server = Server::start(&[]).await;
    for (message, choice) in [
        (french(), "parfait, on prend le deuxième"),
        (english(), "great, I'll take the second one"),
    ] {
        let (visitor, answer) = proposed(&server, &message).await;
        let offers = offers(&answer);
        let shown = usize::from(answer["proposal"]["offer_id"] == offers[1]);
        let (nth, choice) = match shown {
            0 => (1, choice.to_owned()),
            // The second one is proposed already: the third is another.
            _ => (
                2,
                choice
                    .replace("deuxième", "troisième")
                    .replace("second", "third"),
            ),
        };
        let next = visitor.say(&choice, Some(&answer["conversation_id"])).await;
        assert_eq!(
            next["proposal"]["offer_id"], offers[nth],
            "{choice}: {next}"
        );
        assert!(!tools(&next).contains(&"check_price"), "{next}");
        refused(
            press(&visitor, "confirm", &answer["proposal"]).await,
            409,
            "the first",
        )
        .await;
        let pressed = press(&visitor, "confirm", &next["proposal"]).await;
        is_confirmed(&pressed.json().await.unwrap());
    }
}

#[tokio::test]
async fn a_no_drops_the_offer() {
    let server = Server::start(&[]).await;
    let (visitor, answer) = proposed(&server, &french()).await;
    let pressed = press(&visitor, "reject", &answer["proposal"]).await;
    let rejected: Value = pressed.json().await.unwrap();
    assert_eq!(rejected["intent"]["name"], "rejection");
    assert!(rejected["proposal"].is_null());
    refused(
        press(&visitor, "confirm", &answer["proposal"]).await,
        409,
        "rejected",
    )
    .await;

    let (visitor, answer) = proposed(&server, &english()).await;
    let rejected = visitor
        .say("no thanks", Some(&answer["conversation_id"]))
        .await;
    assert_eq!(rejected["intent"]["name"], "rejection");
    refused(
        press(&visitor, "confirm", &answer["proposal"]).await,
        409,
        "said no",
    )
    .await;
    let yes = visitor
        .say("yes, I confirm", Some(&answer["conversation_id"]))
        .await;
    assert!(
        !tools(&yes).contains(&"check_price"),
        "nothing is left to confirm: {yes}"
    );
}

/// Asks for the answer once more, and for another wording of its question, which a message that decided
/// on a proposal does not get.
async fn stays_as_it_was(visitor: &Visitor, answer: &Value) {
    let id = answer["message_id"].as_str().unwrap();
    let path = format!("/api/messages/{id}/regenerate");
    let problem = refused(visitor.post(&path, &json!({})).await, 409, "once").await;
    assert!(problem["detail"].as_str().unwrap().contains("proposal"));
    for words in ["merci", "oui, je confirme", "non merci"] {
        let body = json!({
            "message": words,
            "conversation_id": answer["conversation_id"],
            "edits": answer["user_message_id"],
        });
        refused_field(visitor.post("/api/chat", &body).await, "edits", words).await;
    }
    let page = format!("/c/{}", answer["conversation_id"].as_str().unwrap());
    let stored = visitor
        .get_json(&format!("/api{}", page.replace("/c/", "/conversations/")))
        .await;
    let last = stored["messages"].as_array().unwrap().last().unwrap();
    assert_eq!(last["id"], answer["message_id"], "nothing was begun");
    let form = format!(
        r#"name="edits" value="{}""#,
        answer["user_message_id"].as_str().unwrap()
    );
    let html = visitor.get(&page).await.text().await.unwrap();
    assert!(!html.contains(&form), "{html}");
}

#[tokio::test]
async fn what_decided_on_a_proposal_stays_as_it_was_said() {
    let server = Server::start(&[]).await;
    for button in ["confirm", "reject"] {
        let (visitor, answer) = proposed(&server, &french()).await;
        let pressed = press(&visitor, button, &answer["proposal"]).await;
        stays_as_it_was(&visitor, &pressed.json().await.unwrap()).await;
        let again = press(&visitor, "confirm", &answer["proposal"]).await;
        refused(again, 409, button).await;
    }
    for (words, intent) in [
        ("oui, je confirme", "confirmation"),
        ("non merci", "rejection"),
    ] {
        let (visitor, answer) = proposed(&server, &french()).await;
        let said = visitor.say(words, Some(&answer["conversation_id"])).await;
        assert_eq!(said["intent"]["name"], intent);
        stays_as_it_was(&visitor, &said).await;
        // What was said before and after it may be answered again and worded anew.
        let thanks = visitor.say("merci", Some(&answer["conversation_id"])).await;
        let id = thanks["message_id"].as_str().unwrap();
        let path = format!("/api/messages/{id}/regenerate");
        assert_eq!(visitor.post(&path, &json!({})).await.status(), 200);
        for edited in [&thanks, &answer] {
            let body = json!({
                "message": "bonjour",
                "conversation_id": answer["conversation_id"],
                "edits": edited["user_message_id"],
            });
            assert_eq!(
                visitor.post("/api/chat", &body).await.status(),
                200,
                "{words}"
            );
        }
    }
}

#[tokio::test]
async fn a_declined_proposal_is_open_on_no_other_branch() {
    let server = Server::start(&[]).await;
    for button in [true, false] {
        let (visitor, answer) = proposed(&server, &french()).await;
        let between = visitor.say("merci", Some(&answer["conversation_id"])).await;
        if button {
            assert_eq!(
                press(&visitor, "reject", &answer["proposal"])
                    .await
                    .status(),
                200
            );
        } else {
            visitor
                .say("non merci", Some(&answer["conversation_id"]))
                .await;
        }
        // From before the no: by its place, and by another wording of what was said before it.
        for place in [
            json!({"parent_id": answer["message_id"]}),
            json!({"edits": between["user_message_id"]}),
        ] {
            let mut yes = json!({
                "message": "oui, je confirme", "conversation_id": answer["conversation_id"],
            });
            yes.as_object_mut()
                .unwrap()
                .extend(place.as_object().unwrap().clone());
            let said: Value = visitor.post("/api/chat", &yes).await.json().await.unwrap();
            assert!(!tools(&said).contains(&"check_price"), "{place}: {said}");
            for button in ["confirm", "reject"] {
                let pressed = press(&visitor, button, &answer["proposal"]).await;
                refused(pressed, 409, "declined elsewhere").await;
            }
            let page = format!("/c/{}", answer["conversation_id"].as_str().unwrap());
            let html = visitor.get(&page).await.text().await.unwrap();
            // A yes may have it proposed anew, which is another proposal.
            let buttons = format!("/proposals/{}/", answer["proposal"]["id"].as_str().unwrap());
            assert!(!html.contains(&buttons), "{place}: {html}");
        }
    }
}

#[tokio::test]
async fn a_proposal_is_confirmed_on_one_branch_only() {
    let server = Server::start(&[]).await;
    for button in [true, false] {
        let (visitor, answer) = proposed(&server, &french()).await;
        let yes = json!({
            "message": "oui, je confirme",
            "conversation_id": answer["conversation_id"],
            "parent_id": answer["message_id"],
        });
        let first = if button {
            press(&visitor, "confirm", &answer["proposal"]).await
        } else {
            visitor.post("/api/chat", &yes).await
        };
        is_confirmed(&first.json().await.unwrap());
        let second: Value = visitor.post("/api/chat", &yes).await.json().await.unwrap();
        assert!(!tools(&second).contains(&"check_price"), "{second}");
        // The newest branch is the second one now: it knows of the first.
        let third = press(&visitor, "confirm", &answer["proposal"]).await;
        refused(third, 409, "confirmed elsewhere").await;
    }
}

#[tokio::test]
async fn of_buttons_pressed_at_once_one_counts() {
    let server = Server::start(&[]).await;
    for round in 0..6 {
        let (visitor, answer) = proposed(&server, &english()).await;
        let id = answer["proposal"]["id"].as_str().unwrap();
        let mut pressing = tokio::task::JoinSet::new();
        for nth in 0..20 {
            // Only yes, only no, and both.
            let yes = (nth + round) % 3 == 0 || round % 3 == 0;
            let button = if yes && round % 3 != 1 {
                "confirm"
            } else {
                "reject"
            };
            let path = format!("/api/proposals/{id}/{button}");
            let request = visitor.request(Method::POST, &path).json(&json!({}));
            pressing.spawn(visitor.send_owned(request));
        }
        let mut statuses = Vec::new();
        for pressed in pressing.join_all().await {
            statuses.push(pressed.unwrap().status().as_u16());
        }
        statuses.sort_unstable();
        assert_eq!(statuses[0], 200);
        assert_eq!(statuses[1..], [409; 19], "round {round}");
    }
}
