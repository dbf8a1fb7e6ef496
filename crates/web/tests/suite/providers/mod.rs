//! Servers of language models that do not keep to their protocol: the real binary asks them one
//! question, over JSON and over SSE.
//!
//! A case is a folder `crates/testkit/fixtures/providers/CASE` with the bytes of each response
//! ([`testkit::llm::wire`] says how), or replies made in code. Whoever adds cases does so in a file of
//! their own beside this one:
//!
//! ```ignore
//! for outcome in Case::openai("numeric-call-id").ask().await {
//!     assert_eq!(outcome.tools(), ["search_flights"], "{outcome:?}");
//!     assert_eq!(outcome.reply, ANSWER);
//!     assert_eq!(outcome.requests[1].tool_results()[0].call_id, "7");
//! }
//! // The server wants a variable, and calls a tool after its refusal:
//! let case = Case::openai("refuses-max-tokens").with("LLM_MAX_TOKENS", "512").then(call());
//! // Many cases of one kind on one server, where no case leaves a mark on the next one:
//! for (name, outcome) in ask_all(PROVIDER, &[("null", vec![raw.into()])]).await { … }
//! ```
//!
//! The scripted server checks every request against its protocol: a test fails where one breaks it.

mod dialect;
mod failure;
mod markup;
mod reading;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use testkit::llm::{Answer, Entry, LlmRequest, LlmServer, Reply, wire};

use super::{
    dates::in_days,
    folder::Folder,
    server::Server,
    visitor::{Events, SentEvent},
};

/// `LLM_PROVIDER` of OpenAI's protocol.
pub(super) const OPENAI: &str = "openai-compatible";
/// `LLM_PROVIDER` of Anthropic's.
pub(super) const ANTHROPIC: &str = "anthropic";
/// What a server says when nothing else is wanted of it.
pub(super) const ANSWER: &str = "These are the flights of that day. Fares are illustrative.";
/// The key of the server, which no one else may see.
pub(super) const KEY: &str = "sk-wire-5e6f7a8b9c0d";

/// The day of the question, and of `@DATE@` in fixtures.
pub(super) fn date() -> String {
    in_days(45)
}

/// The question; models answer it with [`call`].
fn question() -> String {
    format!(
        "Two adults from Paris to Lisbon on {}, nonstop please",
        date()
    )
}

/// The ordinary answer.
pub(super) fn answer() -> Reply {
    Answer::text(ANSWER).into()
}

/// The ordinary call that the question wants.
pub(super) fn call() -> Reply {
    Answer::call("search_flights", arguments()).into()
}

/// The arguments of [`call`].
pub(super) fn arguments() -> Value {
    json!({"departure": "PAR", "arrival": "LIS", "date": date(), "adults": 2, "max_stops": 0})
}

/// How the application is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// For the whole answer.
    Json,
    /// For events.
    Sse,
}

const FORMS: [Form; 2] = [Form::Json, Form::Sse];

/// One server of a language model, and how the application is started.
pub(super) struct Case {
    provider: &'static str,
    /// One for each request; [`answer`] to all further ones.
    replies: Vec<Reply>,
    /// Variables beside those of the provider; `@SERVER@` in a value is `http://host:port`.
    environment: Vec<(&'static str, String)>,
    question: String,
}

impl Case {
    /// A case of OpenAI's protocol, by the name of its folder.
    pub(super) fn openai(case: &str) -> Self {
        Self::of(OPENAI, recorded(case))
    }

    /// A case of Anthropic's.
    pub(super) fn anthropic(case: &str) -> Self {
        Self::of(ANTHROPIC, recorded(case))
    }

    /// A case made in code.
    pub(super) fn of(provider: &'static str, replies: Vec<Reply>) -> Self {
        Self {
            provider,
            replies,
            environment: Vec::new(),
            question: question(),
        }
    }

    /// Adds a reply after the others.
    pub(super) fn then(mut self, reply: impl Into<Reply>) -> Self {
        self.replies.push(reply.into());
        self
    }

    /// Sets a variable, also in place of the harness's own.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// Asks something else.
    pub(super) fn asking(mut self, question: &str) -> Self {
        question.clone_into(&mut self.question);
        self
    }

    /// Asks over JSON, then over SSE, each a process of its own that has asked nothing before.
    pub(super) async fn ask(self) -> [Outcome; 2] {
        let [json, sse] = FORMS.map(|form| self.ask_in(form));
        let outcomes = tokio::join!(json, sse);
        [outcomes.0, outcomes.1]
    }

    async fn ask_in(&self, form: Form) -> Outcome {
        let replies = Mutex::new(self.replies.clone().into_iter());
        let script = move |_: &LlmRequest| replies.lock().unwrap().next().unwrap_or_else(answer);
        let llm = LlmServer::start(script).await.unwrap();
        let mut running = Running::start(self.provider, &llm, &self.environment).await;
        let mut outcome = ask(&running.server, form, &self.question).await;
        (outcome.log, outcome.stderr) = running.end().await;
        outcome.requests = llm.requests();
        outcome
    }
}

/// The replies of a recorded case.
pub(super) fn recorded(case: &str) -> Vec<Reply> {
    let responses = wire::load(case, &date()).expect(case);
    responses.into_iter().map(Reply::from).collect()
}

/// Asks many cases, over JSON and over SSE, of one process. Their outcomes share log and stderr, and
/// what one case makes the process remember (a circuit, a dialect) holds for the next.
pub(super) async fn ask_all(
    provider: &'static str,
    cases: &[(&'static str, Vec<Reply>)],
) -> Vec<(&'static str, Outcome)> {
    let known: HashMap<&str, Vec<Reply>> = cases.iter().cloned().collect();
    assert_eq!(known.len(), cases.len(), "two cases of one name");
    let asked: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let script = {
        let known: HashMap<String, Vec<Reply>> = known
            .iter()
            .map(|(name, replies)| ((*name).to_owned(), replies.clone()))
            .collect();
        move |request: &LlmRequest| {
            let (mark, name) = marked(request);
            let mut asked = asked.lock().unwrap();
            let nth = asked.entry(mark).or_default();
            let reply = known[&name].get(*nth).cloned();
            *nth += 1;
            reply.unwrap_or_else(answer)
        }
    };
    let llm = LlmServer::start(script).await.unwrap();
    let mut running = Running::start(provider, &llm, &[]).await;
    let mut outcomes = Vec::new();
    for (name, _) in cases {
        for form in FORMS {
            let question = format!("{} #{form:?}:{name}#", question());
            let mut outcome = ask(&running.server, form, &question).await;
            let of_case = |request: &LlmRequest| marked(request).0 == format!("{form:?}:{name}");
            outcome.requests = llm.requests().into_iter().filter(of_case).collect();
            outcomes.push((*name, outcome));
        }
    }
    let (log, stderr) = running.end().await;
    for (_, outcome) in &mut outcomes {
        (outcome.log, outcome.stderr) = (log.clone(), stderr.clone());
    }
    outcomes
}

/// The mark that [`ask_all`] put into the question of this request, and the case in it.
fn marked(request: &LlmRequest) -> (String, String) {
    let entries = request.conversation();
    let asked = entries.iter().find_map(|entry| match entry {
        Entry::User(text) => text.split('#').nth(1),
        _ => None,
    });
    let mark = asked.expect("a question of a case").to_owned();
    let name = mark.split_once(':').unwrap().1.to_owned();
    (mark, name)
}

/// The application on one server of a language model.
struct Running {
    server: Server,
    folder: Folder,
}

impl Running {
    async fn start(
        provider: &str,
        llm: &LlmServer,
        environment: &[(&'static str, String)],
    ) -> Self {
        let base = match provider {
            ANTHROPIC => llm.base_url_anthropic(),
            _ => llm.base_url_openai(),
        };
        let mut all = HashMap::from([
            ("LLM_PROVIDER", provider.to_owned()),
            ("LLM_BASE_URL", base),
            ("LLM_MODEL", "wire-1".to_owned()),
            ("LLM_API_KEY", KEY.to_owned()),
            ("ANTHROPIC_API_KEY", KEY.to_owned()),
            // A second opinion on the question would be one more request.
            ("LLM_CLASSIFY", "off".to_owned()),
        ]);
        let server = format!("http://{}", llm.address());
        all.extend(
            environment
                .iter()
                .map(|(name, value)| (*name, value.replace("@SERVER@", &server))),
        );
        let all: Vec<_> = all.iter().map(|(name, value)| (*name, &**value)).collect();
        let folder = Folder::new();
        let stderr = std::fs::File::create(folder.write("stderr", "")).unwrap();
        Self {
            server: Server::start_printing_to(&all, stderr).await,
            folder,
        }
    }

    /// Ends the process; all that it logged, and what else it printed.
    async fn end(&mut self) -> (Vec<Value>, String) {
        assert!(self.server.terminate().await.success());
        let stderr = std::fs::read_to_string(self.folder.path("stderr")).unwrap();
        (self.server.log(), stderr)
    }
}

/// What came of a question.
pub(super) struct Outcome {
    pub(super) form: Form,
    /// HTTP status; that of the problem where a stream ended with `failed`.
    pub(super) http: u16,
    /// The answer or the problem, as it ended.
    pub(super) body: Value,
    /// The answer's text; empty for a problem.
    pub(super) reply: String,
    /// The text of all deltas; of the answer where none were asked for.
    pub(super) deltas: String,
    /// The events; none where none were asked for.
    pub(super) events: Vec<SentEvent>,
    /// What the model's server was asked.
    pub(super) requests: Vec<LlmRequest>,
    /// The lines logged until the process ended.
    pub(super) log: Vec<Value>,
    /// What the process wrote to stderr.
    pub(super) stderr: String,
}

impl Outcome {
    /// `ok`, `error` or `stopped`; `failed` where there is no answer at all.
    pub(super) fn status(&self) -> &str {
        self.body["status"].as_str().unwrap_or("failed")
    }

    /// The tools that ran and succeeded.
    pub(super) fn tools(&self) -> Vec<&str> {
        let calls = self.body["tool_calls"].as_array().into_iter().flatten();
        let ran = calls.filter(|call| call["success"] == true);
        ran.map(|call| call["name"].as_str().unwrap()).collect()
    }

    /// An answer in good order, of this text, whatever way it came.
    #[track_caller]
    pub(super) fn is_answer(&self, text: &str) {
        assert_eq!((self.http, self.status()), (200, "ok"), "{self:?}");
        assert_eq!(self.reply, text, "{self:?}");
        assert_eq!(self.deltas, text, "{self:?}");
    }

    /// Whether any log line holds this.
    pub(super) fn logged(&self, what: &str) -> bool {
        self.log.iter().any(|line| line.to_string().contains(what))
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?}: {} {}\n{}\n",
            self.form, self.http, self.body, self.stderr
        )?;
        for request in &self.requests {
            // What every request begins with says nothing about this one.
            let messages = request.body["messages"].as_array().into_iter().flatten();
            let told: Vec<_> = messages
                .filter(|message| message["role"] != "system")
                .collect();
            writeln!(f, "asked {told:?}")?;
        }
        let loud = |line: &&Value| line["level"] != "INFO";
        self.log
            .iter()
            .filter(loud)
            .try_for_each(|line| writeln!(f, "logged {line}"))
    }
}

/// Asks a question; requests, log and stderr are for the caller to add.
async fn ask(server: &Server, form: Form, question: &str) -> Outcome {
    let visitor = server.visitor();
    let (http, body, deltas, events) = match form {
        Form::Json => {
            let (http, body) = visitor.chat(json!({"message": question})).await;
            let text = body["reply"].as_str().unwrap_or_default().to_owned();
            (http, body, text, Vec::new())
        }
        Form::Sse => {
            let body = json!({"message": question, "stream": true});
            let response = visitor.post("/api/chat", &body).await;
            let events = Events::new(response).collect().await;
            let deltas = events.iter().filter(|event| event.name == "delta");
            let deltas = deltas
                .map(|event| event.data["text"].as_str().unwrap())
                .collect();
            let last = events.last().unwrap();
            let http = match &*last.name {
                "completed" => 200,
                "failed" => u16::try_from(last.data["status"].as_u64().unwrap()).unwrap(),
                name => panic!("the stream ended with {name}"),
            };
            (http, last.data.clone(), deltas, events)
        }
    };
    Outcome {
        form,
        http,
        reply: body["reply"].as_str().unwrap_or_default().to_owned(),
        body,
        deltas,
        events,
        requests: Vec::new(),
        log: Vec::new(),
        stderr: String::new(),
    }
}
