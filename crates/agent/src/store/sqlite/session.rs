//! The turns of a conversation, without what was asked.

use sqlx::{Row, SqlitePool, sqlite::SqliteRow};
use uuid::Uuid;

use super::{StoreError, database, rows};
use crate::{feedback::Score, store::AnsweredTurn};

pub(super) async fn turns(
    pool: &SqlitePool,
    conversation: Uuid,
) -> Result<Vec<AnsweredTurn>, StoreError> {
    let rows = sqlx::query(
        "SELECT m.created_at, m.answer, f.score \
         FROM message m LEFT JOIN feedback f ON f.message_id = m.id \
         WHERE m.conversation_id = ? AND m.answer IS NOT NULL ORDER BY m.seq",
    )
    .bind(conversation.to_string())
    .fetch_all(pool)
    .await
    .map_err(database)?;
    rows.iter().map(turn).collect()
}

fn turn(row: &SqliteRow) -> Result<AnsweredTurn, StoreError> {
    let score: Option<i64> = row.try_get("score").map_err(database)?;
    let score = score.map(Score::try_from).transpose();
    Ok(AnsweredTurn {
        created_at: rows::time(row, "created_at")?,
        answer: rows::json(&rows::text(row, "answer")?)?,
        score: score.map_err(|error| StoreError::Corrupt(error.to_string()))?,
    })
}
