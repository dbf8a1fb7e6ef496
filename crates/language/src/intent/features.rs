//! From a message to hashed features: words, word pairs, characters, and words crossed with the
//! state of the conversation. Compiled into the build script too, so that training and use agree.

use super::normalize::normalize;

/// log2 of the number of rows of the weight table.
const BUCKET_BITS: u32 = 17;
/// Rows of the weight table.
pub(crate) const BUCKETS: usize = 1 << BUCKET_BITS;
/// Longest n-gram of characters.
const MAX_NGRAM: usize = 5;
/// Only a short message means something else in another state of the conversation.
const MAX_CROSSED_WORDS: usize = 12;

/// What the message answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Situation {
    /// Nothing in particular.
    Open,
    /// The agent has just asked a question.
    Asked,
    /// A proposal waits for a decision.
    Pending,
    /// It is the agent that says it.
    Said,
}

/// The features of one message, as rows of the weight table, in groups of equal weight.
#[derive(Debug, Default)]
pub(crate) struct Features {
    /// Words and pairs of neighbours.
    pub(crate) words: Vec<u32>,
    /// N-grams of two to five characters within a word and its borders.
    pub(crate) chars: Vec<u32>,
    /// Words and pairs together with the situation; the situation alone.
    pub(crate) crossed: Vec<u32>,
    /// The message in normal form.
    pub(super) normal: Vec<char>,
}

impl Features {
    /// Replaces the features by those of `text` in `situation`.
    pub(crate) fn extract(&mut self, text: &str, situation: Situation) {
        normalize(text, &mut self.normal);
        self.words.clear();
        self.chars.clear();
        self.crossed.clear();
        self.extract_words(situation);
        self.extract_chars();
    }

    /// The groups with the scale of each, which keeps long messages from shouting.
    pub(crate) fn groups(&self) -> [(&[u32], f32); 3] {
        let scale = |rows: &[u32], weight: f32| weight / (rows.len().max(1) as f32).sqrt();
        [
            (&self.words, scale(&self.words, 1.3)),
            (&self.chars, scale(&self.chars, 1.5)),
            (&self.crossed, scale(&self.crossed, 0.7)),
        ]
    }

    fn extract_words(&mut self, situation: Situation) {
        const START: u32 = 0x51ed_270b;
        let mut before = START;
        let mut count = 0;
        for word in self.normal.split(|c| *c == ' ').filter(|w| !w.is_empty()) {
            let hash = word.iter().fold(FNV_OFFSET, |h, c| step(h, *c as u32));
            self.words
                .extend([row(hash, WORD), row(step(before, hash), PAIR)]);
            before = hash;
            count += 1;
        }
        self.words.push(row(step(before, START), PAIR));

        let kind = match situation {
            Situation::Open => OPEN,
            Situation::Asked => ASKED,
            Situation::Pending => PENDING,
            Situation::Said => SAID,
        };
        self.crossed.push(row(FNV_OFFSET, kind));
        self.crossed
            .push(row(count.min(MAX_CROSSED_WORDS) as u32, kind));
        if count <= MAX_CROSSED_WORDS {
            self.crossed
                .extend(self.words.iter().map(|word| row(*word, kind)));
        }
    }

    fn extract_chars(&mut self) {
        for start in 0..self.normal.len() {
            let mut hash = FNV_OFFSET;
            for (length, c) in (1..=MAX_NGRAM).zip(&self.normal[start..]) {
                hash = step(hash, *c as u32);
                if length > 1 {
                    self.chars.push(row(hash, CHARS));
                    if *c == ' ' {
                        break;
                    }
                }
            }
        }
    }
}

const FNV_OFFSET: u32 = 0x811c_9dc5;
// One seed for each kind of feature, so that "non" as a word and as three characters differ.
const WORD: u32 = 0x9e37_79b9;
const PAIR: u32 = 0x85eb_ca6b;
const CHARS: u32 = 0xc2b2_ae35;
const OPEN: u32 = 0x27d4_eb2f;
const ASKED: u32 = 0x1656_67b1;
const PENDING: u32 = 0xd3a2_646c;
const SAID: u32 = 0xfd70_46c5;

/// One step of FNV-1a over whole code points.
fn step(hash: u32, unit: u32) -> u32 {
    (hash ^ unit).wrapping_mul(0x0100_0193)
}

/// The row of a feature: murmur3's finaliser, then the upper bits.
fn row(hash: u32, kind: u32) -> u32 {
    let mut h = hash ^ kind;
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    (h ^ (h >> 16)) >> (32 - BUCKET_BITS)
}
