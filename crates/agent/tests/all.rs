//! Integration tests of the agent, in one binary.

#[cfg(test)]
mod suite;
