//! What the server tells a test about the requests that it got.

use std::{
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use serde_json::json;
use testkit::llm::{Answer, LlmRequest, LlmServer, Outcome, Protocol, Reply};

use super::client::{KEY, ask, blocking, body, connect, receive};

/// Broken: the only message is the assistant's.
fn broken() -> serde_json::Value {
    json!({"model": "m", "messages": [{"role": "assistant", "content": "x"}]})
}

#[tokio::test]
async fn a_script_sees_the_prompt_in_the_words_of_no_protocol() {
    let server = LlmServer::start(|request| {
        Answer::text(format!("{}|{}", request.user_text(), request.model()))
    })
    .await
    .unwrap();
    for protocol in [Protocol::OpenAi, Protocol::Anthropic] {
        let response = ask(&server, protocol, body(protocol, false)).await;
        assert!(response.text().contains("Lisbon?|asked"));
    }
    let [openai, anthropic] = &server.requests()[..] else {
        unreachable!()
    };
    assert_eq!(
        openai.header("authorization"),
        Some(&*format!("Bearer {KEY}"))
    );
    assert_eq!((anthropic.number, &*anthropic.path), (1, "/v1/messages"));
}

#[tokio::test]
async fn dropping_the_server_fails_a_test_whose_request_was_wrong() {
    let server = LlmServer::start(|_| Answer::text("x")).await.unwrap();
    // It is answered all the same.
    assert_eq!(ask(&server, Protocol::OpenAi, broken()).await.status, 200);
    let wrong = "request 0: the last message is neither the user's nor a tool's";
    assert_eq!(server.violations(), [wrong]);
    let panic = catch_unwind(AssertUnwindSafe(|| drop(server))).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains(wrong));
}

#[tokio::test]
async fn a_test_may_want_a_wrong_request() {
    let server = LlmServer::start(|_| Answer::text("x")).await.unwrap();
    ask(&server, Protocol::OpenAi, broken()).await;
    assert_eq!(server.take_violations().len(), 1);
    drop(server);
}

#[tokio::test]
async fn what_is_no_request_is_a_violation() {
    let server = LlmServer::start(|_| Answer::text("x")).await.unwrap();
    let address = server.address();
    for (bytes, status) in [
        ("GET /v1/models HTTP/1.1\r\n\r\n", 404),
        (
            "POST /v1/messages HTTP/1.1\r\ncontent-length: 1\r\n\r\n{",
            404,
        ),
        ("no http at all\r\n\r\n", 0),
    ] {
        let response = blocking(move || {
            let mut stream = connect(address);
            stream.write_all(bytes.as_bytes()).unwrap();
            receive(&mut stream)
        })
        .await;
        assert_eq!(response.status, status, "{bytes}");
    }
    let violations = server.take_violations();
    assert!(
        violations[0].contains("GET /v1/models is of no protocol"),
        "{violations:?}"
    );
    assert!(violations[1].contains("not JSON") && violations[2].contains("malformed head"));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_panic_of_the_script_is_told_as_one() {
    fn script(_: &LlmRequest) -> Reply {
        panic!("a wrong assertion inside a script")
    }
    let server = LlmServer::start(script).await.unwrap();
    let response = ask(
        &server,
        Protocol::Anthropic,
        body(Protocol::Anthropic, true),
    )
    .await;
    assert_eq!(response.status, 500);
    assert_eq!(server.take_violations(), ["request 0: the script panicked"]);
}

#[tokio::test]
async fn finished_requests_can_be_taken_and_numbers_go_on() {
    let server = LlmServer::start(|_| Answer::text("x")).await.unwrap();
    for number in 0..2 {
        ask(&server, Protocol::OpenAi, body(Protocol::OpenAi, true)).await;
        let is_done = |requests: &[LlmRequest]| requests.iter().all(|r| r.outcome == Outcome::Done);
        server
            .wait_until(Duration::from_secs(10), is_done)
            .await
            .unwrap();
        let taken: Vec<_> = server.take_finished().iter().map(|r| r.number).collect();
        assert_eq!(taken, [number]);
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn waiting_ends() {
    let server = LlmServer::start(|_| Answer::text("x")).await.unwrap();
    let error = server
        .wait_until(Duration::from_millis(20), |all| !all.is_empty())
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "timed out with 0 requests: []");
}

#[tokio::test]
async fn a_dropped_server_closes_its_port_and_connections() {
    let server = LlmServer::start(|_| Reply::Stall).await.unwrap();
    let address = server.address();
    let waiting = tokio::task::spawn_blocking(move || {
        let mut stream = connect(address);
        super::client::send(&mut stream, Protocol::OpenAi, &body(Protocol::OpenAi, true));
        receive(&mut stream).error
    });
    server.wait_for_requests(1).await.unwrap();
    drop(server);
    assert_eq!(
        waiting.await.unwrap(),
        Some(std::io::ErrorKind::UnexpectedEof)
    );
    let refused = blocking(move || std::net::TcpStream::connect(address).unwrap_err()).await;
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
}
