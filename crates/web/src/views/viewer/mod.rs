//! Pages of the built-in viewer.

mod chart;
mod charts;
mod columns;
pub mod compare;
mod critical;
mod figures;
mod line;
pub mod list;
mod log;
mod messages;
pub mod metrics;
mod overview;
pub mod session;
mod span;
pub mod tab;
#[cfg(test)]
pub(crate) mod tests;
mod tools;
pub mod trace;
mod waterfall;
pub mod zoom;
