//! What owners prefer. It is asked for with each message and hardly ever changes, so it is kept in memory
//! as well: the file belongs to this process.

use std::{
    mem::size_of,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{StoreError, reader::Reader, rows, statements, writer::Writer};
use crate::{
    locale::Locale,
    recent::Recent,
    store::{Owner, Preferences},
};

/// Bytes of one generation of what is kept: those of some four thousand owners. Two are kept.
const GENERATION_BYTES: usize = 512 << 10;

/// What is kept in memory.
#[derive(Clone)]
pub(super) struct Known(Arc<Kept>);

struct Kept {
    recent: Recent<Owner, Preferences>,
    /// How many changes there were. What was read before the last one is not kept.
    changes: Mutex<u64>,
}

impl Default for Known {
    fn default() -> Self {
        Self(Arc::new(Kept {
            recent: Recent::new(GENERATION_BYTES),
            changes: Mutex::default(),
        }))
    }
}

impl Known {
    fn changes(&self) -> MutexGuard<'_, u64> {
        let changes = self.0.changes.lock();
        changes.unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, owner: &Owner, read: &Preferences, after: u64) {
        let changes = self.changes();
        if *changes == after {
            let texts = [&read.currency, &read.time_zone];
            let texts: usize = texts.into_iter().flatten().map(String::len).sum();
            let bytes = size_of::<(Owner, Preferences)>() + owner.0.len() + texts;
            self.0.recent.keep(owner.clone(), read.clone(), bytes);
        }
    }

    fn forget(&self, owner: &Owner) {
        let mut changes = self.changes();
        *changes += 1;
        self.0.recent.take(owner);
    }
}

pub(super) async fn read(
    reader: &Reader,
    known: &Known,
    owner: &Owner,
) -> Result<Preferences, StoreError> {
    if let Some(known) = known.0.recent.get(owner.clone()) {
        return Ok(known);
    }
    let after = *known.changes();
    let of = owner.clone();
    let stored = reader.read(move |connection| {
        statements::optional(
            connection,
            "SELECT locale, currency, time_zone FROM preference WHERE owner = ?",
            [&of.0],
            |row| {
                Ok(Preferences {
                    locale: match rows::optional(row, "locale")?.as_deref() {
                        Some("fr") => Some(Locale::Fr),
                        Some("en") => Some(Locale::En),
                        _ => None,
                    },
                    currency: rows::optional(row, "currency")?,
                    time_zone: rows::optional(row, "time_zone")?,
                })
            },
        )
    });
    let stored = stored.await?.unwrap_or_default();
    known.keep(owner, &stored, after);
    Ok(stored)
}

/// Stores what is chosen; what is not, stays.
pub(super) async fn set(
    writer: &Writer,
    known: &Known,
    owner: &Owner,
    chosen: &Preferences,
) -> Result<(), StoreError> {
    let (writer, known) = (writer.clone(), known.clone());
    let (owner, chosen) = (owner.clone(), chosen.clone());
    // In a task of its own: a caller who goes away meanwhile must not leave what was there before in memory.
    let stored = tokio::spawn(async move {
        let of = owner.0.clone();
        let stored = writer.change(move |tx| {
            statements::execute(
                tx,
                "INSERT INTO preference (owner, locale, currency, time_zone) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (owner) DO UPDATE SET locale = coalesce(?2, locale), \
                 currency = coalesce(?3, currency), time_zone = coalesce(?4, time_zone)",
                (
                    &of,
                    chosen.locale.map(Locale::as_str),
                    &chosen.currency,
                    &chosen.time_zone,
                ),
            )
            .map(drop)
        });
        let stored = stored.await;
        // Also where it failed: it may have been stored all the same.
        known.forget(&owner);
        stored
    });
    stored
        .await
        .unwrap_or_else(|error| Err(StoreError::Database(error.to_string())))
}

#[cfg(test)]
mod tests;
