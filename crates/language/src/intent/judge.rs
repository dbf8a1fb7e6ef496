//! From a message and what was said before to probabilities.

use super::features::{Features, Situation};
use super::logits::INTENTS;
use super::model::Model;
use crate::text::words;

/// Columns by name, in the order of `Intent::ALL`.
const PLANNING: usize = 1;
const BOOKING_MANAGEMENT: usize = 4;
const TRAVEL_INFO: usize = 5;

/// How sure the model must be of what the agent spoke about.
const TOPIC_THRESHOLD: f32 = 0.6;
/// A longer message says itself what it is about.
const MAX_ELLIPTIC_WORDS: usize = 6;

/// The probability of each intent of `text`, said after `previous`.
pub(crate) fn judge(
    model: &Model<'_>,
    features: &mut Features,
    text: &str,
    previous: Option<&str>,
    pending_proposal: bool,
) -> [f32; INTENTS] {
    let previous = previous.map(str::trim_end).filter(|p| !p.is_empty());
    let question = previous.and_then(last_question);
    let situation = match (pending_proposal, question) {
        (true, _) => Situation::Pending,
        (false, Some(_)) => Situation::Asked,
        (false, None) => Situation::Open,
    };
    features.extract(text, situation);
    let mut intents = model.intents(features);
    if let Some(previous) = previous.filter(|_| !pending_proposal && is_elliptic(text, question)) {
        // The corpus knows answers to questions about a trip; one to "what is your booking
        // number?" looks the same and is about what was asked.
        features.extract(question.unwrap_or(previous), Situation::Said);
        let topics = model.intents(features);
        for topic in [BOOKING_MANAGEMENT, TRAVEL_INFO] {
            if topics[topic] > TOPIC_THRESHOLD {
                intents[topic] += std::mem::take(&mut intents[PLANNING]);
            }
        }
    }
    intents
}

/// Whether `text` can only be understood together with what the agent said before.
fn is_elliptic(text: &str, question: Option<&str>) -> bool {
    let continues = || {
        // "et en avril ?"
        words::INTENT_CONTINUATION.iter().any(|start| {
            text.split_at_checked(start.len())
                .is_some_and(|(begin, rest)| {
                    begin.eq_ignore_ascii_case(start) && rest.starts_with(' ')
                })
        })
    };
    text.split_whitespace().nth(MAX_ELLIPTIC_WORDS).is_none() && (question.is_some() || continues())
}

/// The last sentence of `previous` that is a question.
fn last_question(previous: &str) -> Option<&str> {
    let end = previous.rfind('?')? + 1;
    let start = previous[..end - 1]
        .rfind(['.', '!', '?', '\n'])
        .map_or(0, |at| at + 1);
    Some(previous[start..end].trim_start())
}
