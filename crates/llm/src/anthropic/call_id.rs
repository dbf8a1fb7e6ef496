//! Ids and names of tool calls as Anthropic accepts them: `^[a-zA-Z0-9_-]+$`.

use std::{borrow::Cow, fmt::Write};

/// Anthropic refuses longer tool names.
const MAX_NAME: usize = 64;

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The id of a call, which another provider may have given. One that Anthropic accepts stays as it
/// is; in another, each byte that it refuses becomes its code, so that ids that differ still differ.
/// A call and its result go through here alike.
pub(super) fn call_id(id: &str) -> Cow<'_, str> {
    if id.is_empty() {
        return Cow::Borrowed("_");
    }
    if id.bytes().all(is_allowed) {
        return Cow::Borrowed(id);
    }
    let mut clean = String::with_capacity(id.len() + 8);
    for byte in id.bytes() {
        if is_allowed(byte) {
            clean.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(clean, "_{byte:02x}");
        }
    }
    Cow::Owned(clean)
}

/// The name of a called tool, which the model may have made up.
pub(super) fn tool_name(name: &str) -> Cow<'_, str> {
    match call_id(name) {
        Cow::Borrowed(name) => Cow::Borrowed(&name[..name.len().min(MAX_NAME)]),
        Cow::Owned(mut name) => {
            name.truncate(MAX_NAME);
            Cow::Owned(name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_id_stays_and_a_bad_one_is_encoded() {
        assert_eq!(call_id("toolu_01A-b"), "toolu_01A-b");
        assert_eq!(call_id("functions.search:0"), "functions_2esearch_3a0");
        assert_eq!(call_id("é"), "_c3_a9");
        assert_eq!(call_id(""), "_");
        assert_ne!(call_id("a.b"), call_id("a:b"));
    }

    #[test]
    fn a_name_that_is_made_up_fits() {
        assert_eq!(tool_name("search_flights"), "search_flights");
        assert_eq!(tool_name("search flights"), "search_20flights");
        assert_eq!(tool_name(&"n".repeat(80)), "n".repeat(64));
        assert_eq!(tool_name(&"é".repeat(40)).len(), 64);
    }
}
