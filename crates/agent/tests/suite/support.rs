//! A chat model that says what a test tells it, and turns to run with it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use agent::{
    Agent,
    agent::{Classify, Options},
    capability::flights::propose_offer::ProposeOffer,
    conversation::ConversationState,
    event::{Door, TurnEnd, TurnEvent},
    faults::Faults,
    llm::{
        Chain, ChatModel, ChatRequest, Deadlines, FinishReason, ModelError, ModelErrorKind,
        ModelEvent, ModelStream, Usage,
    },
    locale::Locale,
    prompt::tier::Mode,
    tools::Registry,
    travel::Currency,
    turn::TurnRequest,
};
use futures::{StreamExt, stream};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    fixtures,
    support_tools::{Act, Show},
};

/// Longest that a tool may take.
pub(super) const TOOL_TIMEOUT: Duration = Duration::from_secs(15);
/// A model may take longer than a turn.
pub(super) const PATIENT: Deadlines = Deadlines {
    connect: Duration::from_secs(3_600),
    first_token: Duration::from_secs(3_600),
    between_tokens: Duration::from_secs(3_600),
    call: Duration::from_secs(3_600),
};
/// Longest that a turn may take.
pub(super) const DEADLINE: Duration = Duration::from_secs(60);
/// What each scripted answer costs.
pub(super) const USAGE: Usage = Usage {
    prompt: 10,
    completion: 2,
    cached: 4,
    cache_written: 0,
    reasoning: 0,
};

/// One step of a scripted answer.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Event(ModelEvent),
    Fail(ModelErrorKind),
    Refuse(ModelError),
    /// Nothing more ever comes.
    Hang,
    Panic,
}

/// An answer of text.
pub(super) fn says(text: &str) -> Vec<Step> {
    ended(vec![piece(text)], FinishReason::Stop)
}

/// An answer that calls tools: (id, name, arguments).
pub(super) fn calls(calls: &[(&str, &str, &str)]) -> Vec<Step> {
    let call = |(index, (id, name, arguments)): (u32, &(&str, &str, &str))| {
        Step::Event(ModelEvent::ToolCall {
            index,
            id: Some((*id).to_owned()),
            name: Some((*name).to_owned()),
            arguments: (*arguments).to_owned(),
        })
    };
    ended(
        (0..).zip(calls).map(call).collect(),
        FinishReason::ToolCalls,
    )
}

pub(super) fn piece(text: &str) -> Step {
    Step::Event(ModelEvent::Text(text.to_owned()))
}

fn ended(mut steps: Vec<Step>, reason: FinishReason) -> Vec<Step> {
    steps.push(Step::Event(ModelEvent::Usage(USAGE)));
    steps.push(Step::Event(ModelEvent::Finish(reason)));
    steps
}

type Script = dyn Fn(usize) -> Vec<Step> + Send + Sync;

pub(super) struct ScriptedModel {
    provider: &'static str,
    /// Its text is neither held back nor checked.
    grounded: bool,
    script: Box<Script>,
    requests: Mutex<Vec<Arc<ChatRequest>>>,
    /// Held by each open stream.
    open: Arc<()>,
}

impl ChatModel for ScriptedModel {
    fn provider(&self) -> &str {
        self.provider
    }

    fn name(&self) -> &str {
        "script-1"
    }

    fn is_grounded(&self) -> bool {
        self.grounded
    }

    fn server(&self) -> Option<(&str, u16)> {
        Some(("model.test", 443))
    }

    fn cost_usd(&self, usage: Usage) -> Option<f64> {
        Some(0.25 * usage.completion as f64)
    }

    fn stream(&self, request: Arc<ChatRequest>) -> ModelStream {
        let mut requests = self.requests.lock().unwrap();
        requests.push(request);
        let steps = (self.script)(requests.len() - 1);
        let open = Arc::clone(&self.open);
        let play = move |step| {
            let _open = &open;
            async move {
                match step {
                    Step::Event(event) => Ok(event),
                    Step::Refuse(error) => Err(error),
                    Step::Fail(kind) => Err(ModelError::new(kind, "scripted")),
                    Step::Hang => futures::future::pending().await,
                    Step::Panic => panic!("scripted panic of the model"),
                }
            }
        };
        stream::iter(steps).then(play).boxed()
    }
}

impl ScriptedModel {
    /// Answers its nth request, from 0, with `script(n)`.
    pub(super) fn new(
        provider: &'static str,
        script: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            provider,
            grounded: false,
            script: Box::new(script),
            requests: Mutex::default(),
            open: Arc::default(),
        })
    }

    /// How often it was asked.
    pub(super) fn asked(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

/// An agent with a scripted model and scripted tools.
pub(super) struct World {
    pub(super) agent: Arc<Agent>,
    model: Arc<ScriptedModel>,
    running: Arc<()>,
}

impl World {
    /// The model answers its nth request, from 0, with `script(n)`.
    pub(super) fn scripted(script: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::with_faults(script, &Faults::default())
    }

    /// The model gives these answers, one a request.
    pub(super) fn new<const N: usize>(answers: [Vec<Step>; N]) -> Self {
        Self::scripted(move |nth| answers[nth].clone())
    }

    pub(super) fn with_faults(
        script: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static,
        faults: &Faults,
    ) -> Self {
        let model = ScriptedModel::new("scripted", script);
        let grounded = Arc::into_inner(model).map(|model| ScriptedModel {
            grounded: true,
            ..model
        });
        Self::on(vec![Arc::new(grounded.expect("one owner"))], faults)
    }

    /// The model gives these answers, one a request, and its text is held back and checked.
    pub(super) fn unchecked<const N: usize>(answers: [Vec<Step>; N]) -> Self {
        let model = ScriptedModel::new("scripted", move |nth| answers[nth].clone());
        Self::on(vec![model], &Faults::default())
    }

    /// An agent on a chain of models; the first one is the one that is looked at.
    pub(super) fn on(models: Vec<Arc<ScriptedModel>>, faults: &Faults) -> Self {
        let (model, running) = (Arc::clone(&models[0]), Arc::default());
        let tools = Registry::new(TOOL_TIMEOUT, faults.clone())
            .with(Show::default())
            .with(Act(Arc::clone(&running)))
            .with(ProposeOffer);
        let models = models.into_iter().map(|model| model as _).collect();
        // The longest wait of every retry.
        let chain = Chain::new(models, PATIENT).with_random(|| 1.0);
        // A script has no answer to a question of its own.
        let options = Options {
            classify: Classify::Off,
            ..Options::default()
        };
        let agent = Agent::new(tools, faults.clone()).on(chain).with(options);
        Self {
            agent: Arc::new(agent),
            model,
            running,
        }
    }

    /// The same with other options.
    pub(super) fn with(self, options: Options) -> Self {
        let agent = Arc::into_inner(self.agent)
            .expect("no turn runs")
            .with(options);
        Self {
            agent: Arc::new(agent),
            ..self
        }
    }

    /// All events of a turn.
    pub(super) async fn run(&self, request: TurnRequest) -> Vec<TurnEvent> {
        self.agent.run_turn(request).collect().await
    }

    /// How a turn ends, and the state after it.
    pub(super) async fn end(&self, request: TurnRequest) -> (TurnEnd, ConversationState) {
        match self.run(request).await.pop() {
            Some(TurnEvent::Ended { end, state }) => (end, *state),
            other => panic!("the last event is {other:?}"),
        }
    }

    /// What the model was asked.
    pub(super) fn requests(&self) -> Vec<Arc<ChatRequest>> {
        self.model.requests.lock().unwrap().clone()
    }

    /// Model streams and tool calls that have not ended.
    pub(super) fn open(&self) -> (usize, usize) {
        // The model and the tool hold one each; so does this struct for the tool.
        let (streams, calls) = (&self.model.open, &self.running);
        (Arc::strong_count(streams) - 1, Arc::strong_count(calls) - 2)
    }
}

/// A turn of a French visitor's browser that says `message`.
pub(super) fn request(message: &str) -> TurnRequest {
    TurnRequest {
        conversation_id: Uuid::from_u128(7),
        message: message.to_owned(),
        decision: None,
        history: Vec::new(),
        state: ConversationState::default(),
        mode: Mode::Full,
        locale: None,
        fallback_locale: Locale::Fr,
        month_first: false,
        now: fixtures::NOW.parse().unwrap(),
        currency: Currency::eur(),
        door: Door::Page,
        admitted_at: std::time::Instant::now(),
        deadline: DEADLINE,
        draining: CancellationToken::new(),
        use_builtin: false,
        capture_content: false,
        root: tracing::Span::none(),
    }
}
