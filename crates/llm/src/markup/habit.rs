//! How the models of an endpoint write their thoughts, as far as they have shown it.

use std::sync::{Mutex, PoisonError};

/// What an endpoint does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Habit {
    /// It has not shown it.
    #[default]
    Unknown,
    /// Thoughts are opened and closed, or come apart from the text.
    Opens,
    /// Thoughts are closed and never opened: the chat template holds the opening tag.
    ClosesAlone,
    /// No thoughts.
    Plain,
}

/// What is remembered of an endpoint. In this process: a restart forgets it.
#[derive(Debug, Default)]
pub struct Habits(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    habit: Habit,
    /// What the operator has been told of.
    warned: Vec<&'static str>,
}

impl Habits {
    /// The habit.
    #[must_use]
    pub fn get(&self) -> Habit {
        self.lock().habit
    }

    /// Remembers what an answer has shown.
    pub fn learn(&self, habit: Habit) {
        self.lock().habit = habit;
    }

    /// Whether the operator is told of this for the first time.
    pub fn is_news(&self, what: &'static str) -> bool {
        let warned = &mut self.lock().warned;
        let is_news = !warned.contains(&what);
        if is_news {
            warned.push(what);
        }
        is_news
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
