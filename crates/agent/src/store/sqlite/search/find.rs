//! Which conversations hold some words.

use rusqlite::Connection;

use super::{
    super::{StoreError, rows, statements},
    Document, Unindexed, index, words,
};
use crate::store::Owner;

/// What is asked of the index, and what is known without it.
pub(in super::super) struct Matching {
    /// The expression of the index.
    pub(in super::super) expression: String,
    /// Documents for which the index does not count, as JSON.
    pub(in super::super) unindexed: String,
    /// Conversations of those of them that hold the words, as JSON.
    pub(in super::super) found: String,
}

/// How conversations of an owner are found that have all the words, in one message or in the title;
/// `None` where no word is looked for.
pub(in super::super) fn matching(
    connection: &Connection,
    unindexed: &Unindexed,
    owner: &Owner,
    said: &[String],
) -> Result<Option<Matching>, StoreError> {
    let beginnings: Vec<_> = said.iter().flat_map(|word| words::words(word)).collect();
    if beginnings.is_empty() {
        return Ok(None);
    }
    // Before the index is read: what is in neither would be lost.
    let waiting = unindexed.of(&owner.0);
    let mut found = Vec::new();
    for &document in &waiting {
        let text = index::text(connection, document)?;
        let holds =
            |(of, text): (String, String)| of == owner.0 && words::has_all(&text, &beginnings);
        if text.is_some_and(holds) {
            found.push(document.conversation());
        }
    }
    let number = statements::optional(
        connection,
        "SELECT number FROM search_owner WHERE owner = ?",
        [&owner.0],
        |row| rows::number(row, "number"),
    )?;
    // Nobody has the number 0.
    let number = number.unwrap_or_default();
    // Each word as a quoted beginning, so that nothing in it is an operator.
    let terms = beginnings
        .iter()
        .map(|word| format!("\"{}\"*", words::of_owner(number, word)));
    let numbers: Vec<_> = waiting.iter().map(|&Document(number)| number).collect();
    Ok(Some(Matching {
        expression: terms.collect::<Vec<_>>().join(" "),
        unindexed: rows::to_json(&numbers)?,
        found: rows::to_json(&found)?,
    }))
}
