use agent::event::Card;
use serde_json::json;

use super::*;
use crate::views::samples;

const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

fn user(text: &str) -> Value {
    json!({"role": "user", "text": text, "created_at": "2026-11-01T10:00:00Z"})
}

fn agent(text: &str, cards: Vec<Value>) -> Value {
    json!({"role": "agent", "text": text, "locale": "fr", "status": "ok",
        "created_at": "2026-11-01T10:00:01Z", "cards": cards})
}

fn document(messages: Vec<Value>) -> Value {
    json!({"format": FORMAT, "version": 1, "title": "Lisbonne",
        "exported_at": "2026-11-02T00:00:00Z", "messages": messages})
}

fn import(document: &Value) -> Result<Import, Problem> {
    let mut number = 0;
    let mut new_id = || {
        number += 1;
        Uuid::from_u128(number)
    };
    read(document.to_string().as_bytes(), NOW, &mut new_id)
}

fn answers(import: &Import) -> Vec<&Answer> {
    let said = import.messages.iter().map(|message| &message.said);
    said.filter_map(|said| match said {
        Said::Agent(answer) => Some(&**answer),
        Said::Person(_) => None,
    })
    .collect()
}

#[test]
fn words_and_sheets_are_taken_over_and_what_acts_is_not() {
    let sheet = Card::Sheet(Box::new(samples::sheet(Locale::Fr)));
    let offers = Card::FlightOffers {
        offers: samples::offers(),
        more: 0,
    };
    let cards = [sheet, offers, Card::FareCalendar(samples::calendar())];
    let cards = cards
        .map(|card| serde_json::to_value(card).unwrap())
        .to_vec();
    let read = import(&document(vec![user("Bonjour"), agent("**Oui**", cards)])).unwrap();
    assert_eq!(
        (&*read.title, read.at, read.messages.len()),
        ("Lisbonne", NOW, 2)
    );
    let answer = answers(&read)[0];
    assert_eq!(answer.conversation_id, read.id);
    assert_eq!(answer.user_message_id, read.messages[0].id);
    assert_eq!(answer.imported, Some(Imported { cards_left_out: 2 }));
    assert_eq!(
        (&*answer.reply, answer.proposal.as_ref()),
        ("**Oui**", None)
    );
    assert!(answer.tool_calls.is_empty() && answer.choices.is_empty());
    let text = serde_json::to_string(&answer.cards).unwrap();
    assert!(text.contains("Lisbonne en mars"));
    for gone in ["\"say\"", "\"link\"", "\"links\"", "\"map\"", "http"] {
        assert!(!text.contains(gone), "{gone}");
    }
}

#[test]
fn texts_are_those_of_people_and_hold_no_card_number() {
    let said = "  4111 1111 1111 1111\u{202e} ok\u{7}  ";
    let read = import(&document(vec![user(said), agent(said, Vec::new())])).unwrap();
    let Said::Person(text) = &read.messages[0].said else {
        panic!()
    };
    assert!(
        text.starts_with("••••") && text.ends_with("1111 ok"),
        "{text}"
    );
    assert!(!answers(&read)[0].reply.contains("4111"));
}

#[test]
fn what_does_not_fit_is_named() {
    let good = || document(vec![user("a"), agent("b", Vec::new())]);
    let with = |pointer: &str, value: Value| {
        let mut document = good();
        *document.pointer_mut(pointer).unwrap() = value;
        document
    };
    let plus = |pointer: &str, name: &str| {
        let mut document = good();
        document.pointer_mut(pointer).unwrap()[name] = json!("x");
        document
    };
    let sheet = |blocks: Value| {
        let card = json!({"type": "sheet", "tool": "t", "title": "t", "blocks": blocks});
        with("/messages/1/cards", json!([card]))
    };
    let year = |months, high: i32| {
        let month = json!({"name": "May", "low": 4, "high": high, "rain_days": 3});
        json!([{"type": "climate", "heading": "x", "months": vec![month; months]}])
    };
    let items = vec![json!({"name": "x"}); MAX_PARTS + 1];
    let table = json!([{"type": "table", "head": ["a"], "rows": [["1", "2"]]}]);
    for (document, field) in [
        (json!({}), "format"),
        (with("/format", json!("other")), "format"),
        (with("/version", json!(2)), "version"),
        (with("/version", json!("1")), "version"),
        (with("/title", json!("")), "title"),
        (with("/title", json!("x".repeat(201))), "title"),
        (with("/title", json!("a\u{0}b")), "title"),
        (with("/messages", json!([])), "messages"),
        (with("/messages", json!("x")), "messages"),
        (document(vec![user("a")]), "messages"),
        (document(vec![user("a"); 1_001]), "messages"),
        (document(vec![agent("a", Vec::new())]), "messages[0].role"),
        (document(vec![user("a"), user("b")]), "messages[1].role"),
        (
            with("/messages/0/text", json!(" \u{202e}")),
            "messages[0].text",
        ),
        (
            with("/messages/0/text", json!("x".repeat(4_001))),
            "messages[0].text",
        ),
        (
            with("/messages/1/text", json!("x".repeat(32_001))),
            "messages[1].text",
        ),
        (
            with("/messages/1/status", json!("running")),
            "messages[1].status",
        ),
        (
            with("/messages/0/created_at", json!("2036-01-01T00:00:00Z")),
            "messages[0].created_at",
        ),
        (
            with("/messages/0/created_at", json!("1936-01-01T00:00:00Z")),
            "messages[0].created_at",
        ),
        (
            with("/messages/1/cards", json!(vec![0; 21])),
            "messages[1].cards",
        ),
        (
            with("/messages/1/cards", json!([{"type": "booking"}])),
            "messages[1].cards[0].type",
        ),
        (sheet(json!("x")), "messages[1].cards[0]"),
        (sheet(year(11, 9)), "messages[1].cards[0]"),
        (sheet(year(12, i32::MAX)), "messages[1].cards[0]"),
        (
            sheet(json!([{"type": "items", "items": items}])),
            "messages[1].cards[0]",
        ),
        (sheet(table), "messages[1].cards[0]"),
        (plus("", "owner"), "owner"),
        (plus("/messages/1", "proposal"), "proposal"),
        (plus("/messages/1", "trace_id"), "trace_id"),
    ] {
        let problem = import(&document).unwrap_err();
        assert_eq!(problem.status, 422, "{document}");
        assert_eq!(problem.errors[0].field, field, "{}", problem.detail);
    }
    for role in [json!("system"), json!("tool"), json!(1)] {
        let problem = import(&with("/messages/0/role", role)).unwrap_err();
        assert!(
            problem.errors[0].field.starts_with("messages[0]"),
            "{problem:?}"
        );
    }
    let mut new_id = Uuid::nil;
    let deep = "[".repeat(100_000);
    assert_eq!(
        read(deep.as_bytes(), NOW, &mut new_id).unwrap_err().status,
        400
    );
}
