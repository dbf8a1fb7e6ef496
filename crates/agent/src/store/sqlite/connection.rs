//! Opens connections, and says what their errors mean.

use std::time::Duration;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags, config::DbConfig, ffi};

use super::{StoreError, address::Address};

/// Statements that a connection keeps compiled: more than the store has.
const STATEMENTS: usize = 100;
/// What a connection that reads keeps of the file, in KiB: SQLite's own choice.
pub(super) const CACHE_KIB: u32 = 2_000;

/// How to open connections of a database.
#[derive(Clone, Debug)]
pub(super) struct Opener {
    pub(super) address: Address,
    /// How long a statement waits for another process that holds the file.
    pub(super) busy_timeout: Duration,
    /// Whether a missing file is made.
    pub(super) create: bool,
    /// How much of the file a connection keeps in memory, in KiB.
    pub(super) cache_kib: u32,
}

impl Opener {
    /// A new connection: write-ahead log, each commit on the disk (an acknowledged message survives a
    /// power cut, not only a killed process), foreign keys.
    pub(super) fn open(&self) -> Result<Connection, StoreError> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match &self.address {
            Address::File(path) => {
                flags.set(OpenFlags::SQLITE_OPEN_CREATE, self.create);
                Connection::open_with_flags(path, flags)
            }
            Address::Memory(name) => {
                flags |= OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI;
                let uri = format!("file:{name}?mode=memory&cache=shared");
                Connection::open_with_flags(uri, flags)
            }
        };
        let connection = connection.map_err(database)?;
        self.configure(&connection).map_err(database)?;
        Ok(connection)
    }

    fn configure(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.busy_timeout(self.busy_timeout)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Plans do not hang on what is bound: otherwise some statements are compiled anew at each use.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "cache_size", -i64::from(self.cache_kib))?;
        // What a savepoint would need to go back is kept in memory: in its temporary file it took as many
        // writes as the log itself, and nobody reads it after a crash.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA temp_store = MEMORY",
        )
    }
}

/// What an error of SQLite means to a caller.
pub(super) fn database(error: Error) -> StoreError {
    match &error {
        Error::QueryReturnedNoRows => StoreError::NotFound,
        Error::SqliteFailure(failure, _) => match (failure.code, failure.extended_code) {
            (ErrorCode::OperationInterrupted, _) => StoreError::TimedOut,
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                StoreError::Busy
            }
            _ => StoreError::Database(error.to_string()),
        },
        _ => StoreError::Database(error.to_string()),
    }
}

/// Whether someone else has the database locked.
pub(super) fn is_busy(error: &Error) -> bool {
    let locked = [ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked];
    error
        .sqlite_error_code()
        .is_some_and(|code| locked.contains(&code))
}
