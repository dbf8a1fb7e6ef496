//! What a question comes to, and the look-up behind it.

use serde::Serialize;

use super::{
    step::{Call, Reply},
    view::View,
};
use crate::tools::{Data, Tool, ToolError};

/// The next step for one question.
pub(crate) enum Progress {
    /// Looks something up.
    Call(Call),
    /// Answers, or asks for what is missing.
    Say(Reply),
    /// Its tool is not there.
    Unable,
}

/// Where a look-up stands.
pub(crate) enum LookUp<'a, D> {
    /// It has not run: this call runs it.
    Open(Call),
    /// What it found.
    Found(&'a D),
    /// It failed.
    Failed(&'a ToolError),
    /// There is no such tool in this turn.
    Absent,
}

impl<'a> View<'a> {
    /// Looks up `args` with `T`, which answers a `D`.
    pub(crate) fn look_up<T: Tool, D: Data>(&self, args: &impl Serialize) -> LookUp<'a, D> {
        let call = Call::of::<T>(serde_json::to_value(args).unwrap_or_default());
        match self.outcome(&call) {
            Some(Ok(data)) => data
                .get()
                .map_or(LookUp::Failed(&ToolError::Panicked), LookUp::Found),
            Some(Err(error)) => LookUp::Failed(error),
            None if self.can::<T>() => LookUp::Open(call),
            None => LookUp::Absent,
        }
    }
}
