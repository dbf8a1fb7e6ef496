//! Files that the page loads.

use reqwest::{Method, header};

use super::server::Server;

#[tokio::test]
async fn every_file_of_the_page_is_there_and_can_be_kept() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let html = visitor.get("/").await.text().await.unwrap();
    let links = html
        .split(['"', '\''])
        .filter(|text| text.starts_with("/static/"));
    let links: Vec<_> = links.collect();
    assert!(links.len() > 5, "{links:?}");
    for link in links {
        let response = visitor.get(link).await;
        assert_eq!(response.status(), 200, "{link}");
        let said = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert!(said("cache-control").contains("immutable"), "{link}");
        assert_eq!(said("x-content-type-options"), "nosniff");
        let kind = said("content-type");
        let expected = match link.rsplit('.').next().unwrap() {
            "css" => "text/css",
            "js" => "text/javascript",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            _ => "application/manifest+json",
        };
        assert!(kind.starts_with(expected), "{link}: {kind}");
        assert!(!response.text().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_file_that_is_known_is_not_sent_again() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let html = visitor.get("/").await.text().await.unwrap();
    let link = |end: &str| {
        let mut links = html.split('"').filter(|text| text.starts_with("/static/"));
        links.find(|link| link.ends_with(end)).unwrap().to_owned()
    };
    let main = link("/js/main.js");
    let first = visitor.get(&main).await;
    assert!(
        !first.headers().contains_key(header::SET_COOKIE),
        "shared caches keep it"
    );
    let tag = first.headers()[header::ETAG].clone();
    assert_eq!(
        first.headers()[header::CACHE_CONTROL],
        "public, max-age=31536000, immutable"
    );
    for (known, status) in [(tag.to_str().unwrap(), 304), ("W/\"old\"", 200)] {
        let request = visitor
            .request(Method::GET, &main)
            .header(header::IF_NONE_MATCH, known);
        assert_eq!(visitor.send(request).await.status(), status);
    }
    for path in [
        "/static/js/main.js",
        "/static/0123456789abcdef/../../Cargo.toml",
        "/static/0123456789abcdef/%2e%2e/Cargo.toml",
        "/static/../Cargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/static/..%2f..%2fCargo.toml",
    ] {
        assert_eq!(visitor.get(path).await.status(), 404, "{path}");
    }
    let packed = visitor
        .request(Method::GET, &link("/chat.css"))
        .header(header::ACCEPT_ENCODING, "gzip");
    let packed = visitor.send(packed).await;
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
}
