//! A request is for one host. Two names in it are read differently by a proxy and by us, and what
//! one of them checked would be another request than the one that the other answers.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};

use crate::problem::Problem;

/// Refuses (400) a request with two `Host` lines, or with a host in its target that is not that of
/// `Host` (RFC 9112, 3.2; RFC 9113, 8.3.1).
pub async fn check(request: Request, next: Next) -> Result<Response, Problem> {
    if !is_one(request.uri(), request.headers()) {
        let detail = "the request names more than one host";
        return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
    }
    Ok(next.run(request).await)
}

fn is_one(target: &Uri, headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::HOST).iter();
    let (first, second) = (lines.next(), lines.next());
    let is_same = |authority: &str| {
        first.is_none_or(|host| host.as_bytes().eq_ignore_ascii_case(authority.as_bytes()))
    };
    second.is_none()
        && target
            .authority()
            .is_none_or(|authority| is_same(authority.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one_host(target: &str, lines: &[&str]) -> bool {
        let lines = lines
            .iter()
            .map(|host| (header::HOST, host.parse().unwrap()));
        // Collecting would keep the last line only.
        let mut headers = HeaderMap::new();
        lines.for_each(|(name, host)| {
            headers.append(name, host);
        });
        is_one(&target.parse().unwrap(), &headers)
    }

    #[test]
    fn two_names_are_one_too_many() {
        assert!(is_one_host("/", &["a.example"]));
        assert!(is_one_host("/", &[]), "that is for others to judge");
        assert!(!is_one_host("/", &["a.example", "b.example"]));
        assert!(!is_one_host("/", &["a.example", "a.example"]));
        assert!(is_one_host("http://A.example:80/", &["a.example:80"]));
        assert!(is_one_host("http://a.example/", &[]));
        assert!(!is_one_host("http://a.example/", &["b.example"]));
        assert!(!is_one_host("http://a.example:81/", &["a.example:82"]));
    }
}
