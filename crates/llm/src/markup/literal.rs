//! Values as models write them in text: JSON, literals of Python, and Gemma's unquoted keys.

use serde_json::{Map, Value};

/// Deepest nesting that is read; arguments of our tools need two levels.
const MAX_DEPTH: u32 = 16;
/// What Gemma puts around strings.
const QUOTES: [&str; 2] = ["<escape>", "<|\"|>"];

/// The value at the beginning of a text, and what follows it.
pub(super) fn value(text: &str) -> Option<(Value, &str)> {
    nested(text, 0)
}

/// A text that is one value, and nothing else.
pub(super) fn whole(text: &str) -> Option<Value> {
    let (value, rest) = value(text)?;
    rest.trim().is_empty().then_some(value)
}

fn nested(text: &str, depth: u32) -> Option<(Value, &str)> {
    let text = text.trim_start();
    if depth > MAX_DEPTH {
        return None;
    }
    for quote in QUOTES {
        if let Some(inside) = text.strip_prefix(quote) {
            let (string, rest) = inside.split_once(quote)?;
            return Some((string.into(), rest));
        }
    }
    match text.chars().next()? {
        '{' => object(text.get(1..)?, depth),
        '[' => list(text.get(1..)?, depth, ']'),
        '(' => list(text.get(1..)?, depth, ')'),
        '"' | '\'' => string(text).map(|(string, rest)| (string.into(), rest)),
        _ => word(text),
    }
}

fn object(mut text: &str, depth: u32) -> Option<(Value, &str)> {
    let mut map = Map::new();
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix('}') {
            return Some((map.into(), rest));
        }
        let (key, rest) = pair(text, &[':', '='])?;
        let (value, rest) = nested(rest, depth + 1)?;
        map.insert(key, value);
        text = separated(rest, '}')?;
    }
}

fn list(mut text: &str, depth: u32, close: char) -> Option<(Value, &str)> {
    let mut items = Vec::new();
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix(close) {
            return Some((items.into(), rest));
        }
        let (value, rest) = nested(text, depth + 1)?;
        items.push(value);
        text = separated(rest, close)?;
    }
}

/// The arguments of a call in the way of Python, from behind its bracket: `a="b", c=1)`.
pub(super) fn keywords(mut text: &str) -> Option<(Map<String, Value>, &str)> {
    let mut map = Map::new();
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix(')') {
            return Some((map, rest));
        }
        // One object in place of keywords.
        if let (true, Some((Value::Object(only), rest))) = (map.is_empty(), value(text)) {
            return Some((only, rest.trim_start().strip_prefix(')')?));
        }
        let (key, rest) = pair(text, &['=', ':'])?;
        let (value, rest) = nested(rest, 1)?;
        map.insert(key, value);
        text = separated(rest, ')')?;
    }
}

/// What follows a value: behind its comma, or the closing bracket.
fn separated(text: &str, close: char) -> Option<&str> {
    let text = text.trim_start();
    match text.strip_prefix(',') {
        Some(rest) => Some(rest),
        None => text.starts_with(close).then_some(text),
    }
}

/// A key, and what follows one of these marks behind it.
fn pair<'a>(text: &'a str, marks: &[char]) -> Option<(String, &'a str)> {
    let (key, rest) = match text.chars().next()? {
        '"' | '\'' => string(text)?,
        _ => {
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let end = text.find(|c| !is_part(c)).filter(|end| *end > 0)?;
            let (key, rest) = text.split_at(end);
            (key.to_owned(), rest)
        }
    };
    let rest = rest.trim_start();
    rest.starts_with(marks)
        .then(|| (key, rest.get(1..).unwrap_or_default()))
}

fn string(text: &str) -> Option<(String, &str)> {
    let mut chars = text.char_indices();
    let (_, quote) = chars.next()?;
    let mut escaped = false;
    for (at, c) in chars {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => {
                let inside = text.get(1..at)?;
                return Some((unescaped(inside, quote), text.get(at + 1..)?));
            }
            _ => {}
        }
    }
    None
}

/// The text of a string. Where it is no JSON, its escapes stay as they are.
fn unescaped(inside: &str, quote: char) -> String {
    let json = match quote {
        '"' => format!("\"{inside}\""),
        _ => format!("\"{}\"", inside.replace("\\'", "'").replace('"', "\\\"")),
    };
    let json = json
        .replace('\n', "\\n")
        .replace('\r', "\\r")
        .replace('\t', "\\t");
    serde_json::from_str(&json).unwrap_or_else(|_| inside.to_owned())
}

/// A number, a name of Python or JSON, or an unquoted word.
fn word(text: &str) -> Option<(Value, &str)> {
    let ends = |c: char| {
        matches!(
            c,
            ',' | '}' | ']' | ')' | '{' | '[' | '(' | '<' | '\n' | '"'
        )
    };
    let end = text.find(ends).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let value = match word.trim() {
        "" => return None,
        "True" => true.into(),
        "False" => false.into(),
        "None" => Value::Null,
        word => serde_json::from_str(word).unwrap_or_else(|_| word.into()),
    };
    Some((value, rest))
}
