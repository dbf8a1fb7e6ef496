//! Handlers, one file per resource.

pub mod admin;
pub mod airports;
pub mod chat;
pub mod conversations;
pub mod feedback;
pub mod flights;
pub mod health;
pub mod pages;
pub mod proposals;
pub mod regenerate;
pub mod stats;
pub mod trace_pages;
pub mod traces;
pub mod turns;
