//! The fixtures are served as they stand in their files.

use testkit::llm::{Cuts, Protocol, fixtures};

use super::client::reply;

#[tokio::test]
async fn every_fixture_is_served_byte_for_byte() {
    let names = fixtures::names().unwrap();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        let protocol = match name.split('/').next() {
            Some("openai") => Protocol::OpenAi,
            _ => Protocol::Anthropic,
        };
        let raw = fixtures::load(&name).unwrap().cut(Cuts::Random(11));
        let expected = String::from_utf8(raw.body.clone()).unwrap();
        let response = reply(raw, protocol, true).await;
        assert!(response.complete, "{name}");
        assert_eq!(response.text(), expected, "{name}");
        let status = name.split('/').nth(1).unwrap()[..3].parse().unwrap_or(200);
        assert_eq!(response.status, status, "{name}");
        let ends = expected.ends_with("\n\n") || expected.ends_with("\r\n\r\n");
        assert_eq!(ends, name.ends_with(".sse"), "{name}");
    }
    assert!(fixtures::load("openai/none.sse").is_err());
}
