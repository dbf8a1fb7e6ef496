//! What a server says of a request that it refuses, in whichever shape: made one text to look for words
//! in. Pure.

use serde_json::Value;

/// Most of an explanation that is read, in bytes.
const MAX_TEXT: usize = 8 * 1_024;
/// Statuses that are never about a parameter: keys, credit, pace, load.
const OTHER: [u16; 9] = [401, 402, 403, 407, 408, 409, 429, 503, 529];
/// Fields of an error that quote the request, and so people.
const QUOTES: [&str; 6] = [
    "input",
    "ctx",
    "body",
    "request",
    "failed_generation",
    "url",
];
/// How servers say that they do not take something.
const REFUSES: [&str; 34] = [
    "unsupported",
    "not supported",
    "not support",
    "n't support",
    "no support",
    "unknown",
    "unrecognized",
    "unrecognised",
    "unexpected",
    "undefined",
    "not permitted",
    "not allowed",
    "only allowed",
    "not accept",
    "not available",
    "not enabled",
    "not implemented",
    "extra_forbidden",
    "extra inputs",
    "extra fields",
    "additional properties",
    "invalid",
    "illegal",
    "incompatible",
    "deprecated",
    "only the default",
    "remove",
    "disallow",
    "forbidden",
    "must be",
    "should be",
    "cannot",
    "no endpoints found",
    "不支持",
];

/// How servers say that their model calls no tools.
pub(super) const NO_TOOLS: [&str; 35] = [
    "not support tool",
    "n't support tool",
    "not support function call",
    "not support native tool",
    "not support the use of tool",
    "not support parameter: tools",
    "support tool use",
    "support tool call",
    "support function call",
    "tool use is not",
    "tool calling is not",
    "tool calling` is not",
    "tool calls are not",
    "tool use is unsupported",
    "function calling is not",
    "function calling not",
    "tool calling not",
    "tools not supported",
    "tools are not",
    "tools is not",
    "tools` is not",
    "tools' is not",
    "tools\" is not",
    "functions are not supported",
    "enable-auto-tool-choice",
    "tool-call-parser",
    "requires --jinja",
    "use --jinja",
    "unsupported param: tools",
    "supplied: tools",
    "unknown parameter: 'tools'",
    "unknown field: tools",
    "tools: extra inputs",
    "不支持工具",
    "不支持function",
];

/// What an error says, in lower case.
pub(super) struct Told {
    text: String,
    /// The parameter that it names in a field of its own, such as `messages[0].role`.
    pub(super) place: String,
}

impl Told {
    /// Reads an answer of this status; `None` where it is never about a parameter, or about what
    /// depends on the prompt.
    pub(super) fn read(status: u16, body: &[u8]) -> Option<Self> {
        if OTHER.contains(&status) {
            return None;
        }
        let told = Self::of(body);
        let of_prompt = [
            "content_filter",
            "content management",
            "responsibleai",
            "tool_use_failed",
        ];
        (!told.text.is_empty() && !told.says(&of_prompt)).then_some(told)
    }

    fn of(body: &[u8]) -> Self {
        let (mut text, mut place) = (String::new(), String::new());
        match serde_json::from_slice::<Value>(body) {
            Ok(error) => gather(&error, &mut text, &mut place),
            Err(_) => {
                let body = &body[..body.len().min(MAX_TEXT)];
                // Some write an event in place of a body.
                let plain = String::from_utf8_lossy(body);
                let inner = plain.trim().trim_start_matches("data:").trim();
                match serde_json::from_str::<Value>(inner) {
                    Ok(error) => gather(&error, &mut text, &mut place),
                    Err(_) => say(inner, &mut text),
                }
            }
        }
        Self {
            text: text.to_lowercase(),
            place: place.to_lowercase(),
        }
    }

    /// Whether one of these stands there.
    pub(super) fn says(&self, any: &[&str]) -> bool {
        any.iter().any(|words| self.text.contains(words))
    }

    /// Whether it says that something is not taken.
    pub(super) fn refuses(&self) -> bool {
        self.says(&REFUSES)
    }

    /// Whether the name stands there as a word.
    pub(super) fn names(&self, name: &str) -> bool {
        let of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        self.text.match_indices(name).any(|(at, _)| {
            let before = self.text[..at].chars().next_back();
            let after = self.text[at + name.len()..].chars().next();
            !before.is_some_and(of_a_name) && !after.is_some_and(of_a_name)
        })
    }

    /// The whole numbers in it.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> {
        let digits = self.text.split(|c: char| !c.is_ascii_digit());
        digits.filter_map(|digits| digits.parse().ok())
    }
}

/// Gathers the texts of an error, and of an error within one that is quoted as text.
fn gather(error: &Value, text: &mut String, place: &mut String) {
    match error {
        Value::String(inner) => match serde_json::from_str::<Value>(inner) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => gather(&inner, text, place),
            _ => say(inner, text),
        },
        Value::Array(all) => all.iter().for_each(|one| gather(one, text, place)),
        Value::Object(fields) => {
            for (name, value) in fields
                .iter()
                .filter(|(name, _)| !QUOTES.contains(&name.as_str()))
            {
                match (name.as_str(), value) {
                    ("loc", Value::Array(path)) => {
                        let step = |step: &Value| match step {
                            Value::String(name) => name.clone(),
                            other => other.to_string(),
                        };
                        let path: Vec<_> = path.iter().map(step).collect();
                        let path = path.join(".");
                        place.push_str(path.strip_prefix("body.").unwrap_or(&path));
                        say(&path, text);
                    }
                    ("param", Value::String(name)) => {
                        place.push_str(name);
                        say(name, text);
                    }
                    _ => gather(value, text, place),
                }
            }
        }
        _ => {}
    }
}

/// Adds a text as far as it quotes nothing that was sent.
fn say(told: &str, text: &mut String) {
    let ends = ["'input':", "\"input\":", "input_value="];
    let end = ends.iter().filter_map(|mark| told.find(mark)).min();
    if text.len() < MAX_TEXT {
        text.push(' ');
        text.push_str(&told[..end.unwrap_or(told.len())]);
    }
}
