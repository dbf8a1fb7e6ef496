//! The checker of replies.

mod houses;
mod invented;
mod planner;
mod properties;
mod true_replies;

use agent::{
    grounding::{Ground, ungrounded},
    message::{Message, ToolCall},
};

/// What three tools returned and the person asked.
const OFFERS: &str = "3 offers from the source `offline` (illustrative times and fares)\n\
    off_1: 431.20 EUR; LYS 2027-01-12T10:05:00 -> JFK 2027-01-12T15:30:00, 1 stops, 11h 25m, Air France; \
    JFK 2027-01-20T18:40:00 -> LYS 2027-01-21T09:15:00, 1 stops, 8h 35m, Air France\n\
    off_2: 558.90 EUR; LYS 2027-01-12T06:55:00 -> EWR 2027-01-12T12:10:00, 1 stops, 11h 15m, Lufthansa; \
    EWR 2027-01-20T21:20:00 -> LYS 2027-01-21T13:50:00, 1 stops, 10h 30m, Lufthansa\n\
    off_3: 1234.50 EUR; LYS 2027-01-12T13:45:00 -> JFK 2027-01-12T20:05:00, 1 stops, 12h 20m, KLM; \
    JFK 2027-01-20T16:10:00 -> LYS 2027-01-21T08:25:00, 1 stops, 10h 15m, KLM";
const DAYS: &str = "Cheapest fares by day, source `offline`\n\
    2027-01-12: 431.20 EUR\n2027-01-13: 389.00 EUR\n2027-01-14: 402.70 EUR";
const STATUS: &str = "Flights AF 1234 and U2 4567 leave from CDG.";

fn tool(text: &str) -> Message {
    Message::Tool {
        call_id: "call_1".to_owned(),
        name: "search_flights".to_owned(),
        text: text.to_owned(),
        failed: false,
    }
}

fn ground() -> Ground {
    let mut ground = Ground::default();
    for message in [
        Message::user("Lyon - New York du 12 au 20 janvier pour 2, moins de 900 euros, avant 18h"),
        Message::Assistant {
            text: "I invent 77.77 EUR and BOS.".to_owned(),
            tool_calls: vec![ToolCall {
                id: "call_1".to_owned(),
                name: "search_flights".to_owned(),
                arguments: r#"{"departure":"LYS","arrival":"NYC","date":"2027-01-12","adults":2,"max_price":"950"}"#.to_owned(),
            }],
        },
        tool(OFFERS),
        tool(DAYS),
        tool(STATUS),
    ] {
        ground.add_message(&message);
    }
    ground
}

/// Kinds and texts of what is not grounded.
fn found(reply: &str) -> Vec<(&'static str, String)> {
    let found = ungrounded(reply, &ground());
    found
        .into_iter()
        .map(|fact| (fact.kind.as_str(), fact.text))
        .collect()
}
