//! What they say: `traffic/dialogues.json` beside this crate's sources.

use serde::Deserialize;

const TEXT: &str = include_str!("../../traffic/dialogues.json");

/// One visit, from the first message to the last.
#[derive(Clone, Debug, Deserialize)]
pub struct Dialogue {
    /// Language of the visitor.
    pub locale: Locale,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// Language of a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French.
    Fr,
    /// English.
    En,
}

/// One thing that a visitor does.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Says it and reads the whole answer.
    Say(String),
    /// The same in fast mode.
    SayFast(String),
    /// Says it and reads the answer as a stream.
    Stream(String),
    /// Says it and stops the answer as soon as it has begun.
    Stop(String),
    /// Says it and goes away as soon as the answer has begun.
    HangUp(String),
    /// Sends what the server must refuse.
    Refused(String),
    /// Presses the button that accepts the proposal of the last answer, if it has one.
    Confirm,
    /// Presses the button that declines it.
    Reject,
    /// Has the last question answered once more.
    Again,
    /// Rates the last answer: 1 or -1.
    Rate(i8),
    /// Searches without the chat.
    Search(String),
}

/// All of them.
///
/// # Errors
///
/// The file in this binary is no list of dialogues.
pub fn dialogues() -> serde_json::Result<Vec<Dialogue>> {
    serde_json::from_str(TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_step_is_taken_in_both_languages_together() {
        let dialogues = dialogues().unwrap();
        let of = |locale| dialogues.iter().filter(|d| d.locale == locale).count();
        assert_eq!(of(Locale::Fr), of(Locale::En));
        let kinds = dialogues.iter().flat_map(|dialogue| &dialogue.steps);
        let kinds: std::collections::HashSet<_> = kinds.map(std::mem::discriminant).collect();
        assert_eq!(kinds.len(), 11);
    }
}
