//! Rows to records.

use jiff::Timestamp;
use rusqlite::{Row, types::FromSql};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{StoreError, connection::database};
use crate::{
    answer::Answer,
    feedback::{Feedback, Score},
    store::{ConversationSummary, MessageRecord},
};

/// A column.
pub(super) fn value<T: FromSql>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    row.get(column).map_err(database)
}

/// A text column that may be null.
pub(super) fn optional(row: &Row<'_>, column: &str) -> Result<Option<String>, StoreError> {
    value(row, column)
}

/// A text column.
pub(super) fn text(row: &Row<'_>, column: &str) -> Result<String, StoreError> {
    value(row, column)
}

/// An id.
pub(super) fn id(row: &Row<'_>, column: &str) -> Result<Uuid, StoreError> {
    parse_id(&text(row, column)?)
}

/// An id that may be null.
pub(super) fn optional_id(row: &Row<'_>, column: &str) -> Result<Option<Uuid>, StoreError> {
    optional(row, column)?.as_deref().map(parse_id).transpose()
}

fn parse_id(text: &str) -> Result<Uuid, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Corrupt(format!("id {text:?}")))
}

/// A time.
pub(super) fn time(row: &Row<'_>, column: &str) -> Result<Timestamp, StoreError> {
    let millis: i64 = value(row, column)?;
    Timestamp::from_millisecond(millis).map_err(|_| StoreError::Corrupt(format!("time {millis}")))
}

/// A whole number.
pub(super) fn number(row: &Row<'_>, column: &str) -> Result<i64, StoreError> {
    value(row, column)
}

/// A JSON document.
pub(super) fn json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| unreadable(&error))
}

/// A record to JSON.
pub(super) fn to_json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(&error))
}

/// JSON's own words quote what they found, which is what people wrote.
pub(super) fn unreadable(error: &serde_json::Error) -> StoreError {
    let (kind, column) = (error.classify(), error.column());
    StoreError::Corrupt(format!("{kind:?} error of JSON in column {column}"))
}

/// A line of the list of conversations.
pub(super) fn summary(row: &Row<'_>) -> Result<ConversationSummary, StoreError> {
    Ok(ConversationSummary {
        id: id(row, "id")?,
        title: text(row, "title")?,
        pinned: value(row, "pinned")?,
        created_at: time(row, "created_at")?,
        updated_at: time(row, "updated_at")?,
        snippet: None,
        title_snippet: None,
    })
}

/// A message.
pub(super) fn message(row: &Row<'_>) -> Result<MessageRecord, StoreError> {
    let (message_id, parent_id) = (id(row, "id")?, optional_id(row, "parent_id")?);
    let created_at = time(row, "created_at")?;
    match optional(row, "answer")? {
        None => Ok(MessageRecord::User {
            id: message_id,
            parent_id,
            text: text(row, "text")?,
            decided: value(row, "decided")?,
            created_at,
        }),
        Some(answer) => Ok(MessageRecord::Agent {
            id: message_id,
            parent_id,
            created_at,
            answer: Box::new(json::<Answer>(&answer)?),
            feedback: feedback(row)?,
        }),
    }
}

/// The rating that was joined to a message.
fn feedback(row: &Row<'_>) -> Result<Option<Feedback>, StoreError> {
    let Some(score) = score(row)? else {
        return Ok(None);
    };
    Ok(Some(Feedback {
        score,
        comment: optional(row, "comment")?,
        created_at: time(row, "rated_at")?,
    }))
}

/// The thumb that was joined to a message.
pub(super) fn score(row: &Row<'_>) -> Result<Option<Score>, StoreError> {
    let score: Option<i64> = value(row, "score")?;
    let score = score.map(Score::try_from).transpose();
    score.map_err(|error| StoreError::Corrupt(format!("score {error}")))
}
