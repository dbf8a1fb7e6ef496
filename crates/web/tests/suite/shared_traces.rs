//! One trace with turns of two visitors, as a gateway makes them that passes its own `traceparent` on:
//! each sees its own turn and nothing of the other's.

use serde_json::Value;

use super::{server::Server, stopping::until, streaming::search, visitor::Visitor};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SECRET: &str = "Xanadu";

/// A visitor behind the trusted gateway, in the trace of the gateway.
fn through_gateway(server: &Server, address: &str, parent: &str) -> Visitor {
    server
        .visitor()
        .with_header("x-forwarded-for", address)
        .with_header("traceparent", &format!("00-{TRACE}-{parent}-01"))
}

async fn lines(visitor: &Visitor, query: &str) -> Vec<Value> {
    let list = visitor.get_json(&format!("/api/traces{query}")).await;
    list["traces"].as_array().unwrap().clone()
}

#[tokio::test]
async fn each_sees_its_own_turn_of_a_shared_trace() {
    let server = Server::start(&[
        ("TRUSTED_PROXIES", "127.0.0.1"),
        ("CAPTURE_CONTENT", "true"),
        // The second visitor's second turn runs for as long as it is looked at.
        ("TEST_FAULTS", "model_delay:5=600000"),
    ])
    .await;
    let anna = through_gateway(&server, "1.2.3.4", "00000000000000aa");
    let ben = through_gateway(&server, "1.2.3.5", "00000000000000bb");
    let hers = anna.say(&format!("{} {SECRET}", search()), None).await;
    let his = ben.say("bonjour", None).await;
    assert_eq!(
        (&hers["trace_id"], &his["trace_id"]),
        (&TRACE.into(), &TRACE.into())
    );
    until(async || (!lines(&ben, "").await.is_empty()).then_some(())).await;

    // The list sums up one's own turn, and looks for words in nothing else.
    let [her_line, his_line] = [&anna, &ben].map(|visitor| lines(visitor, ""));
    let (her_line, his_line) = (her_line.await, his_line.await);
    assert_eq!((her_line.len(), his_line.len()), (1, 1));
    assert_eq!(her_line[0]["conversation_id"], hers["conversation_id"]);
    assert_eq!(his_line[0]["conversation_id"], his["conversation_id"]);
    assert_eq!(his_line[0]["tools"], Value::Array(Vec::new()));
    assert_eq!(lines(&anna, &format!("?q={SECRET}")).await.len(), 1);
    assert_eq!(lines(&ben, &format!("?q={SECRET}")).await.len(), 0);
    assert_eq!(lines(&ben, "?tool=search_flights").await.len(), 0);

    let reads = [
        format!("/api/traces/{TRACE}"),
        format!("/api/traces/{TRACE}?format=otlp"),
        format!("/traces/{TRACE}"),
        format!("/traces/{TRACE}?tab=messages"),
        format!("/traces/{TRACE}?tab=raw"),
        format!("/traces/compare?a={TRACE}&b={TRACE}"),
    ];
    let leaks = async |visitor: &Visitor, word: &str| {
        let mut found = Vec::new();
        for path in &reads {
            let response = visitor.get(path).await;
            assert_eq!(response.status(), 200, "{path}");
            if response.text().await.unwrap().contains(word) {
                found.push(path);
            }
        }
        found
    };
    let session = |answer: &Value| answer["conversation_id"].as_str().unwrap().to_owned();
    assert_eq!(leaks(&ben, SECRET).await, Vec::<&String>::new());
    assert_eq!(leaks(&ben, &session(&hers)).await, Vec::<&String>::new());
    assert!(!leaks(&anna, SECRET).await.is_empty(), "her own is there");

    // While one's own turn runs, the others' are no nearer.
    let mut stream = ben.stream(&search()).await;
    while stream.next().await.unwrap().name != "intent" {}
    let running = async |visitor: &Visitor| {
        visitor.get_json(&format!("/api/traces/{TRACE}")).await["running"].clone()
    };
    assert_eq!(
        (running(&ben).await, running(&anna).await),
        (true.into(), false.into())
    );
    assert_eq!(leaks(&ben, SECRET).await, Vec::<&String>::new());
    assert_eq!(leaks(&ben, &session(&hers)).await, Vec::<&String>::new());
}

#[tokio::test]
async fn a_turn_below_another_is_counted_once() {
    let server = Server::start(&[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let first = through_gateway(&server, "1.2.3.4", "00000000000000aa");
    let answer = first.say("bonjour", None).await;
    let path = format!("/api/traces/{TRACE}");
    let trace = first.get_json(&path).await;
    let spans = trace["spans"].as_array().unwrap();
    let root = spans.iter().find(|span| span["name"] == "agent.iteration");
    let root = root.unwrap()["span_id"].as_str().unwrap().to_owned();
    // The client passes the answer's traceparent on with its next message.
    let parent = format!("00-{TRACE}-{root}-01");
    let body =
        serde_json::json!({"message": "merci", "conversation_id": answer["conversation_id"]});
    let gateway = server.visitor().with_header("x-forwarded-for", "1.2.3.4");
    let next = gateway
        .with_cookies_of(&first)
        .request(reqwest::Method::POST, "/api/chat")
        .header("traceparent", parent)
        .json(&body);
    assert_eq!(next.send().await.unwrap().status(), 200);
    until(async || {
        let trace = first.get_json(&path).await;
        let spans = trace["spans"].as_array().unwrap();
        let roots = spans.iter().filter(|s| s["name"] == "agent.iteration");
        let ids: std::collections::HashSet<_> =
            spans.iter().map(|s| s["span_id"].as_str()).collect();
        assert_eq!(ids.len(), spans.len(), "no span twice");
        (roots.count() == 2).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_turn_that_another_visitor_hangs_below_one_s_own_stays_the_other_s() {
    let server = Server::start(&[
        ("TRUSTED_PROXIES", "127.0.0.1"),
        ("CAPTURE_CONTENT", "true"),
    ])
    .await;
    let anna = through_gateway(&server, "1.2.3.4", "00000000000000aa");
    let hers = anna.say("bonjour", None).await;
    let path = format!("/api/traces/{TRACE}");
    let spans = async || {
        anna.get_json(&path).await["spans"]
            .as_array()
            .unwrap()
            .clone()
    };
    let own = spans().await;
    let root = own.iter().find(|span| span["name"] == "agent.iteration");
    let root = root.unwrap()["span_id"].as_str().unwrap();
    // Her answer's traceparent is in its headers: whoever gets it may send it.
    let ben = through_gateway(&server, "1.2.3.5", root);
    let his = ben.say(&format!("merci {SECRET}"), None).await;
    until(async || (!lines(&ben, "").await.is_empty()).then_some(())).await;
    assert_eq!(spans().await.len(), own.len());
    assert_eq!(lines(&anna, &format!("?q={SECRET}")).await.len(), 0);
    let found = lines(&ben, &format!("?q={SECRET}")).await;
    assert_eq!(found[0]["conversation_id"], his["conversation_id"]);
    for tab in ["", "?tab=messages", "?tab=raw"] {
        let page = anna.get(&format!("/traces/{TRACE}{tab}")).await;
        assert!(!page.text().await.unwrap().contains(SECRET), "{tab}");
    }
    let session = |answer: &Value| answer["conversation_id"].as_str().unwrap().to_owned();
    assert_ne!(session(&hers), session(&his));
}
