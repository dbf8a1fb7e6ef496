//! Tool calls and their results: each call of an assistant message is answered exactly once, before
//! anything else is said.

use std::collections::BTreeSet;

/// Follows a conversation.
#[derive(Default)]
pub(super) struct Pairing<'a> {
    /// Every call id so far.
    seen: BTreeSet<&'a str>,
    /// Calls of the last assistant message.
    open: BTreeSet<&'a str>,
    answered: BTreeSet<&'a str>,
}

impl<'a> Pairing<'a> {
    /// The assistant calls a tool.
    pub(super) fn call(&mut self, id: &'a str, wrong: &mut Vec<String>) {
        if id.is_empty() {
            wrong.push("a tool call has no id".into());
        } else if !self.seen.insert(id) {
            wrong.push(format!("the id {id} is used by two tool calls"));
        }
        self.open.insert(id);
    }

    /// A tool answers.
    pub(super) fn result(&mut self, id: &'a str, wrong: &mut Vec<String>) {
        if self.open.remove(id) {
            self.answered.insert(id);
        } else if self.answered.contains(id) {
            wrong.push(format!("the tool call {id} is answered twice"));
        } else {
            wrong.push(format!(
                "the tool result {id} answers no call of the assistant message before it"
            ));
        }
    }

    /// Something else is said, or the conversation ends: no call may be left.
    pub(super) fn end_of_results(&mut self, wrong: &mut Vec<String>) {
        for id in std::mem::take(&mut self.open) {
            wrong.push(format!("the tool call {id} is not answered"));
        }
        self.answered.clear();
    }
}
