//! From a message and what was said before to probabilities.

use super::features::{Features, Situation};
use super::logits::INTENTS;
use super::model::Model;

/// Columns by name, in the order of `Intent::ALL`.
const PLANNING: usize = 1;
const BOOKING_MANAGEMENT: usize = 4;
const TRAVEL_INFO: usize = 5;

/// How sure the model must be of what the agent's question is about.
const TOPIC_THRESHOLD: f32 = 0.5;

/// The probability of each intent of `text`, said after `previous`.
pub(crate) fn judge(
    model: &Model<'_>,
    features: &mut Features,
    text: &str,
    previous: Option<&str>,
    pending_proposal: bool,
) -> [f32; INTENTS] {
    let question = previous.and_then(last_question);
    let situation = match (pending_proposal, question) {
        (true, _) => Situation::Pending,
        (false, Some(_)) => Situation::Asked,
        (false, None) => Situation::Open,
    };
    features.extract(text, situation);
    let mut intents = model.intents(features);
    if let Some(question) = question.filter(|_| situation == Situation::Asked) {
        // The corpus knows answers to questions about a trip; one to "what is your booking
        // number?" looks the same and is about what was asked.
        features.extract(question, Situation::Open);
        let topics = model.intents(features);
        for topic in [BOOKING_MANAGEMENT, TRAVEL_INFO] {
            if topics[topic] > TOPIC_THRESHOLD {
                intents[topic] += std::mem::take(&mut intents[PLANNING]);
            }
        }
    }
    intents
}

/// The last sentence of `previous` that is a question.
fn last_question(previous: &str) -> Option<&str> {
    let end = previous.rfind('?')?;
    let asked = previous[..end].trim_end();
    let start = asked
        .rfind(['.', '!', '?', ':', '\n'])
        .map_or(0, |at| at + 1);
    Some(asked[start..].trim_start())
}
