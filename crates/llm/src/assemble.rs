//! Puts a streamed answer together again. Pure: the same pieces, cut anywhere, give the same answer.

use super::{Beside, FinishReason, ModelError, ModelErrorKind, ModelEvent, Usage, markup::Markup};
use crate::message::ToolCall;

// A server that goes wrong, or a model that repeats itself, ends neither memory nor the page of the
// person who reads. Each bound lies far above what an honest answer needs.

/// Most bytes of an answer's text: some 60,000 tokens, more than most models write at all.
pub const MAX_TEXT: usize = 256 * 1_024;
/// Most bytes of one call's arguments: those of our tools take a few hundred.
pub const MAX_ARGUMENTS: usize = 32 * 1_024;
/// Most calls of one answer that run: they do so side by side, and a trip needs a handful.
pub const MAX_CALLS: usize = 16;
/// Most calls of one answer that are kept, so that the model can be told of those that do not run; any
/// further ones are left out. Of those, the arguments are not kept.
const MAX_KEPT: usize = 64;
/// Most bytes of an id or a name: they are stored, and stand on spans.
pub const MAX_NAME: usize = 256;
/// Most bytes of thoughts that are kept for as long as a turn needs them.
pub const MAX_THOUGHTS: usize = 256 * 1_024;

/// A whole answer of a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Its text.
    pub text: String,
    /// Tools that it wants to run, in the order of their index.
    pub tool_calls: Vec<ToolCall>,
    /// What it thought, where the server shows it; the beginning of what is longer than allowed.
    pub reasoning: String,
    /// Tokens; `None` when the provider did not tell.
    pub usage: Option<Usage>,
    /// The provider's id of the answer.
    pub id: Option<String>,
    /// The model that really answered.
    pub model: Option<String>,
    /// Why it stopped; `None` when the stream ended without saying.
    pub finish: Option<FinishReason>,
    /// What was taken out of its text.
    pub markup: Markup,
    /// What it said beside its text; remote models say nothing there.
    pub beside: Option<Beside>,
}

/// Collects the pieces of an answer.
#[derive(Debug, Default)]
pub struct Assembler {
    answer: Answer,
    /// Index of each call, parallel to `answer.tool_calls`.
    indexes: Vec<u32>,
}

impl Assembler {
    /// Takes one piece.
    ///
    /// # Errors
    /// `AnswerTooLong` where the answer would pass a bound; what came before the piece stays.
    pub fn push(&mut self, event: &ModelEvent) -> Result<(), ModelError> {
        match event {
            ModelEvent::Started { id, model } => {
                replace(&mut self.answer.id, id.as_deref())?;
                replace(&mut self.answer.model, model.as_deref())?;
            }
            ModelEvent::Reasoning => {}
            ModelEvent::Thought(text) => {
                // An answer is worth more than what led to it.
                let _ = append(&mut self.answer.reasoning, text, MAX_THOUGHTS);
            }
            ModelEvent::Text(text) => append(&mut self.answer.text, text, MAX_TEXT)?,
            ModelEvent::ToolCall {
                index,
                id,
                name,
                arguments,
            } => {
                let Some((place, call)) = self.call(*index) else {
                    return Ok(());
                };
                append(&mut call.id, id.as_deref().unwrap_or_default(), MAX_NAME)?;
                append(
                    &mut call.name,
                    name.as_deref().unwrap_or_default(),
                    MAX_NAME,
                )?;
                if place < MAX_CALLS {
                    append(&mut call.arguments, arguments, MAX_ARGUMENTS)?;
                }
            }
            ModelEvent::Beside(beside) => self.answer.beside = Some(beside.clone()),
            ModelEvent::Usage(usage) => self.answer.usage = Some(*usage),
            ModelEvent::Finish(reason) => self.answer.finish = Some(*reason),
        }
        Ok(())
    }

    /// The call of an index and its place, begun where it is new; `None` where there are too many.
    fn call(&mut self, index: u32) -> Option<(usize, &mut ToolCall)> {
        let at = match self.indexes.binary_search(&index) {
            Ok(at) => at,
            Err(_) if self.indexes.len() == MAX_KEPT => return None,
            Err(at) => {
                self.indexes.insert(at, index);
                self.answer.tool_calls.insert(at, ToolCall::default());
                at
            }
        };
        Some((at, &mut self.answer.tool_calls[at]))
    }

    /// Whether the model has said why it stopped.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        self.answer.finish.is_some()
    }

    /// Whether the model has ended its answer by itself.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(
            self.answer.finish,
            Some(FinishReason::Stop | FinishReason::ToolCalls)
        )
    }

    /// Whether it calls tools.
    #[must_use]
    pub const fn has_calls(&self) -> bool {
        !self.answer.tool_calls.is_empty()
    }

    /// The answer; calls without an id get one from their position.
    #[must_use]
    pub fn finish(mut self) -> Answer {
        for (call, index) in self.answer.tool_calls.iter_mut().zip(&self.indexes) {
            if call.id.is_empty() {
                call.id = format!("call_{index}");
            }
        }
        self.answer
    }
}

fn append(whole: &mut String, piece: &str, most: usize) -> Result<(), ModelError> {
    if piece.len() > most - whole.len() {
        return Err(too_long());
    }
    whole.push_str(piece);
    Ok(())
}

fn replace(known: &mut Option<String>, told: Option<&str>) -> Result<(), ModelError> {
    match told {
        Some(told) if told.len() > MAX_NAME => Err(too_long()),
        Some(told) => {
            *known = Some(told.to_owned());
            Ok(())
        }
        None => Ok(()),
    }
}

/// An answer, or what carries it, passes a bound.
pub(super) fn too_long() -> ModelError {
    let detail = "the answer is longer than allowed";
    ModelError::new(ModelErrorKind::AnswerTooLong, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(index: u32, id: Option<&str>, name: Option<&str>, arguments: &str) -> ModelEvent {
        ModelEvent::ToolCall {
            index,
            id: id.map(Into::into),
            name: name.map(Into::into),
            arguments: arguments.into(),
        }
    }

    #[test]
    fn pieces_of_two_calls_may_come_mixed() {
        let mut assembler = Assembler::default();
        for event in [
            ModelEvent::Text("Voy".into()),
            piece(1, Some("b"), Some("second"), "{\"x\""),
            piece(0, Some("a"), Some("first"), "{"),
            ModelEvent::Text("ons".into()),
            piece(1, None, None, ":1}"),
            piece(0, None, None, "}"),
            ModelEvent::Finish(FinishReason::ToolCalls),
        ] {
            assembler.push(&event).unwrap();
        }
        let answer = assembler.finish();
        assert_eq!(answer.text, "Voyons");
        let calls: Vec<_> = answer
            .tool_calls
            .iter()
            .map(|c| (&*c.name, &*c.arguments))
            .collect();
        assert_eq!(calls, [("first", "{}"), ("second", "{\"x\":1}")]);
    }

    #[test]
    fn no_part_of_an_answer_grows_past_its_bound() {
        let started = |id: &str| ModelEvent::Started {
            id: Some(id.into()),
            model: None,
        };
        let text = |count| ModelEvent::Text("a".repeat(count));
        let long = |count| "a".repeat(count);
        for (fits, passes) in [
            (text(MAX_TEXT), text(1)),
            (
                piece(0, None, None, &long(MAX_ARGUMENTS)),
                piece(0, None, None, "a"),
            ),
            (
                piece(0, Some(&long(MAX_NAME)), None, ""),
                piece(0, Some("a"), None, ""),
            ),
            (
                piece(0, None, Some(&long(MAX_NAME)), ""),
                piece(0, None, Some("a"), ""),
            ),
            (started(&long(MAX_NAME)), started(&long(MAX_NAME + 1))),
        ] {
            let mut assembler = Assembler::default();
            assembler.push(&fits).unwrap();
            let before = assembler.answer.clone();
            assert_eq!(assembler.push(&passes), Err(too_long()));
            assert_eq!(assembler.answer, before);
        }
    }

    #[test]
    fn of_too_many_calls_the_first_are_kept_whole_and_the_next_by_name() {
        let mut assembler = Assembler::default();
        for index in 0..100 {
            assembler.push(&piece(index, None, Some("t"), "{")).unwrap();
        }
        assembler.push(&piece(3, None, None, "}")).unwrap();
        let calls = assembler.finish().tool_calls;
        assert_eq!(calls.len(), MAX_KEPT);
        assert!(
            calls
                .iter()
                .all(|call| call.name == "t" && !call.id.is_empty())
        );
        assert_eq!((&*calls[3].arguments, &*calls[15].arguments), ("{}", "{"));
        assert!(
            calls[MAX_CALLS..]
                .iter()
                .all(|call| call.arguments.is_empty())
        );
    }
}
