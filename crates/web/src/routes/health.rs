//! `GET /healthz` and `GET /readyz`.

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

use crate::state::AppState;

/// Answers `GET /healthz`: the process is alive.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// What the server depends on.
#[derive(Debug, Serialize)]
pub struct Readiness {
    status: &'static str,
    store: &'static str,
    /// The model that is asked first.
    model: Option<Model>,
    /// All models, in the order in which they are asked.
    models: Vec<Model>,
    closing: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Model {
    provider: String,
    name: String,
    /// Of the provider: `closed`, `half_open` or `open`.
    circuit: &'static str,
}

/// Answers `GET /readyz`: 200 when the store can be reached and turns are admitted, else 503.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Readiness>) {
    let store = state.store.ping().await;
    let closing = state.closing.is_cancelled();
    let ready = store.is_ok() && !closing;
    let models = state.agent.models().states().into_iter();
    let models: Vec<_> = models
        .map(|model| Model {
            provider: model.provider,
            name: model.name,
            circuit: model.circuit.as_str(),
        })
        .collect();
    let readiness = Readiness {
        status: if ready { "ready" } else { "not ready" },
        store: if store.is_ok() { "ok" } else { "unreachable" },
        model: models.first().cloned(),
        models,
        closing,
    };
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(readiness))
}
