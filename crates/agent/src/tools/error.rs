//! Why a tool did not answer: the type says who is told, and the value says what it is about.

use schedule::QueryError;

use crate::{
    sources::SourceError,
    travel::{HORIZON_DAYS, Iata},
};

/// A tool's failure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ToolError {
    /// The model is told which argument cannot be used; may quote it.
    #[error("bad arguments: {0}")]
    BadArgument(#[from] BadArgument),
    /// The model is told that its arguments are none of this tool; quotes them.
    #[error("bad arguments: {}{problem}", argument.as_ref().map_or_else(String::new, |name| format!("{name}: ")))]
    Unreadable {
        /// Path of the argument, where one is at fault.
        argument: Option<String>,
        /// What is wrong.
        problem: String,
    },
    /// The model is told why the source has no answer to this query.
    #[error("bad arguments: {0}")]
    Query(QueryError),
    /// The model is told that the source could not be asked; the turn goes on.
    #[error("{0}")]
    Source(SourceError),
    /// It took longer than a call may.
    #[error("the tool took too long")]
    TimedOut,
    /// It panicked.
    #[error("the tool failed internally")]
    Panicked,
    /// The model is told and may try again or explain; the turn goes on.
    #[error("{0}")]
    RespondToModel(String),
    /// The turn cannot go on.
    #[error("{0}")]
    Fatal(String),
}

impl ToolError {
    /// An error for the model.
    pub fn respond(message: impl std::fmt::Display) -> Self {
        Self::RespondToModel(message.to_string())
    }

    /// The `error.type` of the call's span.
    #[must_use]
    pub const fn error_type(&self) -> &'static str {
        match self {
            Self::BadArgument(_) | Self::Unreadable { .. } | Self::Query(_) => "bad_arguments",
            Self::Source(error) => error.error_type(),
            Self::TimedOut => "timeout",
            Self::Panicked => "panic",
            Self::RespondToModel(_) => "tool_error",
            Self::Fatal(_) => "tool_failed",
        }
    }

    /// The code of a place that nobody knows, where that is the trouble.
    #[must_use]
    pub const fn unknown_place(&self) -> Option<Iata> {
        match self {
            Self::BadArgument(BadArgument {
                problem: Problem::UnknownPlace(code),
                ..
            })
            | Self::Query(QueryError::UnknownPlace(code)) => Some(*code),
            _ => None,
        }
    }
}

impl From<SourceError> for ToolError {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Query(query) => Self::Query(query),
            error => Self::Source(error),
        }
    }
}

/// An argument that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadArgument {
    /// Where it stands, if not among the first.
    pub within: Option<Within>,
    /// Its name.
    pub argument: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

/// An argument that holds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// `legs`: the nth leg of the journey, so from 2.
    Leg(usize),
    /// `return_window`.
    ReturnWindow,
}

/// What is wrong with an argument.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nobody knows this code.
    #[error("no airport or city has code {0}")]
    UnknownPlace(Iata),
    /// Both ends are one city.
    #[error("{0} and {1} are the same city: no flight goes from one to the other")]
    SameCity(Iata, Iata),
    /// The tables have no such place.
    #[error("no such place in the tables")]
    Unlisted,
    /// A day that is over.
    #[error("is in the past")]
    Past,
    /// A day that nothing is known of yet.
    #[error("is more than {HORIZON_DAYS} days ahead")]
    TooFar,
    /// A day that does not come after that of another argument.
    #[error("must be after {0}")]
    NotAfter(&'static str),
    /// A day that comes before that of another argument.
    #[error("is before {0}")]
    Before(&'static str),
    /// A name that means nothing in the city.
    #[error("“{0}” is no known sight or quarter of the city")]
    NotThere(String),
    /// A number outside of its bounds.
    #[error("{0} to {1} can be asked for")]
    Outside(u32, u32),
    /// Nobody of 18 or more is among them.
    #[error("at least one is needed")]
    NoAdult,
    /// An infant without a lap.
    #[error("each needs an adult's lap")]
    NoLap,
    /// No amount that can be spent.
    #[error("needs a positive decimal number")]
    NoAmount,
    /// It cannot be left out.
    #[error("is needed")]
    Missing,
    /// What only a model or a program can get wrong: it is not written as it has to be.
    #[error("{0}")]
    Form(String),
}

impl BadArgument {
    /// One of the first arguments, that is not written as it has to be.
    pub(crate) fn new(argument: &'static str, problem: impl Into<String>) -> Self {
        Self::of(argument, Problem::Form(problem.into()))
    }

    /// One of the first arguments.
    #[must_use]
    pub const fn of(argument: &'static str, problem: Problem) -> Self {
        Self {
            within: None,
            argument,
            problem,
        }
    }

    /// The same within another argument.
    pub(crate) fn within(self, within: Within) -> Self {
        Self {
            within: Some(within),
            ..self
        }
    }
}

impl std::fmt::Display for BadArgument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (argument, problem) = (self.argument, &self.problem);
        match self.within {
            None => write!(f, "{argument}: {problem}"),
            Some(Within::Leg(nth)) => write!(f, "legs: leg {nth}: {argument} {problem}"),
            Some(Within::ReturnWindow) => write!(f, "return_window: {argument} {problem}"),
        }
    }
}

impl std::error::Error for BadArgument {}
