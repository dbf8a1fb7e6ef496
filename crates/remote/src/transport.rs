//! Requests that got no response, and bodies that broke.

use std::error::Error;

/// A request that got no response, or a body that broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// How it broke.
    pub how: How,
    /// What happened, with its causes and without the address.
    pub detail: String,
    /// There was a connection. Before, nobody has said anything; a server that closes one may, and in
    /// any words.
    pub connected: bool,
}

/// How a request broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It could not be built.
    Unbuilt,
    /// A deadline of the client passed once there was a connection.
    Late,
    /// No attempt will ever reach the host; what to check, for the operator.
    Unreachable(&'static str),
    /// There was no connection, or it broke. Without one nothing was sent, whatever time that took:
    /// another attempt is safe.
    Connection,
}

impl From<reqwest::Error> for Broken {
    fn from(error: reqwest::Error) -> Self {
        let (is_builder, is_connect) = (error.is_builder(), error.is_connect());
        let is_timeout = error.is_timeout();
        // An address may hold a password.
        let error = error.without_url();
        let mut detail = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            detail.push_str(": ");
            detail.push_str(&cause.to_string());
            source = cause.source();
        }
        let how = if is_builder {
            How::Unbuilt
        } else if is_timeout && !is_connect {
            How::Late
        } else if let Some(advice) = unreachable(&detail).filter(|_| is_connect) {
            How::Unreachable(advice)
        } else {
            How::Connection
        };
        Self {
            how,
            detail,
            connected: !is_connect,
        }
    }
}

/// Why no attempt will ever reach the host, from the words of resolver and TLS.
fn unreachable(detail: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| detail.contains(word));
    if has(&["dns error"]) {
        Some("no address is known of the host: check its name and the resolver")
    } else if has(&["certificate", "UnknownIssuer", "NotValidForName"]) {
        Some("the host's certificate is not trusted: check its name, or the system's authorities")
    } else if has(&[
        "InvalidContentType",
        "corrupt message",
        "fatal alert",
        "WRONG_VERSION",
    ]) {
        Some("the port speaks no TLS that is understood: http:// or https:// may be mistaken")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_waiting_mends_is_told_from_a_host_that_is_away() {
        for (detail, told) in [
            (
                "client error (Connect): dns error: failed to lookup",
                "no address",
            ),
            ("invalid peer certificate: UnknownIssuer", "certificate"),
            ("received corrupt message of type InvalidContentType", "TLS"),
        ] {
            assert!(unreachable(detail).unwrap().contains(told), "{detail}");
        }
        assert_eq!(unreachable("tcp connect error: Connection refused"), None);
    }
}
