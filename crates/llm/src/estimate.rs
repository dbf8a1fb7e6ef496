//! How many tokens a text is, estimated without a tokenizer: every provider has its own.
//!
//! Letters take a token per four, digits one per three, anything else at least one each: bytes alone
//! would be wrong by half for lists of ids, times and prices, which are most of a history. Against
//! `cl100k_base` and `o200k_base` (js-tiktoken 1.0) this counts 1.0 to 1.1 times as much for search
//! results, calendars and notes, 1.2 for French and English answers, 1.4 for the instructions.

use super::ChatRequest;
use crate::message::Message;

/// Role and delimiters of a message.
const PER_MESSAGE: usize = 8;
/// Frame of a tool call: its type, and the names of its fields.
const PER_CALL: usize = 16;

/// What a byte begins, or goes on with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Blank,
    Sign,
    /// Not ASCII.
    Wide,
}

/// The class of each byte: histories are long, and are counted byte by byte with each prompt.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\t'..=b'\r' | b' ' => Class::Blank,
            _ => Class::Sign,
        };
        byte += 1;
    }
    classes
};

/// Tokens of a text.
#[must_use]
pub fn text(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut tokens, mut at) = (0, 0);
    // The run that goes on: its class, how long it is, whether it is one blank alone.
    let (mut class, mut run, mut is_one_blank) = (Class::Sign, 0, false);
    while let Some(byte) = bytes.get(at) {
        let wide = match CLASSES[usize::from(*byte)] {
            Class::Wide => text.get(at..).and_then(|rest| rest.chars().next()),
            _ => None,
        };
        let next = match wide {
            Some(c) if c.is_whitespace() => Class::Blank,
            _ => CLASSES[usize::from(*byte)],
        };
        run = if next == class { run } else { 0 };
        tokens += match next {
            // The blank before a word belongs to it, and has been counted.
            Class::Letter if run == 0 => usize::from(!is_one_blank),
            Class::Letter => usize::from(run % 4 == 0),
            Class::Digit => usize::from(run % 3 == 0),
            Class::Blank => usize::from(run == 0),
            Class::Sign => 1,
            Class::Wide => wide.map_or(0, |c| c.len_utf8().div_ceil(2)),
        };
        is_one_blank = *byte == b' ' && run == 0;
        (class, run) = (next, run + 1);
        at += wide.map_or(1, char::len_utf8);
    }
    tokens
}

/// Tokens of a message in a prompt.
#[must_use]
pub fn message(message: &Message) -> usize {
    let content = match message {
        Message::System { text: said } => text(said),
        Message::User { text: said, note } => text(said) + text(note),
        Message::Assistant {
            text: said,
            tool_calls,
        } => {
            let calls = tool_calls
                .iter()
                .map(|call| PER_CALL + text(&call.id) + text(&call.name) + text(&call.arguments));
            text(said) + calls.sum::<usize>()
        }
        Message::Tool {
            call_id,
            text: said,
            ..
        } => text(call_id) + text(said),
    };
    PER_MESSAGE + content
}

/// Tokens of a whole prompt, tools included.
#[must_use]
pub fn request(request: &ChatRequest) -> usize {
    let tools = request.tools.iter().map(|tool| {
        let schema = tool.parameters.to_string();
        PER_CALL + text(tool.name) + text(tool.description) + text(&schema)
    });
    messages(&request.messages) + tools.sum::<usize>()
}

/// Tokens of several messages.
#[must_use]
pub fn messages(messages: &[Message]) -> usize {
    messages.iter().map(message).sum()
}

#[cfg(test)]
mod tests {
    use super::text;

    /// The same, character by character.
    fn slowly(text: &str) -> usize {
        let mut chars = text.chars().peekable();
        let mut tokens = 0;
        while let Some(c) = chars.next() {
            let mut run = |of: fn(&char) -> bool| {
                let mut length = 1_usize;
                while chars.next_if(of).is_some() {
                    length += 1;
                }
                length
            };
            tokens += match c {
                _ if c.is_ascii_alphabetic() => run(char::is_ascii_alphabetic).div_ceil(4),
                _ if c.is_ascii_digit() => run(char::is_ascii_digit).div_ceil(3),
                _ if c.is_whitespace() => {
                    let alone = run(|c| c.is_whitespace()) == 1 && c == ' ';
                    usize::from(!(alone && chars.peek().is_some_and(char::is_ascii_alphabetic)))
                }
                _ => c.len_utf8().div_ceil(2),
            };
        }
        tokens
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_counted_as_by_its_characters(
            sample in "([a-z]{1,9}|[0-9]{1,5}| |  |\\n|\u{a0}|\u{202f}|[é€’我]|[.,{}\\[\\]:\"]|\\PC){0,40}",
        ) {
            proptest::prop_assert_eq!(text(&sample), slowly(&sample));
        }
    }

    #[test]
    fn an_estimate_is_not_below_what_tokenizers_count() {
        // Counted with `cl100k_base` and `o200k_base`; the larger of the two.
        for (sample, counted) in [
            ("", 0),
            (
                "Here are three flights from Lyon to New York on Tuesday, January 12, 2027. The cheapest is €431.20 with one stop in Paris; the fastest is nonstop and takes 9h 25m.",
                47,
            ),
            (
                "Voici trois vols de Lyon à New York le mardi 12 janvier 2027. Le moins cher coûte 431,20 € avec une escale à Paris ; le plus rapide est direct et dure 9 h 25. Les horaires et les prix sont indicatifs. Souhaitez-vous que je vous propose celui-ci ?",
                74,
            ),
            (
                r#"{"departure":"LYS","arrival":"NYC","date":"2027-01-12","return_date":"2027-01-20","adults":2}"#,
                35,
            ),
            ("我想从里昂飞往纽约，一月十二日出发，两个成人", 27),
            ("Я хочу лететь из Лиона в Нью-Йорк двенадцатого января", 32),
        ] {
            let estimated = text(sample);
            let fits = (counted..=counted * 17 / 10).contains(&estimated);
            assert!(fits, "{estimated} for {counted}: {sample}");
        }
    }
}
