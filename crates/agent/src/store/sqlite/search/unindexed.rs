//! What is stored and not in the index yet.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::Document;

/// How long documents gather before they are indexed: many at once cost little more than one, and
/// searches know of them meanwhile.
const GATHER: Duration = Duration::from_millis(500);

/// Documents that wait for the index, each with its owner.
#[derive(Default)]
pub(in super::super) struct Unindexed(Mutex<State>);

#[derive(Default)]
struct State {
    documents: BTreeMap<Document, String>,
    /// When the first of them came.
    since: Option<Instant>,
}

impl Unindexed {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a document. Its text is read when it is needed, so one that comes to nothing does no
    /// harm.
    pub(in super::super) fn add(&self, owner: &str, document: Document) {
        let mut state = self.lock();
        state.since.get_or_insert_with(Instant::now);
        state.documents.insert(document, owner.to_owned());
    }

    #[cfg(test)]
    pub(in super::super) fn is_empty(&self) -> bool {
        self.lock().documents.is_empty()
    }

    /// When they are to be indexed; `None` where there are none.
    pub(in super::super) fn due(&self) -> Option<Instant> {
        self.lock().since.map(|since| since + GATHER)
    }

    /// Documents of an owner.
    pub(super) fn of(&self, owner: &str) -> Vec<Document> {
        let state = self.lock();
        let of_owner = state.documents.iter().filter(|(_, of)| *of == owner);
        of_owner.map(|(document, _)| *document).collect()
    }

    /// Up to `most` documents in the order of the index, and whether they are all.
    pub(in super::super) fn some(&self, most: usize) -> (Vec<Document>, bool) {
        let state = self.lock();
        let some: Vec<_> = state.documents.keys().take(most).copied().collect();
        let all = some.len() == state.documents.len();
        (some, all)
    }

    /// They are in the index now.
    pub(in super::super) fn forget(&self, documents: &[Document]) {
        let mut state = self.lock();
        for document in documents {
            state.documents.remove(document);
        }
        // What is left has waited for as long.
        if state.documents.is_empty() {
            state.since = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_wait_until_they_are_in_the_index() {
        let unindexed = Unindexed::default();
        let [a, b, c] = [
            Document::title(1),
            Document::message(1, 7),
            Document::message(2, 3),
        ];
        unindexed.add("ben", c);
        unindexed.add("anna", b);
        unindexed.add("anna", a);
        assert_eq!(unindexed.of("anna"), [a, b]);
        assert_eq!(unindexed.some(2), (vec![a, b], false));
        unindexed.forget(&[a, b]);
        assert_eq!(unindexed.some(2), (vec![c], true));
        let due = unindexed.due();
        assert!(due.is_some_and(|due| due <= Instant::now() + GATHER));
        unindexed.forget(&[c]);
        assert_eq!((unindexed.is_empty(), unindexed.due()), (true, None));
    }
}
