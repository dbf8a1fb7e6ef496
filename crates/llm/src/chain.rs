//! The models that may answer, in the order of preference, and the health of their providers.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use remote::{Circuit, Service};
use tokio::time::Instant;

use super::{
    ChatModel, Deadlines, ModelError, ModelErrorKind, Usage,
    markup::{Habit, Habits},
    retry,
};

/// Tokens of every kind, to see whether their cost is known.
const SOME_TOKENS: Usage = Usage {
    prompt: 3,
    completion: 1,
    cached: 1,
    cache_written: 1,
    reasoning: 0,
};

/// Most times that one model is asked again for one answer because its server refused a part of the
/// request.
const MAX_ADAPTED: u32 = 3;

/// Models to try one after the other.
pub struct Chain {
    links: Vec<Link>,
    deadlines: Deadlines,
    /// From 0 to 1; injected for tests.
    random: fn() -> f64,
}

/// A model and the health of its provider, which models of the same provider at the same server share.
#[derive(Clone)]
struct Link {
    model: Arc<dyn ChatModel>,
    service: Service,
    /// How this very model writes its thoughts.
    habits: Arc<Habits>,
}

/// A model of the chain and its provider's circuit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelState {
    /// Provider.
    pub provider: String,
    /// Model.
    pub name: String,
    /// Circuit of the provider.
    pub circuit: Circuit,
}

impl Chain {
    /// A chain of `models`, the preferred one first.
    #[must_use]
    pub fn new(models: Vec<Arc<dyn ChatModel>>, deadlines: Deadlines) -> Self {
        let mut services: BTreeMap<_, Service> = BTreeMap::new();
        let link = |model: Arc<dyn ChatModel>| {
            let server = model.server().map(|(host, port)| (host.to_owned(), port));
            let provider = (model.provider().to_owned(), server);
            Link {
                service: services.entry(provider).or_default().clone(),
                habits: Arc::default(),
                model,
            }
        };
        Self {
            links: models.into_iter().map(link).collect(),
            deadlines,
            random,
        }
    }

    /// Replaces the source of randomness.
    #[must_use]
    pub fn with_random(mut self, random: fn() -> f64) -> Self {
        self.random = random;
        self
    }

    /// What is known of how all its models write their thoughts, before they have shown it.
    #[must_use]
    pub fn with_habit(self, habit: Habit) -> Self {
        self.links.iter().for_each(|link| link.habits.learn(habit));
        self
    }

    /// All models with their circuits, in the order of preference.
    #[must_use]
    pub fn states(&self) -> Vec<ModelState> {
        let now = Instant::now();
        let state = |link: &Link| ModelState {
            provider: link.model.provider().to_owned(),
            name: link.model.name().to_owned(),
            circuit: link.service.circuit(now),
        };
        self.links.iter().map(state).collect()
    }

    /// The models whose price is not known, as `provider:model`.
    #[must_use]
    pub fn unpriced(&self) -> Vec<String> {
        let unknown = |link: &&Link| link.model.cost_usd(SOME_TOKENS).is_none();
        let links = self.links.iter().filter(unknown);
        links
            .map(|link| format!("{}:{}", link.model.provider(), link.model.name()))
            .collect()
    }

    /// How long its models may take.
    pub const fn deadlines(&self) -> Deadlines {
        self.deadlines
    }

    /// Leave to ask the preferred model something on the side, while its circuit is closed: whether a
    /// provider has recovered is for an answer to find out.
    pub fn aside(&self) -> Option<Permit> {
        let link = self.links.first()?;
        let call = link.service.admit_closed(Instant::now())?;
        Some(Permit::new(link, call))
    }
}

/// Where a turn is in the chain. It stays with the model that it fell back to.
#[derive(Debug, Default)]
pub struct Route {
    at: usize,
    /// Attempts at the current model that failed, of the current request.
    failed: u32,
    /// Attempts at the current model that were refused and asked again otherwise, of the current
    /// request.
    adapted: u32,
    /// Attempts of the current request that failed, at all models.
    made: u32,
    /// How the last one of them failed.
    last: Option<ModelError>,
}

/// How far an attempt came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// No token has come.
    Nothing,
    /// It thought, and nobody has seen anything of it.
    Thought,
    /// Text or a tool call has begun.
    Spoke,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Try the same model again after a wait.
    Retry(Duration),
    /// Ask the same model again at once, in the dialect that it has just taught.
    Adapt,
    /// Try the next model.
    Fallback,
    /// The turn fails.
    None,
}

impl Recovery {
    /// The `llm.recovery` of a failed attempt's span.
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Retry(_) => Some("retry"),
            Self::Adapt => Some("adapt"),
            Self::Fallback => Some("fallback"),
            Self::None => None,
        }
    }
}

impl Route {
    /// Begins a request: counts its attempts anew.
    pub fn begin(&mut self) {
        self.failed = 0;
        self.adapted = 0;
        self.made = 0;
        self.last = None;
    }

    /// Number of the next attempt, from 1.
    pub fn attempt(&self) -> i64 {
        i64::from(self.made) + 1
    }

    /// Whether the model in turn is one whose sentences code composes.
    pub fn is_at_grounded(&self, chain: &Chain) -> bool {
        let link = chain.links.get(self.at);
        link.is_some_and(|link| link.model.is_grounded())
    }

    /// The model to ask now; providers whose circuit is open are passed over.
    ///
    /// # Errors
    /// When nobody is left: how the request's last attempt failed, [`ModelErrorKind::CircuitOpen`] if
    /// there was none.
    pub fn next(&mut self, chain: &Chain) -> Result<Permit, ModelError> {
        let now = Instant::now();
        while let Some(link) = chain.links.get(self.at) {
            if let Some(call) = link.service.admit(now) {
                return Ok(Permit::new(link, call));
            }
            self.pass_on();
        }
        // The next request of the turn may find one that has recovered.
        let Self { last, .. } = std::mem::take(self);
        Err(last.unwrap_or_else(|| {
            let detail = "every provider has failed too often lately";
            ModelError::new(ModelErrorKind::CircuitOpen, detail)
        }))
    }

    /// What to do after an attempt that failed, whose permit has been told: the circuit that its
    /// failure opened is not waited for.
    pub fn recover(&mut self, chain: &Chain, error: &ModelError, progress: Progress) -> Recovery {
        self.made += 1;
        self.last = Some(error.clone());
        if error.adapted && progress == Progress::Nothing && self.adapted < MAX_ADAPTED {
            self.adapted += 1;
            return Recovery::Adapt;
        }
        self.failed += 1;
        let now = Instant::now();
        let retried = match progress {
            Progress::Nothing => self.retry(chain, error, now),
            // As long a thought again is not worth the wait.
            Progress::Thought => None,
            // The person has read it, or a tool may run.
            Progress::Spoke => return Recovery::None,
        };
        if let Some(wait) = retried {
            return Recovery::Retry(wait);
        }
        let admits = |at: &usize| {
            let link = chain.links.get(*at);
            link.is_some_and(|link| link.service.admits(now))
        };
        match (self.at + 1..chain.links.len()).find(admits) {
            Some(at) => {
                self.at = at;
                self.failed = 0;
                self.adapted = 0;
                Recovery::Fallback
            }
            None => Recovery::None,
        }
    }

    /// After an attempt that failed: the same model is asked again at once, with another request.
    pub fn again(&mut self, error: &ModelError) -> Recovery {
        self.failed += 1;
        self.made += 1;
        self.last = Some(error.clone());
        Recovery::Retry(Duration::ZERO)
    }

    fn retry(&self, chain: &Chain, error: &ModelError, now: Instant) -> Option<Duration> {
        let provider = &chain.links.get(self.at)?.service;
        retry::wait(provider, error, self.failed, (chain.random)(), now)
    }

    const fn pass_on(&mut self) {
        self.at += 1;
        self.failed = 0;
        self.adapted = 0;
    }
}

/// Leave to make one call. Dropped without a verdict, the call was stopped.
pub struct Permit {
    link: Link,
    call: remote::Permit,
}

impl Permit {
    fn new(link: &Link, call: remote::Permit) -> Self {
        Self {
            link: link.clone(),
            call,
        }
    }

    /// The model to ask.
    pub fn model(&self) -> &Arc<dyn ChatModel> {
        &self.link.model
    }

    /// How the model writes its thoughts.
    pub const fn habits(&self) -> &Arc<Habits> {
        &self.link.habits
    }

    /// The first token has come: others need not wait for the last one.
    pub fn alive(&mut self) {
        self.call.alive();
    }

    /// Tells that it answered.
    pub fn succeeded(self) {
        self.call.succeeded();
    }

    /// The call failed. Only its first verdict counts.
    pub fn failed(&mut self, kind: ModelErrorKind) {
        self.call.failed(kind.verdict(), Instant::now());
    }

    /// What comes of the call says nothing of the provider.
    pub fn abandoned(&mut self) {
        self.call.abandoned();
    }
}

fn random() -> f64 {
    // Without entropy every wait is the longest one.
    getrandom::u32().map_or(1.0, |bits| f64::from(bits) / f64::from(u32::MAX))
}
