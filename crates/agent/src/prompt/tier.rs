//! Prompt tiers: how much a turn needs to be told and which tools it gets.

use std::sync::LazyLock;

use llm::estimate;
use serde::{Deserialize, Serialize};

use crate::{intent::Intent, message::Message};

/// Instructions to name the intent of a message in one word. `confirmation` is no choice: only the
/// embedded classifier may find one.
pub const CLASSIFY: &str = include_str!("prompts/classify.md");

/// How long an answer may take: `fast` has fewer tools and rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// All tools, at most 8 rounds.
    #[default]
    Full,
    /// Essential tools, at most 5 rounds.
    Fast,
}

impl Mode {
    /// Most rounds of model and tools; the last one must answer.
    #[must_use]
    pub const fn max_rounds(self) -> u32 {
        match self {
            Self::Full => 8,
            Self::Fast => 5,
        }
    }
}

/// A prompt tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tier {
    /// Small talk: no tools.
    Light,
    /// Essential tools.
    Fast,
    /// All tools.
    Full,
}

impl Tier {
    /// The tier for an intent.
    #[must_use]
    pub const fn choose(intent: Intent, mode: Mode) -> Self {
        match (intent, mode) {
            (Intent::SmallTalk | Intent::OutOfScope, _) => Self::Light,
            (_, Mode::Fast) => Self::Fast,
            (_, Mode::Full) => Self::Full,
        }
    }

    /// The `agent.prompt_type` of spans.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Fast => "fast",
            Self::Full => "full",
        }
    }

    /// The system prompt. It holds nothing variable, so that providers can cache it.
    #[must_use]
    pub const fn system_prompt(self) -> &'static str {
        match self {
            Self::Light => include_str!("prompts/light.md"),
            Self::Fast => concat!(
                include_str!("prompts/fast.md"),
                include_str!("prompts/rules.md")
            ),
            Self::Full => concat!(
                include_str!("prompts/full.md"),
                include_str!("prompts/rules.md")
            ),
        }
    }

    /// Estimated tokens of the system prompt as a message; counted once.
    #[must_use]
    pub fn system_tokens(self) -> usize {
        static TOKENS: LazyLock<[usize; 3]> = LazyLock::new(|| {
            [Tier::Light, Tier::Fast, Tier::Full]
                .map(|tier| estimate::message(&Message::system(tier.system_prompt())))
        });
        let [light, fast, full] = *TOKENS;
        match self {
            Self::Light => light,
            Self::Fast => fast,
            Self::Full => full,
        }
    }
}
