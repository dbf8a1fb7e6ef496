//! Handlers, one file per resource.

pub mod airports;
pub mod chat;
pub mod conversations;
pub mod flights;
pub mod health;
pub mod proposals;
pub mod turns;
