//! Static files: embedded in release builds, read from disk in development.

use std::fmt::Write;

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use crate::{extract::StrictQuery, problem::Problem};

#[derive(RustEmbed)]
#[folder = "../../static"]
struct Files;

/// The version that a page asked for.
#[derive(Debug, Deserialize)]
pub struct Version {
    v: Option<String>,
}

/// The address of a file under `static/`, with its version, so that it can be cached for ever.
#[must_use]
pub fn asset(path: &str) -> String {
    match Files::get(path) {
        Some(file) => format!("/static/{path}?v={}", digest(&file)),
        None => format!("/static/{path}"),
    }
}

/// `GET /static/{*path}`. Only the current version is immutable: scripts import each other
/// without one, and are asked for again each time (304 when nothing changed).
pub async fn serve(
    Path(path): Path<String>,
    StrictQuery(version): StrictQuery<Version>,
    headers: HeaderMap,
) -> Response {
    let Some(file) = Files::get(&path) else {
        return Problem::not_found().into_response();
    };
    let digest = digest(&file);
    let cache = if version.v.as_deref() == Some(digest.as_str()) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    // Weak, because a compressed body has other bytes.
    let etag = format!("W/\"{digest}\"");
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags == "*" || tags.split(',').any(|tag| tag.trim() == etag));
    let caching = [
        (header::ETAG, etag),
        (header::CACHE_CONTROL, cache.to_owned()),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = [(header::CONTENT_TYPE, content_type(&path, &file))];
    (caching, kind, file.data).into_response()
}

fn content_type(path: &str, file: &EmbeddedFile) -> String {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8".to_owned(),
        Some("css") => "text/css; charset=utf-8".to_owned(),
        Some("webmanifest") => "application/manifest+json".to_owned(),
        _ => file.metadata.mimetype().to_owned(),
    }
}

/// The first eight bytes of the content's SHA-256, in hex.
fn digest(file: &EmbeddedFile) -> String {
    let mut hex = String::with_capacity(16);
    for byte in &file.metadata.sha256_hash()[..8] {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(path: &str, version: Option<&str>, tag: Option<&str>) -> Response {
        let mut headers = HeaderMap::new();
        if let Some(tag) = tag {
            headers.insert(header::IF_NONE_MATCH, tag.parse().unwrap());
        }
        let v = version.map(str::to_owned);
        serve(Path(path.to_owned()), StrictQuery(Version { v }), headers).await
    }

    fn text(response: &Response, name: header::HeaderName) -> &str {
        response.headers()[name].to_str().unwrap()
    }

    #[tokio::test]
    async fn the_current_version_is_immutable_and_others_are_asked_for_again() {
        let url = asset("css/base.css");
        let version = url.strip_prefix("/static/css/base.css?v=").unwrap();
        let current = get("css/base.css", Some(version), None).await;
        assert!(text(&current, header::CACHE_CONTROL).contains("immutable"));
        assert_eq!(
            text(&current, header::CONTENT_TYPE),
            "text/css; charset=utf-8"
        );
        let stale = get("css/base.css", Some("old"), None).await;
        assert_eq!(text(&stale, header::CACHE_CONTROL), "no-cache");
    }

    #[tokio::test]
    async fn a_known_tag_is_not_sent_again() {
        let first = get("js/sse.js", None, None).await;
        assert_eq!(
            text(&first, header::CONTENT_TYPE),
            "text/javascript; charset=utf-8"
        );
        let tag = text(&first, header::ETAG).to_owned();
        let list = format!("W/\"other\", {tag}");
        let again = get("js/sse.js", None, Some(&list)).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        for path in [
            "../Cargo.toml",
            "css/../../Cargo.toml",
            "/etc/passwd",
            "none.css",
            "",
        ] {
            assert_eq!(
                get(path, None, None).await.status(),
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }
}
