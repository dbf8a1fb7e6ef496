//! `travel-agent healthcheck` against the real server, and without one.

use std::process::Output;

use tokio::process::Command;

use super::server::Server;

async fn check(bind_addr: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_travel-agent"))
        .current_dir(std::env::temp_dir())
        .env_clear()
        .env("BIND_ADDR", bind_addr)
        .arg("healthcheck")
        .output()
        .await
        .unwrap()
}

#[tokio::test]
async fn it_follows_the_server() {
    let mut server = Server::start(&[]).await;
    let address = server.url.strip_prefix("http://").unwrap().to_owned();
    let port = address.rsplit(':').next().unwrap();
    for bound in [address.clone(), format!("0.0.0.0:{port}")] {
        let output = check(&bound).await;
        assert!(output.status.success(), "{bound}: {output:?}");
    }
    assert!(server.terminate().await.success());
    let output = check(&address).await;
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("/healthz"), "{text}");
}

#[tokio::test]
async fn a_port_that_nobody_knows_cannot_be_asked() {
    let output = check("127.0.0.1:0").await;
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("BIND_ADDR"), "{text}");
}
