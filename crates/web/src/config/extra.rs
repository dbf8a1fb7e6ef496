//! What an operator adds to the requests of the first provider: headers, fields of the body; and keys of
//! further servers.

use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::pairs;

/// Headers that requests have already, or that belong to the connection.
const OWN: [&str; 15] = [
    "accept",
    "accept-encoding",
    "anthropic-version",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
];
/// Fields of the body that are the agent's to fill.
const RESERVED: [&str; 5] = ["messages", "model", "stream", "system", "tools"];

/// A value that was checked when it was read, and that may hold secrets.
#[derive(Clone, Debug)]
pub struct ExtraHeaders(SecretString);

impl ExtraHeaders {
    /// The headers, marked sensitive.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        parse(self.0.expose_secret()).unwrap_or_default()
    }
}

/// Fields of a request's body.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraBody(pub Map<String, Value>);

impl std::fmt::Display for ExtraBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.0.keys().map(String::as_str).collect();
        // Values may be ids of a gateway's customers.
        write!(f, "{{{}}}", names.join(","))
    }
}

/// Keys of servers by their host, as `host=key` or `host:port=key`.
#[derive(Clone, Debug)]
pub struct ServerKeys(Vec<(String, SecretString)>);

impl ServerKeys {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &SecretString> {
        self.0.iter().map(|(_, key)| key)
    }

    /// The key of the server at this address.
    #[must_use]
    pub fn key(&self, address: &str) -> Option<&SecretString> {
        let uri: http::Uri = address.parse().ok()?;
        let (host, authority) = (uri.host()?, uri.authority()?.as_str());
        let named =
            |name: &String| name.eq_ignore_ascii_case(authority) || name.eq_ignore_ascii_case(host);
        // The one with a port says more.
        let found = self.0.iter().filter(|(name, _)| named(name));
        found.max_by_key(|(name, _)| name.len()).map(|(_, key)| key)
    }
}

pub(super) fn extra_headers(text: &str) -> Result<ExtraHeaders, String> {
    parse(text).map(|_| ExtraHeaders(text.into()))
}

// No message repeats a value: it may be a secret.
fn parse(text: &str) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs::strict(text)? {
        let header = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| "a name holds characters that no header's name may".to_owned())?;
        if OWN.contains(&header.as_str()) || header.as_str().starts_with("proxy-") {
            return Err(format!("{header} cannot be set: requests have their own"));
        }
        let mut value = HeaderValue::from_str(&value)
            .map_err(|_| format!("the value of {header} holds characters that no header may"))?;
        value.set_sensitive(true);
        headers.append(header, value);
    }
    Ok(headers)
}

pub(super) fn server_keys(text: &str) -> Result<ServerKeys, String> {
    let keys = pairs::strict(text)?.into_iter();
    Ok(ServerKeys(
        keys.map(|(host, key)| (host, key.into())).collect(),
    ))
}

pub(super) fn extra_body(text: &str) -> Result<ExtraBody, String> {
    let Ok(Value::Object(fields)) = serde_json::from_str(text) else {
        return Err("allowed is a JSON object, such as {\"top_k\": 20}".to_owned());
    };
    match RESERVED.iter().find(|name| fields.contains_key(**name)) {
        Some(&"model") => Err("model cannot be set here: set LLM_MODEL".to_owned()),
        Some(name) => Err(format!("{name} cannot be set: it is what the agent sends")),
        None => Ok(ExtraBody(fields)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_pairs_whose_values_are_decoded() {
        let text = " X-Org-ID = tenant%201 ,x-team=a%2Cb%3D, cf-aig-authorization=Bearer abc==,";
        let headers = extra_headers(text).unwrap().headers();
        let value = |name: &str| headers[name].to_str().unwrap();
        assert_eq!(value("x-org-id"), "tenant 1");
        assert_eq!(value("x-team"), "a,b=");
        assert_eq!(value("cf-aig-authorization"), "Bearer abc==");
        assert!(headers.values().all(HeaderValue::is_sensitive));
    }

    #[test]
    fn what_is_no_header_is_refused_without_its_value() {
        for text in [
            "hunter2",
            "x-a=hunter2%",
            "x-a=hunter2%zz",
            "x-a=hunter2%+1",
            "x-a=hunter2%0A",
            "x a=hunter2",
            "=hunter2",
            "content-type=hunter2",
            "Host=hunter2",
            "traceparent=hunter2",
            "x-a=%ff",
        ] {
            let error = extra_headers(text).unwrap_err();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_body_is_an_object_without_what_the_agent_fills() {
        assert_eq!(extra_body("{\"top_k\": 20}").unwrap().0["top_k"], 20);
        for name in RESERVED {
            let error = extra_body(&format!("{{\"{name}\": []}}")).unwrap_err();
            assert!(error.contains(name), "{error}");
        }
        for text in ["", "[]", "20", "{"] {
            assert!(extra_body(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_key_belongs_to_a_host() {
        let keys = server_keys("gpu=one,gpu:8001=two%2C").unwrap();
        let key = |address| keys.key(address).map(|key| key.expose_secret().to_owned());
        assert_eq!(key("http://gpu:8000/v1").as_deref(), Some("one"));
        assert_eq!(key("http://GPU:8001/v1?a=b").as_deref(), Some("two,"));
        assert_eq!(key("http://other/v1"), None);
    }
}
