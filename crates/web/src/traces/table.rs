//! The lines of the list of traces: what spans say, and what the store knows beside them.

use std::collections::HashMap;

use agent::{feedback::Score, store::TracedTurn};
use obs::SpanRef;

use super::{lookup, query::Filter, summary::Summary};
use crate::{problem::Problem, reader::Reader, state::AppState};

/// Traces that the store is asked for at once: a read has a deadline.
const AT_ONCE: usize = 250;

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What its spans sum up to.
    pub summary: Summary,
    /// What was asked, where the reader asked it. It comes from the store: spans do not hold it.
    pub question: Option<String>,
    /// Time to the first word of the answer, in milliseconds.
    pub first_text_ms: Option<f64>,
    /// What the person thinks of the answer.
    pub score: Option<Score>,
}

impl Entry {
    /// A line of which the store says nothing.
    #[must_use]
    pub const fn of_spans(summary: Summary) -> Self {
        Self {
            summary,
            question: None,
            first_text_ms: None,
            score: None,
        }
    }
}

/// The lines that the filter wants, in its order, as many as it says.
pub async fn read(
    state: &AppState,
    reader: &Reader,
    filter: &Filter,
) -> Result<Vec<Entry>, Problem> {
    let found = lookup::list(state, reader, filter).await?;
    let mut entries: Vec<Entry> = found.into_iter().map(Entry::of_spans).collect();
    let order = filter.order;
    if !order.column.is_stored() {
        order.sort(&mut entries);
        entries.truncate(filter.limit);
    }
    ask_store(state, reader, &mut entries).await?;
    if order.column.is_stored() {
        order.sort(&mut entries);
        entries.truncate(filter.limit);
    }
    Ok(entries)
}

async fn ask_store(
    state: &AppState,
    reader: &Reader,
    entries: &mut [Entry],
) -> Result<(), Problem> {
    for part in entries.chunks_mut(AT_ONCE) {
        let ids: Vec<String> = part.iter().map(|e| e.summary.trace_id.clone()).collect();
        let turns = state.store.traced_turns(&reader.owner, &ids).await?;
        add(part, &turns);
    }
    Ok(())
}

/// Clients may join several turns in one trace: a line has what belongs to the turn it is listed by.
fn add(entries: &mut [Entry], turns: &[TracedTurn]) {
    let mut of_trace: HashMap<&str, Vec<&TracedTurn>> = HashMap::new();
    for turn in turns {
        of_trace.entry(&turn.trace_id).or_default().push(turn);
    }
    for entry in entries {
        let turns = of_trace.get(&*entry.summary.trace_id);
        let turns = turns.map_or(&[][..], |turns| turns);
        let root = |turn: &TracedTurn| {
            Some(SpanRef::of_traceparent(turn.traceparent.as_deref()?)?.span_id)
        };
        let listed = turns
            .iter()
            .find(|turn| root(turn) == Some(entry.summary.root));
        if let Some(turn) = listed {
            entry.question.clone_from(&turn.question);
            entry.first_text_ms = turn.first_text_ms;
            entry.score = turn.score;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::{
        samples::{TRACE, turn},
        summary::root,
    };

    fn told(traceparent: Option<&str>, question: Option<&str>) -> TracedTurn {
        TracedTurn {
            trace_id: TRACE.to_owned(),
            traceparent: traceparent.map(str::to_owned),
            question: question.map(str::to_owned),
            first_text_ms: Some(3.0),
            score: Some(Score::Up),
        }
    }

    #[test]
    fn a_line_has_the_question_of_its_own_turn_alone() {
        let spans = turn();
        let root = root(&spans, false).unwrap();
        let entry = Entry::of_spans(Summary::new(root, &spans));
        let own = root.address().traceparent(true);
        let other = format!("00-{TRACE}-00000000000000ee-01");
        let line = |turns: &[TracedTurn]| {
            let mut entries = [entry.clone()];
            add(&mut entries, turns);
            let [entry] = entries;
            (entry.question, entry.first_text_ms)
        };
        let mine = told(Some(&own), Some("mine"));
        let theirs = told(Some(&other), Some("theirs"));
        let both = [mine, theirs.clone()];
        assert_eq!(line(&both), (Some("mine".to_owned()), Some(3.0)));
        assert_eq!(line(&[theirs]), (None, None));
        assert_eq!(line(&[told(None, Some("unknown"))]), (None, None));
        assert_eq!(line(&[told(Some(&own), None)]), (None, Some(3.0)));
        assert_eq!(line(&[]), (None, None));
    }
}
