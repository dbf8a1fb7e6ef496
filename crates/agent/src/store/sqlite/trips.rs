//! Trips: listed, and their last change taken back. A trip is part of the state that is stored with
//! each message, so that every branch has its own.

use jiff::Timestamp;
use rusqlite::Connection;
use uuid::Uuid;

use super::{StoreError, proposals, reader::Reader, rows, statements, writer::Writer};
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
    reader: &Reader,
    owner: &Owner,
    query: &TripQuery,
) -> Result<TripPage, StoreError> {
    let (owner, query) = (owner.clone(), *query);
    reader
        .read(move |connection| list_in(connection, &owner, &query))
        .await
}

fn list_in(
    connection: &Connection,
    owner: &Owner,
    query: &TripQuery,
) -> Result<TripPage, StoreError> {
    let mut found = statements::all(
        connection,
        LIST,
        (
            &owner.0,
            query.after.map(|after| after.updated_at),
            query.after.map(|after| after.id.to_string()),
            i64::from(query.limit) + 1,
        ),
        |row| Ok((rows::summary(row)?, rows::text(row, "state")?)),
    )?;
    let limit = query.limit as usize;
    let more = found.len() > limit;
    found.truncate(limit);
    let mut trips = Vec::with_capacity(found.len());
    for (conversation, state) in found {
        trips.push(StoredTrip {
            conversation,
            state: proposals::settled(connection, rows::json(&state)?)?,
        });
    }
    let last = trips.last().filter(|_| more);
    let next = last.map(|last: &StoredTrip| Cursor {
        pinned: false,
        updated_at: last.conversation.updated_at.as_millisecond(),
        id: last.conversation.id,
    });
    Ok(TripPage { trips, next })
}

pub(super) async fn take_back(
    writer: &Writer,
    owner: &Owner,
    conversation: Uuid,
    at: Timestamp,
) -> Result<ConversationState, StoreError> {
    let owner = owner.clone();
    writer
        .change(move |tx| take_back_in(tx, &owner, conversation, at))
        .await
}

fn take_back_in(
    tx: &Connection,
    owner: &Owner,
    conversation: Uuid,
    at: Timestamp,
) -> Result<ConversationState, StoreError> {
    let id = conversation.to_string();
    let changed = statements::execute(
        tx,
        "UPDATE conversation SET updated_at = max(updated_at, ?3) WHERE id = ?1 AND owner = ?2",
        (&id, &owner.0, at.as_millisecond()),
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    // What a running turn began from is what it will store.
    let running = statements::optional(
        tx,
        "SELECT 1 FROM message WHERE conversation_id = ? AND status = 'running'",
        [&id],
        |_| Ok(()),
    )?;
    if running.is_some() {
        return Err(StoreError::Busy);
    }
    let newest = statements::optional(
        tx,
        "WITH RECURSIVE branch (seq, parent_id, state) AS ( \
             SELECT seq, parent_id, state FROM message WHERE seq = \
                 (SELECT max(seq) FROM message WHERE conversation_id = ?) \
             UNION ALL \
             SELECT m.seq, m.parent_id, m.state FROM message m JOIN branch b ON m.id = b.parent_id \
             WHERE b.state IS NULL \
         ) SELECT seq, state FROM branch WHERE state IS NOT NULL",
        [&id],
        |row| Ok((rows::number(row, "seq")?, rows::text(row, "state")?)),
    )?;
    let Some((seq, state)) = newest else {
        return Err(StoreError::NothingToTakeBack);
    };
    let mut state: ConversationState = rows::json(&state)?;
    if state.plan.before.is_none() {
        return Err(StoreError::NothingToTakeBack);
    }
    state.take_back();
    statements::execute(
        tx,
        "UPDATE message SET state = ?2 WHERE seq = ?1",
        (seq, rows::to_json(&state)?),
    )?;
    proposals::settled(tx, state)
}
