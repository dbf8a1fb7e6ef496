//! Read-only links to conversations.

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::{StoreError, reader::Reader, rows, statements, writer::Writer};
use crate::store::{MAX_SHARES, NewShare, Owner, Share, SharedConversation, TokenDigest};

/// The branch that ends at a message. Nothing of it changes any more: an edit makes another branch.
const BRANCH: &str = "\
    WITH RECURSIVE branch (id, parent_id, text, created_at, answer, depth) AS ( \
        SELECT id, parent_id, text, created_at, answer, depth FROM message WHERE id = ? \
        UNION ALL \
        SELECT m.id, m.parent_id, m.text, m.created_at, m.answer, m.depth \
        FROM message m JOIN branch b ON m.id = b.parent_id \
    ) SELECT id, parent_id, text, created_at, answer, FALSE AS decided, \
        NULL AS score, NULL AS comment, NULL AS rated_at FROM branch ORDER BY depth";

pub(super) async fn add(
    writer: &Writer,
    owner: &Owner,
    share: &NewShare,
) -> Result<Share, StoreError> {
    let (owner, share) = (owner.clone(), share.clone());
    writer.change(move |tx| add_in(tx, &owner, &share)).await
}

fn add_in(tx: &Connection, owner: &Owner, share: &NewShare) -> Result<Share, StoreError> {
    let (conversation, end) = (share.conversation.to_string(), share.end.to_string());
    let (title, is_running) = statements::one(
        tx,
        "SELECT c.title, m.status IS 'running' AS is_running FROM conversation c \
         JOIN message m ON m.conversation_id = c.id \
         WHERE c.id = ? AND c.owner = ? AND m.id = ?",
        (&conversation, &owner.0, &end),
        |row| Ok((rows::text(row, "title")?, rows::value(row, "is_running")?)),
    )?;
    if is_running {
        return Err(StoreError::Busy);
    }
    let now = share.created_at.as_millisecond();
    let active = statements::one(
        tx,
        "SELECT count(*) AS active FROM share WHERE conversation_id = ? AND expires_at > ?",
        (&conversation, now),
        |row| rows::number(row, "active"),
    )?;
    if active >= i64::from(MAX_SHARES) {
        return Err(StoreError::TooManyShares);
    }
    statements::execute(
        tx,
        "INSERT INTO share \
         (id, conversation_id, token_digest, message_id, title, created_at, expires_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            share.id.to_string(),
            &conversation,
            &share.token[..],
            &end,
            title,
            now,
            share.expires_at.as_millisecond(),
        ),
    )?;
    statements::one(
        tx,
        "SELECT id, message_id, created_at, expires_at FROM share WHERE id = ?",
        [share.id.to_string()],
        line,
    )
}

fn line(row: &Row<'_>) -> Result<Share, StoreError> {
    Ok(Share {
        id: rows::id(row, "id")?,
        message_id: rows::id(row, "message_id")?,
        created_at: rows::time(row, "created_at")?,
        expires_at: rows::time(row, "expires_at")?,
    })
}

pub(super) async fn list(
    reader: &Reader,
    owner: &Owner,
    conversation: Uuid,
    now: Timestamp,
) -> Result<Vec<Share>, StoreError> {
    let owner = owner.clone();
    reader
        .read(move |connection| {
            let id = conversation.to_string();
            statements::one(
                connection,
                "SELECT 1 FROM conversation WHERE id = ? AND owner = ?",
                (&id, &owner.0),
                |_| Ok(()),
            )?;
            statements::all(
                connection,
                "SELECT id, message_id, created_at, expires_at FROM share \
                 WHERE conversation_id = ? AND expires_at > ? ORDER BY created_at DESC, id DESC",
                (&id, now.as_millisecond()),
                line,
            )
        })
        .await
}

pub(super) async fn remove(
    writer: &Writer,
    owner: &Owner,
    conversation: Uuid,
    share: Uuid,
) -> Result<(), StoreError> {
    let owner = owner.clone();
    writer
        .change(move |tx| {
            let removed = statements::execute(
                tx,
                "DELETE FROM share WHERE id = ?1 AND conversation_id = ?2 AND EXISTS \
                 (SELECT 1 FROM conversation WHERE id = ?2 AND owner = ?3)",
                (share.to_string(), conversation.to_string(), &owner.0),
            )?;
            match removed {
                0 => Err(StoreError::NotFound),
                _ => Ok(()),
            }
        })
        .await
}

pub(super) async fn open(
    reader: &Reader,
    token: &TokenDigest,
    now: Timestamp,
) -> Result<SharedConversation, StoreError> {
    let token = *token;
    reader
        .read(move |connection| {
            let (end, mut shared) = statements::one(
                connection,
                "SELECT message_id, title, created_at, expires_at FROM share \
                 WHERE token_digest = ? AND expires_at > ?",
                (&token[..], now.as_millisecond()),
                |row| {
                    let shared = SharedConversation {
                        title: rows::text(row, "title")?,
                        created_at: rows::time(row, "created_at")?,
                        expires_at: rows::time(row, "expires_at")?,
                        messages: Vec::new(),
                    };
                    Ok((rows::text(row, "message_id")?, shared))
                },
            )?;
            shared.messages = statements::all(connection, BRANCH, [&end], rows::message)?;
            Ok(shared)
        })
        .await
}

pub(super) async fn forget_expired(writer: &Writer, now: Timestamp) -> Result<u64, StoreError> {
    let now = now.as_millisecond();
    let forgotten = writer.change_later(move |tx| {
        statements::execute(tx, "DELETE FROM share WHERE expires_at <= ?", [now])
    });
    Ok(forgotten.await? as u64)
}
