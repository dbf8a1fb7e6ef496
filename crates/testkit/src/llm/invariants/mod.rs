//! What a request must be, by its protocol: what providers refuse, and what they accept but get
//! wrong. Pure.
//!
//! Sources: OpenAI's API reference (chat completions, function calling) and Anthropic's (Messages,
//! tool use, prompt caching), as their client packages' types have them in November 2026; where a
//! compatible server is stricter than OpenAI, the rule says so.

mod anthropic;
mod openai;
mod pairing;
mod tools;

use serde_json::Value;

use super::{LlmRequest, Protocol};

/// Keys shorter than this are not looked for: they may occur in any text.
const SHORTEST_KEY: usize = 8;

/// What is wrong with a body; empty = nothing.
#[must_use]
pub fn invariants(protocol: Protocol, body: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    if body["model"].as_str().is_none_or(str::is_empty) {
        wrong.push("model is not a name".into());
    }
    match protocol {
        Protocol::OpenAi => openai::check(body, &mut wrong),
        Protocol::Anthropic => anthropic::check(body, &mut wrong),
    }
    wrong
}

/// What is wrong with the headers of a request, and whether its key stands where it must not.
#[must_use]
pub fn headers(
    protocol: Protocol,
    headers: &[(String, String)],
    path: &str,
    body: &Value,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let header = |name: &str| {
        let mut found = headers.iter().filter(|(key, _)| key == name);
        found.next().map(|(_, value)| &**value)
    };
    let is_json = header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
    if !is_json {
        wrong.push("content-type is not application/json".into());
    }
    let (auth, key) = match protocol {
        // Local servers need no key.
        Protocol::OpenAi => ("authorization", header("authorization")),
        Protocol::Anthropic => ("x-api-key", header("x-api-key")),
    };
    if protocol == Protocol::Anthropic {
        if key.is_none_or(str::is_empty) {
            wrong.push("no x-api-key".into());
        }
        if header("anthropic-version").is_none_or(str::is_empty) {
            wrong.push("no anthropic-version".into());
        }
    }
    let key = match (protocol, key) {
        (Protocol::OpenAi, Some(value)) => {
            let key = value.strip_prefix("Bearer ");
            if key.is_none_or(str::is_empty) {
                wrong.push("authorization is no bearer token".into());
            }
            key
        }
        (_, key) => key,
    };
    if let Some(key) = key.filter(|key| key.len() >= SHORTEST_KEY) {
        let others = headers.iter().filter(|(name, _)| name != auth);
        for (name, _) in others.filter(|(_, value)| value.contains(key)) {
            wrong.push(format!("the key stands in the header {name}"));
        }
        if path.contains(key) {
            wrong.push("the key stands in the path".into());
        }
        if body.to_string().contains(key) {
            wrong.push("the key stands in the body".into());
        }
    }
    wrong
}

/// What is wrong with a whole request.
pub(super) fn of_request(request: &LlmRequest) -> Vec<String> {
    let LlmRequest {
        protocol,
        path,
        headers,
        body,
        ..
    } = request;
    let mut wrong = self::headers(*protocol, headers, path, body);
    wrong.extend(invariants(*protocol, body));
    wrong
}

/// Elements of an array; none where there is no array.
fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Whether there is text in a string.
fn has_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn a_key_stands_in_its_own_header_alone() {
        let json = ("content-type", "application/json");
        let bearer = ("authorization", "Bearer sk-canary-1");
        let good = pairs(&[json, bearer]);
        let body = json!({"messages": [{"content": "hello"}]});
        assert!(headers(Protocol::OpenAi, &good, "/v1/chat/completions", &body).is_empty());
        let leaks = headers(
            Protocol::OpenAi,
            &pairs(&[json, bearer, ("baggage", "k=sk-canary-1")]),
            "/v1/chat/completions?key=sk-canary-1",
            &json!({"messages": [{"content": "use sk-canary-1"}]}),
        );
        assert_eq!(
            leaks,
            [
                "the key stands in the header baggage",
                "the key stands in the path",
                "the key stands in the body",
            ]
        );
    }

    #[test]
    fn headers_of_each_protocol_are_asked_for() {
        let empty = json!({});
        assert_eq!(
            headers(Protocol::Anthropic, &[], "/v1/messages", &empty),
            [
                "content-type is not application/json",
                "no x-api-key",
                "no anthropic-version",
            ]
        );
        let json = ("content-type", "application/json; charset=utf-8");
        let basic = pairs(&[json, ("authorization", "Basic abc")]);
        assert_eq!(
            headers(Protocol::OpenAi, &basic, "/v1/chat/completions", &empty),
            ["authorization is no bearer token"]
        );
        assert!(headers(Protocol::OpenAi, &pairs(&[json]), "/", &empty).is_empty());
    }
}
