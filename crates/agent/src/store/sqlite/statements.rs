//! Statements, compiled once for a connection.

#[cfg(test)]
mod watched;

use rusqlite::{Connection, Params, Row};

#[cfg(not(test))]
use rusqlite::CachedStatement as Statement;
#[cfg(test)]
use watched::Statement;

use super::{StoreError, connection::database};

fn compiled<'c>(connection: &'c Connection, sql: &str) -> Result<Statement<'c>, StoreError> {
    let statement = connection.prepare_cached(sql).map_err(database)?;
    #[cfg(test)]
    let statement = Statement::watch(statement, sql);
    Ok(statement)
}

/// Runs a statement; returns how many rows it changed.
pub(super) fn execute(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<usize, StoreError> {
    let mut statement = compiled(connection, sql)?;
    statement.execute(params).map_err(database)
}

/// The first row, if there is one.
pub(super) fn optional<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = compiled(connection, sql)?;
    let mut rows = statement.query(params).map_err(database)?;
    rows.next().map_err(database)?.map(read).transpose()
}

/// The first row.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub(super) fn one<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    optional(connection, sql, params, read)?.ok_or(StoreError::NotFound)
}

/// The row that a change returned, if it changed one; the change is brought to its end.
pub(super) fn changed<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = compiled(connection, sql)?;
    let mut rows = statement.query(params).map_err(database)?;
    let row = rows.next().map_err(database)?.map(read).transpose()?;
    while rows.next().map_err(database)?.is_some() {}
    Ok(row)
}

/// All rows.
pub(super) fn all<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = compiled(connection, sql)?;
    let mut rows = statement.query(params).map_err(database)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(database)? {
        found.push(read(row)?);
    }
    Ok(found)
}
