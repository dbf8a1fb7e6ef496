//! The spans of turns, kept apart from their messages.

use uuid::Uuid;

use super::{StoreError, reader::Reader, rows, statements, writer::Writer};
use crate::store::{Owner, StoredTrace, TracedTurn};

/// Keeps the trace of a turn; nobody waits for it.
pub(super) async fn attach(writer: &Writer, message: Uuid, trace: &str) -> Result<(), StoreError> {
    let (message, trace) = (message.to_string(), trace.to_owned());
    writer
        .change_later(move |tx| {
            // The conversation may have been deleted.
            statements::execute(
                tx,
                "INSERT INTO message_trace (message_seq, trace) \
                 SELECT seq, ?2 FROM message WHERE id = ?1 \
                 ON CONFLICT (message_seq) DO UPDATE SET trace = excluded.trace",
                (&message, &trace),
            )
            .map(drop)
        })
        .await
}

/// The turns of a trace, oldest first.
pub(super) async fn of(reader: &Reader, trace_id: &str) -> Result<Vec<StoredTrace>, StoreError> {
    let trace_id = trace_id.to_owned();
    reader
        .read(move |connection| {
            statements::all(
                connection,
                "SELECT c.owner, m.traceparent, t.trace FROM message m \
                 JOIN conversation c ON c.id = m.conversation_id \
                 LEFT JOIN message_trace t ON t.message_seq = m.seq \
                 WHERE m.trace_id = ? ORDER BY m.seq",
                [&trace_id],
                |row| {
                    Ok(StoredTrace {
                        owner: Owner(rows::text(row, "owner")?),
                        traceparent: rows::optional(row, "traceparent")?,
                        trace: rows::optional(row, "trace")?,
                    })
                },
            )
        })
        .await
}

/// The turns of several traces; the question of those of `owner` alone leaves the database.
pub(super) async fn turns(
    reader: &Reader,
    owner: &Owner,
    trace_ids: &[String],
) -> Result<Vec<TracedTurn>, StoreError> {
    let (owner, wanted) = (owner.0.clone(), rows::to_json(&trace_ids)?);
    reader
        .read(move |connection| {
            statements::all(
                connection,
                "SELECT m.trace_id, m.traceparent, f.score, \
                 m.answer ->> '$.time_to_first_text_ms' AS first_text_ms, \
                 CASE WHEN c.owner = ?1 THEN q.text END AS question \
                 FROM json_each(?2) wanted \
                 JOIN message m ON m.trace_id = wanted.value \
                 JOIN conversation c ON c.id = m.conversation_id \
                 LEFT JOIN message q ON q.id = m.parent_id \
                 LEFT JOIN feedback f ON f.message_id = m.id \
                 ORDER BY m.seq",
                (&owner, &wanted),
                |row| {
                    Ok(TracedTurn {
                        trace_id: rows::text(row, "trace_id")?,
                        traceparent: rows::optional(row, "traceparent")?,
                        question: rows::optional(row, "question")?,
                        first_text_ms: rows::value(row, "first_text_ms")?,
                        score: rows::score(row)?,
                    })
                },
            )
        })
        .await
}
