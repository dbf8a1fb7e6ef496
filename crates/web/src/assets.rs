//! Static files: embedded in release builds, read from disk in development. All of them have one
//! digest in their path, so that the page, its styles and the modules that import each other are
//! always of one release and can be kept for ever.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::problem::Problem;

mod files;
mod imports;
mod release;
mod sheets;

use release::Release;

/// The address of a file under `static/`, or of a page's style sheet: `chat.css`.
#[must_use]
pub fn asset(path: &str) -> String {
    Release::current().address(path)
}

/// The addresses of a module and of all that it imports, itself first.
#[must_use]
pub fn modules(entry: &str) -> Vec<String> {
    Release::current().modules(entry)
}

/// The script that runs beside the pages, told its release and what it keeps for when there is no
/// connection; `None` where its file is missing.
#[must_use]
pub fn worker() -> Option<String> {
    let release = Release::current();
    let file = release.file("js/worker.js")?;
    let shell = ["error.css", "logo.svg"].map(|path| release.address(path));
    let shell: Vec<_> = std::iter::once("/offline".to_owned())
        .chain(shell)
        .collect();
    let said = serde_json::to_string(&shell).ok()?;
    let script = String::from_utf8_lossy(&file.data);
    let digest = &release.digest;
    Some(format!(
        "const RELEASE = \"{digest}\";\nconst SHELL = {said};\n{script}"
    ))
}

/// Answers `GET /static/{*path}`: a digest and a path. A page of an earlier release that still asks for
/// its files is sent to those of this one: a page without styles is worse than one with newer ones,
/// and modules that import each other come from one release either way.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let found = path
        .split_once('/')
        .filter(|(digest, _)| release::is_digest(digest));
    let Some((digest, path)) = found else {
        return Problem::not_found().into_response();
    };
    let current = Release::current();
    let Some(file) = current.file(path) else {
        return Problem::not_found().into_response();
    };
    if digest != current.digest {
        let now = current.address(path);
        let kept = [
            (header::CACHE_CONTROL, "no-cache"),
            (header::LOCATION, now.as_str()),
        ];
        return (StatusCode::TEMPORARY_REDIRECT, kept).into_response();
    }
    // Weak, because a compressed body has other bytes.
    let etag = format!("W/\"{digest}\"");
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags == "*" || tags.split(',').any(|tag| tag.trim() == etag));
    let caching = [
        (header::ETAG, etag.as_str()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = [(header::CONTENT_TYPE, file.kind)];
    (caching, kind, file.data).into_response()
}

#[cfg(test)]
mod tests;
