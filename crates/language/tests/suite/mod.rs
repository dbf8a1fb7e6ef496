//! The suites.

mod readings;
mod understanding;
