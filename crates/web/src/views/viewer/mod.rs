//! Pages of the built-in viewer.

mod chart;
pub mod compare;
mod critical;
pub mod list;
mod log;
mod messages;
pub mod metrics;
pub mod session;
mod span;
#[cfg(test)]
mod tests;
mod tools;
pub mod trace;
mod waterfall;
