//! The order of a list of traces.

use std::cmp::Ordering;

use super::{
    query::{error, said},
    table::Entry,
};
use crate::problem::FieldError;

/// A column that a list can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// When it began.
    Started,
    /// What was asked, or what it is.
    Question,
    /// How it ended.
    Status,
    /// Time it took.
    Duration,
    /// Time to the first word of the answer.
    FirstText,
    /// Tokens of all model calls.
    Tokens,
    /// Cost of all model calls.
    Cost,
    /// Thumb up or down.
    Rating,
    /// Rounds of model and tools.
    Rounds,
    /// Model of the last call.
    Model,
    /// Spans that are kept.
    Spans,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 11] = [
        Self::Started,
        Self::Question,
        Self::Status,
        Self::Duration,
        Self::FirstText,
        Self::Tokens,
        Self::Cost,
        Self::Rating,
        Self::Rounds,
        Self::Model,
        Self::Spans,
    ];

    /// The name in queries.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Question => "question",
            Self::Status => "status",
            Self::Duration => "duration",
            Self::FirstText => "first_text",
            Self::Tokens => "tokens",
            Self::Cost => "cost",
            Self::Rating => "rating",
            Self::Rounds => "rounds",
            Self::Model => "model",
            Self::Spans => "spans",
        }
    }

    /// Whether it is the store that knows it, and not the spans.
    #[must_use]
    pub const fn is_stored(self) -> bool {
        matches!(self, Self::Question | Self::FirstText | Self::Rating)
    }

    /// The order that is meant when the column is chosen: the newest, longest and dearest first, words
    /// from their beginning, and bad ratings before good ones.
    #[must_use]
    pub const fn first_choice(self) -> Order {
        let is_descending = !matches!(self, Self::Question | Self::Model | Self::Rating);
        Order {
            column: self,
            is_descending,
        }
    }
}

/// A column and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// The greatest first.
    pub is_descending: bool,
}

impl Default for Order {
    /// The newest first.
    fn default() -> Self {
        Column::Started.first_choice()
    }
}

impl Order {
    /// Reads `duration` or `-duration`, which is the descending one; nothing is the default.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let Some(text) = said(text) else {
            return Ok(Self::default());
        };
        let name = text.strip_prefix('-').unwrap_or(text);
        let column = Column::ALL.into_iter().find(|c| c.as_str() == name);
        let column = column.ok_or_else(|| error("sort", "must be the name of a column"))?;
        Ok(Self {
            column,
            is_descending: text.starts_with('-'),
        })
    }

    /// As it stands in a query.
    #[must_use]
    pub fn to_query(self) -> String {
        let sign = if self.is_descending { "-" } else { "" };
        format!("{sign}{}", self.column.as_str())
    }

    /// The same column the other way round.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self {
            is_descending: !self.is_descending,
            ..self
        }
    }

    /// What a choice of the column leads to: its other direction where it is chosen already.
    #[must_use]
    pub fn after(self, column: Column) -> Self {
        match self.column == column {
            true => self.reversed(),
            false => column.first_choice(),
        }
    }

    /// Orders entries that come newest first; of equal ones the newest stays first, and what is not
    /// known comes last in both directions.
    pub fn sort(self, entries: &mut [Entry]) {
        entries.sort_by(|a, b| self.compare(a, b));
    }

    fn compare(self, a: &Entry, b: &Entry) -> Ordering {
        let (x, y) = (&a.summary, &b.summary);
        match self.column {
            Column::Started => self.directed(x.started_at.cmp(&y.started_at)),
            Column::Question => self.known(words(a), words(b), Ord::cmp),
            Column::Status => self.directed(x.status.cmp(&y.status)),
            Column::Duration => self.directed(x.duration_ms.total_cmp(&y.duration_ms)),
            Column::FirstText => self.known(a.first_text_ms, b.first_text_ms, f64::total_cmp),
            Column::Tokens => self.directed(x.tokens.cmp(&y.tokens)),
            Column::Cost => self.known(x.estimated_cost_usd, y.estimated_cost_usd, f64::total_cmp),
            Column::Rating => {
                let score = |entry: &Entry| entry.score.map(i64::from);
                self.known(score(a), score(b), Ord::cmp)
            }
            Column::Rounds => self.known(x.iterations, y.iterations, Ord::cmp),
            Column::Model => self.known(x.model.as_deref(), y.model.as_deref(), Ord::cmp),
            Column::Spans => self.directed(x.spans.cmp(&y.spans)),
        }
    }

    fn directed(self, order: Ordering) -> Ordering {
        match self.is_descending {
            true => order.reverse(),
            false => order,
        }
    }

    fn known<T>(
        self,
        a: Option<T>,
        b: Option<T>,
        compare: impl FnOnce(&T, &T) -> Ordering,
    ) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => self.directed(compare(&a, &b)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    }
}

/// What stands in the column of the question, without regard to case.
fn words(entry: &Entry) -> Option<String> {
    let s = &entry.summary;
    let text = entry.question.as_ref().or(s.intent.as_ref());
    Some(text.or(s.route.as_ref())?.to_lowercase())
}

#[cfg(test)]
mod tests {
    use agent::feedback::Score;

    use super::*;
    use crate::traces::{
        samples::turn,
        summary::{Summary, root},
    };

    fn entry(spans: usize) -> Entry {
        let turn = turn();
        let mut summary = Summary::new(root(&turn, false).unwrap(), &turn);
        summary.spans = spans;
        Entry::of_spans(summary)
    }

    fn sorted(by: &str, entries: &[Entry]) -> Vec<usize> {
        let mut entries = entries.to_vec();
        Order::parse(by).unwrap().sort(&mut entries);
        entries.iter().map(|entry| entry.summary.spans).collect()
    }

    #[test]
    fn every_column_has_a_name_of_its_own_and_two_directions() {
        for column in Column::ALL {
            let order = column.first_choice();
            assert_eq!(Order::parse(&order.to_query()), Ok(order));
            let other = order.after(column);
            assert_eq!(Order::parse(&other.to_query()), Ok(order.reversed()));
            assert_eq!(sorted(&order.to_query(), &[entry(3), entry(3)]), [3, 3]);
        }
        assert_eq!(Order::parse(" ").unwrap(), Order::default());
        for bad in ["price", "--cost", "-", "cost desc"] {
            assert_eq!(Order::parse(bad).unwrap_err().field, "sort", "{bad}");
        }
    }

    #[test]
    fn what_is_not_known_comes_last_in_both_directions() {
        let mut entries = [entry(1), entry(2), entry(3)];
        entries[0].first_text_ms = Some(5.0);
        entries[2].first_text_ms = Some(7.0);
        assert_eq!(sorted("-first_text", &entries), [3, 1, 2]);
        assert_eq!(sorted("first_text", &entries), [1, 3, 2]);
        entries[1].score = Some(Score::Up);
        entries[2].score = Some(Score::Down);
        assert_eq!(sorted("rating", &entries), [3, 2, 1]);
        assert_eq!(sorted("-rating", &entries), [2, 3, 1]);
    }

    #[test]
    fn of_equal_ones_the_newest_stays_first_and_words_have_no_case() {
        let mut entries = [entry(9), entry(8)];
        assert_eq!(sorted("-tokens", &entries), [9, 8]);
        assert_eq!(sorted("tokens", &entries), [9, 8]);
        entries[0].question = Some("zoo".to_owned());
        entries[1].question = Some("Alps".to_owned());
        assert_eq!(sorted("question", &entries), [8, 9]);
        assert_eq!(sorted("-spans", &entries), [9, 8]);
        assert_eq!(sorted("spans", &entries), [8, 9]);
    }
}
