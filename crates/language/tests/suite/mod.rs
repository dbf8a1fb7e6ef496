//! The suites.

mod confirmations;
mod readings;
mod understanding;
