//! The test doubles, tested over their sockets.

// For the lints that tests are free of.
#[cfg(test)]
mod suite {
    pub(crate) mod client;

    mod breaking;
    mod fixtures;
    mod protocols;
    mod watching;
}
