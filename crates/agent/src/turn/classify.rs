//! A second opinion: where the built-in classifier is unsure, one cheap call to a model may settle
//! the intent. A model never yields a confirmation, nor does it reject a proposal.

use std::{sync::Arc, time::Duration};

use super::{Turn, attempt::Attempt, detect::Verdict};
use crate::{
    agent::Classify,
    context::TurnContext,
    intent::Intent,
    llm::{ChatRequest, Deadlines, ModelErrorKind, Settings, ToolChoice, chain::Recovery},
    message::Message,
    prompt::tier::{self, Mode},
};

/// Below this confidence the classifier is unsure.
const UNSURE: f32 = 0.6;
/// An answer is one word, but some models think first.
const MAX_TOKENS: u32 = 1_024;
/// A second opinion that takes longer is not worth the wait.
const PATIENCE: Duration = Duration::from_secs(5);
/// Characters of the agent's last message that the model is shown.
const PREVIOUS_CHARS: usize = 600;

impl Turn<'_> {
    /// What a model makes of a message that the classifier is unsure of; `None` = the classifier's
    /// verdict stands. `pending`: a proposal waits for a decision.
    pub(super) async fn second_opinion(
        &self,
        verdict: &Verdict,
        previous: Option<&str>,
        pending: bool,
    ) -> Option<Intent> {
        let wanted = match self.agent.options.classify {
            Classify::Off => false,
            Classify::Full => self.request.mode == Mode::Full,
            Classify::Always => true,
        };
        // Whether a yes is one is for the gate alone.
        let open = verdict.source.is_some() && verdict.intent != Intent::Confirmation;
        if !wanted || !open || verdict.confidence >= UNSURE || self.request.use_builtin {
            return None;
        }
        let permit = self.agent.models().aside()?;
        if permit.model().is_grounded() {
            return None;
        }
        let request = Arc::new(self.question(verdict, previous));
        let mut attempt = Attempt::open(
            permit,
            1,
            "classification",
            &request,
            &self.request,
            &self.events,
            &self.tokens,
        );
        let deadlines = self.agent.models().deadlines();
        let deadlines = Deadlines {
            first_token: deadlines.first_token.min(PATIENCE),
            call: deadlines.call.min(PATIENCE),
            ..deadlines
        };
        match attempt.run(self.agent, deadlines, |_| {}).await {
            Ok(()) => {
                let intent = intent(&attempt.succeed().text);
                // What becomes of a proposal is for the person's own words to say.
                intent.filter(|intent| !(pending && *intent == Intent::Rejection))
            }
            Err(error) => {
                // The patience that ended is ours, and far shorter than what an answer is given.
                if error.kind == ModelErrorKind::Timeout {
                    attempt.excuse();
                }
                attempt.fail(&error, || Recovery::None);
                None
            }
        }
    }

    fn question(&self, verdict: &Verdict, previous: Option<&str>) -> ChatRequest {
        let said = previous.map_or_else(String::new, |text| {
            let start: String = text.chars().take(PREVIOUS_CHARS).collect();
            format!("Agent: {start}\n")
        });
        let message = format!("{said}Person: {}", self.request.message);
        ChatRequest {
            messages: vec![Message::system(tier::CLASSIFY), Message::user(message)],
            tools: Arc::default(),
            tool_choice: ToolChoice::None,
            settings: Settings {
                temperature: None,
                max_tokens: Some(MAX_TOKENS),
            },
            extensions: self.handed(&Arc::new(self.unread(verdict))),
            thoughts: Arc::default(),
        }
    }

    /// What is known before the message has been understood.
    fn unread(&self, verdict: &Verdict) -> TurnContext {
        let request = &self.request;
        TurnContext {
            confidence: verdict.confidence,
            source: verdict.source,
            trip: self.state.trip.clone(),
            ..TurnContext::unread(
                verdict.intent,
                request.now.clone(),
                request.fallback_locale,
                request.currency,
            )
        }
    }
}

/// The intent that an answer of one word names, whatever marks surround it.
fn intent(answer: &str) -> Option<Intent> {
    let word = answer.trim_matches(|mark: char| !mark.is_alphanumeric());
    let named = |intent: &Intent| word.eq_ignore_ascii_case(intent.as_str());
    let found = Intent::ALL.into_iter().find(named)?;
    (found != Intent::Confirmation).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_an_answer_and_never_a_confirmation() {
        assert_eq!(intent("planning"), Some(Intent::Planning));
        assert_eq!(intent(" **Travel_info**.\n"), Some(Intent::TravelInfo));
        assert_eq!(intent("`_SMALL_TALK_`"), Some(Intent::SmallTalk));
        for nothing in [
            "",
            "I am not sure",
            "planning or small_talk",
            "not planning",
            "replanning",
            "confirmation",
        ] {
            assert_eq!(intent(nothing), None, "{nothing}");
        }
    }
}
