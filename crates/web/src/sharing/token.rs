//! What opens a shared conversation: 128 random bits in lower-case hex.

use agent::store::TokenDigest;
use sha2::{Digest, Sha256};

use crate::caller::visitor::hex;

const BYTES: usize = 16;

/// The token of a link. It has no `Debug`, so that no log line holds one.
pub struct Token(String);

impl Token {
    /// A new one, from the operating system; `None` where that has no randomness.
    #[must_use]
    pub fn new() -> Option<Self> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).ok()?;
        Some(Self(hex(&bytes)))
    }

    /// The token in an address, if the text can be one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 2 * BYTES && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// As it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the store knows it by.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_made() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_ne!(one.as_str(), other.as_str());
        let read = Token::read(one.as_str()).unwrap();
        assert_eq!(read.digest(), one.digest());
        assert_ne!(other.digest(), one.digest());
    }

    #[test]
    fn nothing_else_is_one() {
        let upper = "0123456789ABCDEF".repeat(2);
        let long = "0".repeat(33);
        for text in ["", "0", &upper, &long, &"é".repeat(16), &"-".repeat(32)] {
            assert!(Token::read(text).is_none(), "{text}");
        }
    }
}
