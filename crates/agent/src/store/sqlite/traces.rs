//! The spans of turns, kept apart from their messages.

use uuid::Uuid;

use super::{StoreError, reader::Reader, rows, statements, writer::Writer};
use crate::store::{Owner, StoredTrace};

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
