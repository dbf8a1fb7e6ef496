//! The linear model: a table of int8 weights, one row a feature.

use super::features::{BUCKETS, Features};
use super::logits::{COLUMNS, INTENTS, LANGUAGE, softmax};

/// Weights and what turns their sums into logits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Model<'a> {
    /// `BUCKETS` rows of `COLUMNS` two's complement bytes.
    pub(crate) table: &'a [u8; BUCKETS * COLUMNS],
    /// Value of one step of each column's weights, the calibration's temperature included.
    pub(crate) steps: [f32; COLUMNS],
    /// Calibrated offset of each intent.
    pub(crate) offsets: [f32; INTENTS],
}

impl Model<'_> {
    /// The probability of each intent.
    pub(crate) fn intents(&self, features: &Features) -> [f32; INTENTS] {
        let sums = self.sums(&features.groups());
        let mut logits = self.offsets;
        for (column, logit) in logits.iter_mut().enumerate() {
            *logit += sums[column] * self.steps[column];
        }
        softmax(logits)
    }

    /// The log-odds that the text is French. The situation says nothing of the language.
    pub(crate) fn language(&self, features: &Features) -> f32 {
        let [words, chars, _] = features.groups();
        self.sums(&[words, chars])[LANGUAGE] * self.steps[LANGUAGE]
    }

    fn sums(&self, groups: &[(&[u32], f32)]) -> [f32; COLUMNS] {
        let mut sums = [0.0; COLUMNS];
        for (rows, scale) in groups {
            let mut group = [0_i32; COLUMNS];
            for row in *rows {
                let start = *row as usize * COLUMNS;
                for (sum, weight) in group.iter_mut().zip(&self.table[start..start + COLUMNS]) {
                    *sum += i32::from(weight.cast_signed());
                }
            }
            for (sum, part) in sums.iter_mut().zip(group) {
                *sum += part as f32 * scale;
            }
        }
        sums
    }
}
