//! A folder of its own for a test's database.

use std::path::PathBuf;

/// A folder that is removed when dropped.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("travel-agent-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    /// Writes a file in it; its path.
    pub(super) fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// Where the file of this name is.
    pub(super) fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.join(name)
    }

    /// The `DATABASE_URL` of a file in it.
    pub(super) fn database(&self) -> String {
        format!("sqlite://{}/test.db", self.0.display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind it would only take up space.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
