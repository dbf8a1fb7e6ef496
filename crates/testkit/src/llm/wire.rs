//! Recorded misbehaviour: what servers have sent that no protocol allows, in `fixtures/providers`.
//!
//! A case is a folder, and `response-N.http` in it the answer to the N-th request: status line,
//! headers, an empty line, the body. Framing is left out; each event is one write. Their words are
//! made up. `@DATE@` in a body stands for a day on which there are flights.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::Raw;

/// What stands for a day in a fixture.
const DATE: &str = "@DATE@";

/// The responses of a case, in order; `date` (`YYYY-MM-DD`) is what its day is to be.
///
/// # Errors
/// Where the folder is missing or empty, or a file in it is no response.
pub fn load(case: &str, date: &str) -> io::Result<Vec<Raw>> {
    let mut responses = Vec::new();
    loop {
        let path = folder()
            .join(case)
            .join(format!("response-{}.http", responses.len() + 1));
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !responses.is_empty() => {
                return Ok(responses);
            }
            read => read?,
        };
        let response = parse(&bytes, date);
        responses
            .push(response.ok_or_else(|| io::Error::other(format!("{path:?} is no response")))?);
    }
}

/// A response as its file holds it; `None` where it is none.
fn parse(file: &[u8], date: &str) -> Option<Raw> {
    let end = file.windows(2).position(|pair| pair == b"\n\n")?;
    let head = std::str::from_utf8(&file[..end]).ok()?;
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?;
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_owned(), value.to_owned()))
    });
    let mut raw = Raw::new(status.parse().ok()?, "", with_date(&file[end + 2..], date));
    raw.headers = headers.collect::<Option<_>>()?;
    Some(raw)
}

/// The body with the day in its places; it need not be UTF-8.
fn with_date(body: &[u8], date: &str) -> Vec<u8> {
    let mut dated = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest
        .windows(DATE.len())
        .position(|part| part == DATE.as_bytes())
    {
        dated.extend_from_slice(&rest[..at]);
        dated.extend_from_slice(date.as_bytes());
        rest = &rest[at + DATE.len()..];
    }
    dated.extend_from_slice(rest);
    dated
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/providers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_a_response() {
        let raw = parse(
            b"HTTP/1.1 429 Slow\nretry-after: 3\nx-a: b\n\n\xff@DATE@\n\n@DATE@.",
            "2030-01-02",
        );
        let raw = raw.unwrap();
        assert_eq!(raw.status, 429);
        assert_eq!(raw.headers.len(), 2);
        assert_eq!(raw.headers[0], ("retry-after".into(), "3".into()));
        assert_eq!(raw.body, b"\xff2030-01-02\n\n2030-01-02.");
        assert!(parse(b"data: 1\n\n", "").is_none());
        assert!(load("none", "").is_err());
    }
}
