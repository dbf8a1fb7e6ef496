//! The travel agent.
