//! What every refusal must look like.

use reqwest::{Response, header};
use serde_json::Value;

/// Checks a problem document and the headers of its answer, and returns it.
pub(super) async fn refused(response: Response, status: u16, what: &str) -> Value {
    let headers = response.headers().clone();
    let got = response.status().as_u16();
    let text = response.text().await.unwrap();
    assert_eq!(got, status, "{what}: {text}");
    let kind = headers
        .get(header::CONTENT_TYPE)
        .map(|kind| kind.to_str().unwrap());
    assert_eq!(kind, Some("application/problem+json"), "{what}: {text}");
    let problem: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["status"], status, "{what}");
    for field in ["type", "title", "detail"] {
        let said = problem[field].as_str().unwrap_or_default();
        assert!(!said.is_empty(), "{what}: {field} of {problem}");
    }
    let trace = problem["trace_id"].as_str().unwrap();
    assert!(is_trace(trace), "{what}: {problem}");
    assert_eq!(headers["x-trace-id"], trace, "{what}");
    let parent = headers["traceparent"].to_str().unwrap();
    assert_eq!(parent.split('-').nth(1), Some(trace), "{what}");
    problem
}

/// As [`refused`] with 422, and the field at fault is named.
pub(super) async fn refused_field(response: Response, field: &str, what: &str) {
    let problem = refused(response, 422, what).await;
    let errors = problem["errors"].as_array().expect(what);
    assert_eq!(errors.len(), 1, "{what}: {problem}");
    assert_eq!(errors[0]["field"], field, "{what}: {problem}");
    assert!(
        !errors[0]["message"].as_str().unwrap().is_empty(),
        "{what}: {problem}"
    );
}

fn is_trace(text: &str) -> bool {
    text.len() == 32
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && !text.starts_with("00000000000000000000000000000000")
}
