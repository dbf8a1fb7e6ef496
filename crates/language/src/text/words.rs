//! The words that count only beside something found ("to" before a place, "from" after a day): the files
//! of `lexicon/*/context`. A heading there is a list here, named after its file and itself.
//!
//! What has a meaning wherever it stands is a [`Meaning`](super::lexicon::Meaning) and looked for in each
//! message once; these lists are compared where the grammar looks, and cost nothing elsewhere.

include!(concat!(env!("OUT_DIR"), "/words.rs"));
