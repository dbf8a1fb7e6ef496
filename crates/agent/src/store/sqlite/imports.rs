//! Conversations that someone brings along.

use rusqlite::Connection;

use super::{
    StoreError, rows,
    search::{Document, Unindexed},
    statements,
    writer::Writer,
};
use crate::store::{Import, Owner, Said};

pub(super) async fn add(writer: &Writer, owner: &Owner, import: &Import) -> Result<(), StoreError> {
    let messages = import.messages.iter().map(Row::of);
    let add = Add {
        owner: owner.clone(),
        id: import.id.to_string(),
        title: import.title.clone(),
        at: import.at.as_millisecond(),
        messages: messages.collect::<Result<_, _>>()?,
    };
    let unindexed = writer.unindexed.clone();
    writer.change(move |tx| add.run(tx, &unindexed)).await
}

/// A conversation, its documents written out.
struct Add {
    owner: Owner,
    id: String,
    title: String,
    at: i64,
    messages: Vec<Row>,
}

struct Row {
    id: String,
    created_at: i64,
    role: &'static str,
    text: String,
    status: Option<&'static str>,
    answer: Option<String>,
}

impl Row {
    fn of(message: &crate::store::ImportedMessage) -> Result<Self, StoreError> {
        let (role, text, answer) = match &message.said {
            Said::Person(text) => ("user", text, None),
            Said::Agent(answer) => ("agent", &answer.reply, Some(rows::to_json(answer)?)),
        };
        Ok(Self {
            id: message.id.to_string(),
            created_at: message.created_at.as_millisecond(),
            role,
            text: text.clone(),
            status: answer.as_ref().map(|_| "ok"),
            answer,
        })
    }
}

impl Add {
    fn run(&self, tx: &Connection, unindexed: &Unindexed) -> Result<(), StoreError> {
        statements::execute(
            tx,
            "INSERT INTO conversation (id, owner, title, created_at, updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?4)",
            (&self.id, &self.owner.0, &self.title, self.at),
        )?;
        let conversation = tx.last_insert_rowid();
        unindexed.add(&self.owner.0, Document::title(conversation));
        let mut parent: Option<&str> = None;
        for (depth, message) in (0_i64..).zip(&self.messages) {
            statements::execute(
                tx,
                "INSERT INTO message \
                 (id, conversation_id, parent_id, role, text, created_at, status, answer, depth) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    &message.id,
                    &self.id,
                    parent,
                    message.role,
                    &message.text,
                    message.created_at,
                    message.status,
                    &message.answer,
                    depth,
                ),
            )?;
            let message_seq = tx.last_insert_rowid();
            unindexed.add(&self.owner.0, Document::message(conversation, message_seq));
            parent = Some(&message.id);
        }
        Ok(())
    }
}
