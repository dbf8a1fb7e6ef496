//! The built-in viewer: its pages and its API.

pub mod api;
pub mod compare;
pub mod live;
pub mod metrics;
pub mod pages;
pub mod session;
pub mod stats;
