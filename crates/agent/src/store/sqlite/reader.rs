//! Connections that only read, each in a thread of its own: a read has a deadline, and so has the wait
//! for a connection.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::{
    StoreError,
    connection::{Opener, database},
    job::{Job, job, spawn},
    queue::Queue,
    writer::Writer,
};

/// Longest that a read may take, and that it may wait for a connection before.
pub(super) const DEADLINE: Duration = Duration::from_secs(1);
/// Steps of SQLite's machine between two looks at the clock: some ten microseconds.
const STEPS: i32 = 1_000;

/// Where reads are done.
pub(super) enum Reader {
    /// On connections of their own.
    Threads(Threads),
    /// In memory: by the one connection that writes, since two would lock each other out, and without
    /// a deadline, since an interrupted write could lose the whole database.
    Writer(Writer),
}

impl Reader {
    /// Does a read, of however many statements.
    ///
    /// # Errors
    /// [`StoreError::TimedOut`] when it took too long or found no connection; else its own.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        match self {
            Self::Threads(threads) => threads.read(work).await,
            Self::Writer(writer) => writer.change(work).await,
        }
    }
}

/// Threads that share a queue of reads.
pub(super) struct Threads {
    queue: Arc<Queue<Box<dyn Job>>>,
    deadline: Duration,
}

impl Threads {
    /// Opens `size` connections whose reads are interrupted after `deadline`.
    pub(super) fn open(
        opener: &Opener,
        size: usize,
        deadline: Duration,
    ) -> Result<Self, StoreError> {
        // Whatever fails, the queue is closed and threads that began end.
        let threads = Self {
            queue: Arc::new(Queue::new()),
            deadline,
        };
        for _ in 0..size {
            let (connection, queue) = (opener.open()?, Arc::clone(&threads.queue));
            spawn("store-reader", move || run(connection, &queue, deadline))?;
        }
        Ok(threads)
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (job, waiting) = job(work);
        self.queue.push(job);
        waiting.answer(self.deadline, || StoreError::TimedOut).await
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// The deadline is kept inside SQLite: a future that is dropped changes nothing, and whoever gets the
/// connection next has a deadline of its own.
fn run(mut connection: Connection, queue: &Queue<Box<dyn Job>>, deadline: Duration) {
    while let Some(mut job) = queue.pop() {
        if !job.begin() {
            continue;
        }
        let begun = Instant::now();
        let late = move || begun.elapsed() >= deadline;
        let set = connection.progress_handler(STEPS, Some(late));
        let outcome = match set.map_err(database) {
            Ok(()) => job.run(&connection),
            Err(error) => Err(error),
        };
        job.answer(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::{address::Address, connection::CACHE_KIB};

    /// Never ends.
    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
        SELECT count(*) FROM n";
    const SHORT: Duration = Duration::from_millis(200);

    fn one_connection() -> Threads {
        let opener = Opener {
            address: Address::parse("sqlite::memory:").unwrap(),
            busy_timeout: SHORT,
            create: true,
            cache_kib: CACHE_KIB,
        };
        Threads::open(&opener, 1, SHORT).unwrap()
    }

    async fn count(threads: &Threads, sql: &'static str) -> Result<i64, StoreError> {
        threads
            .read(move |connection| {
                connection
                    .query_row(sql, [], |row| row.get(0))
                    .map_err(database)
            })
            .await
    }

    #[tokio::test]
    async fn a_read_without_end_is_interrupted_and_the_next_one_has_its_own_time() {
        let threads = one_connection();
        for _ in 0..3 {
            assert_eq!(count(&threads, ENDLESS).await, Err(StoreError::TimedOut));
            assert_eq!(count(&threads, "SELECT 7").await, Ok(7));
        }
        // The clock begins with the read and not with the connection.
        tokio::time::sleep(2 * SHORT).await;
        let busy = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) \
            SELECT count(*) FROM n";
        assert_eq!(count(&threads, busy).await, Ok(5000));
    }

    #[tokio::test]
    async fn whoever_finds_no_connection_waits_no_longer() {
        let threads = one_connection();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (begun, holds) = tokio::sync::oneshot::channel();
        let begun = std::sync::Mutex::new(Some(begun));
        let held = std::sync::Mutex::new(held);
        let hold = threads.read(move |_| {
            begun.lock().unwrap().take().unwrap().send(()).unwrap();
            // Until the other end is dropped.
            let _ = held.lock().unwrap().recv();
            Ok(())
        });
        let other = async {
            holds.await.unwrap();
            assert_eq!(count(&threads, "SELECT 7").await, Err(StoreError::TimedOut));
            drop(release);
        };
        let (held, ()) = tokio::join!(hold, other);
        assert_eq!(held, Ok(()), "what has begun is waited for");
        assert_eq!(count(&threads, "SELECT 7").await, Ok(7));
    }

    #[tokio::test]
    async fn a_read_that_nobody_waits_for_any_more_ends_too() {
        let threads = one_connection();
        for _ in 0..3 {
            let gone = tokio::time::timeout(SHORT / 10, count(&threads, ENDLESS)).await;
            assert!(gone.is_err(), "it was dropped while it ran");
            let next = async {
                // The connection is free when the deadline of the abandoned read has passed.
                loop {
                    match count(&threads, "SELECT 7").await {
                        Err(StoreError::TimedOut) => {}
                        read => break read,
                    }
                }
            };
            let next = tokio::time::timeout(50 * SHORT, next).await;
            assert_eq!(next, Ok(Ok(7)));
        }
    }

    #[tokio::test]
    async fn a_defect_in_one_read_ends_no_other() {
        let threads = one_connection();
        let failed = threads
            .read(|_| -> Result<(), _> { panic!("a defect") })
            .await;
        assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
        assert_eq!(count(&threads, "SELECT 7").await, Ok(7));
    }
}
