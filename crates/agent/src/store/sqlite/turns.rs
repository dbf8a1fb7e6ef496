//! Turns: begun, finished, recovered, replayed.

use jiff::Timestamp;
use sqlx::{SqliteConnection, SqlitePool, sqlite::SqliteRow};
use uuid::Uuid;

use super::{StoreError, database, proposals, rows, spend, writer::Writer};
use crate::{
    answer::{Answer, AnswerStatus},
    conversation::{ConversationState, PastMessage},
    store::{BegunTurn, FinishedTurn, NewTurn, Owner, Question, Replay, StoredTrace},
};

/// How long an idempotency key is kept.
const REPLAY_MILLIS: i64 = 24 * 3_600_000;
/// Messages of history by which the window on a branch moves on: it holds one to two steps. It moves
/// in steps because a window that slides with every turn would never let two prompts begin alike.
const HISTORY_STEP: i64 = 100;
/// Longest title that is taken from a first message, in characters.
const TITLE_CHARS: usize = 80;

pub(super) async fn begin(writer: &Writer, turn: &NewTurn) -> Result<BegunTurn, StoreError> {
    let mut tx = writer.begin().await?;
    let begun = begin_in(&mut tx, turn).await;
    tx.end(begun).await
}

async fn begin_in(tx: &mut SqliteConnection, turn: &NewTurn) -> Result<BegunTurn, StoreError> {
    let (conversation, at) = (turn.ids.conversation.to_string(), turn.at.as_millisecond());
    if turn.new_conversation {
        sqlx::query(
            "INSERT INTO conversation (id, owner, title, created_at, updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?4)",
        )
        .bind(&conversation)
        .bind(&turn.owner.0)
        .bind(match &turn.question {
            Question::New { text, .. } => title(text),
            // A new conversation holds no message yet.
            Question::Again => return Err(StoreError::NotFound),
        })
        .bind(at)
        .execute(&mut *tx)
        .await
        .map_err(database)?;
    } else {
        let updated =
            sqlx::query("UPDATE conversation SET updated_at = ?3 WHERE id = ?1 AND owner = ?2")
                .bind(&conversation)
                .bind(&turn.owner.0)
                .bind(at)
                .execute(&mut *tx)
                .await
                .map_err(database)?;
        if updated.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
    }
    let parent = match &turn.question {
        Question::New { parent, .. } => match parent {
            Some(parent) => Some(parent.to_string()),
            None => newest(&mut *tx, &conversation).await?,
        },
        Question::Again => before(&mut *tx, &conversation, turn.ids.user_message).await?,
    };
    let begun = branch(&mut *tx, &conversation, parent.as_deref()).await?;
    // Of two presses at once, the later one is begun after the earlier one has ended, and sees it.
    if let Question::New {
        decides: Some(id), ..
    } = turn.question
        && !begun
            .state
            .proposal
            .as_ref()
            .is_some_and(|last| last.id == id && last.is_live(turn.at))
    {
        return Err(StoreError::Closed);
    }
    insert_messages(tx, turn, parent.as_deref()).await?;
    Ok(begun)
}

/// The first words of a message.
fn title(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default().trim();
    let mut title: String = line.chars().take(TITLE_CHARS).collect();
    if title.len() < line.len() {
        title.push('…');
    }
    title
}

async fn newest(
    tx: &mut SqliteConnection,
    conversation: &str,
) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT id FROM message WHERE conversation_id = ? ORDER BY seq DESC LIMIT 1")
        .bind(conversation)
        .fetch_optional(&mut *tx)
        .await
        .map_err(database)
}

/// The message that a person's message goes on from.
async fn before(
    tx: &mut SqliteConnection,
    conversation: &str,
    message: Uuid,
) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar(
        "SELECT parent_id FROM message WHERE id = ? AND conversation_id = ? AND role = 'user'",
    )
    .bind(message.to_string())
    .bind(conversation)
    .fetch_one(&mut *tx)
    .await
    .map_err(database)
}

/// The newest messages of the branch that ends at `parent`, and its last state.
async fn branch(
    tx: &mut SqliteConnection,
    conversation: &str,
    parent: Option<&str>,
) -> Result<BegunTurn, StoreError> {
    let rows = sqlx::query(
        "WITH RECURSIVE branch (seq, parent_id, depth) AS ( \
             SELECT seq, parent_id, 0 FROM message WHERE id = ?1 AND conversation_id = ?2 \
             UNION ALL \
             SELECT m.seq, m.parent_id, b.depth + 1 FROM message m JOIN branch b ON m.id = b.parent_id \
         ), size (length) AS (SELECT count(*) FROM branch) \
         SELECT m.role, m.text, m.state, m.transcript \
         FROM size CROSS JOIN branch b JOIN message m ON m.seq = b.seq \
         WHERE b.depth < length - max(length / ?3 - 1, 0) * ?3 ORDER BY b.depth DESC",
    )
    .bind(parent)
    .bind(conversation)
    .bind(HISTORY_STEP)
    .fetch_all(&mut *tx)
    .await
    .map_err(database)?;
    if rows.is_empty() && parent.is_some() {
        return Err(StoreError::NotFound);
    }
    let mut history = Vec::with_capacity(rows.len());
    let mut state = ConversationState::default();
    for row in &rows {
        let by_agent = rows::text(row, "role")? == "agent";
        history.push(PastMessage {
            by_agent,
            text: rows::text(row, "text")?,
            transcript: match rows::optional(row, "transcript")? {
                Some(stored) => rows::json(&stored)?,
                None => Vec::new(),
            },
        });
        if let Some(stored) = rows::optional(row, "state")? {
            state = rows::json(&stored)?;
        }
    }
    let state = proposals::settled(&mut *tx, state).await?;
    Ok(BegunTurn { history, state })
}

async fn insert_messages(
    tx: &mut SqliteConnection,
    turn: &NewTurn,
    parent: Option<&str>,
) -> Result<(), StoreError> {
    let (conversation, at) = (turn.ids.conversation.to_string(), turn.at.as_millisecond());
    let (user, agent) = (
        turn.ids.user_message.to_string(),
        turn.ids.message.to_string(),
    );
    if let Question::New { text, decides, .. } = &turn.question {
        sqlx::query(
            "INSERT INTO message (id, conversation_id, parent_id, role, text, button, created_at) \
             VALUES (?, ?, ?, 'user', ?, ?, ?)",
        )
        .bind(&user)
        .bind(&conversation)
        .bind(parent)
        .bind(text)
        .bind(decides.is_some())
        .bind(at)
        .execute(&mut *tx)
        .await
        .map_err(database)?;
    }
    sqlx::query(
        "INSERT INTO message \
         (id, conversation_id, parent_id, role, text, created_at, status, trace_id, traceparent, answer) \
         VALUES (?, ?, ?, 'agent', '', ?, 'running', ?, ?, ?)",
    )
    .bind(&agent)
    .bind(&conversation)
    .bind(&user)
    .bind(at)
    .bind(&turn.ids.trace)
    .bind(&turn.traceparent)
    .bind(rows::to_json(&turn.answer)?)
    .execute(&mut *tx)
    .await
    .map_err(database)?;
    if let Some(idempotency) = &turn.idempotency {
        sqlx::query("DELETE FROM idempotency WHERE created_at < ?")
            .bind(at - REPLAY_MILLIS)
            .execute(&mut *tx)
            .await
            .map_err(database)?;
        let kept = sqlx::query(
            "INSERT INTO idempotency (owner, key, digest, message_id, created_at) \
             VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner, key) DO UPDATE \
             SET message_id = excluded.message_id, created_at = excluded.created_at \
             WHERE message_id = ?",
        )
        .bind(&turn.owner.0)
        .bind(&idempotency.key)
        .bind(&idempotency.digest)
        .bind(&agent)
        .bind(at)
        .bind(idempotency.replaces.map(|message| message.to_string()))
        .execute(&mut *tx)
        .await
        .map_err(database)?;
        if kept.rows_affected() == 0 {
            return Err(StoreError::Busy);
        }
    }
    Ok(())
}

pub(super) async fn finish(writer: &Writer, turn: &FinishedTurn) -> Result<(), StoreError> {
    let mut tx = writer.begin().await?;
    let finished = finish_in(&mut tx, turn).await;
    tx.end(finished).await
}

async fn finish_in(tx: &mut SqliteConnection, turn: &FinishedTurn) -> Result<(), StoreError> {
    let answer = &turn.answer;
    let status = match answer.status {
        AnswerStatus::Running => "running",
        AnswerStatus::Ok => "ok",
        AnswerStatus::Stopped => "stopped",
        AnswerStatus::Error => "error",
    };
    let state = turn.state.as_ref().map(rows::to_json).transpose()?;
    let transcript = match &turn.transcript[..] {
        [] => None,
        messages => Some(rows::to_json(&messages)?),
    };
    sqlx::query(
        "UPDATE message SET text = ?2, status = ?3, answer = ?4, state = ?5, transcript = ?6 \
         WHERE id = ?1",
    )
    .bind(answer.message_id.to_string())
    .bind(&answer.reply)
    .bind(status)
    .bind(rows::to_json(answer)?)
    .bind(state)
    .bind(transcript)
    .execute(&mut *tx)
    .await
    .map_err(database)?;
    // An end that had to wait may come after a later turn.
    sqlx::query("UPDATE conversation SET updated_at = max(updated_at, ?2) WHERE id = ?1")
        .bind(answer.conversation_id.to_string())
        .bind(turn.at.as_millisecond())
        .execute(&mut *tx)
        .await
        .map_err(database)?;
    proposals::record(&mut *tx, turn).await?;
    spend::add(tx, &turn.owner, answer, turn.at).await
}

pub(super) async fn attach_trace(
    writer: &Writer,
    message: Uuid,
    trace: &str,
) -> Result<(), StoreError> {
    let mut tx = writer.begin().await?;
    let attached = sqlx::query("UPDATE message SET trace = ?2 WHERE id = ?1")
        .bind(message.to_string())
        .bind(trace)
        .execute(&mut *tx)
        .await
        .map_err(database)
        .map(drop);
    tx.end(attached).await
}

pub(super) async fn recover(writer: &Writer) -> Result<u64, StoreError> {
    stop(writer, None).await
}

pub(super) async fn stop_abandoned(writer: &Writer, conversation: Uuid) -> Result<u64, StoreError> {
    stop(writer, Some(conversation.to_string())).await
}

/// Ends what is running, in one conversation or in all.
async fn stop(writer: &Writer, conversation: Option<String>) -> Result<u64, StoreError> {
    let mut tx = writer.begin().await?;
    let stopped = sqlx::query(
        "UPDATE message SET status = 'stopped', answer = json_set(answer, '$.status', 'stopped') \
         WHERE status = 'running' AND (?1 IS NULL OR conversation_id = ?1)",
    )
    .bind(conversation)
    .execute(&mut *tx)
    .await
    .map_err(database)
    .map(|stopped| stopped.rows_affected());
    tx.end(stopped).await
}

pub(super) async fn answer(
    pool: &SqlitePool,
    owner: &Owner,
    message: Uuid,
) -> Result<Answer, StoreError> {
    let answer: String = sqlx::query_scalar(
        "SELECT m.answer FROM message m JOIN conversation c ON c.id = m.conversation_id \
         WHERE m.id = ? AND c.owner = ? AND m.answer IS NOT NULL",
    )
    .bind(message.to_string())
    .bind(&owner.0)
    .fetch_one(pool)
    .await
    .map_err(database)?;
    rows::json(&answer)
}

pub(super) async fn replay(
    pool: &SqlitePool,
    owner: &Owner,
    key: &str,
    now: Timestamp,
) -> Result<Option<Replay>, StoreError> {
    let row = sqlx::query(
        "SELECT digest, message_id FROM idempotency WHERE owner = ? AND key = ? AND created_at >= ?",
    )
    .bind(&owner.0)
    .bind(key)
    .bind(now.as_millisecond() - REPLAY_MILLIS)
    .fetch_optional(pool)
    .await
    .map_err(database)?;
    row.map(|row| {
        Ok(Replay {
            digest: rows::text(&row, "digest")?,
            message: rows::id(&row, "message_id")?,
        })
    })
    .transpose()
}

pub(super) async fn trace(
    pool: &SqlitePool,
    trace_id: &str,
) -> Result<Vec<StoredTrace>, StoreError> {
    let rows = sqlx::query(
        "SELECT c.owner, m.traceparent, m.trace FROM message m JOIN conversation c ON c.id = m.conversation_id \
         WHERE m.trace_id = ? ORDER BY m.seq",
    )
    .bind(trace_id)
    .fetch_all(pool)
    .await
    .map_err(database)?;
    let stored = |row: &SqliteRow| {
        let owner = Owner(rows::text(row, "owner")?);
        Ok(StoredTrace {
            owner,
            traceparent: rows::optional(row, "traceparent")?,
            trace: rows::optional(row, "trace")?,
        })
    };
    rows.iter().map(stored).collect()
}
