//! Between the tokens of Harmony, and where they are lost.

use super::{Found, MAX_DOUBT, Mode, Scanner};
use crate::markup::{
    balance::Balance,
    capture::{Capture, Mark, Until},
    harmony::{self, Message},
    names::Topic,
    tag::{Look, tag},
};

/// Most bytes of a header.
const MAX_HEADER: usize = 256;

impl Scanner {
    /// Between Harmony's tokens, and where its message is not for the person.
    pub(super) fn harmony(&mut self, text: &str, over: bool) -> Option<usize> {
        let first = text.chars().next()?;
        if first == '<' {
            match tag(text, &self.tools) {
                Look::Found(tag, length) if tag.topic == Topic::Channel => {
                    let header = match std::mem::replace(&mut self.mode, Mode::Text) {
                        Mode::Header(header) | Mode::Between(header) => header,
                        _ => String::new(),
                    };
                    self.token(&tag.stem, header);
                    return Some(length);
                }
                Look::More if !over => return None,
                _ => {}
            }
        }
        let taken = match &mut self.mode {
            Mode::Header(header) => {
                let is_call = header.contains("to=");
                if header.len() > MAX_HEADER || (is_call && first == '{') {
                    // Its tokens are lost.
                    let header = std::mem::take(header);
                    self.message(&header, true);
                    return Some(0);
                }
                header.push(first);
                first.len_utf8()
            }
            Mode::Between(between) => {
                if !harmony::may_be_header(between, first) {
                    let text = std::mem::take(between);
                    self.mode = Mode::Text;
                    self.show(&text);
                    return Some(0);
                }
                between.push(first);
                first.len_utf8()
            }
            _ => {
                if self.found.last() != Some(&Found::Thought) {
                    self.found.push(Found::Thought);
                }
                let skip = first.len_utf8();
                let more = text.get(skip..).unwrap_or_default();
                skip + more.find('<').unwrap_or(more.len())
            }
        };
        Some(taken)
    }

    /// A token of Harmony, after what a header or the text between messages has held.
    pub(super) fn token(&mut self, name: &str, mut header: String) {
        match name {
            "message" => self.message(&header, false),
            "end" | "return" | "call" => self.mode = Mode::Between(String::new()),
            _ => {
                header.push_str(match name {
                    "channel" => harmony::CHANNEL,
                    _ => " ",
                });
                self.mode = Mode::Header(header);
            }
        }
        self.spacing.cut();
    }

    /// A message begins. `bare`: without its tokens, so that its JSON alone tells where it ends.
    pub(super) fn message(&mut self, header: &str, bare: bool) {
        self.mode = match harmony::read(header) {
            (Message::Answer, rest) => {
                if bare {
                    self.show(rest);
                }
                Mode::Text
            }
            (Message::Call(name), _) => {
                let until = match bare {
                    true => Until::Bracket(Balance::default()),
                    false => Until::Channel,
                };
                let mut capture = Capture::new(until, Mark::Own);
                capture.recipient = Some(name);
                Mode::Call(Box::new(capture))
            }
            (Message::Hidden, _) => {
                self.found.push(Found::Opened);
                Mode::Hidden
            }
        };
    }

    /// Harmony without its tokens: the role and the channel of each message are one word.
    pub(super) fn analysis(&mut self, text: &str, over: bool) -> Option<usize> {
        let Mode::Analysis(doubt) = &mut self.mode else {
            return Some(0);
        };
        if self.found.last() != Some(&Found::Thought) {
            self.found.push(Found::Thought);
        }
        let first = text.chars().next()?;
        let mut taken = first.len_utf8();
        match harmony::word(text) {
            Look::Found(word, length) => {
                match word {
                    harmony::Word::Final => self.mode = Mode::Text,
                    harmony::Word::Commentary => {
                        self.mode = Mode::Header(harmony::CHANNEL.to_owned() + "commentary")
                    }
                    harmony::Word::Analysis => self.mode = Mode::Analysis(None),
                }
                self.spacing.cut();
                return Some(length);
            }
            Look::More if !over => return None,
            _ if first == '<' => match tag(text, &self.tools) {
                Look::Found(tag, length) if tag.topic == Topic::Channel => {
                    self.token(&tag.stem, String::new());
                    return Some(length);
                }
                Look::More if !over => return None,
                _ => {}
            },
            _ => {
                let more = text.get(taken..).unwrap_or_default();
                taken += more.find(['a', '<']).unwrap_or(more.len());
            }
        }
        if let Some(kept) = doubt {
            match kept.len() + taken > MAX_DOUBT {
                true => *doubt = None,
                false => kept.push_str(text.get(..taken).unwrap_or_default()),
            }
        }
        Some(taken)
    }
}
