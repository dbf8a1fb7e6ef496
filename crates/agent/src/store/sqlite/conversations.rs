//! Conversations: listed, read, changed, deleted; and what an owner prefers.

use sqlx::{QueryBuilder, SqliteConnection, SqlitePool, sqlite::SqliteRow};
use uuid::Uuid;

use super::{StoreError, database, proposals, rows, writer::Writer};
use crate::{
    conversation::ConversationState,
    locale::Locale,
    store::{
        Conversation, ConversationPage, ConversationQuery, ConversationSummary, Cursor,
        MessageRecord, Owner, Preferences,
    },
};

const SUMMARY: &str = "SELECT id, title, pinned, created_at, updated_at FROM conversation ";

pub(super) async fn list(
    pool: &SqlitePool,
    owner: &Owner,
    query: &ConversationQuery,
) -> Result<ConversationPage, StoreError> {
    let mut sql = QueryBuilder::new(SUMMARY);
    sql.push("WHERE owner = ").push_bind(&owner.0);
    if let Some(after) = query.after {
        sql.push(" AND (pinned, updated_at, id) < (")
            .push_bind(after.pinned)
            .push(", ")
            .push_bind(after.updated_at)
            .push(", ")
            .push_bind(after.id.to_string())
            .push(")");
    }
    if let Some(words) = query.search.words() {
        if words.is_empty() {
            return Ok(ConversationPage {
                conversations: Vec::new(),
                next: None,
            });
        }
        let terms = match_expression(words);
        sql.push(
            " AND (id IN (SELECT m.conversation_id FROM message_text t \
             JOIN message m ON m.seq = t.rowid WHERE t.text MATCH ",
        )
        .push_bind(terms.clone())
        .push(") OR seq IN (SELECT rowid FROM conversation_title WHERE title MATCH ")
        .push_bind(terms)
        .push("))");
    }
    sql.push(" ORDER BY pinned DESC, updated_at DESC, id DESC LIMIT ")
        .push_bind(i64::from(query.limit) + 1);
    let rows = sql.build().fetch_all(pool).await.map_err(database)?;
    let mut conversations: Vec<_> = rows
        .iter()
        .map(rows::summary)
        .collect::<Result<_, StoreError>>()?;
    let more = conversations.len() > query.limit as usize;
    conversations.truncate(query.limit as usize);
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

/// Every word as a quoted prefix, so that nothing in it is an FTS5 operator.
fn match_expression(words: &[String]) -> String {
    let terms: Vec<_> = words.iter().map(|word| format!("\"{word}\"*")).collect();
    terms.join(" ")
}

pub(super) async fn read(
    pool: &SqlitePool,
    owner: &Owner,
    id: Uuid,
) -> Result<Conversation, StoreError> {
    let summary = sqlx::query(
        "SELECT id, title, pinned, created_at, updated_at FROM conversation \
         WHERE id = ? AND owner = ?",
    )
    .bind(id.to_string())
    .bind(&owner.0)
    .fetch_one(pool)
    .await
    .map_err(database)?;
    let messages = sqlx::query(
        "SELECT id, parent_id, text, m.created_at, answer, state, button OR EXISTS \
         (SELECT 1 FROM proposal p WHERE p.confirmed_by = m.id) AS decided, \
         f.score, f.comment, f.created_at AS rated_at \
         FROM message m LEFT JOIN feedback f ON f.message_id = m.id \
         WHERE conversation_id = ? ORDER BY seq",
    )
    .bind(id.to_string())
    .fetch_all(pool)
    .await
    .map_err(database)?;
    let state = proposals::settled(pool, newest_state(&messages)?).await?;
    let messages: Vec<_> = messages
        .iter()
        .map(rows::message)
        .collect::<Result<_, StoreError>>()?;
    Ok(Conversation {
        summary: rows::summary(&summary)?,
        usage: messages.iter().filter_map(MessageRecord::usage).sum(),
        messages,
        state,
    })
}

/// The last state of the branch that ends in the newest message.
fn newest_state(messages: &[SqliteRow]) -> Result<ConversationState, StoreError> {
    let mut next = match messages.last() {
        Some(newest) => Some(rows::id(newest, "id")?),
        None => None,
    };
    for row in messages.iter().rev() {
        if next != Some(rows::id(row, "id")?) {
            continue;
        }
        if let Some(state) = rows::optional(row, "state")? {
            return rows::json(&state);
        }
        next = rows::optional_id(row, "parent_id")?;
    }
    Ok(ConversationState::default())
}

pub(super) async fn owns(
    pool: &SqlitePool,
    owner: &Owner,
    conversation: Uuid,
    message: Option<Uuid>,
) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM conversation c WHERE c.id = ?1 AND c.owner = ?2 AND (?3 IS NULL OR EXISTS \
         (SELECT 1 FROM message m WHERE m.id = ?3 AND m.conversation_id = c.id))",
    )
    .bind(conversation.to_string())
    .bind(&owner.0)
    .bind(message.map(|id| id.to_string()))
    .fetch_optional(pool)
    .await
    .map_err(database)?;
    Ok(found.is_some())
}

pub(super) async fn update(
    writer: &Writer,
    owner: &Owner,
    id: Uuid,
    title: Option<&str>,
    pinned: Option<bool>,
) -> Result<ConversationSummary, StoreError> {
    let mut tx = writer.begin().await?;
    let row = sqlx::query(
        "UPDATE conversation SET title = coalesce(?3, title), pinned = coalesce(?4, pinned) \
         WHERE id = ?1 AND owner = ?2 RETURNING id, title, pinned, created_at, updated_at",
    )
    .bind(id.to_string())
    .bind(&owner.0)
    .bind(title)
    .bind(pinned)
    .fetch_one(&mut *tx)
    .await
    .map_err(database)
    .and_then(|row| rows::summary(&row));
    tx.end(row).await
}

pub(super) async fn delete(writer: &Writer, owner: &Owner, id: Uuid) -> Result<(), StoreError> {
    let mut tx = writer.begin().await?;
    let deleted = delete_in(&mut tx, owner, id).await;
    tx.end(deleted).await
}

async fn delete_in(tx: &mut SqliteConnection, owner: &Owner, id: Uuid) -> Result<(), StoreError> {
    // Messages refer to each other: children would otherwise be checked one by one.
    sqlx::query("PRAGMA defer_foreign_keys = ON")
        .execute(&mut *tx)
        .await
        .map_err(database)?;
    let deleted = sqlx::query("DELETE FROM conversation WHERE id = ? AND owner = ?")
        .bind(id.to_string())
        .bind(&owner.0)
        .execute(&mut *tx)
        .await
        .map_err(database)?;
    if deleted.rows_affected() == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

pub(super) async fn of_proposal(
    pool: &SqlitePool,
    owner: &Owner,
    proposal: Uuid,
) -> Result<Uuid, StoreError> {
    let row = sqlx::query(
        "SELECT c.id FROM proposal p JOIN conversation c ON c.id = p.conversation_id \
         WHERE p.id = ? AND c.owner = ?",
    )
    .bind(proposal.to_string())
    .bind(&owner.0)
    .fetch_one(pool)
    .await
    .map_err(database)?;
    rows::id(&row, "id")
}

pub(super) async fn preferences(
    pool: &SqlitePool,
    owner: &Owner,
) -> Result<Preferences, StoreError> {
    let row = sqlx::query("SELECT locale, currency, time_zone FROM preference WHERE owner = ?")
        .bind(&owner.0)
        .fetch_optional(pool)
        .await
        .map_err(database)?;
    let Some(row) = row else {
        return Ok(Preferences::default());
    };
    Ok(Preferences {
        locale: match rows::optional(&row, "locale")?.as_deref() {
            Some("fr") => Some(Locale::Fr),
            Some("en") => Some(Locale::En),
            _ => None,
        },
        currency: rows::optional(&row, "currency")?,
        time_zone: rows::optional(&row, "time_zone")?,
    })
}

pub(super) async fn set_preferences(
    writer: &Writer,
    owner: &Owner,
    preferences: &Preferences,
) -> Result<(), StoreError> {
    let mut tx = writer.begin().await?;
    let kept = sqlx::query(
        "INSERT INTO preference (owner, locale, currency, time_zone) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (owner) DO UPDATE SET locale = coalesce(?2, locale), \
         currency = coalesce(?3, currency), time_zone = coalesce(?4, time_zone)",
    )
    .bind(&owner.0)
    .bind(preferences.locale.map(Locale::as_str))
    .bind(&preferences.currency)
    .bind(&preferences.time_zone)
    .execute(&mut *tx)
    .await
    .map_err(database)
    .map(drop);
    tx.end(kept).await
}
