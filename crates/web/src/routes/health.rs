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
    model: Model,
    closing: bool,
}

#[derive(Debug, Serialize)]
struct Model {
    provider: String,
    name: String,
}

/// Answers `GET /readyz`: 200 when the store can be reached and turns are admitted, else 503.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Readiness>) {
    let store = state.store.ping().await;
    let closing = state.closing.is_cancelled();
    let ready = store.is_ok() && !closing;
    let model = state.agent.model();
    let readiness = Readiness {
        status: if ready { "ready" } else { "not ready" },
        store: if store.is_ok() { "ok" } else { "unreachable" },
        model: Model {
            provider: model.provider().to_owned(),
            name: model.name().to_owned(),
        },
        closing,
    };
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(readiness))
}
