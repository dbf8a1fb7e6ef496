//! The one writer: every change of the database is one transaction of one connection.
//!
//! After some errors (disk full, I/O) SQLite has rolled back by itself, and whoever counts
//! transactions beside it goes on inside one that never commits. So nothing is counted here, and a
//! connection that failed inside a transaction is closed; the next change opens another one.

use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, pool::PoolConnection};

use super::{StoreError, database};

/// Pause before the next try while another process writes: whoever waits here gets the connection
/// meanwhile, so that nobody is behind someone else's whole patience.
const PAUSE: Duration = Duration::from_millis(20);
/// SQLite's code for a database that someone else has locked.
const SQLITE_BUSY: i32 = 5;

/// How the last change ended, shared by all that write.
#[derive(Clone, Default)]
pub(super) struct LastWrite(Arc<Mutex<Option<StoreError>>>);

impl LastWrite {
    /// Why it failed, if it did.
    pub(super) fn failure(&self) -> Option<StoreError> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone()
    }

    pub(super) fn set(&self, failure: Option<StoreError>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

/// Whoever changes the database goes through one of these.
pub(super) struct Writer {
    /// One connection: SQLite has one writer at a time anyway, and a queue is fairer than a lock.
    pub(super) pool: SqlitePool,
    /// How long a change waits for its turn, and for another process that holds the file.
    pub(super) patience: Duration,
    /// What became of the last one.
    pub(super) last: LastWrite,
}

impl Writer {
    /// Begins a transaction, which is undone unless [`Writing::end`] is called with an `Ok`.
    pub(super) async fn begin(&self) -> Result<Writing<'_>, StoreError> {
        let begun = tokio::time::timeout(self.patience, self.queue()).await;
        let begun = begun.unwrap_or_else(|_| {
            let detail = "no change was possible in time: another process holds the file, or the disk does not answer";
            Err(StoreError::Database(detail.to_owned()))
        });
        begun.inspect_err(|error| self.last.set(Some(error.clone())))
    }

    async fn queue(&self) -> Result<Writing<'_>, StoreError> {
        loop {
            let mut writing = Writing {
                connection: self.pool.acquire().await.map_err(database)?,
                writer: self,
                sound: false,
            };
            // The lock is taken at once: one that is needed later could be refused without waiting.
            let begin = sqlx::query("BEGIN IMMEDIATE");
            match begin.execute(&mut *writing).await {
                Ok(_) => return Ok(writing),
                // There is no transaction that it could be stuck in.
                Err(error) if is_busy(&error) => writing.sound = true,
                Err(error) => return Err(database(error)),
            }
            drop(writing);
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// A transaction.
pub(super) struct Writing<'a> {
    connection: PoolConnection<Sqlite>,
    writer: &'a Writer,
    /// No transaction is open, and none has failed.
    sound: bool,
}

impl Writing<'_> {
    /// Commits what was done, or undoes what was refused or failed; hands the result on.
    pub(super) async fn end<T>(mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        let end = match &result {
            Ok(_) => Some("COMMIT"),
            Err(error) if error.is_refusal() => Some("ROLLBACK"),
            // Closing undoes it.
            Err(_) => None,
        };
        let result = match end {
            None => result,
            Some(end) => match sqlx::query(end).execute(&mut *self).await {
                Ok(_) => {
                    self.sound = true;
                    result
                }
                Err(error) => result.and(Err(database(error))),
            },
        };
        match &result {
            Ok(_) => self.writer.last.set(None),
            Err(error) if error.is_refusal() => {}
            Err(error) => self.writer.last.set(Some(error.clone())),
        }
        result
    }
}

/// Also where the future that writes is dropped in the middle.
impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if !self.sound {
            self.connection.close_on_drop();
        }
    }
}

impl Deref for Writing<'_> {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Writing<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    let code: Option<i32> = code.and_then(|code| code.parse().ok());
    // The low byte is the kind, the others say which of its kind.
    code.is_some_and(|code| code & 0xff == SQLITE_BUSY)
}

#[cfg(test)]
mod tests;
