//! The one file of a form (`multipart/form-data`, RFC 7578), as browsers send it.

use crate::problem::Problem;

/// Name of the form's field.
const FIELD: &str = "file";
/// Longest boundary (RFC 2046, 5.1.1).
const MAX_BOUNDARY: usize = 70;

/// The content of the file in a form's body of this content type.
///
/// # Errors
/// 415 for another type, 422 naming the field where there is no file or it is empty.
pub fn file<'a>(content_type: &str, body: &'a [u8]) -> Result<&'a [u8], Problem> {
    let boundary = boundary(content_type).ok_or_else(|| {
        let status = http::StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Problem::new(status, "the body must be multipart/form-data")
    })?;
    let file = part(body, boundary).filter(|file| !file.is_empty());
    file.ok_or_else(|| Problem::field(FIELD, "must be a file"))
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut named = parameters
        .split(';')
        .filter_map(|one| one.trim().split_once('='));
    let (_, boundary) = named.find(|(name, _)| name.eq_ignore_ascii_case("boundary"))?;
    let boundary = boundary.trim_matches('"');
    (!boundary.is_empty() && boundary.len() <= MAX_BOUNDARY).then_some(boundary)
}

/// The content of the part with the name of the field.
fn part<'a>(body: &'a [u8], boundary: &str) -> Option<&'a [u8]> {
    let (first, between) = (format!("--{boundary}"), format!("\r\n--{boundary}"));
    let mut rest = body.get(find(body, first.as_bytes())? + first.len()..)?;
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, between.as_bytes())?;
        let (whole, after) = part.split_at(end);
        let head_end = find(whole, b"\r\n\r\n")?;
        let (head, content) = whole.split_at(head_end);
        if is_field(head) {
            return content.get(4..);
        }
        rest = after.get(between.len()..)?;
    }
    None
}

/// Whether the head of a part names the field.
fn is_field(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let said = lines.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"));
    said.is_some_and(|(_, value)| {
        let mut parameters = value.split(';').map(str::trim);
        parameters.any(|one| one == format!("name=\"{FIELD}\""))
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=----x";

    fn body(parts: &[(&str, &str)]) -> String {
        let part = |(head, content): &(&str, &str)| {
            format!("------x\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
        };
        parts.iter().map(part).collect::<String>() + "------x--\r\n"
    }

    #[test]
    fn the_file_is_found_as_it_was_sent() {
        let head = "name=\"file\"; filename=\"a.json\"\r\nContent-Type: application/json";
        let content = "{\"a\":\r\n\r\n\"--x\"}";
        for parts in [
            &[(head, content)][..],
            &[("name=\"b\"", "c"), (head, content)],
        ] {
            let body = body(parts);
            assert_eq!(file(TYPE, body.as_bytes()).unwrap(), content.as_bytes());
        }
        let quoted = "Multipart/Form-Data; charset=utf-8; boundary=\"----x\"";
        let whole = body(&[(head, content)]);
        assert_eq!(file(quoted, whole.as_bytes()).unwrap(), content.as_bytes());
    }

    #[test]
    fn a_form_without_a_file_is_refused() {
        let empty = body(&[("name=\"file\"; filename=\"\"", "")]);
        let other = body(&[("name=\"files\"", "x")]);
        let cut = "------x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc";
        for body in [&*empty, &*other, cut, "", "------x", "------x--", "\r\n"] {
            let problem = file(TYPE, body.as_bytes()).unwrap_err();
            assert_eq!((problem.status, &*problem.errors[0].field), (422, "file"));
        }
        let long = format!("multipart/form-data; boundary={}", "x".repeat(71));
        for kind in [
            "",
            "text/plain",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            &*long,
        ] {
            assert_eq!(file(kind, b"x").unwrap_err().status, 415, "{kind}");
        }
    }
}
