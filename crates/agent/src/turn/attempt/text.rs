//! The text of an attempt: what is shown of it, and what was taken out.

use super::{Attempt, Open};
use crate::llm::{
    ModelError, ModelEvent,
    markup::{End, Piece},
};

/// What the operator can do about thoughts that nothing opens.
const LATE: &str = "a thought was shown, since only a closing tag told of it: give the server a \
                    reasoning parser; later answers are held back";
/// What the operator can do about calls in text.
const WRITTEN: &str = "a call came as text: give the server a parser of tool calls";

impl Attempt {
    /// Takes text and thoughts.
    pub(super) fn take(
        &mut self,
        pieces: Vec<Piece>,
        on_text: &mut impl FnMut(&str),
    ) -> Result<(), ModelError> {
        for piece in pieces {
            match piece {
                Piece::Thought(pieces) => self.thoughts += pieces,
                Piece::Text(text) => {
                    self.spoke |= !text.is_empty();
                    let event = ModelEvent::Text(text);
                    self.assembler.push(&event)?;
                    if let ModelEvent::Text(text) = &event {
                        on_text(text);
                    }
                }
            }
        }
        Ok(())
    }

    /// No more text comes: what was held back is shown, or was a thought.
    pub(super) fn end_text(&mut self, on_text: &mut impl FnMut(&str)) -> Result<(), ModelError> {
        let Some(mut unmarked) = self.unmarked.take() else {
            return Ok(());
        };
        let pieces = unmarked.finish(End {
            cut: !self.assembler.is_whole(),
            calls: self.assembler.has_calls(),
            teaches: self.answers,
        });
        self.markup = unmarked.into_markup();
        self.take(pieces, on_text)?;
        if let Some(Open { permit, .. }) = &self.open {
            let (late, written) = (self.markup.late, !self.markup.written.is_empty());
            for (is_so, what) in [(late, LATE), (written, WRITTEN)] {
                if is_so && permit.habits().is_news(what) {
                    let model = permit.model();
                    tracing::warn!(
                        provider = model.provider(),
                        model = model.name(),
                        hint = what,
                        "markup in a model's text"
                    );
                }
            }
        }
        Ok(())
    }
}
