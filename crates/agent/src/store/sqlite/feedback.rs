//! Ratings of answers.

use sqlx::SqliteConnection;
use uuid::Uuid;

use super::{StoreError, database, rows, writer::Writer};
use crate::{
    answer::Answer,
    feedback::Feedback,
    store::{Owner, Rated},
};

/// Keeps a rating in the place of an earlier one.
pub(super) async fn rate(
    writer: &Writer,
    owner: &Owner,
    message: Uuid,
    feedback: &Feedback,
) -> Result<Rated, StoreError> {
    let mut tx = writer.begin().await?;
    let rated = keep(&mut tx, owner, message, feedback).await;
    tx.end(rated).await
}

async fn keep(
    tx: &mut SqliteConnection,
    owner: &Owner,
    message: Uuid,
    feedback: &Feedback,
) -> Result<Rated, StoreError> {
    let row = sqlx::query(
        "SELECT m.answer, m.traceparent, m.trace, m.status FROM message m \
         JOIN conversation c ON c.id = m.conversation_id \
         WHERE m.id = ? AND c.owner = ? AND m.answer IS NOT NULL",
    )
    .bind(message.to_string())
    .bind(&owner.0)
    .fetch_one(&mut *tx)
    .await
    .map_err(database)?;
    if rows::text(&row, "status")? == "running" {
        return Err(StoreError::Busy);
    }
    sqlx::query(
        "INSERT INTO feedback (message_id, score, comment, created_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (message_id) DO UPDATE SET score = ?2, comment = ?3, created_at = ?4",
    )
    .bind(message.to_string())
    .bind(i64::from(feedback.score))
    .bind(&feedback.comment)
    .bind(feedback.created_at.as_millisecond())
    .execute(&mut *tx)
    .await
    .map_err(database)?;
    Ok(Rated {
        answer: rows::json::<Answer>(&rows::text(&row, "answer")?)?,
        traceparent: rows::optional(&row, "traceparent")?,
        trace: rows::optional(&row, "trace")?,
    })
}
