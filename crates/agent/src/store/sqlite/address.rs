//! Where a database is: `sqlite://path` or `sqlite::memory:`.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use uuid::Uuid;

use super::StoreError;

/// A database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// In a file.
    File(PathBuf),
    /// In memory, under a name that connections of this process share.
    Memory(String),
}

impl Address {
    /// Reads `sqlite://path`, `sqlite:path`, `sqlite::memory:`, or any of them with `?mode=` `rwc`, `rw`
    /// or `memory`.
    ///
    /// # Errors
    /// [`StoreError::Database`] for everything else.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let wrong = |why: &str| Err(StoreError::Database(format!("DATABASE_URL {why}")));
        let Some(rest) = url.strip_prefix("sqlite:") else {
            return wrong("does not begin with sqlite:");
        };
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let mut in_memory = path == ":memory:";
        for parameter in parameters.split('&').filter(|one| !one.is_empty()) {
            match parameter {
                "mode=rwc" | "mode=rw" => {}
                "mode=memory" => in_memory = true,
                _ => return wrong("has a parameter that is not mode=rwc, mode=rw or mode=memory"),
            }
        }
        if in_memory {
            return Ok(Self::Memory(format!("travel-agent-{}", Uuid::now_v7())));
        }
        match percent_decode_str(path).decode_utf8() {
            Ok(path) if !path.is_empty() => Ok(Self::File(PathBuf::from(&*path))),
            _ => wrong("names no file"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_file_or_memory() {
        for (url, path) in [
            ("sqlite://data/travel.db", "data/travel.db"),
            ("sqlite:///data/travel.db", "/data/travel.db"),
            ("sqlite:travel.db", "travel.db"),
            ("sqlite://a%20b.db?mode=rwc", "a b.db"),
        ] {
            assert_eq!(Address::parse(url), Ok(Address::File(path.into())), "{url}");
        }
        for url in [
            "sqlite::memory:",
            "sqlite://:memory:",
            "sqlite://x?mode=memory",
        ] {
            let (one, other) = (Address::parse(url), Address::parse(url));
            assert!(matches!(one, Ok(Address::Memory(_))), "{url}");
            assert_ne!(one, other, "each a database of its own");
        }
        for url in [
            "postgres://x",
            "sqlite:",
            "sqlite://x?mode=ro",
            "sqlite://x?vfs=y",
        ] {
            let read = Address::parse(url);
            assert!(
                matches!(read, Err(StoreError::Database(_))),
                "{url}: {read:?}"
            );
        }
    }
}
