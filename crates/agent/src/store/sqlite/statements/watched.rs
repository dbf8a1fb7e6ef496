//! What statements take, and the test that none of them takes more for what others have stored.

use std::{
    collections::BTreeMap,
    ops::{Deref, DerefMut},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{CachedStatement, StatementStatus};

mod tests;

/// A statement whose steps are counted when its use ends.
pub(super) struct Statement<'c> {
    statement: CachedStatement<'c>,
    sql: String,
}

impl<'c> Statement<'c> {
    pub(super) fn watch(statement: CachedStatement<'c>, sql: &str) -> Self {
        statement.reset_status(StatementStatus::VmStep);
        let sql = sql.to_owned();
        Self { statement, sql }
    }
}

impl<'c> Deref for Statement<'c> {
    type Target = CachedStatement<'c>;

    fn deref(&self) -> &Self::Target {
        &self.statement
    }
}

impl DerefMut for Statement<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.statement
    }
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        let steps = self.statement.get_status(StatementStatus::VmStep);
        let mut most = most_steps();
        let most = most.entry(std::mem::take(&mut self.sql)).or_default();
        *most = steps.max(*most);
    }
}

/// The most steps of SQLite's machine that one use of a statement took in this process.
fn most_steps() -> MutexGuard<'static, BTreeMap<String, i32>> {
    static MOST: Mutex<BTreeMap<String, i32>> = Mutex::new(BTreeMap::new());
    MOST.lock().unwrap_or_else(PoisonError::into_inner)
}
