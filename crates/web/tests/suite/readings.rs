//! How a message is read depends on whose it is, and the answer says so: the order of day and month,
//! the airports of a town.

use jiff::{ToSpan, civil::Date};
use reqwest::Method;
use serde_json::{Value, json};

use super::{dates::today, server::Server, visitor::Visitor};

/// A day within reach that is another one within reach when day and month change places.
fn either_way() -> (Date, Date) {
    let reach = today()..today().checked_add(320.days()).unwrap();
    (20..300)
        .filter_map(|days| {
            let day = today().checked_add(days.days()).ok()?;
            let other = Date::new(day.year(), day.day(), day.month()).ok()?;
            let near = other > reach.start && other < reach.end && other != day;
            near.then_some((day, other))
        })
        .next()
        .unwrap()
}

/// "03/04" with the month first.
fn in_figures(day: Date) -> String {
    format!("{:02}/{:02}", day.month(), day.day())
}

async fn asked(visitor: &Visitor, body: &Value) -> Value {
    let request = visitor.request(Method::POST, "/api/chat").json(body);
    let response = visitor.send(request).await;
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

fn searched(answer: &Value) -> &Value {
    &answer["tool_calls"][0]["arguments"]
}

#[tokio::test]
async fn the_month_comes_first_for_who_writes_it_first() {
    let server = Server::start(&[]).await;
    let (month_first, day_first) = either_way();
    let message = format!("Flights from Nice to London on {}", in_figures(month_first));
    for (accepted, locale, zone, expected) in [
        (Some("en-US,en;q=0.9"), None, None, month_first),
        (
            Some("en-GB,en;q=0.9"),
            None,
            Some("America/New_York"),
            day_first,
        ),
        (Some("en"), None, Some("America/New_York"), month_first),
        (Some("fr-FR,fr;q=0.9,en-US;q=0.8"), None, None, day_first),
        (Some("fr-FR"), Some("en-US"), None, month_first),
        (Some("en-US"), Some("en-GB"), None, day_first),
        (None, Some("en"), Some("America/Chicago"), month_first),
        (None, None, None, day_first),
    ] {
        let mut visitor = server.visitor();
        if let Some(accepted) = accepted {
            visitor = visitor.with_header("accept-language", accepted);
        }
        let mut body = json!({"message": message});
        if let Some(locale) = locale {
            body["locale"] = json!(locale);
        }
        if let Some(zone) = zone {
            body["time_zone"] = json!(zone);
        }
        let answer = asked(&visitor, &body).await;
        let case = format!("{accepted:?} {locale:?} {zone:?}");
        assert_eq!(searched(&answer)["date"], expected.to_string(), "{case}");
        // Either may have been meant: which one it is is said.
        let reply = answer["reply"].as_str().unwrap();
        let said = format!("I read “{}” as ", in_figures(month_first));
        assert!(reply.contains(&said), "{case}: {reply}");
    }
}

#[tokio::test]
async fn french_puts_the_day_first_and_other_dates_need_no_remark() {
    let server = Server::start(&[]).await;
    let (month_first, day_first) = either_way();
    let american = server
        .visitor()
        .with_header("accept-language", "en-US,en;q=0.9");
    let figures = in_figures(month_first);
    let french = json!({"message": format!("un vol de Nice à Londres le {figures}")});
    let answer = asked(&american, &french).await;
    assert_eq!(searched(&answer)["date"], day_first.to_string());
    let words = month_first.strftime("%-d %B").to_string();
    for message in [
        format!("Flights from Nice to London on {words}"),
        format!("Flights from Nice to London on {month_first}"),
    ] {
        let answer = asked(&american, &json!({"message": message})).await;
        assert_eq!(
            searched(&answer)["date"],
            month_first.to_string(),
            "{message}"
        );
        let reply = answer["reply"].as_str().unwrap();
        assert!(!reply.contains("I read"), "{message}: {reply}");
    }
}

#[tokio::test]
async fn an_order_that_was_read_before_the_search_is_said_with_it() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor().with_header("accept-language", "en-US");
    let (month_first, _) = either_way();
    let date = in_figures(month_first);
    let first = visitor
        .say(&format!("I want to fly to London on {date}"), None)
        .await;
    assert_eq!(first["tool_calls"], json!([]), "the origin is asked for");
    let id = Some(&first["conversation_id"]);
    let second = visitor.say("from Nice", id).await;
    assert!(
        second["reply"].as_str().unwrap().contains("I read"),
        "{second}"
    );
    let third = visitor.say("with a checked bag", id).await;
    assert!(
        !third["reply"].as_str().unwrap().contains("I read"),
        "{third}"
    );
}

#[tokio::test]
async fn the_airports_of_a_town_are_told_with_their_distance() {
    let server = Server::start(&[]).await;
    let day = either_way().0.strftime("%-d %B").to_string();
    for (message, town, told) in [
        (
            format!("Flights from Saint-Tropez to London on {day}"),
            "Saint-Tropez",
            "km away",
        ),
        (
            format!("Flights from Paris to Lausanne on {day}"),
            "Lausanne",
            "km away",
        ),
        (
            "Un vol de Versailles à Rome dans trois semaines".to_owned(),
            "Versailles",
            "à environ",
        ),
    ] {
        let answer = server.visitor().say(&message, None).await;
        let reply = answer["reply"].as_str().unwrap();
        assert!(
            reply.contains(town) && reply.contains(told),
            "{message}: {reply}"
        );
    }
}
