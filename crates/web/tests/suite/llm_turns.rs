//! Plays scenarios: scripted providers on one side, the person on the other.

use std::{collections::HashMap, sync::Mutex};

use reqwest::Method;
use serde_json::{Value, json};
use testkit::llm::{Entry, LlmRequest, LlmServer, Outcome};

use super::{
    equalities::PATIENCE,
    llm_scenarios::{Scenario, Way, answer},
    server::Server,
    visitor::{Events, Visitor},
};

/// Starts a provider, the first or the second, that replies as `scenarios` want it. What a person
/// writes tells the turn; `#` and what follows tells turns of the same scenario apart.
pub(super) async fn provider(nth: usize, scenarios: &[Scenario]) -> LlmServer {
    let replies = scenarios
        .iter()
        .map(|scenario| (scenario.say, scenario.replies[nth].clone()));
    let replies: HashMap<_, _> = replies.collect();
    let asked: Mutex<HashMap<String, usize>> = Mutex::default();
    let script = move |request: &LlmRequest| {
        let text = written(request);
        let mut asked = asked.lock().unwrap();
        let nth = asked.entry(text.clone()).or_default();
        let replies = &replies[text.split(" #").next().unwrap()];
        let reply = replies.get(*nth).cloned();
        *nth += 1;
        reply.unwrap_or_else(|| answer().into())
    };
    LlmServer::start(script).await.unwrap()
}

/// What the person has written last; in a request to settle its intent, or to correct the answer, too.
fn written(request: &LlmRequest) -> String {
    let entries = request.conversation().into_iter().rev();
    let mut texts = entries.filter_map(|entry| match entry {
        Entry::User(text) if !text.starts_with("<check>") => Some(text),
        _ => None,
    });
    let text = texts.next().unwrap();
    let said = text.split("\n\n<context>").next().unwrap();
    said.strip_prefix("Person: ").unwrap_or(said).to_owned()
}

impl Scenario {
    /// Has the turn; the stored answer. `providers` are those that [`provider`] started.
    pub(super) async fn play(
        &self,
        server: &Server,
        providers: &[LlmServer; 2],
        number: usize,
    ) -> Value {
        let visitor = server.visitor();
        let text = format!("{} #{number}", self.say);
        let body = json!({"message": text, "mode": self.mode});
        match self.way {
            Way::Ask => {
                let (status, answer) = visitor.chat(body).await;
                let stored = stored(&visitor).await;
                match status {
                    200 => assert_eq!(answer, stored),
                    status => assert_eq!((status, &stored["status"]), (502, &json!("error"))),
                }
            }
            Way::Stream => {
                let events = stream(&visitor, body).await.collect().await;
                assert_eq!(events.last().unwrap().data, stored(&visitor).await);
            }
            Way::StopAtOnce | Way::StopSpeech => {
                let mut events = stream(&visitor, body).await;
                let started = events.next().await.unwrap();
                assert_eq!(started.name, "started");
                if let Way::StopSpeech = self.way {
                    while events.next().await.unwrap().name != "delta" {}
                } else {
                    asked(providers, &text).await;
                }
                let message = started.data["message_id"].as_str().unwrap();
                let path = format!("/api/turns/{message}");
                let stopped = visitor.send(visitor.request(Method::DELETE, &path)).await;
                assert_eq!(stopped.status(), 204);
                left(providers, &text).await;
            }
            Way::HangUp => {
                visitor.get("/healthz").await;
                let request = visitor.request(Method::POST, "/api/chat").json(&body);
                let asking = tokio::spawn(visitor.send_owned(request));
                asked(providers, &text).await;
                asking.abort();
                left(providers, &text).await;
            }
        }
        stored(&visitor).await
    }
}

async fn stream(visitor: &Visitor, mut body: Value) -> Events {
    body["stream"] = json!(true);
    Events::new(visitor.post("/api/chat", &body).await)
}

/// The answer of the visitor's only turn, when it has ended.
async fn stored(visitor: &Visitor) -> Value {
    let list = visitor.get_json("/api/conversations").await;
    let id = list["conversations"][0]["id"].as_str().unwrap();
    loop {
        let conversation = visitor.get_json(&format!("/api/conversations/{id}")).await;
        let answer = &conversation["messages"][1]["answer"];
        if answer["status"] != "running" {
            return answer.clone();
        }
        // Whoever hung up is not told of the end.
        tokio::task::yield_now().await;
    }
}

/// Waits until the first provider has been asked about this text.
async fn asked(providers: &[LlmServer; 2], text: &str) {
    let is_asked = |requests: &[LlmRequest]| requests.iter().any(|it| written(it) == text);
    providers[0].wait_until(PATIENCE, is_asked).await.unwrap();
}

/// Waits until the provider that was answering has seen its client leave.
async fn left(providers: &[LlmServer; 2], text: &str) {
    for provider in providers {
        let is_over = |requests: &[LlmRequest]| {
            let mut of_turn = requests.iter().filter(|it| written(it) == text);
            of_turn.all(|request| request.outcome != Outcome::Answering)
        };
        let requests = provider.wait_until(PATIENCE, is_over).await.unwrap();
        let mut of_turn = requests.iter().filter(|it| written(it) == text);
        if of_turn.any(|request| request.outcome == Outcome::HungUp) {
            return;
        }
    }
    panic!("nobody hung up on {text}");
}
