//! What the refusals of an endpoint teach: kept in memory, and shared by all turns.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::ModelError;

/// What one model of one server accepts.
pub(super) trait Speech: Clone {
    /// A change that answers a refusal.
    type Switch: Switch;

    /// The change after which a request may pass that was refused so; `None` where none is known,
    /// or where the request as it was `sent` has nothing to change. Pure.
    fn refused(status: u16, body: &[u8], sent: &Value) -> Option<Self::Switch>;

    /// Makes a change; whether it is one.
    fn apply(&mut self, switch: &Self::Switch) -> bool;
}

/// A change of what is sent.
pub(super) trait Switch {
    /// Its name in the log.
    fn name(&self) -> &str;

    /// What an operator can do about it.
    fn hint(&self) -> &'static str;
}

/// Said of a model that was asked without the tools that it was to have.
pub(super) const NO_TOOLS: &str = "answers are given without tools, so without flights: choose a model \
    that calls tools, or start its server with them (vLLM: --enable-auto-tool-choice and \
    --tool-call-parser; llama.cpp: --jinja)";
/// Said of a parameter that may be somebody's wish.
pub(super) const WISHED: &str = "it may come from LLM_EXTRA_BODY, LLM_TEMPERATURE or \
    LLM_REASONING_EFFORT";

/// What is known of an endpoint by now.
#[derive(Clone, Debug)]
pub(super) struct Known<D>(Arc<Mutex<D>>);

impl<D: Speech> Known<D> {
    /// What is known beforehand.
    pub(super) fn new(dialect: D) -> Self {
        Self(Arc::new(Mutex::new(dialect)))
    }

    /// What is known by now.
    pub(super) fn now(&self) -> D {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, D> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One request, and what its refusal would teach.
#[derive(Clone)]
pub(super) struct Lesson<D> {
    known: Known<D>,
    /// The dialect of the request: another turn may have learnt more since.
    used: D,
    /// Renders the body once more: it is only looked at where it was refused.
    sent: Arc<dyn Fn() -> Value + Send + Sync>,
}

impl<D> std::fmt::Debug for Lesson<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lesson").finish_non_exhaustive()
    }
}

impl<D: Speech> Lesson<D> {
    /// Of a request that is put so.
    pub(super) fn new(
        known: &Known<D>,
        used: D,
        sent: impl Fn() -> Value + Send + Sync + 'static,
    ) -> Self {
        Self {
            known: known.clone(),
            used,
            sent: Arc::new(sent),
        }
    }

    /// The error of a refusal, marked where the same request may now pass.
    pub(super) fn of(&self, status: u16, body: &[u8], error: ModelError) -> ModelError {
        let Some(switch) = D::refused(status, body, &(self.sent)()) else {
            return error;
        };
        // What is refused in the very form that was asked for is not asked for again.
        if !self.used.clone().apply(&switch) {
            return error;
        }
        self.known.lock().apply(&switch);
        tracing::warn!(
            change = switch.name(),
            hint = switch.hint(),
            "the model's server refused a part of a request, and is asked otherwise from now on"
        );
        error.adapted()
    }
}
