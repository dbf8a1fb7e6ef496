//! Trips: listed, their last change taken back, the programme of a day moved. A trip is part of the state that is stored with
//! each message, so that every branch has its own.

use jiff::Timestamp;
use rusqlite::Connection;
use uuid::Uuid;

use super::{StoreError, proposals, reader::Reader, rows, state, statements, writer::Writer};
use crate::{
    conversation::ConversationState,
    store::{Cursor, Owner, StoredTrip, TripPage, TripQuery},
    trip::DayMove,
};

/// Of each conversation the last state on the branch that ends in its newest message.
const LIST: &str = "\
    SELECT c.id, c.title, c.pinned, c.created_at, c.updated_at, s.state, s.answer \
    FROM conversation c JOIN message s ON s.seq = ( \
        WITH RECURSIVE branch (seq, parent_id, state) AS ( \
            SELECT seq, parent_id, state FROM message WHERE seq = \
                (SELECT max(seq) FROM message WHERE conversation_id = c.id) \
            UNION ALL \
            SELECT m.seq, m.parent_id, m.state FROM message m JOIN branch b ON m.id = b.parent_id \
            WHERE b.state IS NULL \
        ) SELECT seq FROM branch WHERE state IS NOT NULL \
    ) \
    WHERE c.owner = ?1 AND (?2 IS NULL OR (c.updated_at, c.id) < (?2, ?3)) \
        AND (s.state ->> '$.trip.destination' IS NOT NULL OR s.state ->> '$.plan' IS NOT NULL \
            OR s.state ->> '$.proposal' IS NOT NULL) \
    ORDER BY c.updated_at DESC, c.id DESC LIMIT ?4";

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
        |row| Ok((rows::summary(row)?, state::of(row)?)),
    )?;
    let limit = query.limit as usize;
    let more = found.len() > limit;
    found.truncate(limit);
    let mut trips = Vec::with_capacity(found.len());
    for (conversation, state) in found {
        trips.push(StoredTrip {
            conversation,
            state: proposals::settled(connection, state.unwrap_or_default())?,
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
        .change(move |tx| {
            let none = StoreError::NothingToTakeBack;
            change_in(tx, &owner, conversation, at, none, take_back_in)
        })
        .await
}

/// Takes the last change back.
fn take_back_in(state: &mut ConversationState) -> Result<(), StoreError> {
    if state.plan.before.is_none() {
        return Err(StoreError::NothingToTakeBack);
    }
    state.take_back();
    Ok(())
}

pub(super) async fn move_day(
    writer: &Writer,
    owner: &Owner,
    conversation: Uuid,
    change: DayMove,
    at: Timestamp,
) -> Result<ConversationState, StoreError> {
    let owner = owner.clone();
    let moved = move |state: &mut ConversationState| {
        let plan = state.plan.with_day_moved(change);
        state.plan = plan.ok_or(StoreError::NoSuchDay)?;
        Ok(())
    };
    writer
        .change(move |tx| change_in(tx, &owner, conversation, at, StoreError::NoSuchDay, moved))
        .await
}

/// Changes the state on the branch of the newest message; `none`: what to say where there is none.
fn change_in(
    tx: &Connection,
    owner: &Owner,
    conversation: Uuid,
    at: Timestamp,
    none: StoreError,
    change: impl FnOnce(&mut ConversationState) -> Result<(), StoreError>,
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
        "WITH RECURSIVE branch (seq, parent_id, state, answer) AS ( \
             SELECT seq, parent_id, state, answer FROM message WHERE seq = \
                 (SELECT max(seq) FROM message WHERE conversation_id = ?) \
             UNION ALL \
             SELECT m.seq, m.parent_id, m.state, m.answer \
             FROM message m JOIN branch b ON m.id = b.parent_id WHERE b.state IS NULL \
         ) SELECT seq, state, answer FROM branch WHERE state IS NOT NULL",
        [&id],
        |row| Ok((rows::number(row, "seq")?, state::of(row)?)),
    )?;
    let Some((seq, Some(mut state))) = newest else {
        return Err(none);
    };
    change(&mut state)?;
    statements::execute(
        tx,
        "UPDATE message SET state = ?2 WHERE seq = ?1",
        (seq, rows::to_json(&state)?),
    )?;
    proposals::settled(tx, state)
}

pub(super) async fn state_after(
    reader: &Reader,
    owner: &Owner,
    conversation: Uuid,
    message: Uuid,
) -> Result<ConversationState, StoreError> {
    let owner = owner.clone();
    reader
        .read(move |connection| state_after_in(connection, &owner, conversation, message))
        .await
}

fn state_after_in(
    connection: &Connection,
    owner: &Owner,
    conversation: Uuid,
    message: Uuid,
) -> Result<ConversationState, StoreError> {
    let state = statements::optional(
        connection,
        "WITH RECURSIVE branch (parent_id, state, answer) AS ( \
             SELECT m.parent_id, m.state, m.answer FROM message m \
             JOIN conversation c ON c.id = m.conversation_id \
             WHERE m.id = ?1 AND c.id = ?2 AND c.owner = ?3 \
             UNION ALL \
             SELECT m.parent_id, m.state, m.answer \
             FROM message m JOIN branch b ON m.id = b.parent_id WHERE b.state IS NULL \
         ) SELECT state, answer FROM branch \
         ORDER BY state IS NULL LIMIT 1",
        (message.to_string(), conversation.to_string(), &owner.0),
        state::of,
    )?;
    match state.ok_or(StoreError::NotFound)? {
        Some(state) => proposals::settled(connection, state),
        None => Ok(ConversationState::default()),
    }
}
