//! Which conversations hold some words.

use rusqlite::Connection;
use uuid::Uuid;

use super::{
    super::{StoreError, rows, statements},
    Document, Unindexed, index, words,
};
use crate::store::{ConversationSummary, Owner, Snippet};

/// What is asked of the index, and what is known without it.
pub(in super::super) struct Matching {
    /// The expression of the index.
    pub(in super::super) expression: String,
    /// Documents for which the index does not count, as JSON.
    pub(in super::super) unindexed: String,
    /// Conversations of those of them that hold the words, as JSON.
    pub(in super::super) found: String,
    /// What words begin with.
    beginnings: Vec<String>,
    /// Documents for which the index does not count and that hold the words.
    waiting: Vec<Document>,
}

impl Matching {
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
        let of_it = |document: &&Document| document.conversation() == seq;
        let waiting = self.waiting.iter().filter(of_it).max().copied();
        let indexed = statements::optional(
            connection,
            "SELECT rowid FROM search_index WHERE search_index MATCH ?1 AND rowid >= ?2 AND rowid < ?3 \
             AND rowid NOT IN (SELECT value FROM json_each(?4)) ORDER BY rowid DESC LIMIT 1",
            (
                &self.expression,
                Document::title(seq).0,
                Document::title(seq + 1).0,
                &self.unindexed,
            ),
            |row| rows::number(row, "rowid"),
        )?;
        Ok(waiting.max(indexed.map(Document)))
    }
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
    let (mut found, mut holding) = (Vec::new(), Vec::new());
    for &document in &waiting {
        let text = index::text(connection, document)?;
        let holds =
            |(of, text): (String, String)| of == owner.0 && words::has_all(&text, &beginnings);
        if text.is_some_and(holds) {
            found.push(document.conversation());
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
    let numbers: Vec<_> = waiting.iter().map(|&Document(number)| number).collect();
    Ok(Some(Matching {
        expression: terms.collect::<Vec<_>>().join(" "),
        unindexed: rows::to_json(&numbers)?,
        found: rows::to_json(&found)?,
        beginnings,
        waiting: holding,
    }))
}
