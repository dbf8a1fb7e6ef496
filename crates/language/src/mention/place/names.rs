//! Which words may be a name at all: most words of a message are none, and are told at once.

/// Bits; a power of two, about ten for each name.
const BITS: u64 = 1 << 20;

/// The keys of many names, a bit each: what it has not is none of them, what it has may be another.
#[derive(Debug)]
pub(crate) struct NameFilter(Vec<u64>);

impl NameFilter {
    pub(crate) fn new() -> Self {
        Self(vec![0; (BITS / 64) as usize])
    }

    pub(crate) fn add(&mut self, key: u64) {
        let (word, bit) = place(key);
        self.0[word] |= bit;
    }

    /// Whether the key may be that of a name.
    pub(crate) fn may_have(&self, key: u64) -> bool {
        let (word, bit) = place(key);
        self.0[word] & bit != 0
    }
}

/// Where the bit of a key is.
fn place(key: u64) -> (usize, u64) {
    // The high half of a product depends on all bits of the key.
    let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44;
    let number = spread % BITS;
    ((number / 64) as usize, 1 << (number % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_and_little_else() {
        let mut filter = NameFilter::new();
        let key = |n: u64| n.wrapping_mul(0x1234_5678_9abc_def1);
        (0..50_000).for_each(|n| filter.add(key(n)));
        assert!((0..50_000).all(|n| filter.may_have(key(n))));
        let wrong = (50_000..100_000).filter(|n| filter.may_have(key(*n)));
        assert!(wrong.count() < 5_000);
    }
}
