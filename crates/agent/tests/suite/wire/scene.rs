//! An agent whose models are reached over real sockets, and what its turns come to.

use std::{sync::Arc, time::Duration};

use agent::{
    Agent,
    agent::{Classify, Options},
    capability::flights::propose_offer::ProposeOffer,
    event::{TurnEnd, TurnEvent, TurnFailure},
    faults::Faults,
    llm::{
        Chain, ChatModel, ChatRequest, Deadlines, ModelErrorKind,
        anthropic::Anthropic,
        endpoint::{Endpoint, client},
        extras::Extras,
        markup::Habit,
        openai::OpenAi,
    },
    message::Message,
    tools::Registry,
    transcript::TranscriptBuilder,
    turn::TurnRequest,
};
use futures::StreamExt;
use serde_json::Value;
use testkit::llm::{LlmRequest, LlmServer, Protocol, Reply};

use super::super::{
    spans_recorder::Seen,
    support::{TOOL_TIMEOUT, World, request, says},
    support_tools::{Act, Show},
};

pub(super) const BOTH: [Protocol; 2] = [Protocol::OpenAi, Protocol::Anthropic];
/// Looks like no provider's key, so that only who knows it can mask it.
pub(super) const KEY: &str = "canary-of-the-wire";
/// Needs tools.
pub(super) const WISH: &str = "Un vol pour Rome";
/// No test waits for one of these.
pub(super) const CALM: Deadlines = Deadlines {
    connect: Duration::from_secs(10),
    first_token: Duration::from_secs(20),
    between_tokens: Duration::from_secs(20),
    call: Duration::from_secs(30),
};

thread_local! {
    /// The roots of TLS take long to read. One for each test: connections belong to its runtime.
    static CLIENT: reqwest::Client = client(CALM.connect).unwrap();
}

/// The other protocol.
pub(super) const fn other(protocol: Protocol) -> Protocol {
    match protocol {
        Protocol::OpenAi => Protocol::Anthropic,
        Protocol::Anthropic => Protocol::OpenAi,
    }
}

pub(super) async fn serve<R: Into<Reply>>(
    script: impl Fn(&LlmRequest) -> R + Send + Sync + 'static,
) -> LlmServer {
    LlmServer::start(script).await.unwrap()
}

/// How a model is reached that speaks `protocol` at this base address.
pub(super) fn endpoint(protocol: Protocol, base_url: String) -> Endpoint {
    let (provider, model) = match protocol {
        Protocol::OpenAi => ("openai", "gpt-5-mini"),
        Protocol::Anthropic => ("anthropic", "claude-sonnet-4-5"),
    };
    Endpoint {
        provider: provider.to_owned(),
        model: model.to_owned(),
        base_url,
        key: Some(KEY.to_owned().into()),
        price: None,
        client: CLIENT.with(Clone::clone),
        propagate: Arc::new(|_| {}),
        extras: Extras::default(),
    }
}

pub(super) fn base_url(protocol: Protocol, server: &LlmServer) -> String {
    match protocol {
        Protocol::OpenAi => server.base_url_openai(),
        Protocol::Anthropic => server.base_url_anthropic(),
    }
}

pub(super) fn model_at(protocol: Protocol, endpoint: Endpoint) -> Arc<dyn ChatModel> {
    match protocol {
        Protocol::OpenAi => Arc::new(OpenAi::new(endpoint).unwrap()),
        Protocol::Anthropic => Arc::new(Anthropic::new(endpoint).unwrap()),
    }
}

pub(super) fn model(protocol: Protocol, server: &LlmServer) -> Arc<dyn ChatModel> {
    model_at(protocol, endpoint(protocol, base_url(protocol, server)))
}

/// An agent with scripted tools on a chain of models; it does not pause before a retry.
pub(super) fn agent(models: Vec<Arc<dyn ChatModel>>, deadlines: Deadlines) -> Arc<Agent> {
    agent_running(models, deadlines, Arc::default())
}

/// The same; each running call of `act` holds `running`, and the tool itself does.
pub(super) fn agent_running(
    models: Vec<Arc<dyn ChatModel>>,
    deadlines: Deadlines,
    running: Arc<()>,
) -> Arc<Agent> {
    let tools = Registry::new(TOOL_TIMEOUT, Faults::default())
        .with(Show::default())
        .with(Act(running))
        .with(ProposeOffer);
    let chain = Chain::new(models, deadlines)
        .with_random(|| 0.0)
        // Nothing is held back for what the model has not shown yet.
        .with_habit(Habit::Plain);
    // A script has no answer to a question of its own.
    let options = Options {
        classify: Classify::Off,
        ..Options::default()
    };
    let agent = Agent::new(tools, Faults::default());
    Arc::new(agent.on(chain).with(options))
}

/// An agent on one model of this server.
pub(super) fn alone(protocol: Protocol, server: &LlmServer) -> Arc<Agent> {
    agent(vec![model(protocol, server)], CALM)
}

/// What a turn asks of its model.
pub(super) async fn chat_request() -> Arc<ChatRequest> {
    let world = World::new([says("Bien.")]);
    world.run(request(WISH)).await;
    world.requests().remove(0)
}

/// A turn that has ended.
#[derive(Debug)]
pub(super) struct Played(pub(super) Vec<TurnEvent>);

pub(super) async fn play(agent: &Arc<Agent>, request: TurnRequest) -> Played {
    Played(agent.run_turn(request).collect().await)
}

impl Played {
    /// All that the person was told.
    pub(super) fn said(&self) -> String {
        let deltas = self.0.iter().filter_map(|event| match event {
            TurnEvent::Delta(text) => Some(&**text),
            _ => None,
        });
        deltas.collect()
    }

    pub(super) fn end(&self) -> &TurnEnd {
        match self.0.last() {
            Some(TurnEvent::Ended { end, .. }) => end,
            last => panic!("the last event is {last:?}"),
        }
    }

    /// The kind of the failure that ended the turn; `None` = an answer did.
    pub(super) fn failure(&self) -> Option<ModelErrorKind> {
        match self.end() {
            TurnEnd::Ok => None,
            TurnEnd::Failed(TurnFailure::Model(error)) => Some(error.kind),
            TurnEnd::Failed(failure) => panic!("{failure:?}"),
        }
    }

    /// The answer of a turn that has one.
    pub(super) fn answer(&self) -> String {
        assert_eq!(self.failure(), None, "{:#?}", self.0);
        self.said()
    }

    /// Who was asked: (provider, round).
    pub(super) fn asked(&self) -> Vec<(&str, u32)> {
        let rounds = self.0.iter().filter_map(|event| match event {
            TurnEvent::Round {
                number, provider, ..
            } => Some((&**provider, *number)),
            _ => None,
        });
        rounds.collect()
    }

    /// What later prompts hold of it.
    pub(super) fn transcript(&self) -> Vec<Message> {
        let mut builder = TranscriptBuilder::default();
        self.0.iter().for_each(|event| builder.push(event));
        builder.finish()
    }
}

/// The span of an attempt: its number, error type and recovery, and whether a token came.
pub(super) type Attempt<'a> = (&'a str, Option<&'a str>, Option<&'a str>, bool);

pub(super) fn attempts(spans: &[Seen]) -> Vec<Attempt<'_>> {
    let calls = spans.iter().filter(|span| span.name == "llm.call");
    calls
        .map(|span| {
            assert!(span.closed);
            (
                span.value("llm.attempt").unwrap(),
                span.value("error.type"),
                span.value("llm.recovery"),
                span.value("llm.time_to_first_token_ms").is_some(),
            )
        })
        .collect()
}

/// The messages of a request, without the marks of the cache, which move.
pub(super) fn messages(request: &LlmRequest) -> Vec<String> {
    let messages = request.body["messages"].as_array().unwrap().iter();
    messages
        .map(|message| {
            let mut message = message.clone();
            if let Some(blocks) = message["content"].as_array_mut() {
                for block in blocks.iter_mut().filter_map(Value::as_object_mut) {
                    block.remove("cache_control");
                }
            }
            message.to_string()
        })
        .collect()
}
