//! Whether a group waits for others before it is written.

use std::time::{Duration, Instant};

/// Longest wait: little beside what a turn takes.
const LONGEST: Duration = Duration::from_millis(1);

/// How long the last group tells of the next one.
const MOMENT: Duration = Duration::from_millis(20);

/// What the last group tells of the next one.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// Changes of this group that somebody waits for.
    joined: u32,
    /// When the last group ended and how long it took, where several had joined it.
    last: Option<(Instant, Duration)>,
}

impl Crowd {
    /// A change that somebody waits for is in the group.
    pub(super) fn join(&mut self) {
        self.joined += 1;
    }

    /// The group that was begun then has ended.
    pub(super) fn end(&mut self, begun: Instant, now: Instant) {
        let joined = std::mem::take(&mut self.joined);
        self.last = (joined > 1).then(|| (now, now.duration_since(begun)));
    }

    /// How long the next group waits for more. Where several changes come at a time, as many again come while
    /// the disk would write down the first of them: one `fsync` serves all, and the pages that they share are
    /// written once. One change at a time waits for nobody.
    pub(super) fn pause(&self, now: Instant) -> Option<Duration> {
        let (ended, took) = self.last?;
        (now.duration_since(ended) < MOMENT).then(|| took.min(LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_change_waits_for_nobody_and_many_for_as_long_as_a_commit_takes() {
        let mut crowd = Crowd::default();
        let now = Instant::now();
        assert_eq!(crowd.pause(now), None);
        let mut group = |joined, micros, later| {
            (0..joined).for_each(|_| crowd.join());
            let ended = now + Duration::from_micros(micros);
            crowd.end(now, ended);
            crowd.pause(ended + later)
        };
        let at_once = Duration::ZERO;
        assert_eq!(group(2, 700, at_once), Some(Duration::from_micros(700)));
        assert_eq!(group(128, 9_000_000, at_once), Some(LONGEST));
        assert_eq!(group(128, 700, MOMENT), None, "they have gone");
        assert_eq!(group(1, 700, at_once), None);
        assert_eq!(group(0, 700, at_once), None, "what nobody waits for");
    }
}
