//! The built-in viewer, by HTTP.

use serde_json::Value;

use super::{server::Server, stopping::until, streaming::search};

#[tokio::test]
async fn a_turn_is_listed_filtered_and_opened() {
    let server = Server::start(&[("TEST_FAULTS", "tool_error:3")]).await;
    let visitor = server.visitor();
    let answer = visitor.say(&search(), None).await;
    let hello = visitor.say("bonjour", None).await;
    let id = |answer: &Value| answer["trace_id"].as_str().unwrap().to_owned();
    let (search, hello) = (id(&answer), id(&hello));
    until(async || {
        let list = visitor.get_json("/api/traces").await;
        (list["traces"].as_array().unwrap().len() == 2).then_some(())
    })
    .await;
    let listed = async |query: &str| {
        let list = visitor.get_json(&format!("/api/traces?{query}")).await;
        let traces = list["traces"].as_array().unwrap();
        traces
            .iter()
            .map(|line| line["trace_id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        listed("").await,
        [hello.clone(), search.clone()],
        "newest first"
    );
    assert_eq!(listed("limit=1").await, std::slice::from_ref(&hello));
    assert_eq!(
        listed("intent=planning").await,
        std::slice::from_ref(&search)
    );
    assert_eq!(
        listed("tool=search_flights").await,
        std::slice::from_ref(&search)
    );
    assert_eq!(listed("model=planner-1&status=ok").await.len(), 2);
    assert_eq!(listed("status=stopped").await, [""; 0]);
    assert_eq!(listed("min_ms=3600000").await, [""; 0]);

    let page = visitor.get("/traces?intent=planning").await;
    assert_eq!(page.status(), 200);
    let html = page.text().await.unwrap();
    assert!(html.contains(&search) && !html.contains(&hello));
    let page = visitor.get(&format!("/traces/{search}")).await;
    assert_eq!(page.status(), 200);
    let html = page.text().await.unwrap();
    for part in [
        "agent.iteration",
        "agent.detect_intent",
        "llm.call",
        "tool.call",
        "search_flights",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains(" style=\"") && !html.contains("<style"));
}

#[tokio::test]
async fn a_running_turn_can_be_watched() {
    let server = Server::start(&[("TEST_FAULTS", "model_delay:2=600000")]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream(&search()).await;
    let started = stream.next().await.unwrap();
    while stream.next().await.unwrap().name != "tool_finished" {}
    let path = format!("/api/traces/{}", started.data["trace_id"].as_str().unwrap());
    let trace = visitor.get_json(&path).await;
    assert_eq!(trace["running"], true);
    let page = visitor.get(&path.replace("/api", "")).await;
    assert_eq!(page.status(), 200);
}
