//! The text of one answer without its markup, and held back for as long as it may be a thought that
//! nothing opened.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::{
    Habit, Habits, Markup,
    scanner::{Found, Scanner},
};
use crate::ToolSpec;

/// How long the first answer of an endpoint is held back.
const PATIENCE: Duration = Duration::from_secs(2);
/// How much of it.
const MAX_HELD: usize = 4 * 1_024;
/// How much is held back where a thought is expected.
const MAX_THOUGHT: usize = 256 * 1_024;

/// What comes of a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text to show.
    Text(String),
    /// Some of a thought, in so many pieces as it came in.
    Thought(u64),
}

/// How an answer ended.
#[derive(Clone, Copy, Debug, Default)]
pub struct End {
    /// Not by itself: it broke off, or met a limit.
    pub cut: bool,
    /// The provider told calls of it.
    pub calls: bool,
    /// It is long enough to tell what the endpoint does where it thinks.
    pub teaches: bool,
}

/// Takes the markup out of one answer.
#[derive(Debug)]
pub struct Unmarked {
    scanner: Scanner,
    habits: Arc<Habits>,
    hold: Option<Hold>,
    /// Text has been shown.
    said: bool,
    /// What comes next is a paragraph of its own.
    apart: bool,
    /// What this answer has shown of the endpoint's habit.
    shown: Option<Habit>,
    markup: Markup,
}

/// Text that may be a thought.
#[derive(Debug)]
struct Hold {
    text: String,
    /// The pieces that it came in.
    pieces: u64,
    /// When the first one came.
    since: Option<Instant>,
    /// A thought is expected: until the text's end.
    whole: bool,
}

impl Unmarked {
    /// For an answer of the endpoint that `habits` are of, to a request that offers these tools.
    #[must_use]
    pub fn new(tools: Arc<[ToolSpec]>, habits: Arc<Habits>) -> Self {
        let whole = match habits.get() {
            Habit::Unknown => Some(false),
            Habit::ClosesAlone => Some(true),
            Habit::Opens | Habit::Plain => None,
        };
        Self {
            scanner: Scanner::new(tools),
            hold: whole.map(|whole| Hold {
                text: String::new(),
                pieces: 0,
                since: None,
                whole,
            }),
            habits,
            said: false,
            apart: false,
            shown: None,
            markup: Markup::default(),
        }
    }

    /// Takes more of the text.
    pub fn push(&mut self, text: &str, now: Instant) -> Vec<Piece> {
        let found = self.scanner.push(text);
        self.sort(found, Some(now))
    }

    /// The provider tells thoughts apart: none is to be expected in the text.
    pub fn is_told_apart(&mut self) -> Vec<Piece> {
        self.shown.get_or_insert(Habit::Opens);
        self.release()
    }

    /// When what is held back must be let go.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        let hold = self.hold.as_ref().filter(|hold| !hold.whole)?;
        Some(hold.since? + PATIENCE)
    }

    /// Lets go what is held back.
    pub fn release(&mut self) -> Vec<Piece> {
        let held = self.hold.take().map(|hold| hold.text).unwrap_or_default();
        let mut pieces = Vec::new();
        self.say(held, &mut pieces);
        pieces
    }

    /// The text is over.
    pub fn finish(&mut self, end: End) -> Vec<Piece> {
        let found = self.scanner.finish();
        let mut pieces = self.sort(found, None);
        let expected = self.hold.as_ref().is_some_and(|hold| hold.whole);
        if expected && (end.calls || end.cut) {
            // Nothing but its end is missing.
            self.markup.thought = true;
            pieces.extend(self.hold.take().map(|hold| Piece::Thought(hold.pieces)));
        } else {
            pieces.extend(self.release());
            // An endpoint may think before some answers only: then the next one is held back as a
            // first one is.
            if self.said && end.teaches && !end.cut && self.shown.is_none() {
                self.shown = match self.habits.get() {
                    Habit::ClosesAlone => Some(Habit::Unknown),
                    Habit::Unknown => Some(Habit::Plain),
                    Habit::Opens | Habit::Plain => None,
                };
            }
        }
        if let Some(habit) = self.shown {
            self.habits.learn(habit);
        }
        pieces
    }

    /// What was taken out.
    #[must_use]
    pub fn into_markup(self) -> Markup {
        self.markup
    }

    fn sort(&mut self, found: Vec<Found>, now: Option<Instant>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for found in found {
            match found {
                Found::Text(text) => match &mut self.hold {
                    None => self.say(text, &mut pieces),
                    Some(hold) => {
                        hold.since = hold.since.or(now);
                        hold.text.push_str(&text);
                        let most = if hold.whole { MAX_THOUGHT } else { MAX_HELD };
                        hold.pieces += 1;
                        if hold.text.len() > most {
                            pieces.extend(self.release());
                        }
                    }
                },
                Found::Thought => {
                    self.markup.thought = true;
                    pieces.push(Piece::Thought(1));
                }
                Found::Opened => {
                    self.markup.thought = true;
                    self.shown = Some(Habit::Opens);
                    pieces.extend(self.release());
                }
                Found::Alone => pieces.extend(self.closed_alone()),
                Found::Call(written) => self.markup.written.push(written),
            }
        }
        pieces
    }

    /// All that came before was a thought. Where it has been shown, that cannot be helped.
    fn closed_alone(&mut self) -> Option<Piece> {
        self.markup.thought = true;
        self.markup.written.clear();
        (self.apart, self.markup.late) = (self.said, self.markup.late || self.said);
        let held = self.hold.take();
        // A tag too many after a thought that was opened tells nothing.
        self.shown.get_or_insert(Habit::ClosesAlone);
        held.map(|hold| Piece::Thought(hold.pieces))
    }

    fn say(&mut self, text: String, pieces: &mut Vec<Piece>) {
        let text = match (self.said, std::mem::take(&mut self.apart)) {
            (false, _) => text.trim_start().to_owned(),
            (true, true) => format!("\n\n{text}"),
            (true, false) => text,
        };
        if !text.is_empty() {
            self.said = true;
            pieces.push(Piece::Text(text));
        }
    }
}
