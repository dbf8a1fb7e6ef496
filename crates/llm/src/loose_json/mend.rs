//! Makes JSON of what is nearly so.

use super::surrogates;

/// The text with what JSON forbids and servers write: lone halves of surrogate pairs (as
/// `surrogates::mark` writes them), line breaks within strings, unknown escapes, a comma after the last element, and Python's and
/// JavaScript's words for nothing, true and false. What is no JSON for other reasons stays none.
pub fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut in_string) = (text, false);
    while let Some(first) = rest.chars().next() {
        let taken = match (in_string, first) {
            (_, '"') => {
                in_string = !in_string;
                out.push('"');
                1
            }
            (true, '\\') => escape(rest, &mut out),
            (true, '\0'..='\u{1f}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(first)));
                1
            }
            (false, ',') if rest[1..].trim_start().starts_with(['}', ']']) => 1,
            (false, 'A'..='Z' | 'a'..='z' | '-') => word(rest, &mut out),
            _ => {
                out.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// Writes the escape at the beginning of `rest`; its length in bytes.
fn escape(rest: &str, out: &mut String) -> usize {
    match rest.as_bytes().get(1) {
        Some(b'u') => match unit(rest) {
            Some(high @ 0xD800..=0xDBFF) if rest.get(6..).and_then(unit).is_some_and(is_low) => {
                let _ = high;
                out.push_str(&rest[..12]);
                12
            }
            Some(half @ 0xD800..=0xDFFF) => {
                out.push(surrogates::mark(half));
                6
            }
            Some(_) => {
                out.push_str(&rest[..6]);
                6
            }
            None => {
                out.push_str("\\\\");
                1
            }
        },
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
            out.push_str(&rest[..2]);
            2
        }
        _ => {
            out.push_str("\\\\");
            1
        }
    }
}

const fn is_low(unit: u16) -> bool {
    matches!(unit, 0xDC00..=0xDFFF)
}

/// The UTF-16 unit that `\uXXXX` at the beginning of a text stands for.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

/// Writes the word at the beginning of `rest`; its length in bytes.
fn word(rest: &str, out: &mut String) -> usize {
    let sign = usize::from(rest.starts_with('-'));
    let letters = rest[sign..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let length = sign + letters;
    out.push_str(match &rest[sign..length] {
        "NaN" | "nan" | "Infinity" | "inf" | "None" | "undefined" => "null",
        "True" => "true",
        "False" => "false",
        _ => &rest[..length],
    });
    length
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_nearly_json_becomes_it() {
        for (text, expected) in [
            (
                r#"{"a":NaN,"b":-Infinity,"c":None,"d":True}"#,
                r#"{"a":null,"b":null,"c":null,"d":true}"#,
            ),
            ("{\"a\":\"x\ny\"}", r#"{"a":"x\u000ay"}"#),
            (r#"{"a":"it\'s NaN"}"#, r#"{"a":"it\\'s NaN"}"#),
            (
                r#"{"a":"\ud83d\ude00 \\ud83d"}"#,
                r#"{"a":"\ud83d\ude00 \\ud83d"}"#,
            ),
            (r#"{"a":"\ud83d"}"#, "{\"a\":\"\u{10d83d}\"}"),
            (r#"{"a":"\ude00\u00e9"}"#, "{\"a\":\"\u{10de00}\\u00e9\"}"),
            (r#"{"a":"\u12"#, r#"{"a":"\\u12"#),
            ("-1.5e3", "-1.5e3"),
            ("{\"a\":[1, ], \"b\":\",}\",}", "{\"a\":[1 ], \"b\":\",}\"}"),
        ] {
            assert_eq!(mended(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_json_keeps_its_meaning(value in r#"[a-z\\"\n😀\u{10d83d}é-]{0,20}"#, number in any::<i64>()) {
            let json = serde_json::json!({ value.clone(): [value, number, null, true] });
            let read: serde_json::Value = serde_json::from_str(&mended(&json.to_string())).unwrap();
            prop_assert_eq!(read, json);
        }

        #[test]
        fn any_text_is_taken(text in ".*") {
            let _ = mended(&text);
        }
    }
}
