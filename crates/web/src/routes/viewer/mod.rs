//! The built-in viewer: its pages and its API.

pub mod api;
pub mod pages;
pub mod stats;
