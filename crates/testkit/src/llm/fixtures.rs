//! Recorded shapes: streams and error bodies as providers send them, in `fixtures/llm`.
//!
//! Their words are made up; their fields and their order are those of the providers.
//! `.ci/wire-fixtures` checks them with the types of the providers' own client packages.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::Raw;

/// A fixture as a reply. Its name is its path in the folder, such as `openai/two_calls.sse`; an
/// error body's name begins with its status, such as `anthropic/529.json`.
///
/// # Errors
/// When there is none of this name.
pub fn load(name: &str) -> io::Result<Raw> {
    let body = fs::read(folder().join(name))?;
    if name.ends_with(".sse") {
        return Ok(Raw::new(200, "text/event-stream; charset=utf-8", body));
    }
    let file = name.rsplit('/').next().unwrap_or_default();
    let status = file.get(..3).and_then(|status| status.parse().ok());
    Ok(Raw::new(status.unwrap_or(200), "application/json", body))
}

/// The names of all fixtures, sorted.
///
/// # Errors
/// When the folder cannot be read.
pub fn names() -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for provider in fs::read_dir(folder())? {
        let provider = provider?;
        if !provider.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(provider.path())? {
            let (provider, file) = (provider.file_name(), file?.file_name());
            names.push(format!("{}/{}", provider.display(), file.display()));
        }
    }
    names.sort();
    Ok(names)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/llm")
}
