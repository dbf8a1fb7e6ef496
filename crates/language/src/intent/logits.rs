//! The columns of the weight table and how their sums become probabilities. Compiled into the
//! build script too, so that training and use agree.

/// Columns of the intents, in the order of `Intent::ALL`.
pub(crate) const INTENTS: usize = 7;
/// Column of the language: positive is French.
pub(crate) const LANGUAGE: usize = INTENTS;
/// Columns of a row: eight bytes, so that a feature touches one cache line.
pub(crate) const COLUMNS: usize = INTENTS + 1;

/// Probabilities of logits.
pub(crate) fn softmax(mut logits: [f32; INTENTS]) -> [f32; INTENTS] {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for logit in &mut logits {
        // Pure Rust, so that every machine trains the same weights.
        *logit = libm::expf(*logit - highest);
        total += *logit;
    }
    logits.map(|e| e / total)
}
