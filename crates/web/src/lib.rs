//! The travel-agent server: pages, HTTP API, wiring.

pub mod assets;
pub mod i18n;
pub mod markdown;
pub mod views;
