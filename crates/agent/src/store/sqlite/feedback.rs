//! Ratings of answers.

use rusqlite::Connection;
use uuid::Uuid;

use super::{StoreError, rows, statements, writer::Writer};
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
    let (owner, feedback) = (owner.clone(), feedback.clone());
    writer
        .change(move |tx| keep(tx, &owner, message, &feedback))
        .await
}

fn keep(
    tx: &Connection,
    owner: &Owner,
    message: Uuid,
    feedback: &Feedback,
) -> Result<Rated, StoreError> {
    let message = message.to_string();
    let rated = statements::one(
        tx,
        "SELECT m.answer, m.traceparent, t.trace, m.status FROM message m \
         JOIN conversation c ON c.id = m.conversation_id \
         LEFT JOIN message_trace t ON t.message_seq = m.seq \
         WHERE m.id = ? AND c.owner = ? AND m.answer IS NOT NULL \
         AND m.answer ->> '$.imported' IS NULL",
        (&message, &owner.0),
        |row| {
            if rows::text(row, "status")? == "running" {
                return Err(StoreError::Busy);
            }
            Ok(Rated {
                answer: rows::json::<Answer>(&rows::text(row, "answer")?)?,
                traceparent: rows::optional(row, "traceparent")?,
                trace: rows::optional(row, "trace")?,
            })
        },
    )?;
    statements::execute(
        tx,
        "INSERT INTO feedback (message_id, score, comment, created_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (message_id) DO UPDATE SET score = ?2, comment = ?3, created_at = ?4",
        (
            &message,
            i64::from(feedback.score),
            &feedback.comment,
            feedback.created_at.as_millisecond(),
        ),
    )?;
    Ok(rated)
}
