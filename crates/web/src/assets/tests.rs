use super::*;

async fn get(path: &str, tag: Option<&str>) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(tag) = tag {
        headers.insert(header::IF_NONE_MATCH, tag.parse().unwrap());
    }
    serve(Path(path.to_owned()), headers).await
}

/// As `serve` gets it: without `/static/`.
fn path_of(asset: &str) -> String {
    asset.strip_prefix("/static/").unwrap().to_owned()
}

fn text(response: &Response, name: header::HeaderName) -> &str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn the_current_release_is_kept_for_ever_and_an_older_one_leads_to_it() {
    for (path, kind) in [
        ("js/sse.js", "text/javascript; charset=utf-8"),
        ("chat.css", "text/css; charset=utf-8"),
        ("logo.svg", "image/svg+xml"),
        ("app.webmanifest", "application/manifest+json"),
    ] {
        let now = asset(path);
        let current = get(&path_of(&now), None).await;
        assert_eq!(current.status(), StatusCode::OK, "{path}");
        assert!(text(&current, header::CACHE_CONTROL).contains("immutable"));
        assert_eq!(text(&current, header::CONTENT_TYPE), kind);
        let stale = get(&format!("0123456789abcdef/{path}"), None).await;
        assert_eq!(stale.status(), StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(text(&stale, header::CACHE_CONTROL), "no-cache");
        assert_eq!(text(&stale, header::LOCATION), now);
    }
}

#[tokio::test]
async fn a_known_tag_is_not_sent_again() {
    let path = path_of(&asset("js/sse.js"));
    let first = get(&path, None).await;
    let tag = text(&first, header::ETAG).to_owned();
    let list = format!("W/\"other\", {tag}");
    let again = get(&path, Some(&list)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let digest = &Release::current().digest;
    for path in [
        "../Cargo.toml",
        "css/../../Cargo.toml",
        "/etc/passwd",
        "none.css",
        "base.css",
        "",
    ] {
        for path in [
            path.to_owned(),
            format!("{digest}/{path}"),
            format!("0123456789abcdef/{path}"),
        ] {
            let status = get(&path, None).await.status();
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    // Without a digest, or with what is none.
    for path in ["js/main.js", "0123456789abcdeF/js/main.js", "old/chat.css"] {
        assert_eq!(
            get(path, None).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[test]
fn all_addresses_are_of_one_release() {
    let folder = format!("/static/{}/", Release::current().digest);
    let modules = modules("js/main.js");
    assert!(modules.len() > 5);
    for address in modules.into_iter().chain([asset("chat.css")]) {
        assert!(address.starts_with(&folder), "{address}");
    }
}
