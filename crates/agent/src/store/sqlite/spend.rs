//! What was spent, kept as sums: a budget is read before each turn.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use sqlx::{Row, SqliteConnection, SqlitePool};

use super::{StoreError, database};
use crate::{
    answer::Answer,
    store::{Owner, Spent},
};

/// How long sums are kept, in days: a year and a month, so that years can be compared.
const KEPT_DAYS: i64 = 400;
/// Sums are integers: floats would drift over many small additions.
const NANO: f64 = 1e9;

/// Adds the cost of an ended turn, once for its message. An unknown cost adds nothing.
pub(super) async fn add(
    tx: &mut SqliteConnection,
    owner: &Owner,
    answer: &Answer,
    at: Timestamp,
) -> Result<(), StoreError> {
    let cost = answer.usage.estimated_cost_usd;
    let nano_usd = cost
        .filter(|usd| usd.is_finite())
        .map_or(0, |usd| (usd * NANO).round() as i64);
    if nano_usd <= 0 {
        return Ok(());
    }
    let date = at.to_zoned(TimeZone::UTC).date();
    let day = date.to_string();
    let counted = sqlx::query(
        "INSERT INTO spend_counted (message_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(answer.message_id.to_string())
    .bind(&day)
    .execute(&mut *tx)
    .await
    .map_err(database)?;
    if counted.rows_affected() == 0 {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO spend_of_owner (day, owner, nano_usd) VALUES (?, ?, ?) \
         ON CONFLICT (day, owner) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd",
    )
    .bind(&day)
    .bind(&owner.0)
    .bind(nano_usd)
    .execute(&mut *tx)
    .await
    .map_err(database)?;
    sqlx::query(
        "INSERT INTO spend_of_day (day, nano_usd) VALUES (?, ?) \
         ON CONFLICT (day) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd",
    )
    .bind(&day)
    .bind(nano_usd)
    .execute(&mut *tx)
    .await
    .map_err(database)?;
    forget(tx, date).await
}

async fn forget(tx: &mut SqliteConnection, today: Date) -> Result<(), StoreError> {
    let oldest = today
        .saturating_sub(Span::new().days(KEPT_DAYS))
        .to_string();
    for delete in [
        "DELETE FROM spend_of_owner WHERE day < ?",
        "DELETE FROM spend_of_day WHERE day < ?",
        "DELETE FROM spend_counted WHERE day < ?",
    ] {
        sqlx::query(delete)
            .bind(&oldest)
            .execute(&mut *tx)
            .await
            .map_err(database)?;
    }
    Ok(())
}

pub(super) async fn read(pool: &SqlitePool, owner: &Owner, day: Date) -> Result<Spent, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT nano_usd FROM spend_of_owner WHERE day = ?1 AND owner = ?2) AS of_owner, \
         (SELECT nano_usd FROM spend_of_day WHERE day = ?1) AS of_day",
    )
    .bind(day.to_string())
    .bind(&owner.0)
    .fetch_one(pool)
    .await
    .map_err(database)?;
    let usd = |column: &str| -> Result<f64, StoreError> {
        let nano_usd: Option<i64> = row.try_get(column).map_err(database)?;
        Ok(dollars(nano_usd))
    };
    Ok(Spent {
        by_owner_usd: usd("of_owner")?,
        total_usd: usd("of_day")?,
    })
}

pub(super) async fn total(pool: &SqlitePool, day: Date) -> Result<f64, StoreError> {
    let nano_usd = sqlx::query_scalar("SELECT nano_usd FROM spend_of_day WHERE day = ?")
        .bind(day.to_string())
        .fetch_optional(pool)
        .await
        .map_err(database)?;
    Ok(dollars(nano_usd))
}

fn dollars(nano_usd: Option<i64>) -> f64 {
    nano_usd.unwrap_or_default() as f64 / NANO
}
