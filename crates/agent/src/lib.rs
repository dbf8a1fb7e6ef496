//! The travel agent: understands a message, drives a chat model with tools, answers with offers.

pub mod intent;
pub mod locale;
pub mod sources;
pub mod travel;
pub mod understanding;
