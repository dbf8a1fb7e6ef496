//! The digest of all static files together. In development they change while the server runs.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};

use super::{
    files::{self, Files, Sent},
    imports, sheets,
};
use crate::caller::visitor::hex;

/// For how long files on the disk are taken as unchanged.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Bytes of the digest in an address.
const DIGEST_BYTES: usize = 8;

/// All static files at one time.
pub(super) struct Release {
    /// In hex: what stands in their addresses.
    pub(super) digest: String,
    /// Addresses of a module and of all that it imports, once a page has named it.
    modules: Mutex<BTreeMap<String, Vec<String>>>,
}

/// The release that was last looked at, and when.
type Seen = Option<(Instant, Arc<Release>)>;

impl Release {
    /// The files as they are now.
    pub(super) fn current() -> Arc<Self> {
        static SEEN: LazyLock<Mutex<Seen>> = LazyLock::new(Mutex::default);
        let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good = |at: &Instant| !cfg!(debug_assertions) || at.elapsed() < LOOK_AGAIN;
        if let Some((at, release)) = seen.as_ref()
            && is_good(at)
        {
            return Arc::clone(release);
        }
        let release = Arc::new(Self::read());
        *seen = Some((Instant::now(), Arc::clone(&release)));
        release
    }

    fn read() -> Self {
        let mut paths: Vec<_> = Files::iter().collect();
        paths.sort_unstable();
        let mut digest = Sha256::new();
        for path in paths {
            let Some(file) = Files::get(&path) else {
                continue;
            };
            digest.update(path.as_bytes());
            digest.update([0]);
            digest.update(file.metadata.sha256_hash());
        }
        // The order of the parts of a sheet is part of it.
        for part in sheets::all_parts() {
            digest.update(part.as_bytes());
        }
        let digest = hex(&digest.finalize()[..DIGEST_BYTES]);
        Self {
            digest,
            modules: Mutex::default(),
        }
    }

    /// The address of a file.
    pub(super) fn address(&self, path: &str) -> String {
        format!("/static/{}/{path}", self.digest)
    }

    /// The addresses of a module and of all that it imports, itself first. The files are looked through
    /// once, and not for each page.
    pub(super) fn modules(&self, entry: &str) -> Vec<String> {
        let mut known = self.modules.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(addresses) = known.get(entry) {
            return addresses.clone();
        }
        let paths = imports::of(entry).into_iter();
        let addresses: Vec<_> = paths.map(|path| self.address(&path)).collect();
        known.insert(entry.to_owned(), addresses.clone());
        addresses
    }

    /// A file, or the sheet of a page.
    pub(super) fn file(&self, path: &str) -> Option<Sent> {
        let Some(parts) = sheets::parts(path) else {
            return files::read(path);
        };
        let mut data = Vec::new();
        for part in parts {
            data.extend_from_slice(&files::read(&part)?.data);
        }
        let kind = "text/css; charset=utf-8".to_owned();
        Some(Sent {
            kind,
            data: data.into(),
        })
    }
}

/// Whether a text could be the digest of a release.
pub(super) fn is_digest(text: &str) -> bool {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 2 * DIGEST_BYTES && text.bytes().all(is_hex)
}
