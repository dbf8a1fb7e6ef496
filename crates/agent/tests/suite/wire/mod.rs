//! Both adapters and whole turns on real sockets, at a server that says what a script tells it.
//!
//! Dropping a server fails the test when a request broke its protocol, so every scenario here also
//! proves that what was sent is what the provider takes.

mod breaking;
mod conversation;
mod decoding;
mod expected;
mod fallback;
mod propagation;
mod refusals;
mod scene;
mod secrets;
mod stopping;
mod turns;
mod whole_trip;
