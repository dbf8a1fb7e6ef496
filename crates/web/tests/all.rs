//! End-to-end tests: the real binary, real HTTP, a real OTLP receiver.

mod suite;
