//! One binary for all tests whose subscriber is scoped.

// For the lints that tests are free of.
#[cfg(test)]
mod suite {
    pub(crate) mod words;

    mod content;
    mod context;
    mod export;
    mod instruments;
    mod logs;
    mod recent;
    mod rules;
}
