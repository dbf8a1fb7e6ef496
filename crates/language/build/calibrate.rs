//! Makes the confidence mean what it says: temperature and offsets, fitted on sentences that the
//! model which judged them had not seen.

use crate::logits::{INTENTS, softmax};
use crate::train::{Example, logits, train};

/// Each fold leaves out one stretch of every file, not every nth line: neighbouring sentences
/// resemble one another, and a stranger's do not.
const FOLDS: usize = 6;
const STEPS: usize = 400;

/// `softmax(logits * sharpness + offsets)` is calibrated.
#[derive(Debug)]
pub(crate) struct Calibration {
    pub(crate) sharpness: f32,
    pub(crate) offsets: [f32; INTENTS],
}

/// Fits by cross-validation.
pub(crate) fn calibrate(examples: &[Example]) -> Calibration {
    fit(&held_out(examples))
}

/// Logits and intent of every written sentence, by a model trained without its fold.
fn held_out(examples: &[Example]) -> Vec<([f32; INTENTS], usize)> {
    let fold_of = |example: &Example| (example.place * FOLDS as f32) as usize;
    let judge = &|fold: usize| {
        let seen: Vec<&Example> = examples.iter().filter(|e| fold_of(e) != fold).collect();
        let weights = train(&seen);
        let unseen = examples.iter().filter(|e| e.written && fold_of(e) == fold);
        let judged = unseen.filter_map(|e| Some((logits(&weights, e), e.intent?)));
        judged.collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS)
            .map(|fold| scope.spawn(move || judge(fold)))
            .collect();
        // In the order of the folds, so that the sums of floats are the same on every machine.
        folds
            .into_iter()
            .flat_map(|fold| fold.join().unwrap_or_default())
            .collect()
    })
}

/// Gradient descent on the log-loss, each intent counting the same.
fn fit(judged: &[([f32; INTENTS], usize)]) -> Calibration {
    let mut counts = [0.0_f32; INTENTS];
    for (_, intent) in judged {
        counts[*intent] += 1.0;
    }
    let mut calibration = Calibration {
        sharpness: 1.0,
        offsets: [0.0; INTENTS],
    };
    for _ in 0..STEPS {
        let mut by_sharpness = 0.0;
        let mut by_offset = [0.0; INTENTS];
        for (logits, intent) in judged {
            let mut errors = softmax(calibration.apply(logits));
            errors[*intent] -= 1.0;
            let weight = 1.0 / (counts[*intent] * INTENTS as f32);
            for column in 0..INTENTS {
                by_sharpness += weight * errors[column] * logits[column];
                by_offset[column] += weight * errors[column];
            }
        }
        calibration.sharpness -= 0.1 * by_sharpness;
        for (offset, slope) in calibration.offsets.iter_mut().zip(by_offset) {
            *offset -= slope;
        }
    }
    calibration
}

impl Calibration {
    /// Calibrated logits.
    pub(crate) fn apply(&self, logits: &[f32; INTENTS]) -> [f32; INTENTS] {
        let mut calibrated = self.offsets;
        for (out, logit) in calibrated.iter_mut().zip(logits) {
            *out += logit * self.sharpness;
        }
        calibrated
    }
}
