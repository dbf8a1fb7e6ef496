//! What a person thinks of an answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A rating of one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Thumbs up or down.
    pub score: Score,
    /// Why, in the person's words: never in telemetry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// When.
    pub created_at: Timestamp,
}

/// Thumbs up or down: 1 or -1 in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "i64", try_from = "i64")]
pub enum Score {
    /// Good.
    Up,
    /// Bad.
    Down,
}

/// A number that is no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 or -1")]
pub struct NoScore;

impl Score {
    /// The word on metrics and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

impl From<Score> for i64 {
    fn from(score: Score) -> Self {
        match score {
            Score::Up => 1,
            Score::Down => -1,
        }
    }
}

impl TryFrom<i64> for Score {
    type Error = NoScore;

    fn try_from(number: i64) -> Result<Self, NoScore> {
        match number {
            1 => Ok(Self::Up),
            -1 => Ok(Self::Down),
            _ => Err(NoScore),
        }
    }
}
