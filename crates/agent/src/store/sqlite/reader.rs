//! Connections that only read: each statement has a deadline, and so has the wait for a connection.

use std::time::{Duration, Instant};

use sqlx::{
    SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

/// Longest that one statement may read, and that it may wait for a connection before.
pub(super) const DEADLINE: Duration = Duration::from_secs(1);
/// Steps of SQLite's machine between two looks at the clock: some ten microseconds.
const STEPS: i32 = 1_000;

/// Opens connections of which each statement is interrupted after `deadline`.
///
/// A statement that runs on the pool itself takes a connection for itself, so the deadline begins when
/// it is handed out. It is kept inside SQLite: a future that is dropped, or a thread that is late,
/// changes nothing, and whoever gets the connection next sets a deadline of its own first.
pub(super) async fn pool(
    options: SqliteConnectOptions,
    size: u32,
    deadline: Duration,
) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(size)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(deadline)
        // To set the deadline shows just as well that the connection lives.
        .test_before_acquire(false)
        .after_connect(move |connection, _| Box::pin(begin(connection, deadline)))
        .before_acquire(move |connection, _| {
            Box::pin(async move { begin(connection, deadline).await.map(|()| true) })
        })
        .connect_with(options)
        .await
}

async fn begin(connection: &mut SqliteConnection, deadline: Duration) -> Result<(), sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    let begun = Instant::now();
    handle.set_progress_handler(STEPS, move || begun.elapsed() < deadline);
    Ok(())
}

/// Whether the deadline has passed, for the statement or for the wait.
pub(super) fn is_late(error: &sqlx::Error) -> bool {
    /// `SQLITE_INTERRUPT`.
    const INTERRUPTED: &str = "9";
    match error {
        sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(error) => error.code().as_deref() == Some(INTERRUPTED),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{StoreError, sqlite::database};

    /// Never ends.
    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
        SELECT count(*) FROM n";
    const SHORT: Duration = Duration::from_millis(200);

    async fn one_connection() -> SqlitePool {
        let options = SqliteConnectOptions::new().in_memory(true);
        pool(options, 1, SHORT).await.unwrap()
    }

    async fn count(pool: &SqlitePool, sql: &'static str) -> Result<i64, StoreError> {
        let read = sqlx::query_scalar(sql).fetch_one(pool).await;
        read.map_err(database)
    }

    #[tokio::test]
    async fn a_read_without_end_is_interrupted_and_the_next_one_has_its_own_time() {
        let pool = one_connection().await;
        for _ in 0..3 {
            assert_eq!(count(&pool, ENDLESS).await, Err(StoreError::TimedOut));
            assert_eq!(count(&pool, "SELECT 7").await, Ok(7));
        }
        // The clock begins with the statement and not with the connection.
        tokio::time::sleep(2 * SHORT).await;
        let busy = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) \
            SELECT count(*) FROM n";
        assert_eq!(count(&pool, busy).await, Ok(5000));
    }

    #[tokio::test]
    async fn whoever_finds_no_connection_waits_no_longer() {
        let pool = one_connection().await;
        let held = pool.acquire().await.unwrap();
        assert_eq!(count(&pool, "SELECT 7").await, Err(StoreError::TimedOut));
        drop(held);
        assert_eq!(count(&pool, "SELECT 7").await, Ok(7));
    }

    #[tokio::test]
    async fn a_read_that_nobody_waits_for_any_more_ends_too() {
        let pool = one_connection().await;
        for _ in 0..3 {
            let gone = tokio::time::timeout(SHORT / 10, count(&pool, ENDLESS)).await;
            assert!(gone.is_err(), "it was dropped while it ran");
            let next = async {
                // The connection is free when the deadline of the abandoned read has passed.
                loop {
                    match count(&pool, "SELECT 7").await {
                        Err(StoreError::TimedOut) => {}
                        read => break read,
                    }
                }
            };
            let next = tokio::time::timeout(50 * SHORT, next).await;
            assert_eq!(next, Ok(Ok(7)));
        }
    }
}
