//! End-to-end tests: the real binary, real HTTP, a real OTLP receiver.

#[cfg(test)]
mod suite;
