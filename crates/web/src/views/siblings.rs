//! The messages in whose place one stands: other wordings of a question, other answers to it.

use askama::Template;
use uuid::Uuid;

use crate::i18n::thread::ThreadTexts;

/// A message's place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Siblings {
    /// From 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The one before it.
    pub previous: Option<Uuid>,
    /// The one after it.
    pub next: Option<Uuid>,
}

impl Siblings {
    /// The place of `id` among `all`; `None` where it is alone.
    #[must_use]
    pub fn of(id: Uuid, all: &[Uuid]) -> Option<Self> {
        let at = all.iter().position(|other| *other == id)?;
        (all.len() > 1).then(|| Self {
            number: at + 1,
            count: all.len(),
            previous: at.checked_sub(1).and_then(|at| all.get(at)).copied(),
            next: all.get(at + 1).copied(),
        })
    }
}

/// The links to the others.
#[derive(Clone, Template)]
#[template(path = "partials/siblings.html")]
pub struct SiblingLinks {
    /// Texts.
    pub(super) b: &'static ThreadTexts,
    /// Whose message it is.
    pub(super) by_agent: bool,
    /// The conversation.
    pub(super) conversation: Uuid,
    /// The place.
    pub(super) place: Siblings,
}

impl SiblingLinks {
    fn label(&self) -> &'static str {
        if self.by_agent {
            self.b.answers
        } else {
            self.b.wordings
        }
    }

    fn count(&self) -> String {
        let (number, count) = (self.place.number, self.place.count);
        format!("{number}/{count}")
    }
}
