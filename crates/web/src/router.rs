//! The whole URL map in one place, and the layers around it.

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    assets,
    caller::{access, client, visitor},
    html, http_span, limits, one_host,
    problem::{self, Problem},
    routes::{
        admin, airports, chat, conversations, exchange, feedback, flights, forms, health, lengths,
        offline, pages, preferences, proposals, regenerate, share_pages, shares, tools, transfers,
        trip_pages, trips, turns, viewer,
    },
    state::AppState,
    unread,
};

/// The application.
pub fn router(state: AppState) -> Router {
    turn_routes()
        .merge(
            visitor_routes().route_layer(from_fn_with_state(state.clone(), limits::count_changes)),
        )
        .merge(viewer_routes(&state))
        .route("/static/{*path}", get(assets::serve))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        // From here on outwards, the last one sees a request first.
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(problem::complete))
        .layer(from_fn_with_state(state.clone(), html::errors))
        .layer(from_fn_with_state(state.clone(), visitor::identify))
        .layer(from_fn_with_state(state.clone(), access::check))
        .layer(from_fn(one_host::check))
        .layer(from_fn_with_state(state.clone(), http_span::trace))
        .layer(from_fn_with_state(state.clone(), html::protect))
        .layer(from_fn(client::host_header))
        .layer(from_fn_with_state(state.clone(), unread::take))
        .layer(CompressionLayer::new())
        .with_state(state)
}

/// What starts a turn and does nothing else: admission counts it.
fn turn_routes() -> Router<AppState> {
    Router::new()
        .route("/api/chat", post(chat::chat))
        .route(
            "/api/messages/{id}/regenerate",
            post(regenerate::regenerate),
        )
        .route("/chat", post(pages::chat_form))
        .route(
            "/messages/{id}/regenerate",
            post(regenerate::regenerate_form),
        )
}

/// What visitors read and change.
fn visitor_routes() -> Router<AppState> {
    Router::new()
        .route("/api/turns/{message_id}", delete(turns::stop))
        .route("/api/turns/{message_id}/events", get(turns::events))
        .route("/api/messages/{id}/feedback", post(feedback::rate))
        .route("/api/conversations", get(conversations::list))
        .route(
            "/api/conversations/{id}",
            get(conversations::read)
                .patch(conversations::update)
                .delete(conversations::delete),
        )
        .route(
            "/api/conversations/{id}/shares",
            get(shares::list).post(shares::add),
        )
        .route(
            "/api/conversations/{id}/shares/{share}",
            delete(shares::remove),
        )
        .route("/api/conversations/{id}/export", get(transfers::export))
        .route("/api/conversations/import", post(transfers::import))
        .route("/api/proposals/{id}/confirm", post(proposals::confirm))
        .route("/api/proposals/{id}/reject", post(proposals::reject))
        .route("/api/trips", get(trips::list))
        .route("/api/trips/{conversation}", get(trips::read))
        .route("/api/trips/{conversation}/undo", post(trips::undo))
        .route("/api/trips/{conversation}/days", post(trips::reorder))
        .route("/api/airports", get(airports::search))
        .route("/api/tools", get(tools::list))
        .route("/api/tools/{name}", get(tools::call))
        .route("/api/flights", get(flights::search))
        .route("/api/flights/calendar", get(flights::calendar))
        .route("/", get(pages::home))
        .route("/c/{id}", get(pages::conversation))
        .route("/c/{id}/share", get(share_pages::preview))
        .route("/c/{id}/offline", get(offline::copy))
        .route("/sw.js", get(offline::worker))
        .route("/offline", get(offline::page))
        .route("/shared/{token}", get(share_pages::shared))
        .route("/messages/{id}/feedback", post(feedback::rate_form))
        .route("/messages/{id}/lengths", get(lengths::show))
        .route("/proposals/{id}/confirm", post(forms::confirm_form))
        .route("/proposals/{id}/reject", post(forms::reject_form))
        .route("/conversations/{id}/rename", post(forms::rename_form))
        .route("/conversations/{id}/delete", post(forms::delete_form))
        .route("/conversations/{id}/shares", post(share_pages::make_form))
        .route(
            "/conversations/{id}/shares/{share}/delete",
            post(share_pages::unshare_form),
        )
        .route("/import", get(transfers::page))
        .route("/conversations/import", post(transfers::import_form))
        .route("/draft", post(forms::draft_form))
        .route("/preferences", post(preferences::choose))
        .route("/trips", get(trip_pages::list))
        .route("/trips/{file}", get(trip_pages::file))
        .route("/trips/{conversation}/print", get(trip_pages::print))
        .route("/trips/{conversation}/undo", post(trip_pages::undo))
        .route("/trips/{conversation}/days", post(trip_pages::reorder))
        .route("/fragments/messages/{id}", get(exchange::show))
        .route("/fragments/conversations/{id}/trip", get(trip_pages::panel))
}

/// The viewer, unless it is switched off.
fn viewer_routes(state: &AppState) -> Router<AppState> {
    if !state.config.viewer.viewer {
        return Router::new();
    }
    Router::new()
        .route("/api/traces", get(viewer::api::list))
        .route("/api/traces/live", get(viewer::live::follow))
        .route("/api/traces/{trace_id}", get(viewer::api::read))
        .route("/api/stats", get(viewer::stats::stats))
        .route("/traces", get(viewer::pages::list))
        .route("/traces/compare", get(viewer::compare::compare))
        .route("/traces/sessions/{id}", get(viewer::session::session))
        .route("/traces/{trace_id}", get(viewer::pages::read))
        .route("/metrics-view", get(viewer::metrics::metrics))
        .route("/admin/login", get(admin::page).post(admin::login))
        .route("/admin/logout", post(admin::logout))
}

async fn not_found() -> Problem {
    Problem::not_found()
}

async fn method_not_allowed() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "this resource does not have this method",
    )
}

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "something went wrong on our side",
    )
    .into_response()
}
