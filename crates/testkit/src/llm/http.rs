//! As much of HTTP/1.1 as clients of language models use (RFC 9112).

use super::LlmRequest;

/// The chunk that ends a chunked body.
pub(super) const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// Most header lines of a request.
const MAX_HEADERS: usize = 64;
/// Longest request, head and body, in bytes.
const MAX_REQUEST: usize = 16 << 20;

/// A request as read from a connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RawRequest {
    pub(super) method: String,
    pub(super) path: String,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Takes one whole request off the front of what was received; `None` until it is there.
pub(super) fn take_request(received: &mut Vec<u8>) -> Result<Option<RawRequest>, String> {
    if received.len() > MAX_REQUEST {
        return Err("the request is too long".into());
    }
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let head = match parsed.parse(received) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(format!("malformed head: {error}")),
    };
    let mut request = RawRequest {
        method: parsed.method.unwrap_or_default().to_owned(),
        path: parsed.path.unwrap_or_default().to_owned(),
        headers: parsed
            .headers
            .iter()
            .map(|header| {
                let value = String::from_utf8_lossy(header.value).into_owned();
                (header.name.to_ascii_lowercase(), value)
            })
            .collect(),
        body: Vec::new(),
    };
    let header = |name: &str| {
        let found = request.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let body = if header("transfer-encoding").as_deref() == Some("chunked") {
        take_chunks(&received[head..])?
    } else {
        let length = match header("content-length") {
            Some(length) => length.parse().map_err(|_| "malformed Content-Length")?,
            None => 0,
        };
        let body = received[head..].get(..length);
        body.map(|body| (body.to_vec(), length))
    };
    let Some((body, length)) = body else {
        return Ok(None);
    };
    request.body = body;
    received.drain(..head + length);
    Ok(Some(request))
}

/// A chunked body and its length on the wire; trailers are not supported.
fn take_chunks(mut rest: &[u8]) -> Result<Option<(Vec<u8>, usize)>, String> {
    let whole = rest.len();
    let mut body = Vec::new();
    loop {
        let (start, size) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete(found)) => found,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err("malformed chunk".into()),
        };
        let size = usize::try_from(size).map_err(|_| "malformed chunk")?;
        let Some(chunk) = rest[start..].get(..size.saturating_add(2)) else {
            return Ok(None);
        };
        body.extend_from_slice(&chunk[..size]);
        rest = &rest[start + size + 2..];
        if size == 0 {
            return Ok(Some((body, whole - rest.len())));
        }
    }
}

/// Whether the client wants no further request on the connection.
pub(super) fn closes(request: &LlmRequest) -> bool {
    let connection = request.header("connection");
    connection.is_some_and(|value| value.eq_ignore_ascii_case("close"))
}

/// The head of a response.
pub(super) fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    // The reason phrase may be empty (RFC 9112, 4).
    let mut head = format!("HTTP/1.1 {status} \r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// A chunk of a chunked body; not for an empty one, which would end the body.
pub(super) fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds byte by byte; gives the requests and what was left over.
    fn feed(bytes: &[u8]) -> (Vec<RawRequest>, Vec<u8>) {
        let mut received = Vec::new();
        let mut requests = Vec::new();
        for &byte in bytes {
            received.push(byte);
            requests.extend(take_request(&mut received).unwrap());
        }
        (requests, received)
    }

    #[test]
    fn requests_of_one_connection_are_taken_one_by_one() {
        let (requests, rest) = feed(
            b"POST /v1/messages HTTP/1.1\r\nX-Api-Key: k\r\nContent-Length: 2\r\n\r\n{}\
              POST /b HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n\
              GET /c HTTP/1.1\r\n\r\nP",
        );
        assert_eq!(rest, b"P");
        let paths: Vec<_> = requests.iter().map(|r| (&*r.method, &*r.path)).collect();
        assert_eq!(
            paths,
            [("POST", "/v1/messages"), ("POST", "/b"), ("GET", "/c")]
        );
        assert_eq!(requests[0].headers[0], ("x-api-key".into(), "k".into()));
        assert_eq!(
            (&*requests[0].body, &*requests[1].body),
            (&b"{}"[..], &b"{\"a\":1}"[..])
        );
    }

    #[test]
    fn what_is_not_http_is_refused() {
        for bytes in [
            &b"\x16\x03\x01\x00"[..],
            b"POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        ] {
            assert!(take_request(&mut bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
