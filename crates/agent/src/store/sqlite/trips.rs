//! Trips: listed, and their last change taken back. A trip is part of the state that is stored with
//! each message, so that every branch has its own.

use jiff::Timestamp;
use sqlx::{SqliteConnection, SqlitePool, sqlite::SqliteRow};
use uuid::Uuid;

use super::{StoreError, database, proposals, rows, writer::Writer};
use crate::{
    conversation::ConversationState,
    store::{Cursor, Owner, StoredTrip, TripPage, TripQuery},
};

/// Of each conversation the last state on the branch that ends in its newest message.
const LIST: &str = "\
    SELECT id, title, pinned, created_at, updated_at, state FROM ( \
        SELECT c.*, ( \
            WITH RECURSIVE branch (parent_id, state) AS ( \
                SELECT parent_id, state FROM message WHERE seq = \
                    (SELECT max(seq) FROM message WHERE conversation_id = c.id) \
                UNION ALL \
                SELECT m.parent_id, m.state FROM message m JOIN branch b ON m.id = b.parent_id \
                WHERE b.state IS NULL \
            ) SELECT state FROM branch WHERE state IS NOT NULL \
        ) AS state FROM conversation c \
        WHERE owner = ?1 AND (?2 IS NULL OR (updated_at, id) < (?2, ?3)) \
    ) WHERE state ->> '$.trip.destination' IS NOT NULL OR state ->> '$.plan' IS NOT NULL \
        OR state ->> '$.proposal' IS NOT NULL \
    ORDER BY updated_at DESC, id DESC LIMIT ?4";

pub(super) async fn list(
    pool: &SqlitePool,
    owner: &Owner,
    query: &TripQuery,
) -> Result<TripPage, StoreError> {
    let rows = sqlx::query(LIST)
        .bind(&owner.0)
        .bind(query.after.map(|after| after.updated_at))
        .bind(query.after.map(|after| after.id.to_string()))
        .bind(i64::from(query.limit) + 1)
        .fetch_all(pool)
        .await
        .map_err(database)?;
    let limit = query.limit as usize;
    let mut trips = Vec::with_capacity(rows.len().min(limit));
    for row in rows.iter().take(limit) {
        trips.push(trip(pool, row).await?);
    }
    let last = trips.last().filter(|_| rows.len() > limit);
    let next = last.map(|last: &StoredTrip| Cursor {
        pinned: false,
        updated_at: last.conversation.updated_at.as_millisecond(),
        id: last.conversation.id,
    });
    Ok(TripPage { trips, next })
}

async fn trip(pool: &SqlitePool, row: &SqliteRow) -> Result<StoredTrip, StoreError> {
    let state = rows::json(&rows::text(row, "state")?)?;
    Ok(StoredTrip {
        conversation: rows::summary(row)?,
        state: proposals::settled(pool, state).await?,
    })
}

pub(super) async fn take_back(
    writer: &Writer,
    owner: &Owner,
    conversation: Uuid,
    at: Timestamp,
) -> Result<ConversationState, StoreError> {
    let mut tx = writer.begin().await?;
    let taken = take_back_in(&mut tx, owner, conversation, at).await;
    tx.end(taken).await
}

async fn take_back_in(
    tx: &mut SqliteConnection,
    owner: &Owner,
    conversation: Uuid,
    at: Timestamp,
) -> Result<ConversationState, StoreError> {
    let id = conversation.to_string();
    let changed = sqlx::query(
        "UPDATE conversation SET updated_at = max(updated_at, ?3) WHERE id = ?1 AND owner = ?2",
    )
    .bind(&id)
    .bind(&owner.0)
    .bind(at.as_millisecond())
    .execute(&mut *tx)
    .await
    .map_err(database)?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::NotFound);
    }
    // What a running turn began from is what it will store.
    let running: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM message WHERE conversation_id = ? AND status = 'running'",
    )
    .bind(&id)
    .fetch_optional(&mut *tx)
    .await
    .map_err(database)?;
    if running.is_some() {
        return Err(StoreError::Busy);
    }
    let newest = sqlx::query(
        "WITH RECURSIVE branch (seq, parent_id, state) AS ( \
             SELECT seq, parent_id, state FROM message WHERE seq = \
                 (SELECT max(seq) FROM message WHERE conversation_id = ?) \
             UNION ALL \
             SELECT m.seq, m.parent_id, m.state FROM message m JOIN branch b ON m.id = b.parent_id \
             WHERE b.state IS NULL \
         ) SELECT seq, state FROM branch WHERE state IS NOT NULL",
    )
    .bind(&id)
    .fetch_optional(&mut *tx)
    .await
    .map_err(database)?;
    let Some(newest) = newest else {
        return Err(StoreError::NothingToTakeBack);
    };
    let mut state: ConversationState = rows::json(&rows::text(&newest, "state")?)?;
    if state.plan.before.is_none() {
        return Err(StoreError::NothingToTakeBack);
    }
    state.take_back();
    sqlx::query("UPDATE message SET state = ?2 WHERE seq = ?1")
        .bind(rows::number(&newest, "seq")?)
        .bind(rows::to_json(&state)?)
        .execute(&mut *tx)
        .await
        .map_err(database)?;
    proposals::settled(&mut *tx, state).await
}
