//! A database file that was written before messages were read as one value: its conversations are
//! listed, shown, continued and confirmed.
//!
//! The file (`testkit/fixtures/store/before_readings.db`) was made by the binary of the last commit
//! before that, 5cc35e4, on 29 November 2026 at noon in Paris: a French search with its proposal, and
//! an English one of which the second offer was chosen. It is vacuumed, and has the spans of its last
//! turn only.

use std::{fs, path::PathBuf, time::Duration};

use clap::Parser;
use reqwest::{Client, Method, StatusCode, header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{
    AppState, Clock, Config, Rules, build, connections, router, telemetry, telemetry_config,
};

const FILE: &[u8] = include_bytes!("../../../testkit/fixtures/store/before_readings.db");
/// Of the visitor whose conversations they are.
const COOKIE: &str =
    "travel_agent_visitor=5cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45cc35e45";
const FRENCH: &str = "01a226f8-c7aa-7262-a400-d088edae107a";
const FRENCH_PROPOSAL: &str = "01a226f8-c7b0-7b22-8046-5a3def3a474b";
const ENGLISH: &str = "01a226f8-c93c-7d58-a154-aa016de02211";
const ENGLISH_TRACE: &str = "7eadbfb763541806d1360ba49cdbc6fe";

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// A server on a copy of the file, eight minutes after the file was made.
struct Opened {
    state: AppState,
    url: String,
    client: Client,
    folder: PathBuf,
}

impl Opened {
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("old-file-{}", uuid::Uuid::now_v7()));
        fs::create_dir(&folder).unwrap();
        let database = folder.join("old.db");
        fs::write(&database, FILE).unwrap();
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
        let clock = Clock::fixed(|| "2026-11-29T11:10:00Z".parse().unwrap());
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
            state,
            url,
            client: agent::llm::endpoint::client(Duration::from_secs(10)).unwrap(),
            folder,
        }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, String) {
        let request = self.client.request(method, format!("{}{path}", self.url));
        let request = request.header(header::COOKIE, COOKIE);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let response = request.send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    async fn json(&self, method: Method, path: &str, body: Option<Value>) -> Value {
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

#[tokio::test]
async fn its_conversations_are_listed_and_shown() {
    let opened = Opened::new().await;
    let list = opened.json(Method::GET, "/api/conversations", None).await;
    let ids: Vec<_> = list["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|conversation| conversation["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [ENGLISH, FRENCH]);
    for (id, messages, words) in [(FRENCH, 2, "Transavia"), (ENGLISH, 4, "British Airways")] {
        let path = format!("/api/conversations/{id}");
        let conversation = opened.json(Method::GET, &path, None).await;
        assert_eq!(conversation["messages"].as_array().unwrap().len(), messages);
        let (status, page) = opened.send(Method::GET, &format!("/c/{id}"), None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(words), "{page}");
    }
    let path = format!("/traces/{ENGLISH_TRACE}");
    let (status, trace) = opened.send(Method::GET, &path, None).await;
    assert_eq!(status, StatusCode::OK, "{trace}");
}

#[tokio::test]
async fn its_trips_are_changed() {
    let opened = Opened::new().await;
    let later = opened
        .say(FRENCH, "un jour plus tard, et surtout pas Ryanair")
        .await;
    let search = searched(&later);
    assert_eq!(search["departure"], "LYS");
    assert_eq!(search["date"], "2027-01-13");
    assert_eq!(search["return_date"], "2027-01-21");
    assert_eq!(search["adults"], 2);
    assert_eq!(search["children_ages"], json!([5]));
    assert_eq!(search["exclude_airlines"], "FR");
    let cheaper = opened
        .say(ENGLISH, "rather in economy, with a checked bag")
        .await;
    let search = searched(&cheaper);
    assert_eq!(
        (&search["date"], &search["return_date"]),
        (&json!("2027-03-03"), &json!("2027-03-10"))
    );
    assert_eq!(search["checked_bag"], true);
}

#[tokio::test]
async fn its_proposals_are_confirmed_by_button_and_in_words() {
    let opened = Opened::new().await;
    let path = format!("/api/proposals/{FRENCH_PROPOSAL}/confirm");
    let button = opened.json(Method::POST, &path, None).await;
    let words = opened.say(ENGLISH, "Yes, book it please").await;
    for (answer, conversation) in [(&button, FRENCH), (&words, ENGLISH)] {
        assert_eq!(answer["conversation_id"], conversation);
        let calls = answer["tool_calls"].as_array().unwrap();
        let checked = calls.iter().find(|call| call["name"] == "check_price");
        assert_eq!(checked.unwrap()["success"], true, "{answer}");
        assert_eq!(answer["intent"]["name"], "confirmation", "{answer}");
        assert_eq!(answer["left_over"], json!([]), "{answer}");
    }
}
