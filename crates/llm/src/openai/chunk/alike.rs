//! Chunks that differ from the one before in their text alone, as nearly all of an answer do: what
//! stands around the text is compared, not read again.

use super::{Choice, Chunk, Content, Delta};

/// The name of the field that holds the text, with its quotes.
const FIELD: &str = "\"content\"";

/// What stands before and after the text of a chunk that said that text and nothing else.
#[derive(Debug, Default)]
pub(in super::super) struct Around {
    before: String,
    after: String,
}

impl Around {
    /// Of this chunk, which was read from the data; `None` where it holds more than a text.
    ///
    /// Without a backslash around the text every quote there begins or ends a string, so that the one
    /// `"content"` with a colon is a name, and the one that the chunk's text was read from.
    pub(in super::super) fn of(data: &str, chunk: &Chunk) -> Option<Self> {
        let [choice] = chunk.choices.as_deref()? else {
            return None;
        };
        let said = only_text(choice)?;
        let (_, rest) = data.split_once(FIELD)?;
        let value = rest.trim_start().strip_prefix(':')?.trim_start();
        let (text, after) = value.split_at(string_end(value)?);
        let before = &data[..data.len() - value.len()];
        let is_plain = !before.contains('\\') && !after.contains('\\') && !after.contains(FIELD);
        let is_it = serde_json::from_str::<String>(text).is_ok_and(|text| text == said);
        (is_plain && is_it).then(|| Self {
            before: before.to_owned(),
            after: after.to_owned(),
        })
    }

    /// The text of a chunk that is alike but for it.
    pub(in super::super) fn text(&self, data: &str) -> Option<String> {
        let inner = data.strip_prefix(self.before.as_str())?;
        let text = inner.strip_suffix(self.after.as_str())?;
        let is_string = string_end(text) == Some(text.len());
        is_string.then(|| serde_json::from_str(text).ok())?
    }
}

/// The text of a choice that has nothing else.
fn only_text(choice: &Choice) -> Option<&str> {
    let Choice {
        delta,
        message: None,
        text: None,
        finish_reason: None,
        error: None,
    } = choice
    else {
        return None;
    };
    let Some(Delta {
        content: Some(Content::Text(said)),
        refusal: None,
        reasoning_content: None,
        reasoning: None,
        tool_calls: None,
        function_call: None,
    }) = delta
    else {
        return None;
    };
    // Before any text, an answer has not begun.
    Some(said.as_str()).filter(|said| !said.is_empty())
}

/// The length of the JSON string that the text begins with, in bytes.
fn string_end(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    bytes.next().filter(|&(_, byte)| byte == b'"')?;
    loop {
        match bytes.next()? {
            (at, b'"') => return Some(at + 1),
            (_, b'\\') => bytes.next().map(|_| ())?,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn around(data: &str) -> Option<Around> {
        Around::of(data, &Chunk::usual(data).unwrap())
    }

    #[test]
    fn the_text_alone_is_read() {
        for (first, next, text) in [
            (
                r#"{"id":"c","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}"#,
                r#"{"id":"c","choices":[{"index":0,"delta":{"content":"\"\n}"},"finish_reason":null}]}"#,
                "\"\n}",
            ),
            (
                r#"{"choices": [{"delta": {"content": "a"}}]}"#,
                r#"{"choices": [{"delta": {"content": ""}}]}"#,
                "",
            ),
            (
                r#"{"choices":[{"delta":{"content" : "é"}}]} "#,
                r#"{"choices":[{"delta":{"content" : "\ud83d\ude00"}}]} "#,
                "😀",
            ),
        ] {
            assert_eq!(around(first).unwrap().text(next).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_holds_more_than_a_text_is_read_whole() {
        for data in [
            r#"{"choices":[{"delta":{"content":""}}]}"#,
            r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
            r#"{"choices":[{"delta":{"content":"a","refusal":""}}]}"#,
            r#"{"choices":[{"delta":{"content":"a","reasoning":"b"}}]}"#,
            r#"{"choices":[{"delta":{"content":"a","tool_calls":[]}}]}"#,
            r#"{"choices":[{"delta":{"content":"a"}},{"delta":{}}]}"#,
            // Which of the two was read does not show.
            r#"{"choices":[{"x":{"content":"a"},"delta":{"\u0063ontent":"a"}}]}"#,
            r#"{"choices":[{"x":{"content":"a"},"delta":{"content":"a"}}]}"#,
            r#"{"x":"\"content\":\"a\"","choices":[{"delta":{"content":"a"}}]}"#,
            r#"{"x":"content","choices":[{"delta":{"content":"a"}}]}"#,
        ] {
            assert!(around(data).is_none(), "{data}");
        }
    }

    #[test]
    fn whatever_else_differs_is_read_whole() {
        let around = around(r#"{"id":"c","choices":[{"delta":{"content":"a"}}]}"#).unwrap();
        for data in [
            r#"{"id":"d","choices":[{"delta":{"content":"a"}}]}"#,
            r#"{"id":"c","choices":[{"delta":{"content":"a"}}],"usage":{}}"#,
            r#"{"id":"c","choices":[{"delta":{"content":"a","refusal":"b"}}]}"#,
            r#"{"id":"c","choices":[{"delta":{"content":null}}]}"#,
            r#"{"id":"c","choices":[{"delta":{"content":"\ud83d"}}]}"#,
            r#"{"id":"c","choices":[{"delta":{"content":"a}}]}"#,
            r#"{"id":"c","choices":[{"delta":{"content":"}}]}"#,
            "",
        ] {
            assert_eq!(around.text(data), None, "{data}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_so_is_what_the_whole_says(
            first in ".{1,8}", next in any::<String>(), index in 0..2,
            other in prop::sample::select(vec!["content", "refusal", "role", "x\"content\":"]),
            value in prop_oneof![Just(Value::Null), Just(json!("a")), Just(json!({"content": "a"}))],
            cut in any::<prop::sample::Index>(),
        ) {
            let chunk = |text: &str| {
                let delta = json!({other: value, "content": text});
                json!({"id": "c", "choices": [{"index": index, "delta": delta}]}).to_string()
            };
            let (one, mut two) = (chunk(&first), chunk(&next));
            for _ in 0..2 {
                let read = Chunk::usual(&one).and_then(|chunk| Around::of(&one, &chunk));
                if let Some(text) = read.and_then(|around| around.text(&two)) {
                    let mut expected = Chunk::usual(&one).unwrap();
                    let choice = &mut expected.choices.as_mut().unwrap()[0];
                    choice.delta.as_mut().unwrap().content = Some(Content::Text(text));
                    prop_assert_eq!(Chunk::usual(&two), Some(expected), "{} {}", &one, &two);
                }
                // And with a character less.
                let at = cut.index(two.len());
                if two.is_char_boundary(at) {
                    two.remove(at);
                }
            }
        }
    }
}
