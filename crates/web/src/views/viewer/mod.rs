//! Pages of the built-in viewer.

pub mod list;
mod log;
mod span;
#[cfg(test)]
mod tests;
pub mod trace;
mod waterfall;
