//! Where a body is cut into the parts that are sent one by one.

/// Cuts of a body. Each part is one HTTP chunk and one write to the socket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cuts {
    /// After each event.
    #[default]
    Events,
    /// Only where the answer waits.
    None,
    /// After every so many bytes.
    Every(usize),
    /// At exactly these byte positions of the body, ascending.
    At(Vec<usize>),
    /// At random positions, one byte to forty apart; the seed decides.
    Random(u64),
}

/// Longest part of a random cut, in bytes: less than an event, more than a UTF-8 character.
const LONGEST_RANDOM: u64 = 40;

impl Cuts {
    /// The positions at which a body is cut that consists of events ending at `ends`; ascending,
    /// within the body.
    pub(super) fn positions(&self, ends: &[usize]) -> Vec<usize> {
        let len = ends.last().copied().unwrap_or_default();
        match self {
            Self::Events => ends.to_vec(),
            Self::None => Vec::new(),
            Self::Every(step) => (0..len).step_by((*step).max(1)).skip(1).collect(),
            Self::At(positions) => positions.clone(),
            Self::Random(seed) => {
                let mut state = *seed;
                let mut at = 0;
                std::iter::from_fn(|| {
                    at += 1 + (split_mix(&mut state) % LONGEST_RANDOM) as usize;
                    (at < len).then_some(at)
                })
                .collect()
            }
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_what_was_asked_for() {
        let ends = [10, 25];
        assert_eq!(Cuts::Events.positions(&ends), ends);
        assert_eq!(Cuts::None.positions(&ends), [0; 0]);
        assert_eq!(Cuts::Every(9).positions(&ends), [9, 18]);
        assert_eq!(Cuts::At(vec![1, 24]).positions(&ends), [1, 24]);
    }

    #[test]
    fn random_cuts_depend_on_the_seed_alone() {
        let ends = [4_000];
        let cuts = Cuts::Random(1).positions(&ends);
        assert_eq!(cuts, Cuts::Random(1).positions(&ends));
        assert_ne!(cuts, Cuts::Random(2).positions(&ends));
        assert!(cuts.is_sorted() && cuts.iter().all(|&at| at > 0 && at < 4_000));
        // Short and long parts both come.
        let parts: Vec<_> = cuts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(
            parts.contains(&1) && parts.iter().any(|&part| part > 35),
            "{parts:?}"
        );
    }
}
