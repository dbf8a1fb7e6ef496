//! Headers of Harmony, the format of gpt-oss: whom a message is for. (Its tokens are tags.)

use super::{calls::bare, tag::Look};

/// Stands for the token before a channel's name.
pub(super) const CHANNEL: &str = "\u{0}";

/// Most bytes between two messages that are no text.
const MAX_BETWEEN: usize = 64;

/// Whom a message is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// The person.
    Answer,
    /// A tool.
    Call(String),
    /// Nobody.
    Hidden,
}

/// Reads a header; also what follows the channel's name, which is text where the token that begins
/// the message is missing.
pub(super) fn read(header: &str) -> (Message, &str) {
    if let Some((_, to)) = header.split_once("to=") {
        let end = to.find(|c: char| c.is_whitespace() || c == '\u{0}' || c == '{');
        let name = to.get(..end.unwrap_or(to.len())).unwrap_or_default();
        return (Message::Call(bare(name).to_owned()), "");
    }
    let channel = match header.rsplit_once(CHANNEL) {
        Some((_, channel)) => channel.trim_start(),
        // What stands before `<|message|>` alone.
        None => header.trim().trim_start_matches("assistant").trim_start(),
    };
    let end = channel
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(channel.len());
    let (name, rest) = channel.split_at(end);
    match name {
        "final" | "" => (Message::Answer, rest),
        _ => (Message::Hidden, rest),
    }
}

/// A role and a channel whose tokens are lost.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Word {
    Final,
    Commentary,
    Analysis,
}

/// The word at the beginning of a text.
pub(super) fn word(text: &str) -> Look<Word> {
    let words = [
        ("assistantfinal", Word::Final),
        ("assistantcommentary", Word::Commentary),
        ("assistantanalysis", Word::Analysis),
    ];
    let mut look = Look::No;
    for (known, word) in words {
        if text.starts_with(known) {
            return Look::Found(word, known.len());
        }
        if known.starts_with(text) {
            look = Look::More;
        }
    }
    look
}

/// Whether a text between two messages may still be a header without its first token when `next`
/// follows.
pub(super) fn may_be_header(text: &str, next: char) -> bool {
    let mut text = format!("{text}{next}");
    if text.len() > MAX_BETWEEN {
        return false;
    }
    text = text.trim_start().to_owned();
    let role = "assistant";
    if role.starts_with(&text) {
        return true;
    }
    let rest = text.strip_prefix(role).unwrap_or(&text).trim_start();
    let begins = |word: &str| match rest.strip_prefix(word) {
        Some(rest) => rest.is_empty() || rest.starts_with(char::is_whitespace),
        None => word.starts_with(rest),
    };
    ["final", "analysis", "commentary", "to="]
        .into_iter()
        .any(begins)
}
