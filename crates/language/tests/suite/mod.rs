//! The suites.

mod confirmations;
mod properties;
mod readings;
mod topics;
mod understanding;
mod words;
