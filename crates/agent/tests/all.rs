//! Integration tests of the crate, one binary.

mod suite {
    mod offline;
}
