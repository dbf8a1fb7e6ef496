//! `GET /api/tools`: the planning tools without the chat.

use super::{dates::in_days, problem::refused_field, server::Server};

#[tokio::test]
async fn a_program_finds_the_tools_and_calls_one() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let tools = visitor.get_json("/api/tools").await;
    let names: Vec<_> = tools
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"search_hotels"), "{names:?}");
    // What needs a conversation, or a person's yes, is not among them.
    for tool in ["propose_offer", "check_price"] {
        assert!(!names.contains(&tool));
        refused(&server, &format!("/api/tools/{tool}"), 404).await;
    }
    let (first, last) = (in_days(40), in_days(43));
    let path = format!(
        "/api/tools/search_hotels?city=LIS&check_in={first}&check_out={last}&adults=2&children_ages=6,9"
    );
    let found = visitor.get_json(&path).await;
    assert_eq!(found["source"], "offline");
    assert_eq!(found["result_count"], 3);
    let prices = found["result"]["prices"].as_array().unwrap();
    assert_eq!(prices[0]["nights"], 3);
    assert_eq!(found["sheet"]["tool"], "search_hotels");
}

#[tokio::test]
async fn a_parameter_that_does_not_fit_is_named() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let (first, last) = (in_days(40), in_days(43));
    let days = format!("check_in={first}&check_out={last}");
    for (query, field) in [
        (days.clone(), "city"),
        (format!("city=LIS&{days}&stars=3"), "stars"),
        (format!("city=LIS&{days}&adults=many"), "adults"),
        (format!("city=QQQ&{days}"), "city"),
        (
            format!("city=LIS&check_in={last}&check_out={first}"),
            "check_out",
        ),
        (format!("city=LIS&city=OPO&{days}"), "city"),
    ] {
        let path = format!("/api/tools/search_hotels?{query}");
        refused_field(visitor.get(&path).await, field, &path).await;
    }
}

async fn refused(server: &Server, path: &str, status: u16) {
    let response = server.visitor().get(path).await;
    assert_eq!(response.status(), status, "{path}");
}
