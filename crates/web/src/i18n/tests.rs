//! What holds of all tables.

use std::{collections::BTreeSet, path::Path};

/// French sets a space before these marks, at which no line may break.
#[test]
fn no_line_breaks_before_a_french_mark() {
    const FILES: [(&str, &str); 13] = [
        ("fr.rs", include_str!("fr.rs")),
        ("viewer.rs", include_str!("viewer.rs")),
        ("metrics.rs", include_str!("metrics.rs")),
        ("offline.rs", include_str!("offline.rs")),
        ("opinion.rs", include_str!("opinion.rs")),
        ("session.rs", include_str!("session.rs")),
        ("share.rs", include_str!("share.rs")),
        ("compare.rs", include_str!("compare.rs")),
        ("trace_page.rs", include_str!("trace_page.rs")),
        ("thread.rs", include_str!("thread.rs")),
        ("transfer.rs", include_str!("transfer.rs")),
        ("trace_list.rs", include_str!("trace_list.rs")),
        ("trip.rs", include_str!("trip.rs")),
    ];
    for (file, source) in FILES {
        for text in source.split('"').skip(1).step_by(2) {
            for mark in [" :", " ;", " !", " »", "« "] {
                assert!(!text.contains(mark), "{file}: {text}");
            }
        }
    }
}

/// Tables that hold French and English side by side.
const PAIRS: [&str; 13] = [
    include_str!("compare.rs"),
    include_str!("metrics.rs"),
    include_str!("offers.rs"),
    include_str!("offline.rs"),
    include_str!("opinion.rs"),
    include_str!("session.rs"),
    include_str!("share.rs"),
    include_str!("thread.rs"),
    include_str!("trace_list.rs"),
    include_str!("trace_page.rs"),
    include_str!("transfer.rs"),
    include_str!("trip.rs"),
    include_str!("viewer.rs"),
];

/// Keys with their French and English text.
fn entries() -> Vec<(&'static str, &'static str, &'static str)> {
    let entry = |text: &'static str| {
        let (head, rest) = text.split_once(": \"")?;
        let key = head.split_whitespace().last()?;
        let (fr, rest) = rest.split_once('"')?;
        let en = rest.split('"').nth(1)?;
        let is_key = |c: char| c.is_ascii_lowercase() || c == '_';
        key.chars().all(is_key).then_some((key, fr, en))
    };
    let tables = PAIRS.iter().flat_map(|source| source.split(";\n"));
    tables.filter_map(entry).collect()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    let names = text.split('{').skip(1);
    names
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}

#[test]
fn each_text_is_filled_with_the_same_values_in_both_languages() {
    let entries = entries();
    assert!(entries.len() > 300, "{}", entries.len());
    for (key, fr, en) in entries {
        assert!(!fr.trim().is_empty() && !en.trim().is_empty(), "{key}");
        let values = |text: &'static str| {
            let mut values = placeholders(text);
            values.retain(|name| !name.starts_with("a0") && !name.contains(' '));
            values
        };
        assert_eq!(values(fr), values(en), "{key}");
    }
}

/// All that may name a text: views, handlers, templates.
fn sources(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "rs" || kind == "html")
        {
            found.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn each_text_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    sources(&root.join("src"), &mut code);
    sources(&root.join("../../templates"), &mut code);
    let used: BTreeSet<&str> = code
        .split('.')
        .map(|piece| {
            let piece = piece.trim_start();
            let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            &piece[..end.unwrap_or(piece.len())]
        })
        .collect();
    let script = include_str!("thread.rs");
    let script = &script[script.find("ThreadScript {").unwrap()..];
    let fields = include_str!("../i18n.rs");
    let of_page = fields.split("struct ScriptTexts {").nth(1).unwrap();
    let of_page = of_page.split('}').next().unwrap();
    let keys = fields
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub(crate) "))
        .filter_map(|field| Some(field.split_once(": ")?.0))
        .filter(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    let unused: BTreeSet<&str> = entries()
        .into_iter()
        .map(|(key, ..)| key)
        .chain(keys)
        // What scripts use is counted by a test of theirs.
        .filter(|key| !used.contains(key) && !script.contains(&format!(" {key}: ")))
        .filter(|key| !of_page.contains(&format!("pub(crate) {key}: ")))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}
