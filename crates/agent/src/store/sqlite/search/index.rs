//! Writing the index.

use std::collections::HashMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::{
    super::{StoreError, connection::database, rows, statements},
    Document, words,
};
use crate::store::Owner;

/// Messages that are indexed in one transaction after a crash.
const BATCH: i64 = 1_000;

/// Whose a document is and what it says; `None` where it is there no more.
pub(super) fn text(
    tx: &Connection,
    document: Document,
) -> Result<Option<(String, String)>, StoreError> {
    let read = |row: &rusqlite::Row<'_>| Ok((rows::text(row, "owner")?, rows::text(row, "text")?));
    let conversation = document.conversation();
    match document.of_message() {
        None => statements::optional(
            tx,
            "SELECT owner, title AS text FROM conversation WHERE seq = ?",
            [conversation],
            read,
        ),
        Some(message) => statements::optional(
            tx,
            "SELECT c.owner, m.text FROM message m JOIN conversation c ON c.id = m.conversation_id \
             WHERE m.seq = ? AND c.seq = ?",
            [message, conversation],
            read,
        ),
    }
}

/// Puts documents into the index as they are stored now, and takes those out that are there no more.
/// They come in their order: the index writes a piece of its own wherever it has to go back.
/// Where they are `all` that is not indexed, the mark moves on.
pub(in super::super) fn write(
    tx: &Connection,
    documents: &[Document],
    all: bool,
) -> Result<(), StoreError> {
    let mut numbers = HashMap::new();
    for &document in documents {
        statements::execute(tx, "DELETE FROM search_index WHERE rowid = ?", [document.0])?;
        let Some((owner, text)) = text(tx, document)? else {
            continue;
        };
        let number = match numbers.get(&owner) {
            Some(&number) => number,
            None => {
                let number = number(tx, &owner)?;
                numbers.insert(owner, number);
                number
            }
        };
        let words = words::indexed(number, &text);
        if !words.is_empty() {
            statements::execute(
                tx,
                "INSERT INTO search_index (rowid, words) VALUES (?, ?)",
                (document.0, words),
            )?;
        }
    }
    if all {
        // A running turn's answer is still to come. Left to itself, SQLite looks for the first one in the
        // order of the table, and reads all of it where none runs.
        statements::execute(
            tx,
            "UPDATE search_state SET up_to = coalesce( \
                 (SELECT min(seq) - 1 FROM message INDEXED BY one_running_turn \
                  WHERE status = 'running'), \
                 (SELECT max(seq) FROM message), 0)",
            [],
        )?;
    }
    Ok(())
}

/// The number under which an owner's words are in the index.
fn number(tx: &Connection, owner: &str) -> Result<i64, StoreError> {
    statements::execute(
        tx,
        "INSERT INTO search_owner (owner) VALUES (?) ON CONFLICT DO NOTHING",
        [owner],
    )?;
    statements::one(
        tx,
        "SELECT number FROM search_owner WHERE owner = ?",
        [owner],
        |row| rows::number(row, "number"),
    )
}

/// Messages from this one on are to be indexed after a crash, whatever the mark says.
pub(in super::super) fn lower_mark(tx: &Connection, message: i64) -> Result<(), StoreError> {
    statements::execute(
        tx,
        "UPDATE search_state SET up_to = ?1 - 1 WHERE up_to >= ?1",
        [message],
    )
    .map(drop)
}

/// Takes an owner's conversation out of the index, before it is deleted.
pub(in super::super) fn forget_conversation(
    tx: &Connection,
    owner: &Owner,
    id: Uuid,
) -> Result<(), StoreError> {
    let documents = statements::all(
        tx,
        "SELECT c.seq AS conversation, m.seq AS message FROM conversation c \
         LEFT JOIN message m ON m.conversation_id = c.id WHERE c.id = ? AND c.owner = ?",
        (id.to_string(), &owner.0),
        |row| {
            let conversation = rows::number(row, "conversation")?;
            let message: Option<i64> = rows::value(row, "message")?;
            Ok((conversation, message.unwrap_or_default()))
        },
    )?;
    let Some(&(conversation, first)) = documents.first() else {
        return Ok(());
    };
    let messages = documents
        .iter()
        .map(|&(conversation, message)| Document::message(conversation, message));
    for document in messages.chain([Document::title(conversation)]) {
        statements::execute(tx, "DELETE FROM search_index WHERE rowid = ?", [document.0])?;
    }
    // The numbers of its messages may be given again.
    lower_mark(tx, first)
}

/// Indexes the messages behind the mark, with the titles of their conversations.
pub(in super::super) fn catch_up(connection: &mut Connection) -> Result<(), StoreError> {
    loop {
        let tx = connection.transaction().map_err(database)?;
        let found = statements::all(
            &tx,
            "SELECT c.seq AS conversation, m.seq AS message FROM message m \
             JOIN conversation c ON c.id = m.conversation_id \
             WHERE m.seq > (SELECT up_to FROM search_state) ORDER BY m.seq LIMIT ?",
            [BATCH],
            |row| {
                Ok((
                    rows::number(row, "conversation")?,
                    rows::number(row, "message")?,
                ))
            },
        )?;
        let Some(&(_, last)) = found.last() else {
            return Ok(());
        };
        let mut documents: Vec<_> = found
            .iter()
            .flat_map(|&(conversation, message)| {
                [
                    Document::title(conversation),
                    Document::message(conversation, message),
                ]
            })
            .collect();
        documents.sort_unstable();
        documents.dedup();
        write(&tx, &documents, false)?;
        statements::execute(&tx, "UPDATE search_state SET up_to = ?", [last])?;
        tx.commit().map_err(database)?;
    }
}
