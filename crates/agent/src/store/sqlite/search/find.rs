//! Which conversations hold some words.

use std::collections::HashMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::{
    super::{StoreError, rows, statements},
    Document, Unindexed, index, words,
};
use crate::store::{ConversationSummary, Owner, Snippet};

/// What was found.
pub(in super::super) struct Matching {
    /// The newest document that has the words, by its conversation.
    newest: HashMap<i64, Document>,
    /// What words begin with.
    beginnings: Vec<String>,
}

impl Matching {
    /// The conversations, as JSON.
    pub(in super::super) fn conversations(&self) -> Result<String, StoreError> {
        rows::to_json(&self.newest.keys().collect::<Vec<_>>())
    }

    /// Says where the words stand: in the newest message of a conversation that has them all, or in the
    /// title, where no message does.
    pub(in super::super) fn mark(
        &self,
        connection: &Connection,
        conversation: &mut ConversationSummary,
    ) -> Result<(), StoreError> {
        match self.newest(connection, conversation.id)? {
            Some(document) if document.of_message().is_some() => {
                let text = index::text(connection, document)?;
                conversation.snippet =
                    text.and_then(|(_, text)| Snippet::of(&text, &self.beginnings));
            }
            Some(_) => {
                conversation.title_snippet = Snippet::whole(&conversation.title, &self.beginnings);
            }
            None => {}
        }
        Ok(())
    }

    /// The newest text of a conversation that has the words; its title comes before all messages.
    fn newest(
        &self,
        connection: &Connection,
        conversation: Uuid,
    ) -> Result<Option<Document>, StoreError> {
        let seq = statements::one(
            connection,
            "SELECT seq FROM conversation WHERE id = ?",
            [conversation.to_string()],
            |row| rows::number(row, "seq"),
        )?;
        Ok(self.newest.get(&seq).copied())
    }
}

/// Conversations of an owner that have all the words, in one message or in the title;
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
    let mut holding = Vec::new();
    for &document in &waiting {
        let text = index::text(connection, document)?;
        let holds =
            |(of, text): (String, String)| of == owner.0 && words::has_all(&text, &beginnings);
        if text.is_some_and(holds) {
            holding.push(document);
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
    let terms = terms.collect::<Vec<_>>().join(" ");
    let numbers: Vec<_> = waiting.iter().map(|&Document(number)| number).collect();
    // Once for all conversations: a word that many of them hold is read whole each time.
    let indexed = statements::all(
        connection,
        "SELECT max(rowid) AS newest FROM search_index WHERE search_index MATCH ? \
         AND rowid NOT IN (SELECT value FROM json_each(?)) GROUP BY rowid >> 32",
        (terms, rows::to_json(&numbers)?),
        |row| rows::number(row, "newest").map(Document),
    )?;
    let mut newest = HashMap::new();
    for document in indexed.into_iter().chain(holding) {
        let known = newest.entry(document.conversation()).or_insert(document);
        *known = document.max(*known);
    }
    Ok(Some(Matching { newest, beginnings }))
}
