//! The turns of a conversation, without what was asked. What was imported was no turn of ours.

use rusqlite::Row;
use uuid::Uuid;

use super::{StoreError, reader::Reader, rows, statements};
use crate::store::AnsweredTurn;

pub(super) async fn turns(
    reader: &Reader,
    conversation: Uuid,
) -> Result<Vec<AnsweredTurn>, StoreError> {
    reader
        .read(move |connection| {
            statements::all(
                connection,
                "SELECT m.created_at, m.answer, f.score \
                 FROM message m LEFT JOIN feedback f ON f.message_id = m.id \
                 WHERE m.conversation_id = ? AND m.answer IS NOT NULL AND m.answer ->> '$.imported' IS NULL ORDER BY m.seq",
                [conversation.to_string()],
                turn,
            )
        })
        .await
}

fn turn(row: &Row<'_>) -> Result<AnsweredTurn, StoreError> {
    Ok(AnsweredTurn {
        created_at: rows::time(row, "created_at")?,
        answer: rows::json(&rows::text(row, "answer")?)?,
        score: rows::score(row)?,
    })
}
