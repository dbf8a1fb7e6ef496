//! Float weights to int8, one scale a column.

use crate::logits::COLUMNS;
use crate::train::Weights;

/// The rows' bytes one after another, and the value of one step of each column.
pub(crate) fn quantize(weights: &Weights) -> (Vec<u8>, [f32; COLUMNS]) {
    let mut steps = [f32::MIN_POSITIVE; COLUMNS];
    for row in weights {
        for (step, weight) in steps.iter_mut().zip(row) {
            *step = step.max(weight.abs() / 127.0);
        }
    }
    let byte = |(weight, step): (&f32, f32)| ((weight / step).round() as i8).cast_unsigned();
    let bytes = weights
        .iter()
        .flat_map(|row| row.iter().zip(steps).map(byte))
        .collect();
    (bytes, steps)
}
