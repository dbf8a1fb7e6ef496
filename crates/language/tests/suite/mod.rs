//! The suites.

mod understanding;
