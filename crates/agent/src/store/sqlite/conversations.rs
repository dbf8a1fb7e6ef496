//! Conversations: listed, read, changed, deleted.

use std::sync::Arc;

use rusqlite::{Connection, types::Value};
use uuid::Uuid;

use super::{
    StoreError, proposals,
    reader::Reader,
    rows,
    search::{self, Document, Unindexed},
    state, statements,
    writer::Writer,
};
use crate::{
    conversation::ConversationState,
    store::{
        Conversation, ConversationPage, ConversationQuery, ConversationSummary, Cursor,
        MessageRecord, Owner,
    },
};

const SUMMARY: &str = "SELECT id, title, pinned, created_at, updated_at FROM conversation ";

pub(super) async fn list(
    reader: &Reader,
    unindexed: Arc<Unindexed>,
    owner: &Owner,
    query: &ConversationQuery,
) -> Result<ConversationPage, StoreError> {
    let (owner, query) = (owner.clone(), query.clone());
    reader
        .read(move |connection| list_in(connection, &unindexed, &owner, &query))
        .await
}

fn list_in(
    connection: &Connection,
    unindexed: &Unindexed,
    owner: &Owner,
    query: &ConversationQuery,
) -> Result<ConversationPage, StoreError> {
    let mut sql = format!("{SUMMARY} WHERE owner = ?");
    let mut values = vec![Value::from(owner.0.clone())];
    if let Some(after) = query.after {
        sql.push_str(" AND (pinned, updated_at, id) < (?, ?, ?)");
        values.extend([
            Value::from(after.pinned),
            Value::from(after.updated_at),
            Value::from(after.id.to_string()),
        ]);
    }
    let mut looked_for = None;
    if let Some(words) = query.search.words() {
        let Some(matching) = search::matching(connection, unindexed, owner, words)? else {
            return Ok(ConversationPage {
                conversations: Vec::new(),
                next: None,
            });
        };
        // The list is read in its order until the page is full: nothing is sorted.
        sql.push_str(" AND +seq IN (SELECT value FROM json_each(?))");
        values.push(Value::from(matching.conversations()?));
        looked_for = Some(matching);
    }
    sql.push_str(" ORDER BY pinned DESC, updated_at DESC, id DESC LIMIT ?");
    values.push(Value::from(i64::from(query.limit) + 1));
    let values = rusqlite::params_from_iter(values);
    let mut conversations = statements::all(connection, &sql, values, rows::summary)?;
    let more = conversations.len() > query.limit as usize;
    conversations.truncate(query.limit as usize);
    if let Some(matching) = looked_for {
        for found in &mut conversations {
            matching.mark(connection, found)?;
        }
    }
    let next = conversations.last().filter(|_| more).map(|last| Cursor {
        pinned: last.pinned,
        updated_at: last.updated_at.as_millisecond(),
        id: last.id,
    });
    Ok(ConversationPage {
        conversations,
        next,
    })
}

pub(super) async fn read(
    reader: &Reader,
    owner: &Owner,
    id: Uuid,
) -> Result<Conversation, StoreError> {
    let owner = owner.clone();
    reader
        .read(move |connection| read_in(connection, &owner, id))
        .await
}

/// A message with what the state of its branch is found by.
struct Read {
    message: MessageRecord,
    state: Option<String>,
}

fn read_in(connection: &Connection, owner: &Owner, id: Uuid) -> Result<Conversation, StoreError> {
    let summary = statements::one(
        connection,
        "SELECT id, title, pinned, created_at, updated_at FROM conversation \
         WHERE id = ? AND owner = ?",
        (id.to_string(), &owner.0),
        rows::summary,
    )?;
    let read = statements::all(
        connection,
        "SELECT id, parent_id, text, m.created_at, answer, state, button OR EXISTS \
         (SELECT 1 FROM proposal p WHERE p.decided_by = m.id) AS decided, \
         f.score, f.comment, f.created_at AS rated_at \
         FROM message m LEFT JOIN feedback f ON f.message_id = m.id \
         WHERE conversation_id = ? ORDER BY seq",
        [id.to_string()],
        |row| {
            Ok(Read {
                message: rows::message(row)?,
                state: rows::optional(row, "state")?,
            })
        },
    )?;
    let state = proposals::settled(connection, newest_state(&read)?)?;
    let messages: Vec<_> = read.into_iter().map(|read| read.message).collect();
    Ok(Conversation {
        summary,
        usage: messages.iter().filter_map(MessageRecord::usage).sum(),
        messages,
        state,
    })
}

/// The last state of the branch that ends in the newest message.
fn newest_state(messages: &[Read]) -> Result<ConversationState, StoreError> {
    let mut next = messages.last().map(|newest| newest.message.id());
    for read in messages.iter().rev() {
        if next != Some(read.message.id()) {
            continue;
        }
        if let Some(document) = &read.state {
            let answer = read.message.answer();
            return state::read(document, || {
                Ok(answer.map_or(&[][..], |answer| &answer.cards))
            });
        }
        next = read.message.parent_id();
    }
    Ok(ConversationState::default())
}

pub(super) async fn owns(
    reader: &Reader,
    owner: &Owner,
    conversation: Uuid,
    message: Option<Uuid>,
) -> Result<bool, StoreError> {
    let owner = owner.clone();
    reader
        .read(move |connection| {
            let found = statements::optional(
                connection,
                "SELECT 1 FROM conversation c WHERE c.id = ?1 AND c.owner = ?2 AND (?3 IS NULL OR EXISTS \
                 (SELECT 1 FROM message m WHERE m.id = ?3 AND m.conversation_id = c.id))",
                (conversation.to_string(), &owner.0, message.map(|id| id.to_string())),
                |_| Ok(()),
            )?;
            Ok(found.is_some())
        })
        .await
}

pub(super) async fn update(
    writer: &Writer,
    owner: &Owner,
    id: Uuid,
    title: Option<&str>,
    pinned: Option<bool>,
) -> Result<ConversationSummary, StoreError> {
    let (owner, title) = (owner.clone(), title.map(str::to_owned));
    writer
        .change(move |tx| {
            let updated = statements::changed(
                tx,
                "UPDATE conversation SET title = coalesce(?3, title), pinned = coalesce(?4, pinned) \
                 WHERE id = ?1 AND owner = ?2 \
                 RETURNING id, title, pinned, created_at, updated_at, seq",
                (id.to_string(), &owner.0, &title, pinned),
                |row| Ok((rows::summary(row)?, rows::number(row, "seq")?)),
            )?;
            let (summary, seq) = updated.ok_or(StoreError::NotFound)?;
            if title.is_some() {
                // At once: after a crash, only messages are looked for that are not in the index.
                search::write(tx, &[Document::title(seq)], false)?;
            }
            Ok(summary)
        })
        .await
}

pub(super) async fn delete(writer: &Writer, owner: &Owner, id: Uuid) -> Result<(), StoreError> {
    let owner = owner.clone();
    writer
        .change(move |tx| {
            search::forget_conversation(tx, &owner, id)?;
            // Messages refer to each other: children would otherwise be checked one by one.
            statements::execute(tx, "PRAGMA defer_foreign_keys = ON", [])?;
            let deleted = statements::execute(
                tx,
                "DELETE FROM conversation WHERE id = ? AND owner = ?",
                (id.to_string(), &owner.0),
            )?;
            statements::execute(tx, "PRAGMA defer_foreign_keys = OFF", [])?;
            match deleted {
                0 => Err(StoreError::NotFound),
                _ => Ok(()),
            }
        })
        .await
}

pub(super) async fn of_proposal(
    reader: &Reader,
    owner: &Owner,
    proposal: Uuid,
) -> Result<Uuid, StoreError> {
    let owner = owner.clone();
    reader
        .read(move |connection| {
            statements::one(
                connection,
                "SELECT c.id FROM proposal p JOIN conversation c ON c.id = p.conversation_id \
                 WHERE p.id = ? AND c.owner = ?",
                (proposal.to_string(), &owner.0),
                |row| rows::id(row, "id"),
            )
        })
        .await
}
