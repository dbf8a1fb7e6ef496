//! What a request must be, by its protocol: what providers refuse, and what they accept but get
//! wrong. Pure.
//!
//! Sources: OpenAI's API reference (chat completions, function calling) and Anthropic's (Messages,
//! tool use, prompt caching, versions), and their client packages' types, in November 2026; where a
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
    let bearer = header("authorization").map(|value| match value.strip_prefix("Bearer ") {
        Some(key) if !key.is_empty() => key,
        _ => {
            wrong.push("authorization is no bearer token".into());
            ""
        }
    });
    let (auth, key) = match (protocol, header("x-api-key"), bearer) {
        // Anthropic takes the one or the other; its clients send the second since October 2026.
        (Protocol::Anthropic, Some(key), None) => ("x-api-key", Some(key)),
        // Local servers of OpenAI's protocol need no key.
        (_, None, key) => ("authorization", key),
        (_, Some(_), key) => {
            wrong.push("x-api-key where it does not belong".into());
            ("authorization", key)
        }
    };
    if protocol == Protocol::Anthropic {
        if key.is_none_or(str::is_empty) {
            wrong.push("neither x-api-key nor a bearer token".into());
        }
        match header("anthropic-version") {
            Some("2023-06-01") => {}
            Some("2026-10-21") => {
                // Refused by this version whatever their value.
                let sampling = ["temperature", "top_p", "top_k"].into_iter();
                let sent = sampling.filter(|key| !body[*key].is_null());
                wrong.extend(sent.map(|key| format!("{key} in version 2026-10-21")));
            }
            version => wrong.push(format!("anthropic-version {version:?} is none")),
        }
    }
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
                "neither x-api-key nor a bearer token",
                "anthropic-version None is none",
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

    #[test]
    fn anthropic_takes_one_credential_and_a_version_that_knows_the_body() {
        let json = ("content-type", "application/json");
        let version = ("anthropic-version", "2026-10-21");
        let body = json!({"temperature": 1.0});
        let check = |more: &[(&str, &str)]| {
            let all = pairs(&[&[json], more].concat());
            headers(Protocol::Anthropic, &all, "/v1/messages", &body)
        };
        let key = ("x-api-key", "sk-canary-1");
        let bearer = ("authorization", "Bearer sk-canary-1");
        assert!(check(&[key, ("anthropic-version", "2023-06-01")]).is_empty());
        assert_eq!(
            check(&[bearer, version]),
            ["temperature in version 2026-10-21"]
        );
        let both = check(&[key, bearer, version]);
        assert!(
            both.contains(&"x-api-key where it does not belong".into()),
            "{both:?}"
        );
        let unknown = check(&[key, ("anthropic-version", "1")]);
        assert_eq!(unknown, ["anthropic-version Some(\"1\") is none"]);
    }
}
