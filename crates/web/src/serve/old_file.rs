//! Database files that older versions wrote: their conversations are listed, shown, continued and
//! confirmed.

mod before_readings;
mod before_searches;

use std::{fs, path::PathBuf, time::Duration};

use clap::Parser;
use jiff::Timestamp;
use reqwest::{Client, Method, StatusCode, header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{
    AppState, Clock, Config, Rules, build, connections, router, telemetry, telemetry_config,
};

/// A database file of an older version.
pub(super) struct File {
    pub(super) bytes: &'static [u8],
    /// Of the visitor whose conversations they are.
    pub(super) cookie: &'static str,
    /// When it is opened: its proposals are still live.
    pub(super) now: fn() -> Timestamp,
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// A server on a copy of a file.
pub(super) struct Opened {
    cookie: &'static str,
    state: AppState,
    url: String,
    client: Client,
    folder: PathBuf,
}

impl Opened {
    pub(super) async fn new(file: &File) -> Self {
        let folder = std::env::temp_dir().join(format!("old-file-{}", uuid::Uuid::now_v7()));
        fs::create_dir(&folder).unwrap();
        let database = folder.join("old.db");
        fs::write(&database, file.bytes).unwrap();
        let arguments = [
            "travel-agent",
            "--database-url",
            &format!("sqlite://{}", database.display()),
            "--default-time-zone",
            "Europe/Paris",
            "--otel-sdk-disabled",
            "true",
        ];
        let config = Arguments::parse_from(arguments).config;
        let clock = Clock::fixed(file.now);
        let words = telemetry::vocabulary(config.telemetry.otel_semconv_stability_opt_in, false);
        let telemetry = telemetry_config::read(&config).unwrap();
        let telemetry = obs::Telemetry::new(telemetry, words).unwrap();
        let state = build(config, telemetry, clock).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let served = connections::serve(
            listener,
            router(state.clone()),
            Rules::new(16, &[]),
            std::future::pending(),
        );
        tokio::spawn(served);
        Self {
            cookie: file.cookie,
            state,
            url,
            client: agent::llm::endpoint::client(Duration::from_secs(10)).unwrap(),
            folder,
        }
    }

    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, String) {
        let request = self.client.request(method, format!("{}{path}", self.url));
        let request = request.header(header::COOKIE, self.cookie);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let response = request.send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    pub(super) async fn json(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, text) = self.send(method, path, body).await;
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn say(&self, conversation: &str, message: &str) -> Value {
        let body = json!({"message": message, "conversation_id": conversation});
        let answer = self.json(Method::POST, "/api/chat", Some(body)).await;
        assert_eq!(answer["status"], "ok", "{answer}");
        answer
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.state.closing.cancel();
        // Left behind it would only take up space.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn searched(answer: &Value) -> &Value {
    &answer["tool_calls"][0]["arguments"]
}
