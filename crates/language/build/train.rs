//! Multinomial logistic regression (and a binary one for the language) by AdaGrad.

use crate::augment::Variant;
use crate::features::{BUCKETS, Features};
use crate::logits::{COLUMNS, INTENTS, LANGUAGE, softmax};
use crate::places::Places;
use crate::random::Random;

const EPOCHS: usize = 8;
const LEARNING_RATE: f32 = 0.1;
/// Keeps the first steps of a rare feature small.
const INITIAL_SQUARES: f32 = 0.001;
const DECAY: f32 = 0.0001;

/// Float weights, one row a feature.
pub(crate) type Weights = Vec<[f32; COLUMNS]>;

/// A variant's features and what to learn from them.
pub(crate) struct Example {
    features: Features,
    /// `None` for a name, from which only the language learns that it has none.
    pub(crate) intent: Option<usize>,
    french: f32,
    weight: f32,
    pub(crate) written: bool,
    /// Place in its file, from 0 to 1.
    pub(crate) place: f32,
}

/// Extracts features; every intent gets the same total weight.
pub(crate) fn examples(variants: &[Variant], places: &Places) -> Vec<Example> {
    let mut totals = [0.0_f32; INTENTS];
    for variant in variants {
        totals[variant.line.intent] += variant.weight;
    }
    let mean = totals.iter().sum::<f32>() / INTENTS as f32;
    let sentences = variants.iter().map(|variant| {
        let line = &variant.line;
        let mut features = Features::default();
        features.extract(&line.text, line.situation);
        Example {
            features,
            intent: Some(line.intent),
            french: f32::from(u8::from(line.french)),
            weight: variant.weight * mean / totals[line.intent],
            written: variant.written,
            place: line.place,
        }
    });
    let names = places.neutral().map(|name| {
        let mut features = Features::default();
        features.extract(name, crate::features::Situation::Open);
        Example {
            features,
            intent: None,
            french: 0.5,
            weight: 1.0,
            written: false,
            place: 0.0,
        }
    });
    sentences.chain(names).collect()
}

/// Learns from `examples`, in an order that depends on nothing but their number.
pub(crate) fn train(examples: &[&Example]) -> Weights {
    let mut weights = vec![[0.0_f32; COLUMNS]; BUCKETS];
    let mut squares = vec![[INITIAL_SQUARES; COLUMNS]; BUCKETS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(7);
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for index in &order {
            let example = examples[*index];
            let errors = errors(&weights, example);
            for (rows, scale) in example.features.groups() {
                let gradient = errors.map(|e| e * scale * example.weight);
                for row in rows {
                    let row = *row as usize;
                    descend(&mut weights[row], &mut squares[row], &gradient);
                }
            }
        }
    }
    weights
}

fn descend(weights: &mut [f32; COLUMNS], squares: &mut [f32; COLUMNS], gradient: &[f32; COLUMNS]) {
    for column in 0..COLUMNS {
        let slope = gradient[column] + DECAY * weights[column];
        squares[column] += slope * slope;
        weights[column] -= LEARNING_RATE * slope / squares[column].sqrt();
    }
}

/// Derivative of the loss by each logit.
fn errors(weights: &Weights, example: &Example) -> [f32; COLUMNS] {
    let sums = sums(weights, &example.features);
    let mut errors = [0.0; COLUMNS];
    if let Some(intent) = example.intent {
        errors[..INTENTS].copy_from_slice(&softmax(intents_of(&sums)));
        errors[intent] -= 1.0;
    }
    errors[LANGUAGE] = 1.0 / (1.0 + libm::expf(-sums[LANGUAGE])) - example.french;
    errors
}

/// The intents' logits of an example.
pub(crate) fn logits(weights: &Weights, example: &Example) -> [f32; INTENTS] {
    intents_of(&sums(weights, &example.features))
}

fn intents_of(sums: &[f32; COLUMNS]) -> [f32; INTENTS] {
    let mut logits = [0.0; INTENTS];
    logits.copy_from_slice(&sums[..INTENTS]);
    logits
}

fn sums(weights: &Weights, features: &Features) -> [f32; COLUMNS] {
    let mut sums = [0.0; COLUMNS];
    for (rows, scale) in features.groups() {
        for row in rows {
            for (sum, weight) in sums.iter_mut().zip(&weights[*row as usize]) {
                *sum += weight * scale;
            }
        }
    }
    sums
}
