//! Stable hashing: the same bits on every machine and in every version of the compiler.

/// FNV-1a state, finished by splitmix64 so that short keys spread over all bits.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// Starts a hash for one purpose, so that two decisions about one thing are independent.
    pub(super) const fn new(purpose: &str) -> Self {
        Self(0xcbf2_9ce4_8422_2325).text(purpose)
    }

    /// Takes in a text.
    pub(super) const fn text(self, text: &str) -> Self {
        let (bytes, mut state, mut at) = (text.as_bytes(), self.0, 0);
        while at < bytes.len() {
            state = (state ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        Self(state)
    }

    /// Takes in a number.
    pub(super) const fn number(self, number: u64) -> Self {
        Self(splitmix(self.0 ^ splitmix(number)))
    }

    /// The digest.
    pub(super) const fn finish(self) -> u64 {
        splitmix(self.0)
    }

    /// A number from 0 to `bound - 1`.
    pub(super) const fn below(self, bound: u32) -> u32 {
        (((self.finish() >> 32) * bound as u64) >> 32) as u32
    }
}

/// The output function of SplitMix64 (Steele, Lea, Flood 2014).
const fn splitmix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_fixed_for_ever() {
        assert_eq!(
            splitmix(0),
            0xe220_a839_7b1d_cdaf,
            "reference value of SplitMix64"
        );
        assert_eq!(
            Hash::new("").0,
            0xcbf2_9ce4_8422_2325,
            "reference value of FNV-1a"
        );
        assert_eq!(
            Hash::new("a").0,
            0xaf63_dc4c_8601_ec8c,
            "reference value of FNV-1a"
        );
    }

    #[test]
    fn bounded_numbers_cover_their_range() {
        let mut seen = [0_u32; 7];
        for n in 0..7_000 {
            seen[Hash::new("test").number(n).below(7) as usize] += 1;
        }
        assert!(
            seen.iter().all(|&count| (850..1_150).contains(&count)),
            "{seen:?}"
        );
    }
}
