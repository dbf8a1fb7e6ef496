//! One process owns the database file: a second one would end the turns that the first one runs.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::StoreError;

/// Takes the lock beside the database for as long as the file that it returns is open: the system
/// gives it back when the process ends, however it ends.
///
/// # Errors
/// [`StoreError::InUse`] names the process that has it; [`StoreError::Database`] when there can be
/// no such file.
pub(super) fn acquire(database: &Path) -> Result<File, StoreError> {
    let path = beside(database);
    let failed = |error: std::io::Error| {
        StoreError::Database(format!("cannot lock {}: {error}", path.display()))
    };
    // What an owner wrote into it stays until the lock is ours. It is never removed: another process
    // may have opened it already, and would lock a file that nobody else can see.
    let options = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path);
    let mut file = options.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(StoreError::InUse {
                file: database.display().to_string(),
                owner: owner(&mut file),
            });
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    // Only for the message: the lock holds without it, on a full disk too.
    let _ = sign(&mut file);
    Ok(file)
}

/// The lock of a database, whatever path or link leads to it.
fn beside(database: &Path) -> PathBuf {
    let real = database.canonicalize().or_else(|_| {
        let name = database.file_name().unwrap_or_default();
        let folder = database
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
        Ok::<_, std::io::Error>(folder.join(name))
    });
    let mut path = real
        .unwrap_or_else(|_| database.to_owned())
        .into_os_string();
    path.push(".lock");
    path.into()
}

fn sign(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    let now = Timestamp::now();
    write!(file, "process {}, since {now:.0}", std::process::id())
}

/// Who has the lock, as it signed; a file that cannot be read while it is locked says nothing.
fn owner(file: &mut File) -> String {
    let mut text = String::new();
    match file.take(200).read_to_string(&mut text) {
        Ok(length) if length > 0 => text,
        _ => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::testing::Folder;

    #[test]
    fn a_second_owner_is_refused_and_told_of_the_first() {
        let folder = Folder::new();
        let database = folder.path("t.db");
        let first = acquire(&database).unwrap();
        let Err(StoreError::InUse { file, owner }) = acquire(&database) else {
            panic!("locked twice");
        };
        assert_eq!(file, database.display().to_string());
        let me = format!("process {}, since 2", std::process::id());
        assert!(owner.starts_with(&me), "{owner}");
        drop(first);
        acquire(&database).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn another_path_to_the_file_leads_to_the_same_lock() {
        let folder = Folder::new();
        let database = folder.path("t.db");
        std::fs::write(&database, "").unwrap();
        std::os::unix::fs::symlink(&database, folder.path("link.db")).unwrap();
        let _first = acquire(&folder.path("link.db")).unwrap();
        for path in ["t.db", "./t.db", "link.db"] {
            let second = acquire(&folder.path(path));
            assert!(
                matches!(second, Err(StoreError::InUse { .. })),
                "{path}: {second:?}"
            );
        }
    }
}
