//! Turns whose model calls fail, recover and are stopped: what the person does, what the providers
//! reply, and which calls must come of it.

use std::{collections::HashMap, sync::Mutex};

use reqwest::Method;
use serde_json::{Value, json};
use testkit::llm::{Answer, Ending, Fault, Finish, LlmRequest, LlmServer, Outcome, Reply, Usage};

use super::{
    equalities::PATIENCE,
    server::Server,
    visitor::{Events, Visitor},
};

/// Keys of the two providers, which no one else may ever see.
pub(super) const KEYS: [&str; 2] = ["sk-first-0a1b2c3d4e5f", "sk-ant-second-6a7b8c9d"];

/// One turn in a conversation of its own.
#[derive(Clone)]
pub(super) struct Scenario {
    /// What the person writes.
    say: &'static str,
    way: Way,
    mode: &'static str,
    /// What each provider replies to the turn's calls, one after the other; any further one is
    /// answered.
    replies: [Vec<Reply>; 2],
    /// The calls that come of it, one after the other: provider, outcome, what came next.
    pub(super) calls: &'static [&'static str],
}

/// How the person waits for the answer.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// For the whole of it.
    Ask,
    /// As it comes.
    Stream,
    /// Stops the turn when the model has been asked.
    StopAtOnce,
    /// Stops the turn when the model has begun to speak.
    StopSpeech,
    /// Hangs up when the model has been asked.
    HangUp,
}

impl Scenario {
    const fn new(say: &'static str, calls: &'static [&'static str]) -> Self {
        Self {
            say,
            way: Way::Ask,
            mode: "fast",
            replies: [Vec::new(), Vec::new()],
            calls,
        }
    }

    fn first<const N: usize>(mut self, replies: [Reply; N]) -> Self {
        self.replies[0] = replies.into();
        self
    }

    fn second<const N: usize>(mut self, replies: [Reply; N]) -> Self {
        self.replies[1] = replies.into();
        self
    }

    fn way(self, way: Way) -> Self {
        Self { way, ..self }
    }

    /// The mode in which a model may settle the intent.
    fn full(self) -> Self {
        Self {
            mode: "full",
            ..self
        }
    }
}

/// Tokens of an answer, some of them from the cache.
const fn usage(prompt: u64, cached: u64, cache_write: u64, completion: u64) -> Usage {
    Usage {
        prompt,
        completion,
        cached,
        cache_write,
    }
}

fn answer() -> Answer {
    Answer::text("It is warm and dry there in May.").with_usage(usage(1_200, 1_000, 0, 9))
}

fn fails(status: u16) -> Reply {
    Fault::status(status).into()
}

/// A refusal that tells everyone the key, as some servers do.
fn refuses(key: &str) -> Reply {
    let message = format!("Incorrect API key provided: {key}.");
    let fault = Fault {
        message,
        ..Fault::status(401)
    };
    fault.into()
}

fn ends(ending: Ending) -> Reply {
    answer().ending(ending).into()
}

/// A turn without trouble: the preferred provider's circuit is closed after it.
pub(super) fn plain() -> Scenario {
    Scenario::new("hello there", &["openai-compatible ok"]).first([answer().into()])
}

/// The key of the preferred provider is refused.
pub(super) fn refused() -> Scenario {
    let calls = &["openai-compatible authentication fallback", "anthropic ok"];
    Scenario::new("hello, refused", calls).first([refuses(KEYS[0])])
}

/// The preferred provider stays silent until the deadline.
pub(super) fn silent() -> Scenario {
    let calls = &["openai-compatible timeout fallback", "anthropic ok"];
    Scenario::new("hello, silent", calls).first([Reply::Stall])
}

/// One failure each, recovered or, where the credit for retries is used up, passed on; and a success
/// after each.
pub(super) fn bumpy() -> Vec<Scenario> {
    let limited = Fault::status(429).retry_after(0).into();
    vec![
        Scenario::new(
            "hello, 500",
            &[
                "openai-compatible server_error retry",
                "openai-compatible ok",
            ],
        )
        .first([fails(500)])
        .way(Way::Stream),
        plain(),
        Scenario::new(
            "hello, 503",
            &["openai-compatible overloaded retry", "openai-compatible ok"],
        )
        .first([fails(503)]),
        plain(),
        Scenario::new(
            "hello, 429",
            &[
                "openai-compatible rate_limited retry",
                "openai-compatible ok",
            ],
        )
        .first([limited]),
        plain(),
    ]
}

/// Everything whose calls are known beforehand, in this order. Never more than three failures in a
/// row at one provider: with the one that [`silent`] adds meanwhile no circuit opens.
pub(super) fn in_order() -> Vec<Scenario> {
    let written = answer().with_usage(usage(2_000, 500, 700, 12)).into();
    let mut all = bumpy();
    all.extend([
        Scenario::new(
            "hello, 429 for ever so long",
            &["openai-compatible rate_limited fallback", "anthropic ok"],
        )
        .first([fails(429)])
        .second([written])
        .way(Way::Stream),
        refused(),
        Scenario::new(
            "hello, no such model",
            &["openai-compatible unknown_model fallback", "anthropic ok"],
        )
        .first([fails(404)]),
        Scenario::new(
            "hello, reset",
            &["openai-compatible connection retry", "openai-compatible ok"],
        )
        .first([Reply::Reset]),
        Scenario::new(
            "hello, dying",
            &[
                "openai-compatible server_error retry",
                "openai-compatible overloaded retry",
                "openai-compatible server_error fallback",
                "anthropic overloaded retry",
                "anthropic ok",
            ],
        )
        .first([fails(500), fails(503), fails(500)])
        .second([fails(529)]),
        plain(),
        Scenario::new(
            "hello, nobody is left",
            &[
                "openai-compatible authentication fallback",
                "anthropic authentication fallback",
                "builtin ok",
            ],
        )
        .first([refuses(KEYS[0])])
        .second([refuses(KEYS[1])]),
        Scenario::new(
            "hello, error in the stream",
            &[
                "openai-compatible server_error retry",
                "openai-compatible ok",
            ],
        )
        .first([ends(Ending::ErrorEventAfter(0))]),
    ]);
    all.extend(broken());
    all.extend(stopped());
    all.extend(with_tools());
    all
}

/// Answers that break off after their first token: nothing is tried again.
fn broken() -> Vec<Scenario> {
    let call = || Answer::call("get_airport_code", json!({"city": "Lyon"}));
    vec![
        Scenario::new("hello, torn", &["openai-compatible connection"])
            .first([ends(Ending::ResetAfter(2))])
            .way(Way::Stream),
        Scenario::new("hello, cut", &["openai-compatible connection"])
            .first([ends(Ending::CutAfter(3))]),
        plain(),
        // Nothing was said yet: the client gets a problem document.
        Scenario::new("hello, cut in a call", &["openai-compatible connection"])
            .first([call().ending(Ending::CloseAfter(1)).into()]),
        plain(),
        Scenario::new("hello, long", &["openai-compatible ok"])
            .first([answer().with_finish(Finish::Length).into()]),
        Scenario::new("hello, uncounted", &["openai-compatible ok"])
            .first([Answer::text("Nobody counts these words.").into()]),
        // The second opinion fails, and the first one stands.
        Scenario::new(
            UNSURE,
            &[
                "openai-compatible server_error (classification)",
                "openai-compatible ok",
            ],
        )
        .first([fails(500)])
        .full(),
        Scenario::new(
            UNSURE_TOO,
            &[
                "openai-compatible ok (classification)",
                "openai-compatible ok",
            ],
        )
        .first([Answer::text("small_talk")
            .with_usage(usage(300, 0, 0, 2))
            .into()])
        .full(),
    ]
}

/// What the embedded classifier is unsure of.
const UNSURE: &str = "I lost it";
const UNSURE_TOO: &str = "is it good";

fn stopped() -> Vec<Scenario> {
    let spoken = || [ends(Ending::StallAfter(3))];
    vec![
        Scenario::new("hello, stop", &["openai-compatible stopped"])
            .first([Reply::Stall])
            .way(Way::StopAtOnce),
        Scenario::new("hello, stop talking", &["openai-compatible stopped"])
            .first(spoken())
            .way(Way::StopSpeech),
        Scenario::new("hello, goodbye", &["openai-compatible stopped"])
            .first([Reply::Stall])
            .way(Way::HangUp),
        Scenario::new(
            "hello, stop after a fallback",
            &[
                "openai-compatible authentication fallback",
                "anthropic stopped",
            ],
        )
        .first([refuses(KEYS[0])])
        .second(spoken())
        .way(Way::StopSpeech),
    ]
}

fn with_tools() -> Vec<Scenario> {
    let calls = Answer::call("get_airport_code", json!({"city": "Lyon"}))
        .and_raw_call("search_flights", "{\"departure\": LYS")
        .and_call("make_coffee", json!({"sugar": true}))
        .with_usage(usage(1_500, 0, 0, 40));
    vec![
        Scenario::new(
            "flights from Lyon to Rome, and a coffee",
            &["openai-compatible ok", "openai-compatible ok"],
        )
        .first([calls.clone().into()]),
        Scenario::new(
            "flights from Lyon to Rome, twice",
            &[
                "openai-compatible ok",
                "openai-compatible server_error retry",
                "openai-compatible ok",
            ],
        )
        .first([calls.into(), fails(502)])
        .way(Way::Stream),
    ]
}

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

/// What the person has written last; in a request to settle its intent, too.
fn written(request: &LlmRequest) -> String {
    let text = request.user_text();
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
