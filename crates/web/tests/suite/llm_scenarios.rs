//! Turns whose model calls fail, recover and are stopped: what the person does, what the providers
//! reply, and which calls must come of it.

use serde_json::json;
use testkit::llm::{Answer, Ending, Fault, Finish, Reply, Usage};

/// Keys of the two providers, which no one else may ever see.
pub(super) const KEYS: [&str; 2] = ["sk-first-0a1b2c3d4e5f", "sk-ant-second-6a7b8c9d"];

/// One turn in a conversation of its own.
#[derive(Clone)]
pub(super) struct Scenario {
    /// What the person writes.
    pub(super) say: &'static str,
    pub(super) way: Way,
    pub(super) mode: &'static str,
    /// What each provider replies to the turn's calls, one after the other; any further one is
    /// answered.
    pub(super) replies: [Vec<Reply>; 2],
    /// The calls that come of it, one after the other: provider, outcome, what came next.
    pub(super) calls: &'static [&'static str],
}

/// How the person waits for the answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
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
        reasoning: 0,
    }
}

/// What a provider says when nothing else is wanted of it.
pub(super) fn answer() -> Answer {
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
    all.extend(corrected());
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

/// Answers that say what no tool said: they are sent back once.
fn corrected() -> Vec<Scenario> {
    let invents = Answer::text("Flight AF1234 costs 99 EUR.").with_usage(usage(1_300, 0, 0, 12));
    vec![
        Scenario::new(
            "hello, invent",
            &["openai-compatible ok", "openai-compatible ok (correction)"],
        )
        .first([invents.clone().into()]),
        // What corrects an answer did not give it.
        Scenario::new(
            "hello, invent and fall back",
            &[
                "openai-compatible ok",
                "openai-compatible authentication fallback (correction)",
                "anthropic ok (correction)",
            ],
        )
        .first([invents.clone().into(), refuses(KEYS[0])])
        .way(Way::Stream),
        plain(),
        // The built-in model only says what it knows, and nothing of what others said.
        Scenario::new(
            "hello, invent and be left alone",
            &[
                "openai-compatible ok",
                "openai-compatible authentication fallback (correction)",
                "anthropic authentication (correction)",
            ],
        )
        .first([invents.into(), refuses(KEYS[0])])
        .second([refuses(KEYS[1])]),
        plain(),
    ]
}
