//! No word of a language stands in the grammar: words are lines of `lexicon/`, so that a further
//! language is files.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Texts that may stand in a file, and why.
const ALLOWED: &[(&str, &[&str], &str)] = &[
    (
        "intent/mod.rs",
        &[
            "small_talk",
            "planning",
            "confirmation",
            "rejection",
            "booking_management",
            "travel_info",
            "out_of_scope",
        ],
        "names of intents, as the API writes them",
    ),
    (
        "intent/normalize.rs",
        &["t", "s", "m", "d", "re", "ve", "ll"],
        "the build compiles the classifier's text too, before there are constants",
    ),
    (
        "intent/consent.rs",
        &["h", "am", "pm", "a.m", "p.m", "eur", "dollar"],
        "signs of units, in a text that is not cut into tokens",
    ),
    (
        "mention/carrier.rs",
        &[" air"],
        "how airlines call themselves",
    ),
    (
        "mention/day/almanac.rs",
        &["easter"],
        "a key of holidays.tsv",
    ),
    (
        "mention/day/school.rs",
        &[
            "winter",
            "spring",
            "autumn",
            "christmas",
            "summer",
            "a",
            "b",
            "c",
        ],
        "keys and zones of school_holidays.tsv",
    ),
    (
        "mention/day/order.rs",
        &["en-US"],
        "a tag that a browser sends",
    ),
    (
        "mention/place/build.rs",
        &[
            "santiago",
            "saint denis",
            "st denis",
            "georgetown",
            "george town",
            "valencia",
            "saint pierre",
        ],
        "names of several towns",
    ),
    (
        "mention/place/towns/layout.rs",
        &["st", "saint", "ste", "sainte"],
        "how names of towns are spelt; the build compiles it too",
    ),
    (
        "mention/wish/via.rs",
        &["united states"],
        "the key of a country",
    ),
];

#[test]
fn words_are_data() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut unused: BTreeSet<(String, String)> = ALLOWED
        .iter()
        .flat_map(|(file, texts, _)| {
            texts
                .iter()
                .map(move |text| (String::from(*file), String::from(*text)))
        })
        .collect();
    let allowed = unused.clone();
    let mut found = Vec::new();
    for path in sources(&src) {
        let file = path.strip_prefix(&src).unwrap().to_str().unwrap();
        let source = fs::read_to_string(&path).unwrap();
        for text in literals(&source) {
            let here = (file.to_owned(), text);
            if allowed.contains(&here) {
                unused.remove(&here);
            } else if is_word(&here.1) {
                found.push(format!("{file}: {:?}", here.1));
            }
        }
    }
    assert!(
        found.is_empty(),
        "lines of lexicon/*/context: {}",
        found.join(", ")
    );
    assert!(unused.is_empty(), "allowed and not there: {unused:?}");
}

#[test]
fn a_word_of_the_grammar_is_seen() {
    let source = "// \"not\"\n#[serde(rename = \"no\")]\nis(at, &[\"et\", \"→\", \"LYS\"]);\n\
                  let key = format!(\"{a} {b}\");\ninclude_str!(\"a.txt\");\nlet quote = '\"';\n";
    let words: Vec<_> = literals(source)
        .into_iter()
        .filter(|t| is_word(t))
        .collect();
    assert_eq!(words, ["et"]);
}

/// The source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The texts between quotation marks, but those of comments, attributes, names of files and tests.
fn literals(source: &str) -> Vec<String> {
    let program = source.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = program.lines().map(str::trim).filter(|line| {
        let told = ["//", "#", "reason = "]
            .iter()
            .any(|start| line.starts_with(start));
        !told && !line.contains("include")
    });
    lines
        .flat_map(|line| {
            let line = line.replace("'\"'", "").replace("\\\"", "");
            let texts = line.split('"').skip(1).step_by(2);
            texts.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a text has letters, and they are neither a code ("LYS", "US") nor a time zone.
fn is_word(text: &str) -> bool {
    let is_code = text.len() <= 3
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let mut depth = 0_usize;
    let said = text.chars().any(|c| {
        depth = match c {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0 && c.is_alphabetic()
    });
    said && !is_code && !text.contains('/')
}
