//! Holds a streamed text back until its last word is complete, and masks booking references that no
//! one knows.

use std::{collections::HashSet, sync::Arc};

use super::{reference, tokens};

/// Most characters that are held back.
const MAX_HELD: usize = 64;
/// How many words after one such as "reference" six letters may be one.
const REACH: u8 = 4;
/// How far "booking" and "code" may be apart: "code de réservation".
const APART: u8 = 2;

/// What stands for one character of a masked reference.
const DOT: char = '•';

/// Words that announce a reference.
const ANNOUNCE: [&str; 11] = [
    "reference",
    "references",
    "référence",
    "références",
    "ref",
    "réf",
    "pnr",
    "confirmation",
    "dossier",
    "locator",
    "localisateur",
];
/// Words that announce one only together, in any order.
const BOOKING: [&str; 3] = ["booking", "reservation", "réservation"];
const CODE: [&str; 5] = ["code", "number", "numéro", "n", "id"];

/// A gate for one text. Whatever pieces it comes in, what comes out is the same.
#[derive(Debug)]
pub struct WordGate {
    known: Arc<HashSet<String>>,
    /// The last word as far as it has come.
    held: String,
    /// What was let go ended within a word.
    inside_word: bool,
    around: Around,
}

/// For how many more words what was said before still counts.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    announced: u8,
    booking: u8,
    code: u8,
}

impl WordGate {
    /// A gate that lets the references of `known` through: those of the store, and words of tool
    /// results that merely look like one (see [`reference::candidates`]).
    #[must_use]
    pub fn new(known: Arc<HashSet<String>>) -> Self {
        Self {
            known,
            held: String::new(),
            inside_word: false,
            around: Around::default(),
        }
    }

    /// Takes more of the text; answers what may be sent now, perhaps nothing.
    #[must_use]
    pub fn push(&mut self, delta: &str) -> String {
        self.held.push_str(delta);
        let complete = self.complete();
        if complete == 0 {
            return String::new();
        }
        let mut sent = std::mem::take(&mut self.held);
        self.held.push_str(sent.get(complete..).unwrap_or_default());
        sent.truncate(complete);
        self.masked(sent)
    }

    /// The text is over: what was held back.
    #[must_use]
    pub fn finish(mut self) -> String {
        let rest = std::mem::take(&mut self.held);
        self.masked(rest)
    }

    /// Bytes of the held text that can be judged: up to the last blank; where too much follows it,
    /// up to the last letters and digits, or all.
    fn complete(&self) -> usize {
        let blank = self.held.rfind(char::is_whitespace);
        let blank = blank.map_or(0, |at| after(&self.held, at));
        let tail = self.held.get(blank..).unwrap_or_default();
        if tail.len() <= MAX_HELD || tail.chars().count() <= MAX_HELD {
            return blank;
        }
        let run = tail.rfind(|c| !is_part(c));
        let run = run.map_or(0, |at| after(tail, at));
        match tail.get(run..) {
            Some(run) if run.chars().count() > MAX_HELD => self.held.len(),
            _ => blank + run,
        }
    }

    /// The text with unknown references masked. It ends between words, but for one too long to hold.
    fn masked(&mut self, text: String) -> String {
        let mut masked: Option<String> = None;
        let mut copied = 0;
        for (start, word) in words(&text) {
            let goes_on = start == 0 && std::mem::take(&mut self.inside_word);
            if goes_on || !self.is_unknown(word) {
                continue;
            }
            // Italics are underscores, which count as letters.
            let bare = word.trim_matches('_');
            let start = start + (word.len() - word.trim_start_matches('_').len());
            let out = masked.get_or_insert_with(|| String::with_capacity(text.len() + 12));
            out.push_str(text.get(copied..start).unwrap_or_default());
            out.extend(std::iter::repeat_n(DOT, bare.len()));
            copied = start + bare.len();
        }
        if let Some(last) = text.chars().next_back() {
            self.inside_word = is_part(last);
        }
        match masked {
            Some(mut out) => {
                out.push_str(text.get(copied..).unwrap_or_default());
                out
            }
            None => text,
        }
    }

    /// Whether a word looks like a reference that no one knows; remembers what it announces.
    fn is_unknown(&mut self, word: &str) -> bool {
        let bare = word.trim_matches('_');
        let announced = self.around.read(bare);
        let shaped = reference::is_shaped(bare) || (announced && reference::is_letters(bare));
        shaped && !self.known.contains(bare)
    }
}

impl Around {
    /// Takes a word; answers whether the words before announce a reference.
    fn read(&mut self, word: &str) -> bool {
        let before = *self;
        for count in [&mut self.announced, &mut self.booking, &mut self.code] {
            *count = count.saturating_sub(1);
        }
        let is = |words: &[&str]| {
            words
                .iter()
                .any(|known| tokens::eq_ignoring_case(word, known))
        };
        let (booking, code) = (is(&BOOKING), is(&CODE));
        if is(&ANNOUNCE) || (booking && before.code > 0) || (code && before.booking > 0) {
            self.announced = REACH;
        }
        if booking {
            self.booking = APART;
        }
        if code {
            self.code = APART;
        }
        before.announced > 0
    }
}

/// Letters, digits and what may not be torn from them.
fn is_part(c: char) -> bool {
    tokens::is_letter(c) || c.is_alphanumeric() || c == '_'
}

/// The byte after the character at byte `at`.
fn after(text: &str, at: usize) -> usize {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    at + next.map_or(0, char::len_utf8)
}

/// Runs of letters and digits with their positions.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(is_part)?;
        let rest = text.get(start..)?;
        let word = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
        at = start + word.len();
        Some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gate(known: &[&str]) -> WordGate {
        WordGate::new(Arc::new(
            known.iter().map(|word| (*word).to_owned()).collect(),
        ))
    }

    fn whole(text: &str) -> String {
        let mut gate = gate(&["KN0WN1", "KNOWNS"]);
        let sent = gate.push(text);
        sent + &gate.finish()
    }

    #[test]
    fn an_incomplete_word_waits() {
        let mut gate = gate(&[]);
        assert_eq!(gate.push("Your flight l"), "Your flight ");
        assert_eq!(gate.push("eaves"), "");
        assert_eq!(gate.push(" at\n10"), "leaves at\n");
        assert_eq!(gate.push(""), "");
        assert_eq!(gate.finish(), "10");
    }

    #[test]
    fn an_endless_word_is_let_go() {
        let mut gate = gate(&[]);
        assert_eq!(gate.push(&"a".repeat(MAX_HELD)), "");
        assert_eq!(gate.push("b"), format!("{}b", "a".repeat(MAX_HELD)));
        // These are the word's end, no reference.
        assert_eq!(gate.push("X7K2PQ "), "X7K2PQ ");
        assert_eq!(gate.push("X7K2PQ "), "•••••• ");
        let link = "https://example.org/a/rather/long/address/that/needs/no/blank/at-all/";
        assert_eq!(gate.push(&format!("{link}X7K2")), link);
        assert_eq!(gate.push("PQ."), "");
        assert_eq!(gate.finish(), "••••••.");
    }

    #[test]
    fn unknown_references_are_masked() {
        for (text, sent) in [
            ("Ref. **X7K2PQ**, ok", "Ref. **••••••**, ok"),
            ("(X7K2PQ).", "(••••••)."),
            ("_X7K2PQ_ PNR:9QWERT", "_••••••_ PNR:••••••"),
            ("Votre référence : ABCDEF.", "Votre référence : ••••••."),
            ("code de réservation QWERTY", "code de réservation ••••••"),
            (
                "Your booking code is **QWERTY**",
                "Your booking code is **••••••**",
            ),
            ("confirmation number ZZZZZZ", "confirmation number ••••••"),
            (
                "dossier X7K2PQ et\u{a0}A1B2C3",
                "dossier •••••• et\u{a0}••••••",
            ),
        ] {
            assert_eq!(whole(text), sent);
        }
    }

    #[test]
    fn everything_else_passes() {
        for text in [
            "Ref. KN0WN1, dossier KNOWNS",
            "AF1234 U24567 A321LR 737MAX PT8H5M EUR431 123456 10H30",
            "UNITED et RYANAI, sans autre LONDON",
            "X7K2P X7K2PQR X7K2PQé é̂X7K2PQ x7k2pq AB_C12",
            "The reference is given to you at check-in by the airline UNITED",
            "booking with UNITED",
            "2026-11-22T10:05 1 234,50 € 🛫 off_12ab34cd",
        ] {
            assert_eq!(whole(text), text);
        }
    }

    /// Texts of pieces that matter to the gate.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("X7K2PQ".to_owned()),
            Just("KN0WN1".to_owned()),
            Just("ABCDEF".to_owned()),
            Just("AF1234".to_owned()),
            Just("référence".to_owned()),
            Just("code de réservation".to_owned()),
            Just("e\u{301}".to_owned()),
            Just("👩‍✈️".to_owned()),
            Just("_".to_owned()),
            Just("**".to_owned()),
            Just(" ".to_owned()),
            Just("\n\n".to_owned()),
            "[A-Z0-9]{1,8}",
            "[a-z-]{1,40}",
            "[a-z]{60,90}",
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_split_comes_out_the_same(text in text(), sizes in proptest::collection::vec(1..9_usize, 1..40)) {
            let mut gate = gate(&["KN0WN1", "KNOWNS"]);
            let mut sent = String::new();
            let mut rest = &*text;
            for size in sizes.iter().cycle() {
                let cut = rest.char_indices().nth(*size).map_or(rest.len(), |(at, _)| at);
                let (piece, tail) = rest.split_at(cut);
                sent.push_str(&gate.push(piece));
                prop_assert!(gate.held.chars().count() <= MAX_HELD);
                rest = tail;
                if rest.is_empty() {
                    break;
                }
            }
            sent.push_str(&gate.finish());
            prop_assert_eq!(&sent, &whole(&text));
            prop_assert_eq!(sent.chars().count(), text.chars().count());
            let same = |(out, c): (char, char)| out == c || (out == DOT && c.is_ascii_alphanumeric());
            prop_assert!(sent.chars().zip(text.chars()).all(same));
        }
    }
}
