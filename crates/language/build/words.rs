//! Reads the lists of words that count only beside something found, and writes each as a constant.
//!
//! `lexicon/LANGUAGE/context/FILE.txt` has the form of the lexicon: a heading is a list, a line a
//! phrase; signs that every language has are in `lexicon/any`. A line `twenty = 20` says what its phrase
//! stands for, and then each line below that heading does.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write,
    path::Path,
};

use crate::lexicon::{folders, normal, texts};

/// The phrases of a list, with what they stand for.
type List = BTreeSet<(String, Option<u32>)>;

/// The source of the constants: the list `next month` of `day.txt` is `DAY_NEXT_MONTH`.
///
/// # Errors
/// A file that cannot be read, a phrase before the first heading, a value that is no number, or a list
/// of which some phrases have one and others none.
pub(crate) fn generate(lexicon: &Path) -> Result<String, Box<dyn Error>> {
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    for folder in folders(lexicon)? {
        for (file, text) in texts(&folder.join("context"))? {
            let mut name = None;
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                if let Some(heading) = line.strip_prefix("# ") {
                    name = Some(constant(&file, heading));
                    continue;
                }
                let name = name.clone();
                let name = name.ok_or_else(|| format!("{file}: no heading above {line}"))?;
                lists.entry(name).or_default().insert(entry(line)?);
            }
        }
    }
    let mut source = String::new();
    for (name, list) in lists {
        let valued = list.iter().filter(|(_, value)| value.is_some()).count();
        let kind = match valued {
            0 => "&str",
            _ if valued == list.len() => "(&str, u32)",
            _ => return Err(format!("{name}: some phrases have no value").into()),
        };
        writeln!(source, "pub(crate) const {name}: &[{kind}] = &[")?;
        for (phrase, value) in list {
            match value {
                Some(value) => writeln!(source, "    ({phrase:?}, {value}),")?,
                None => writeln!(source, "    {phrase:?},")?,
            }
        }
        source.push_str("];\n");
    }
    Ok(source)
}

/// A line's phrase as the tokenizer writes it, and what it stands for. A sign alone stays what it is.
fn entry(line: &str) -> Result<(String, Option<u32>), Box<dyn Error>> {
    let (phrase, value) = match line.split_once(" = ") {
        Some((phrase, value)) => (phrase, Some(value.parse()?)),
        None => (line, None),
    };
    let mut chars = phrase.chars();
    let sign = chars.next().filter(|c| !c.is_alphanumeric());
    let phrase = match (sign, chars.next()) {
        (Some(sign), None) => sign.to_string(),
        _ => normal(phrase),
    };
    Ok((phrase, value))
}

/// `day`, `next month` -> `DAY_NEXT_MONTH`.
fn constant(file: &str, heading: &str) -> String {
    let name = format!("{file} {heading}").to_ascii_uppercase();
    name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}
