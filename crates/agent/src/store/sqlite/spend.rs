//! What was spent, kept as sums: a budget is read before each turn.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use rusqlite::Connection;

use super::{StoreError, reader::Reader, rows, statements};
use crate::{
    answer::Answer,
    store::{Owner, Spent},
};

/// How long sums are kept, in days: a year and a month, so that years can be compared.
const KEPT_DAYS: i64 = 400;
/// Sums are integers: floats would drift over many small additions.
const NANO: f64 = 1e9;

/// What an ended turn cost.
pub(super) struct Cost {
    nano_usd: i64,
    day: Date,
}

impl Cost {
    /// An unknown cost is none.
    pub(super) fn of(answer: &Answer, at: Timestamp) -> Option<Self> {
        let cost = answer.usage.estimated_cost_usd;
        let nano_usd = cost
            .filter(|usd| usd.is_finite())
            .map_or(0, |usd| (usd * NANO).round() as i64);
        (nano_usd > 0).then(|| Self {
            nano_usd,
            day: at.to_zoned(TimeZone::UTC).date(),
        })
    }

    /// Adds it to the sums of its day, once for its message.
    pub(super) fn add(
        &self,
        tx: &Connection,
        owner: &Owner,
        message: &str,
    ) -> Result<(), StoreError> {
        let day = self.day.to_string();
        let counted = statements::execute(
            tx,
            "INSERT INTO spend_counted (message_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (message, &day),
        )?;
        if counted == 0 {
            return Ok(());
        }
        statements::execute(
            tx,
            "INSERT INTO spend_of_owner (day, owner, nano_usd) VALUES (?, ?, ?) \
             ON CONFLICT (day, owner) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd",
            (&day, &owner.0, self.nano_usd),
        )?;
        statements::execute(
            tx,
            "INSERT INTO spend_of_day (day, nano_usd) VALUES (?, ?) \
             ON CONFLICT (day) DO UPDATE SET nano_usd = nano_usd + excluded.nano_usd",
            (&day, self.nano_usd),
        )?;
        forget(tx, self.day)
    }
}

fn forget(tx: &Connection, today: Date) -> Result<(), StoreError> {
    let oldest = today
        .saturating_sub(Span::new().days(KEPT_DAYS))
        .to_string();
    for delete in [
        "DELETE FROM spend_of_owner WHERE day < ?",
        "DELETE FROM spend_of_day WHERE day < ?",
        "DELETE FROM spend_counted WHERE day < ?",
    ] {
        statements::execute(tx, delete, [&oldest])?;
    }
    Ok(())
}

pub(super) async fn read(reader: &Reader, owner: &Owner, day: Date) -> Result<Spent, StoreError> {
    let (owner, day) = (owner.clone(), day.to_string());
    reader
        .read(move |connection| {
            statements::one(
                connection,
                "SELECT (SELECT nano_usd FROM spend_of_owner WHERE day = ?1 AND owner = ?2) AS of_owner, \
                 (SELECT nano_usd FROM spend_of_day WHERE day = ?1) AS of_day",
                (&day, &owner.0),
                |row| {
                    Ok(Spent {
                        by_owner_usd: dollars(rows::value(row, "of_owner")?),
                        total_usd: dollars(rows::value(row, "of_day")?),
                    })
                },
            )
        })
        .await
}

pub(super) async fn total(reader: &Reader, day: Date) -> Result<f64, StoreError> {
    let day = day.to_string();
    let nano_usd = reader.read(move |connection| {
        statements::optional(
            connection,
            "SELECT nano_usd FROM spend_of_day WHERE day = ?",
            [&day],
            |row| rows::number(row, "nano_usd"),
        )
    });
    Ok(dollars(nano_usd.await?))
}

fn dollars(nano_usd: Option<i64>) -> f64 {
    nano_usd.unwrap_or_default() as f64 / NANO
}
