//! Reads the lexicon and writes its meanings as an enum and its phrases as a table.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use crate::fold::push_folded;

/// Fewest letters of a beginning that stands for its words.
const STEM: usize = 3;

/// The source of `Meaning` and `PHRASES`.
///
/// # Errors
/// A file that cannot be read, a phrase before the first heading, or a beginning that is too short.
pub(crate) fn generate(lexicon: &Path) -> Result<String, Box<dyn Error>> {
    let mut phrases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in folders(lexicon)? {
        for (topic, text) in texts(&folder)? {
            let topic = camel(&topic);
            let mut heading = None;
            for line in text.lines().map(str::trim) {
                if let Some(name) = line.strip_prefix("# ") {
                    heading = Some(format!("{topic}{}", camel(name)));
                } else if !line.is_empty() {
                    let name = heading.clone();
                    let name = name.ok_or_else(|| format!("{topic}: {line}"))?;
                    let phrase = phrase(line).ok_or_else(|| format!("too short: {line}"))?;
                    phrases.entry(name).or_default().push(phrase);
                }
            }
        }
    }
    let mut source = String::from(
        "/// What a phrase of the lexicon means: the file's name and the heading.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]\n\
         pub(crate) enum Meaning {\n",
    );
    for name in phrases.keys() {
        writeln!(source, "    /// `{name}`.\n    {name},")?;
    }
    source.push_str("}\n\n/// Every phrase, folded, its words separated by single spaces.\n");
    source.push_str("pub(crate) const PHRASES: &[(&str, Meaning)] = &[\n");
    for (name, mut lines) in phrases {
        lines.sort();
        lines.dedup();
        for line in lines {
            writeln!(source, "    ({line:?}, Meaning::{name}),")?;
        }
    }
    source.push_str("];\n");
    Ok(source)
}

/// The folders of the lexicon, one a language: a further language is a further folder.
pub(crate) fn folders(lexicon: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(lexicon)? {
        folders.extend(Some(entry?.path()).filter(|path| path.is_dir()));
    }
    folders.sort();
    Ok(folders)
}

/// The text files of a folder by name, each with what it holds; none where there is no such folder.
pub(crate) fn texts(folder: &Path) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut texts = BTreeMap::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if let (true, Some(name)) = (path.is_file(), path.file_stem()) {
                let name = name.to_string_lossy().into_owned();
                texts.insert(name, fs::read_to_string(&path)?);
            }
        }
    }
    Ok(texts)
}

/// A phrase in normal form. A star at its end stands for any further letters of the last word; a single
/// word needs [`STEM`] letters before it.
fn phrase(line: &str) -> Option<String> {
    let Some(stem) = line.strip_suffix('*') else {
        return Some(normal(line));
    };
    let stem = normal(stem);
    let is_long = stem.contains(' ') || stem.len() >= STEM;
    is_long.then(|| stem + "*")
}

/// A phrase as the tokenizer writes it.
pub(crate) fn normal(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    line.chars().for_each(|c| push_folded(c, &mut folded));
    let mut out = String::with_capacity(folded.len());
    let mut before = ' ';
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        // A sign alone is one in a message as well: "le - cher".
        let alone = before.is_whitespace() && chars.peek().is_some_and(|c| c.is_whitespace());
        let c = match c {
            '\'' | '-' if !alone => ' ',
            c => c,
        };
        let parted = !c.is_alphanumeric() && !before.is_alphanumeric()
            || c.is_ascii_digit() != before.is_ascii_digit()
            || c.is_alphanumeric() != before.is_alphanumeric();
        if (parted || c.is_whitespace()) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        if !c.is_whitespace() {
            out.push(c);
        }
        before = c;
    }
    out.trim_end().to_owned()
}

/// `lap infants` -> `LapInfants`.
fn camel(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .flat_map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            [first.to_ascii_uppercase(), rest.to_owned()]
        })
        .collect()
}
