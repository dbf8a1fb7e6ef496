//! Turns: begun, finished, recovered, replayed.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Connection;
use uuid::Uuid;

use super::{
    StoreError,
    branch::{self, Branch},
    branches::Branches,
    proposals::Decisions,
    reader::Reader,
    rows,
    search::{self, Document, Unindexed},
    spend::Cost,
    state, statements,
    writer::Writer,
};
use crate::{
    answer::{Answer, AnswerStatus},
    store::{BegunTurn, FinishedTurn, NewTurn, Owner, Question, Replay},
};

/// How long an idempotency key is kept.
const REPLAY_MILLIS: i64 = 24 * 3_600_000;
/// Longest title that is taken from a first message, in characters.
const TITLE_CHARS: usize = 80;

pub(super) async fn begin(
    writer: &Writer,
    branches: &Branches,
    turn: &NewTurn,
) -> Result<BegunTurn, StoreError> {
    let conversation = turn.ids.conversation;
    let known = branches.take(conversation);
    let begin = Begin {
        conversation: conversation.to_string(),
        answer: rows::to_json(&turn.answer)?,
        known: known.as_ref().map(|known| known.last.clone()),
        turn: turn.clone(),
    };
    let unindexed = writer.unindexed.clone();
    let branch = writer.change(move |tx| begin.run(tx, &unindexed)).await?;
    let (begun, known) = branch.begun(known)?;
    if let Some(known) = known {
        branches.keep(conversation, known);
    }
    Ok(begun)
}

/// A turn to begin, its answer written out.
struct Begin {
    turn: NewTurn,
    conversation: String,
    answer: String,
    /// Id of the last message that is known.
    known: Option<String>,
}

impl Begin {
    fn run(&self, tx: &Connection, unindexed: &Unindexed) -> Result<Branch, StoreError> {
        let turn = &self.turn;
        let of = self.touch_conversation(tx, unindexed)?;
        let parent = match &turn.question {
            Question::New { parent, .. } => match parent {
                Some(parent) => Some(parent.to_string()),
                None => branch::newest(tx, &self.conversation)?,
            },
            Question::Edited { of, .. } => branch::before(tx, &self.conversation, *of)?,
            Question::Again => branch::before(tx, &self.conversation, turn.ids.user_message)?,
        };
        let branch = branch::read(
            tx,
            &self.conversation,
            parent.as_deref(),
            self.known.as_deref(),
        )?;
        // Of two presses at once, the later one is begun after the earlier one has ended, and sees it.
        if let Question::New {
            decides: Some(id), ..
        } = turn.question
            && !branch
                .state
                .proposal
                .as_ref()
                .is_some_and(|last| last.id == id && last.is_live(turn.at))
        {
            return Err(StoreError::Closed);
        }
        let asked = self.insert_messages(tx, parent.as_deref(), branch.length)?;
        if let Some(asked) = asked {
            unindexed.add(&turn.owner.0, Document::message(of, asked));
        }
        self.keep_key(tx)?;
        Ok(branch)
    }

    /// Makes the conversation, or moves it up; returns its number.
    fn touch_conversation(
        &self,
        tx: &Connection,
        unindexed: &Unindexed,
    ) -> Result<i64, StoreError> {
        let (turn, at) = (&self.turn, self.turn.at.as_millisecond());
        if !turn.new_conversation {
            let touched = statements::changed(
                tx,
                "UPDATE conversation SET updated_at = ?3 WHERE id = ?1 AND owner = ?2 RETURNING seq",
                (&self.conversation, &turn.owner.0, at),
                |row| rows::number(row, "seq"),
            )?;
            return touched.ok_or(StoreError::NotFound);
        }
        let title = match &turn.question {
            Question::New { text, .. } => title(text),
            // A new conversation holds no message yet.
            Question::Edited { .. } | Question::Again => return Err(StoreError::NotFound),
        };
        statements::execute(
            tx,
            "INSERT INTO conversation (id, owner, title, created_at, updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?4)",
            (&self.conversation, &turn.owner.0, title, at),
        )?;
        let seq = tx.last_insert_rowid();
        unindexed.add(&turn.owner.0, Document::title(seq));
        Ok(seq)
    }

    /// Records question and answer, the question as the one after `depth` others of its branch; returns
    /// the question's number, where it is new.
    fn insert_messages(
        &self,
        tx: &Connection,
        parent: Option<&str>,
        depth: i64,
    ) -> Result<Option<i64>, StoreError> {
        let (turn, at) = (&self.turn, self.turn.at.as_millisecond());
        let user = turn.ids.user_message.to_string();
        let mut asked = None;
        let written = match &turn.question {
            Question::New { text, decides, .. } => Some((text, decides.is_some())),
            Question::Edited { text, .. } => Some((text, false)),
            Question::Again => None,
        };
        if let Some((text, is_button)) = written {
            statements::execute(
                tx,
                "INSERT INTO message \
                 (id, conversation_id, parent_id, role, text, button, created_at, depth) \
                 VALUES (?, ?, ?, 'user', ?, ?, ?, ?)",
                (
                    &user,
                    &self.conversation,
                    parent,
                    text,
                    is_button,
                    at,
                    depth,
                ),
            )?;
            asked = Some(tx.last_insert_rowid());
        }
        statements::execute(
            tx,
            "INSERT INTO message (id, conversation_id, parent_id, role, text, created_at, status, \
             trace_id, traceparent, answer, depth) \
             VALUES (?, ?, ?, 'agent', '', ?, 'running', ?, ?, ?, ?)",
            (
                turn.ids.message.to_string(),
                &self.conversation,
                &user,
                at,
                &turn.ids.trace,
                &turn.traceparent,
                &self.answer,
                depth + 1,
            ),
        )?;
        Ok(asked)
    }

    fn keep_key(&self, tx: &Connection) -> Result<(), StoreError> {
        let (turn, at) = (&self.turn, self.turn.at.as_millisecond());
        let Some(idempotency) = &turn.idempotency else {
            return Ok(());
        };
        statements::execute(
            tx,
            "DELETE FROM idempotency WHERE created_at < ?",
            [at - REPLAY_MILLIS],
        )?;
        let kept = statements::execute(
            tx,
            "INSERT INTO idempotency (owner, key, digest, message_id, created_at) \
             VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner, key) DO UPDATE \
             SET message_id = excluded.message_id, created_at = excluded.created_at \
             WHERE message_id = ?",
            (
                &turn.owner.0,
                &idempotency.key,
                &idempotency.digest,
                turn.ids.message.to_string(),
                at,
                idempotency.replaces.map(|message| message.to_string()),
            ),
        )?;
        match kept {
            0 => Err(StoreError::Busy),
            _ => Ok(()),
        }
    }
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

pub(super) async fn finish(writer: &Writer, turn: &FinishedTurn) -> Result<(), StoreError> {
    let finish = Finish::new(turn)?;
    let unindexed = writer.unindexed.clone();
    writer.change(move |tx| finish.run(tx, &unindexed)).await
}

/// The end of a turn, its documents written out.
struct Finish {
    owner: Owner,
    conversation: String,
    user_message: String,
    message: String,
    reply: String,
    status: &'static str,
    answer: Arc<str>,
    state: Option<String>,
    transcript: Option<String>,
    at: Timestamp,
    decisions: Decisions,
    cost: Option<Cost>,
}

impl Finish {
    fn new(turn: &FinishedTurn) -> Result<Self, StoreError> {
        let answer = &turn.answer;
        Ok(Self {
            owner: turn.owner.clone(),
            conversation: answer.conversation_id.to_string(),
            user_message: answer.user_message_id.to_string(),
            message: answer.message_id.to_string(),
            reply: answer.reply.clone(),
            status: match answer.status {
                AnswerStatus::Running => "running",
                AnswerStatus::Ok => "ok",
                AnswerStatus::Stopped => "stopped",
                AnswerStatus::Error => "error",
            },
            answer: turn.json().map_err(|error| rows::unreadable(&error))?,
            state: turn
                .state
                .as_ref()
                .map(|after| state::to_json(after, answer))
                .transpose()?,
            transcript: match &turn.transcript[..] {
                [] => None,
                messages => Some(rows::to_json(&messages)?),
            },
            at: turn.at,
            decisions: Decisions::of(turn),
            cost: Cost::of(answer, turn.at),
        })
    }

    fn run(&self, tx: &Connection, unindexed: &Unindexed) -> Result<(), StoreError> {
        let message = statements::changed(
            tx,
            "UPDATE message SET text = ?2, status = ?3, answer = ?4, state = ?5, transcript = ?6 \
             WHERE id = ?1 RETURNING seq",
            (
                &self.message,
                &self.reply,
                self.status,
                &self.answer,
                &self.state,
                &self.transcript,
            ),
            |row| rows::number(row, "seq"),
        )?;
        // An end that had to wait may come after a later turn.
        let conversation = statements::changed(
            tx,
            "UPDATE conversation SET updated_at = max(updated_at, ?2) WHERE id = ?1 RETURNING seq",
            (&self.conversation, self.at.as_millisecond()),
            |row| rows::number(row, "seq"),
        )?;
        if let (Some(message), Some(conversation)) = (message, conversation) {
            search::lower_mark(tx, message)?;
            unindexed.add(&self.owner.0, Document::message(conversation, message));
        }
        self.decisions
            .record(tx, &self.conversation, &self.user_message)?;
        match &self.cost {
            Some(cost) => cost.add(tx, &self.owner, &self.message),
            None => Ok(()),
        }
    }
}

pub(super) async fn recover(writer: &Writer) -> Result<u64, StoreError> {
    stop(writer, None).await
}

pub(super) async fn stop_abandoned(writer: &Writer, conversation: Uuid) -> Result<u64, StoreError> {
    stop(writer, Some(conversation.to_string())).await
}

/// Ends what is running, in one conversation or in all.
async fn stop(writer: &Writer, conversation: Option<String>) -> Result<u64, StoreError> {
    let stopped = writer.change(move |tx| {
        statements::execute(
            tx,
            "UPDATE message SET status = 'stopped', answer = json_set(answer, '$.status', 'stopped') \
             WHERE status = 'running' AND (?1 IS NULL OR conversation_id = ?1)",
            [&conversation],
        )
    });
    Ok(stopped.await? as u64)
}

pub(super) async fn answer(
    reader: &Reader,
    owner: &Owner,
    message: Uuid,
) -> Result<Answer, StoreError> {
    let owner = owner.clone();
    reader
        .read(move |connection| {
            statements::one(
                connection,
                "SELECT m.answer FROM message m JOIN conversation c ON c.id = m.conversation_id \
                 WHERE m.id = ? AND c.owner = ? AND m.answer IS NOT NULL",
                (message.to_string(), &owner.0),
                |row| rows::json(&rows::text(row, "answer")?),
            )
        })
        .await
}

pub(super) async fn replay(
    reader: &Reader,
    owner: &Owner,
    key: &str,
    now: Timestamp,
) -> Result<Option<Replay>, StoreError> {
    let (owner, key) = (owner.clone(), key.to_owned());
    let since = now.as_millisecond() - REPLAY_MILLIS;
    reader
        .read(move |connection| {
            statements::optional(
                connection,
                "SELECT digest, message_id FROM idempotency \
                 WHERE owner = ? AND key = ? AND created_at >= ?",
                (&owner.0, &key, since),
                |row| {
                    Ok(Replay {
                        digest: rows::text(row, "digest")?,
                        message: rows::id(row, "message_id")?,
                    })
                },
            )
        })
        .await
}
