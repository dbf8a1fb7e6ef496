//! The database's file: ours alone, and still where it was.
//!
//! A file that was deleted or replaced can still be written to by whoever has it open, and is lost with
//! the process: nothing may be acknowledged into it.

use std::{
    fs::{File, Metadata},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{StoreError, lock};

/// The file of this process's database.
pub(super) struct DatabaseFile {
    path: PathBuf,
    identity: (u64, u64),
    /// The operator has been told.
    lost: AtomicBool,
    /// Held for as long as the store is.
    _lock: File,
}

/// A lock on a database that may not exist yet.
pub(super) struct Claim {
    path: PathBuf,
    lock: File,
}

impl Claim {
    /// Makes the file's folder, and takes the file's lock.
    pub(super) fn on(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::Database(error.to_string()))?;
        }
        Ok(Self {
            path: path.to_owned(),
            lock: lock::acquire(path)?,
        })
    }

    /// The file, now that it is there.
    pub(super) fn opened(self) -> Result<DatabaseFile, StoreError> {
        let Self { path, lock } = self;
        let found = std::fs::metadata(&path);
        let found = found.map_err(|error| StoreError::Database(error.to_string()))?;
        Ok(DatabaseFile {
            identity: identity(&found),
            path,
            lost: AtomicBool::new(false),
            _lock: lock,
        })
    }
}

impl DatabaseFile {
    /// [`StoreError::Lost`] when the path leads to another file by now, or to none.
    ///
    /// It asks for the file's state and does not open it: closing a file that SQLite has open would
    /// release SQLite's own locks.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let found = std::fs::metadata(&self.path);
        if found.is_ok_and(|found| identity(&found) == self.identity) {
            if self.lost.swap(false, Ordering::Relaxed) {
                tracing::info!(file = %self.path.display(), "the database file is back");
            }
            return Ok(());
        }
        let lost = StoreError::Lost {
            file: self.path.display().to_string(),
        };
        if !self.lost.swap(true, Ordering::Relaxed) {
            tracing::error!(error = %lost, "nothing can be stored until the file is back or the server restarts");
        }
        Err(lost)
    }
}

/// What tells a file from any other, whatever its name.
#[cfg(unix)]
fn identity(file: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

/// Here only whether there is a file is known.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::store::sqlite::testing::Folder;

    #[test]
    fn a_file_that_is_deleted_or_replaced_is_lost_and_found_when_it_is_back() {
        let folder = Folder::new();
        let (path, aside) = (folder.path("t.db"), folder.path("aside"));
        std::fs::write(&path, "a").unwrap();
        let file = Claim::on(&path).unwrap().opened().unwrap();
        let lost = Err(StoreError::Lost {
            file: path.display().to_string(),
        });
        assert_eq!(file.check(), Ok(()));
        std::fs::write(&path, "b").unwrap();
        assert_eq!(file.check(), Ok(()), "written to");
        std::fs::rename(&path, &aside).unwrap();
        assert_eq!(file.check(), lost, "deleted");
        std::fs::write(&path, "a").unwrap();
        assert_eq!(file.check(), lost, "replaced");
        std::fs::rename(&aside, &path).unwrap();
        assert_eq!(file.check(), Ok(()), "back");
    }
}
