//! Brings a database file to the tables of this version.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::{StoreError, connection::database};

/// Every migration, the oldest first; the version of a file is how many of them it has seen.
const MIGRATIONS: [&str; 11] = [
    include_str!("../../../migrations/sqlite/0001_conversations.sql"),
    include_str!("../../../migrations/sqlite/0002_spend.sql"),
    include_str!("../../../migrations/sqlite/0003_transcript.sql"),
    include_str!("../../../migrations/sqlite/0004_decisions.sql"),
    include_str!("../../../migrations/sqlite/0005_feedback.sql"),
    include_str!("../../../migrations/sqlite/0006_traceparent.sql"),
    include_str!("../../../migrations/sqlite/0007_probe.sql"),
    include_str!("../../../migrations/sqlite/0008_out_of_the_way.sql"),
    include_str!("../../../migrations/sqlite/0009_shares.sql"),
    include_str!("../../../migrations/sqlite/0010_refusals.sql"),
    include_str!("../../../migrations/sqlite/0011_ways.sql"),
];

/// Runs the migrations that the file has not seen, all of them or none.
///
/// # Errors
/// [`StoreError::Database`], also for a file that a newer version wrote.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    // At once, so that nobody migrates the same file at the same time.
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(database)?;
    let seen = version(&tx)?;
    let Some(missing) = MIGRATIONS.get(seen..) else {
        let detail = format!("the database is of a newer version of the program ({seen})");
        return Err(StoreError::Database(detail));
    };
    if missing.is_empty() {
        return Ok(());
    }
    for sql in missing {
        tx.execute_batch(sql).map_err(database)?;
    }
    tx.pragma_update(None, "user_version", MIGRATIONS.len() as i64)
        .map_err(database)?;
    if has_ledger(&tx)? {
        // Versions that kept it refuse a file whose migrations they do not know.
        tx.execute(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (?1, 'newer', TRUE, x'', 0) ON CONFLICT DO NOTHING",
            [MIGRATIONS.len() as i64],
        )
        .map_err(database)?;
    }
    tx.commit().map_err(database)
}

/// How many migrations a file has seen. Up to the seventh they were recorded in a table by the library
/// that ran them.
fn version(tx: &Connection) -> Result<usize, StoreError> {
    let mut version: i64 = tx
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(database)?;
    if version == 0 && has_ledger(tx)? {
        let (last, whole): (i64, bool) = tx
            .query_row(
                "SELECT coalesce(max(version), 0), coalesce(min(success), 1) FROM _sqlx_migrations",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(database)?;
        if !whole {
            let detail = "a migration of the database was left unfinished".to_owned();
            return Err(StoreError::Database(detail));
        }
        version = last;
    }
    usize::try_from(version)
        .map_err(|_| StoreError::Database(format!("the database has version {version}")))
}

fn has_ledger(tx: &Connection) -> Result<bool, StoreError> {
    let found = tx
        .query_row(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
            [],
            |_| Ok(()),
        )
        .optional()
        .map_err(database)?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(connection: &Connection) -> Vec<String> {
        let sql = "SELECT name || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE '%sqlx%' ORDER BY 1";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// A file of the versions that kept a table of migrations.
    fn older(seen: usize) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        let ledger = "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, \
            description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, \
            success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)";
        connection.execute_batch(ledger).unwrap();
        for (nth, sql) in MIGRATIONS.iter().enumerate().take(seen) {
            connection.execute_batch(sql).unwrap();
            let record = "INSERT INTO _sqlx_migrations (version, description, success, checksum, \
                execution_time) VALUES (?1, '', TRUE, x'00', 1)";
            connection.execute(record, [nth as i64 + 1]).unwrap();
        }
        connection
    }

    #[test]
    fn a_file_of_any_version_ends_with_the_same_tables() {
        let mut fresh = Connection::open_in_memory().unwrap();
        run(&mut fresh).unwrap();
        let expected = tables(&fresh);
        run(&mut fresh).unwrap();
        assert_eq!(tables(&fresh), expected, "once");
        for seen in 0..MIGRATIONS.len() {
            let mut older = older(seen);
            run(&mut older).unwrap();
            assert_eq!(tables(&older), expected, "from {seen}");
            run(&mut older).unwrap();
            let last: i64 = older
                .query_row("SELECT max(version) FROM _sqlx_migrations", [], |row| {
                    row.get(0)
                })
                .unwrap();
            assert_eq!(last, 11, "an older program refuses it");
        }
    }

    #[test]
    fn a_newer_or_unfinished_file_is_left_alone() {
        let mut newer = Connection::open_in_memory().unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        let mut unfinished = older(7);
        unfinished
            .execute(
                "UPDATE _sqlx_migrations SET success = FALSE WHERE version = 7",
                [],
            )
            .unwrap();
        for connection in [&mut newer, &mut unfinished] {
            let before = tables(connection);
            let refused = run(connection);
            assert!(
                matches!(refused, Err(StoreError::Database(_))),
                "{refused:?}"
            );
            assert_eq!(tables(connection), before);
        }
    }
}
