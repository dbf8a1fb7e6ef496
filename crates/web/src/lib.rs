//! The travel-agent server: pages, HTTP API, and the wiring of agent and telemetry.
//!
//! `router` is the URL map, `admit` decides what becomes a turn, `turns` run it, `telemetry` is the
//! only place that names both spans and instruments.

pub mod admit;
pub mod assets;
pub mod budgets;
pub mod caller;
pub mod check_config;
pub mod command;
pub mod config;
pub mod connections;
pub mod extract;
pub mod followers;
pub mod healthcheck;
pub mod html;
pub mod http_span;
pub mod i18n;
pub mod limits;
pub mod markdown;
pub mod models;
pub mod one_host;
pub mod own_path;
pub mod page_frame;
pub mod panics;
pub mod problem;
pub mod reader;
pub mod router;
pub mod routes;
pub mod serve;
pub mod sharing;
pub mod shutdown;
pub mod sse;
pub mod state;
pub mod telemetry;
pub mod telemetry_config;
pub mod traces;
pub mod transfer;
pub mod turns;
pub mod understand;
pub mod unread;
pub mod views;
