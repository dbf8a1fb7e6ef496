//! Integration tests of the crate, in one binary.

// The attribute tells clippy that helpers of tests are test code too.
#[cfg(test)]
mod suite;
