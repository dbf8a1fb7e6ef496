//! The travel-agent server.
fn main() {}
