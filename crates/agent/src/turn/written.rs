//! Calls that a model wrote as text, and answers that are nothing but a thought: what runs, and what
//! the model is asked again. ADR 0020 says why.

use std::sync::Arc;

use super::Turn;
use crate::{
    llm::{
        Answer, FinishReason, ToolSpec,
        assemble::MAX_CALLS,
        markup::{Written, quote},
    },
    message::{Message, ToolCall},
    transcript::NO_ANSWER,
};

/// What an answer is worth.
pub(super) enum Worth {
    /// It says or calls something.
    Answer,
    /// Nothing that can be used.
    Nothing(Flaw),
}

/// What is wrong with an answer.
#[derive(Clone, Copy)]
pub(super) enum Flaw {
    /// A call stands in its text, and may not run.
    Call,
    /// It is nothing but a thought.
    Thought,
}

impl Turn<'_> {
    /// Moves the calls of the answer's text to its calls where they may run. `may_call`: tools may be
    /// called now.
    pub(super) fn weigh(
        &self,
        answer: &mut Answer,
        tools: &Arc<[ToolSpec]>,
        may_call: bool,
    ) -> Worth {
        let markup = std::mem::take(&mut answer.markup);
        // A proper call is what the model meant; its text repeats it.
        if !answer.tool_calls.is_empty() {
            return Worth::Answer;
        }
        let silent = answer.text.trim().is_empty();
        if !markup.written.is_empty() {
            // What a limit cut off may lack a part of its arguments.
            let is_cut = answer.finish == Some(FinishReason::Length);
            let may_run = |written: &&Written| !is_cut && self.may_run(written, silent, tools);
            let runs = markup.written.iter().filter(may_run);
            let calls = runs.flat_map(|written| written.calls.clone());
            let calls: Vec<_> = (0..MAX_CALLS)
                .zip(calls)
                .map(|(at, call)| ToolCall {
                    id: format!("call_{at}"),
                    ..call
                })
                .collect();
            if !may_call || calls.is_empty() {
                return Worth::Nothing(Flaw::Call);
            }
            answer.tool_calls = calls;
            return Worth::Answer;
        }
        let withheld = matches!(
            answer.finish,
            Some(FinishReason::ContentFilter | FinishReason::Refusal)
        );
        match silent && markup.thought && !withheld {
            true => Worth::Nothing(Flaw::Thought),
            false => Worth::Answer,
        }
    }

    /// Whether a call may run: it can be read, stands within the model's own markers or is the whole
    /// answer, names what is offered, and repeats nobody else.
    fn may_run(&self, written: &Written, silent: bool, tools: &Arc<[ToolSpec]>) -> bool {
        let is_offered = |call: &ToolCall| tools.iter().any(|tool| tool.name == call.name);
        let told: Vec<_> = self
            .messages
            .iter()
            .filter_map(|message| match message {
                Message::User { text, .. } | Message::Tool { text, .. } => Some(text.as_str()),
                Message::System { .. } | Message::Assistant { .. } => None,
            })
            .collect();
        (written.marked || silent)
            && !written.calls.is_empty()
            && written.calls.iter().all(is_offered)
            && !quote::quotes(written, &told, tools)
    }
}

/// What the model is asked again: its answer, as far as it was shown, and what was wrong with it. Like
/// a correction it is no part of the conversation.
pub(super) fn again(answer: &Answer, flaw: Flaw, may_call: bool) -> [Message; 2] {
    let said = match answer.text.trim() {
        "" => NO_ANSWER,
        said => said,
    };
    let wrong = match flaw {
        Flaw::Call => "a tool call stands in its text, where it does not run and nobody reads it",
        Flaw::Thought => "it holds nothing but a thought, which nobody reads",
    };
    let ask = match may_call {
        true => {
            "If a tool is needed, call it by the means of the interface; else answer the person"
        }
        false => "No tool can be called any more: answer the person with what you know",
    };
    let check = format!(
        "<check>Automatic check of your last answer, not written by the person: {wrong}. {ask}, in \
         plain text and in the language of the conversation. Do not mention this check.</check>"
    );
    [Message::assistant(said), Message::user(check)]
}
