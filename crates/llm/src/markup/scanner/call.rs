//! Within a call, or what may be one.

use super::{Found, Mode, SURE, Scanner};
use crate::markup::{
    capture::{Capture, Mark, Until},
    names::{PYTHON_TAG, Topic},
    tag::{Look, tag},
};

impl Scanner {
    pub(super) fn call(&mut self, text: &str, over: bool) -> Option<usize> {
        if let Mode::Call(capture) = &self.mode
            && capture.is_doubtful()
            && let Mode::Call(capture) = std::mem::replace(&mut self.mode, Mode::Text)
        {
            self.conclude(*capture, false);
            return Some(0);
        }
        let Mode::Call(capture) = &mut self.mode else {
            return Some(0);
        };
        let first = text.chars().next()?;
        let mut taken = first.len_utf8();
        let ended = match &mut capture.until {
            Until::Bracket(balance) if balance.has_begun() || !matches!(first, '[' | '<') => {
                let closed = balance.push(first);
                capture.push(text.get(..taken).unwrap_or_default());
                closed
            }
            // Mistral's inner marks stand before the first bracket of the JSON.
            Until::Bracket(balance) => match tag(text, &self.tools) {
                Look::Found(_, length) => {
                    taken = length;
                    capture.push(text.get(..length).unwrap_or_default());
                    false
                }
                Look::More if !over && capture.mark == Mark::Own => return None,
                _ => {
                    balance.push(first);
                    capture.push(text.get(..taken).unwrap_or_default());
                    false
                }
            },
            Until::Fence => {
                capture.push(text.get(..taken).unwrap_or_default());
                first == '`' && capture.is_fence_over()
            }
            Until::Tag | Until::Channel => match tag(text, &self.tools) {
                Look::Found(tag, length) => {
                    let by_channel = matches!(capture.until, Until::Channel);
                    if by_channel && tag.topic == Topic::Channel {
                        // The token is for what follows.
                        taken = 0;
                        true
                    } else {
                        taken = length;
                        capture.push(text.get(..length).unwrap_or_default());
                        match tag.topic {
                            Topic::Call | Topic::Result if !by_channel => capture.tag(&tag),
                            Topic::Leaked => {
                                capture.stem() == PYTHON_TAG && tag.stem.starts_with('e')
                            }
                            _ => false,
                        }
                    }
                }
                Look::More if !over => return None,
                // Its closing tag was cut: what belongs to nobody is not read.
                Look::More if text.len() >= SURE => {
                    taken = text.len();
                    false
                }
                _ => {
                    let more = text.get(taken..).unwrap_or_default();
                    taken += more.find(['<', '[', '◁']).unwrap_or(more.len());
                    capture.push(text.get(..taken).unwrap_or_default());
                    false
                }
            },
        };
        if ended && let Mode::Call(capture) = std::mem::replace(&mut self.mode, Mode::Text) {
            let goes_on = match (&capture.until, &capture.recipient) {
                (Until::Channel, _) => Mode::Hidden,
                (_, Some(_)) => Mode::Analysis(None),
                _ => Mode::Text,
            };
            self.conclude(*capture, false);
            self.mode = goes_on;
        }
        Some(taken)
    }

    /// A call is over, or what looked like one.
    pub(super) fn conclude(&mut self, capture: Capture, over: bool) {
        match capture.conclude(&self.tools, over) {
            Ok(written) => {
                self.found.extend(written.map(Found::Call));
                self.spacing.cut();
            }
            Err(text) => self.show(&text),
        }
    }
}
