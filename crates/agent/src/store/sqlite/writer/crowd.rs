//! Whether a group waits for others before it is written.

use std::time::Duration;

/// Longest wait: little beside what a turn takes.
const LONGEST: Duration = Duration::from_millis(1);

/// What the last group tells of the next one.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// Changes of this group that somebody waits for.
    joined: u32,
    /// How long the last group took, where several had joined it.
    took: Option<Duration>,
}

impl Crowd {
    /// A change that somebody waits for is in the group.
    pub(super) fn join(&mut self) {
        self.joined += 1;
    }

    /// The group has ended, after that time.
    pub(super) fn end(&mut self, took: Duration) {
        let joined = std::mem::take(&mut self.joined);
        self.took = (joined > 1).then_some(took);
    }

    /// How long the next group waits for more. Where several come at a time, as many again come while the
    /// disk would write down the first of them: one `fsync` serves all, and the pages that they share are
    /// written once. A caller who is alone waits for nobody.
    pub(super) fn pause(&self) -> Option<Duration> {
        self.took.map(|took| took.min(LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_alone_waits_for_nobody_and_many_for_as_long_as_a_commit_takes() {
        let mut crowd = Crowd::default();
        assert_eq!(crowd.pause(), None);
        let mut group = |joined, micros| {
            (0..joined).for_each(|_| crowd.join());
            crowd.end(Duration::from_micros(micros));
            crowd.pause()
        };
        assert_eq!(group(2, 700), Some(Duration::from_micros(700)));
        assert_eq!(group(128, 9_000_000), Some(LONGEST));
        assert_eq!(group(1, 700), None);
        assert_eq!(group(0, 700), None, "what nobody waits for");
    }
}
